"""What the documents tell people to type exists, and the places they link to are there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import cli
from tests.architecture.source import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
CODE = re.compile(r"```(?:console|sh|bash)?\n(.*?)```|`([^`\n]+)`", re.DOTALL)
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
