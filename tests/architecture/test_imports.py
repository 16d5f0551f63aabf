"""Who may import what: outside packages, the parts of the standard library that reach out, and the rooms of `kiosk`.

The order of the rooms among themselves is import-linter's (pyproject.toml). A module has the rights of its own line
and of every package above it.
"""

import ast
import sys
from collections.abc import Iterator, Mapping
from typing import TypeGuard

import pytest

from tests.architecture.source import PACKAGES, Module, product

Rights = Mapping[str, set[str]]

OUTSIDE: Rights = {
    "kiosk": {"pydantic"},
    "kiosk.fonts.embedded": {"reportlab"},
    "kiosk.journal.seal": {"cryptography"},
    "devices": {"pydantic"},
    "devices.conformance": {"pytest", "reportlab", "segno"},
    "devices.face": {"cv2", "numpy"},
    "devices.picture": {"cv2", "numpy"},
    "devices.picture.codes": {"zxingcpp"},
    "devices.sim": {"PIL", "segno"},
    "devices.sim.face": {"cv2", "numpy"},
    "devices.sim.card.keys": {"cryptography"},
    "devices.transport": {"serial", "smartcard"},
    "devices.transport.video": {"cv2", "numpy"},
    "printing": {"PIL", "pydantic", "reportlab", "segno"},
    "screens": {"PySide6", "pydantic", "shiboken6"},
    "screens.pictures": {"segno"},
    "settlement": {"httpx2", "msgspec", "pydantic"},
    "settlement.access": {"cryptography"},
    "settlement.conformance": {"pytest"},
    "settlement.reference": {"sqlalchemy", "starlette", "uvicorn"},
    "settlement.reference.card_keys": {"cryptography"},
    "settlement.reference.certificates": {"cryptography"},
    "settlement.reference.confirming": {"cryptography"},
    "settlement.reference.sheet": {"reportlab"},
    "settlement.reference.sm": {"gmalg"},
    "settlement.signing.primitives": {"cryptography"},
    "settlement.signing.sm2": {"gmalg", "gmssl_pyx"},
    "settlement.signing.verifiers": {"cryptography"},
}

# Parts of the standard library that reach beyond the process: their importers are named, everyone else asks a port.
REACHING_OUT = {
    "asyncio", "ftplib", "http", "select", "selectors", "smtplib", "socket", "socketserver", "sqlite3",
    "ssl", "subprocess", "tomllib", "urllib",
}  # fmt: skip
INSIDE: Rights = {
    "kiosk.children": {"subprocess"},
    "kiosk.engine.watchdog": {"socket"},
    "kiosk.journal": {"sqlite3"},
    "kiosk.messages": {"tomllib"},
    "kiosk.packs": {"tomllib"},
    "kiosk.settings": {"tomllib"},
    "devices.conformance": {"select", "subprocess", "tomllib"},
    "devices.bridge": {"select", "socket", "subprocess"},
    "devices.sim": {"select", "selectors", "socket", "subprocess", "tomllib"},
    "devices.transport": {"http", "select", "selectors", "socket", "subprocess", "urllib"},
    "screens.dock": {"socket"},
    "settlement": {"socket", "ssl", "urllib"},
    "settlement.wire.fields": {"tomllib"},
    "settlement.reference": {"asyncio", "http", "select", "selectors", "socketserver", "tomllib"},
}

# Of kiosk, the rooms beside it see the contracts, and never the composition root, the engine, the saga or the journal.
# Of the ports, pages see those whose values stand in the states they show, and the camera's picture.
ROOMS: Rights = {
    "devices": {"domain", "faults", "ports"},
    "devices.conformance": {"fonts", "plugins"},
    "devices.sim": {"fonts", "installed", "plugins"},
    "printing": {"domain", "faults", "fonts", "installed", "messages", "ports"},
    # what the kiosks counted, and a command that reads it as `kiosk` itself would
    "printing.metrics": {"usage"},
    "printing.metrics.command": {"packs.loading", "settings", "terminal"},
    "screens": {"domain", "faults", "flow", "fonts", "messages"}
    | {"ports.camera", "ports.driver", "ports.face", "ports.health", "ports.keypad"}
    | {"ports.page_printer", "ports.receipt_printer"},
    "settlement": {"domain", "faults", "ports"},
    "settlement.reference": {"installed", "plugins"},
    "settlement.reference.sheet": {"fonts"},
    # a command that builds the same adapters as the kiosk, from the same settings, in a process of its own
    "settlement.reconcile.command": {
        "account_file",
        "building",
        "engine.clock",
        "journalling",
        "logs",
        "settings",
        "terminal",
    }
    | {"workdir"},
    "settlement.reconcile.handed_in": {"account_file"},
    "settlement.reconcile.placeholders": {"settings"},
}


def rights(table: Rights, module: str) -> set[str]:
    return {name for holder, names in table.items() if _within(module, holder) for name in names}


def _within(module: str, holder: str) -> bool:
    return module == holder or module.startswith(f"{holder}.")


def imported(module: Module) -> Iterator[str]:
    """Every module named in an import anywhere in the file; `from a import b` counts as `a.b`."""
    for node in module.nodes():
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("package", PACKAGES)
def test_outside_packages_have_their_few_importers(package: str) -> None:
    assert list(_strangers(package)) == []


def _strangers(package: str) -> Iterator[str]:
    for module in product():
        if _within(module.name, package):
            tops = {name.split(".")[0] for name in imported(module)}
            outside = tops - sys.stdlib_module_names - set(PACKAGES) - {"__future__"}
            yield from (f"{module.path} imports {top}" for top in outside - rights(OUTSIDE, module.name))
            yield from (f"{module.path} imports {top}" for top in (tops & REACHING_OUT) - rights(INSIDE, module.name))


@pytest.mark.parametrize("package", ["devices", "printing", "screens", "settlement"])
def test_rooms_see_only_the_contracts_of_the_kiosk(package: str) -> None:
    assert list(_trespasses(package)) == []


def _trespasses(package: str) -> Iterator[str]:
    for module in product():
        if _within(module.name, package):
            allowed = [f"kiosk.{room}" for room in rights(ROOMS, module.name)]
            of_kiosk = [name for name in imported(module) if _within(name, "kiosk")]
            yield from (f"{module.path} imports {name}" for name in of_kiosk if not _any_within(name, allowed))


def _any_within(name: str, allowed: list[str]) -> bool:
    return any(_within(name, room) for room in allowed)


def test_nothing_in_the_product_imports_the_tests() -> None:
    assert [str(module.path) for module in product() for name in imported(module) if _within(name, "tests")] == []


def test_the_core_never_sleeps() -> None:
    """Waiting is an effect: a flow asks to be woken, a worker waits until it is cancelled."""
    core = [module for module in product() if _within(module.name, "kiosk")]
    names = [f"{module.path} imports {name}" for module in core for name in imported(module) if name == "time.sleep"]
    calls = [f"{module.path}:{node.lineno}" for module in core for node in module.nodes() if _names_sleep(node)]
    assert names + calls == []


def _names_sleep(node: ast.AST) -> TypeGuard[ast.Attribute]:
    """`time.sleep`; `Cancel.sleep` ends when it is told to."""
    if not isinstance(node, ast.Attribute) or node.attr != "sleep":
        return False
    return isinstance(node.value, ast.Name) and node.value.id == "time"
