"""After whole visits nothing of the people in them is left in a log, in what a command says, or on the kiosk's disk.

Left out are what belongs to the patient or to the far side: the papers, the hospital's and the platform's own ledger.
The journal is searched as it lies on the disk, and as the commands tell of it: what it must keep of a person it keeps
sealed. Reports of the kit are searched in tests/devices/conformance/test_private_reports.py.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.installed import config_dir
from tests.support.forking import Forge
from tests.support.house import house
from tests.support.proofs import Proved

VISITS = ("outpatient", "outpatient-id-card", "card-of-generation-3", "card-terminal")
THEIRS = ("paper", "backend")
"""Folders that hold what the patient takes away and what the far side keeps."""

TOLD = (("journal", "list"), ("journal", "verify"), ("devices", "list"))
"""What staff ask a kiosk afterwards, and send to others."""


def _people() -> dict[str, str]:
    """What nobody may find, and what it is: names, numbers, serials, tokens, passwords of cards."""
    found: dict[str, str] = {}
    for path in sorted((config_dir() / "people").glob("*.toml")):
        person = tomllib.loads(path.read_text(encoding="utf-8"))
        card, platform = person.get("card", {}), person.get("platform", {})
        wanted = {
            "name": person.get("name"),
            "certificate": person.get("certno"),
            "card serial": card.get("serial"),
            "card number": card.get("number"),
            "psn_no": platform.get("psn_no"),
            "token": platform.get("ec_token"),
        }
        found |= {value: f"{path.stem}'s {what}" for what, value in wanted.items() if value}
    return found


def _codes() -> dict[str, str]:
    """The payment codes and vouchers that the scripts of the visits show."""
    found: dict[str, str] = {}
    for name in VISITS:
        script = (config_dir() / "visits" / f"{name}.toml").read_text(encoding="utf-8")
        found |= {word: f"{name}'s code" for word in script.split('"') if word.isdecimal() and len(word) >= 16}
    return found


def _spellings(secret: str) -> Iterator[bytes]:
    for coding in ("utf-8", "gb18030", "utf-16-le"):
        yield secret.encode(coding)
    yield secret.encode("unicode_escape")  # as JSON writes it where ASCII is wanted


@pytest.fixture(scope="module")
def home(forge: Forge, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The work directory after the visits, and what the commands said."""
    root = tmp_path_factory.mktemp("nothing-personal")
    said: list[str] = []
    with house(root, forge) as made:
        for name in VISITS:
            ended = made.visit(name=name)
            assert ended.code == 0, (name, ended.lines, ended.errors[-3:])
            said += [*ended.lines, *ended.errors]
        for command in TOLD:
            ended = forge.run(*command, "--json", "--workdir", str(root))
            assert ended.lines, (command, ended.errors[-3:])
            said += [*ended.lines, *ended.errors]
    return root, said


def test_no_log_no_answer_and_no_file_of_the_kiosk_names_anybody(home: tuple[Path, list[str]], proved: Proved) -> None:
    root, said = home
    files = [path for path in root.rglob("*") if path.is_file() and not set(path.parent.parts) & set(THEIRS)]
    texts = {"what the commands said": "\n".join(said).encode()} | {
        str(path.relative_to(root)): path.read_bytes() for path in files
    }
    assert {"backend.log", "sim.log", "kiosk/audit.jsonl"} <= set(texts)
    secrets = _people() | _codes()
    assert len(secrets) > 100
    leaks = [
        f"{place}: {whose}"
        for secret, whose in secrets.items()
        for place, text in texts.items()
        for spelling in _spellings(secret)
        if spelling in text
    ]
    assert leaks == []
    proved("bytes of logs and files searched for people", sum(map(len, texts.values())))


def test_the_search_finds_what_is_there(home: tuple[Path, list[str]]) -> None:
    """The far side's ledger does know them; a search that finds nothing there would find nothing anywhere."""
    ledger = (home[0] / "backend" / "ledger.db").read_bytes()
    assert any(spelling in ledger for secret in _people() for spelling in _spellings(secret))
