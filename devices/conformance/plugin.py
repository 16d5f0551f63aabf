"""`pytest --kiosk-bench bench.toml`: the kit as a pytest plugin.

It is loaded by every pytest run where the kiosk is installed, so it imports the rest only when a bench file is asked
for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from devices.conformance.operators import Operators
    from devices.conformance.seat import Seat

_MARKS = (
    "kit_group(number): the group of docs/drivers.md in which a test of the kit is reported",
    "kit_claims(name, ...): capabilities that the test proves; it runs where the bench file claims them",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("kiosk", "conformance kit for kiosk drivers")
    group.addoption("--kiosk-bench", type=Path, metavar="TOML", help="the devices to test and who moves things there")
    group.addoption("--kiosk-report", type=Path, metavar="DIR", help="where results go (default: kiosk-report)")
    group.addoption("--kiosk-soak", type=int, metavar="N", help="visits of the soak (default: the bench file's)")
    parser.addini("kiosk_bench", "bench files that are collected like files of tests", "paths", [])


@pytest.hookimpl(tryfirst=True)  # before pytest reads where its JUnit file goes
def pytest_configure(config: pytest.Config) -> None:
    for mark in _MARKS:
        config.addinivalue_line("markers", mark)
    bench: Path | None = config.getoption("--kiosk-bench")
    if bench is None:
        return
    if config.args_source is not pytest.Config.ArgsSource.ARGS:
        config.args = [str(bench)]
    if not hasattr(config, "workerinput"):  # xdist's workers report to the process that we are in here
        from devices.conformance.reporting import Reporting

        folder: Path = config.getoption("--kiosk-report") or Path("kiosk-report")
        folder.mkdir(parents=True, exist_ok=True)
        config.option.xmlpath = config.option.xmlpath or str(folder / "junit.xml")
        config.pluginmanager.register(Reporting(bench, folder), "kiosk-reporting")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    if file_path.suffix != ".toml" or file_path not in _bench_files(parent.config):
        return None
    from devices.conformance.collecting import BenchModule

    return BenchModule.from_parent(parent, path=file_path)


def _bench_files(config: pytest.Config) -> set[Path]:
    given: Path | None = config.getoption("--kiosk-bench")
    return {*config.getini("kiosk_bench"), *([given.absolute()] if given else [])}


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave out what the bench file exempts or does not claim; say in which group the test is reported."""
    seat: Seat | None = getattr(getattr(item, "cls", None), "seat", None)
    if seat is None:
        return
    wanted = sorted({str(claim) for mark in item.iter_markers("kit_claims") for claim in mark.args})
    mark = item.get_closest_marker("kit_group")
    group = int(mark.args[0] if mark is not None else seat.kind.group)
    item.user_properties += [("kit_device", seat.entry.title), ("kit_group", group), ("kit_claims", " ".join(wanted))]
    name = getattr(item, "originalname", item.name)
    if name in seat.entry.exempt:
        pytest.skip(f"exempt: {seat.entry.exempt[name]}")
    if unclaimed := sorted(set(wanted) - seat.entry.claims):
        pytest.skip(f"not claimed: {', '.join(unclaimed)}")


@pytest.fixture(scope="session")
def kit_operators() -> Iterator[Operators]:
    """Whoever moves things on the benches of this run."""
    from devices.conformance.operators import Operators

    with TemporaryDirectory(prefix="kiosk-") as folder:  # a short one: names of sockets have 107 bytes
        operators = Operators(Path(folder))
        yield operators
        operators.close()


@pytest.fixture
def kit_soak(request: pytest.FixtureRequest) -> int:
    """How many visits a soak has."""
    given: int | None = request.config.getoption("--kiosk-soak")
    test: Any = request.instance
    seat: Seat = test.seat
    return given or seat.entry.soak or seat.bench_file.soak


@pytest.fixture
def kit_note(request: pytest.FixtureRequest) -> Callable[[str, float], None]:
    """Notes a figure that the test has measured; its unit ends its name."""
    return lambda name, value: request.node.user_properties.append((name, value))
