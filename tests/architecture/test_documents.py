"""What the documents tell people to type exists, and the places they link to are there."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.sim.requests import REQUEST
from kiosk import cli
from kiosk.settings import read_settings
from settlement.reference import card_keys, confirming, face_platform, insurer, mobile, payments, voucher
from settlement.reference.front import window
from settlement.reference.hospital import counter
from settlement.reference.office import counter as office
from settlement.reference.tills import hall
from tests.architecture.source import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
CODE = re.compile(r"```(?:console|sh|bash)?\n(.*?)```|`([^`\n]+)`", re.DOTALL)
TABLE = re.compile(r"(?:^\|.*\n)+", re.MULTILINE)
DOORS = (counter.DOORS, window.PATHS, payments.PATHS, voucher.PATHS, card_keys.PATHS, mobile.PATHS, insurer.DOORS)
MORE_DOORS = (confirming.DOORS, face_platform.PATHS, office.DOORS, hall.PATHS)
LINK = re.compile(r"\]\((?!\w+:|#)([^)#]+)(?:#[^)]*)?\)")


def commands(program: str) -> Iterator[tuple[str, list[str]]]:
    """(document, words after the program's name) of each command in a code block or in backquotes."""
    for document in DOCUMENTS:
        for block, inline in CODE.findall(document.read_text(encoding="utf-8")):
            for line in (block or inline).splitlines():
                found = re.match(rf"(?:\$ )?(?:\w+=\S+ )*(?:\.venv/bin/)?{program} +([\w-].*)", line.strip())
                if found:
                    yield document.name, found[1].split()


def test_make_targets_exist() -> None:
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    told = [(document, words[0]) for document, words in commands("make")]
    assert told
    assert [(document, target) for document, target in told if target not in targets] == []


def test_kiosk_commands_and_their_options_exist(capsys: pytest.CaptureFixture[str]) -> None:
    unknown = []
    for document, (name, *arguments) in commands("kiosk"):
        options = {word.split("=")[0] for word in arguments if word.startswith("--")}
        missing = options - options_of(name, capsys)
        unknown += [(document, name, option) for option in missing]
    assert unknown == []


def options_of(command: str, capsys: pytest.CaptureFixture[str]) -> set[str]:
    with pytest.raises(SystemExit) as end:
        cli.main([command, "--help"])
    assert end.value.code == 0, f"there is no command {command}"
    return set(re.findall(r"--[\w-]+", capsys.readouterr().out))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(document: Path) -> None:
    links = LINK.findall(document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_every_scripted_visit_is_told() -> None:
    table = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    visits = {script.stem for script in (ROOT / "config" / "visits").glob("*.toml")}
    assert visits
    assert {visit for visit in visits if f"`{visit}`" not in table} == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_tables_are_whole(document: Path) -> None:
    """A blank line ends a table, and what follows has no head."""
    text = re.sub(r"```.*?```", "", document.read_text(encoding="utf-8") + "\n", flags=re.DOTALL)
    tables = [table.splitlines() for table in TABLE.findall(text)]
    assert [rows[0] for rows in tables if not re.fullmatch(r"[|: -]+", "".join(rows[1:2]))] == []


@pytest.mark.parametrize("name", ["commands.md", "office-interface.md", "backend.md"])
def test_no_row_stands_twice(name: str) -> None:
    """Two hands that mended one row, and both of theirs were kept."""
    for table in TABLE.findall((ROOT / "docs" / name).read_text(encoding="utf-8")):
        heads = Counter(row.split("|")[1] for row in table.splitlines())
        assert [head for head, rows in heads.items() if rows > 1] == []


def test_every_door_of_the_reference_backend_is_told() -> None:
    text = (ROOT / "docs" / "backend.md").read_text(encoding="utf-8")
    told = {
        f"{folder}{path}"
        for folder, paths in re.findall(r"`POST (/[\w/]*/)(\w+(?: · \w+)*)`", text)
        for path in paths.split(" · ")
    }
    told |= set(re.findall(r"`(?:POST )?(/(?:ec|keys|demo|hospital|confirming)[\w/]*)`", text))
    mobiles = {path for path in mobile.PATHS if f"{path.rpartition('/')[2]}（" in text}
    there = {path for doors in (*DOORS, *MORE_DOORS) for path in doors}
    assert there - told - mobiles == set()


def test_each_request_to_the_simulators_is_one_that_they_know() -> None:
    text = (ROOT / "docs" / "simulators.md").read_text(encoding="utf-8")
    told = [line for block in re.findall(r"```json\n(.*?)```", text, re.DOTALL) for line in block.splitlines()]
    assert told
    for line in told:
        REQUEST.validate_json(line)


def test_the_ready_line_of_the_simulators_is_one_line_of_json() -> None:
    text = (ROOT / "docs" / "simulators.md").read_text(encoding="utf-8")
    ready = json.loads(text[text.index('{"ready"') : text.index("```", text.index('{"ready"'))])
    bench = (ROOT / "docs" / "drivers.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\{sim\.(\w+)\}", bench)) <= set(ready)


def test_each_variable_that_is_told_is_a_key_of_the_settings(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    told = dict(line.split("=", 1) for line in text.splitlines() if line.startswith("KIOSK__"))
    assert told
    settings = read_settings(ROOT / "config" / "kiosk.toml", {"workdir": str(tmp_path)}, told)
    assert (settings.kiosk.number, settings.site.place) == (17, "门诊楼二层")
    assert settings.devices.receipt_printer.options["address"] == "/dev/usb/lp0"
