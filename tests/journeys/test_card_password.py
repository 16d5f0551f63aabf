"""A site that wants the card's password: keys of the reader, chip, pages and platform as real processes.

The holder presses a wrong password, sees how many tries are left, and enters the right one; neither is in a log, in a
file of the kiosk or in what a command said afterwards.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from kiosk.installed import config_dir
from kiosk.ports.clock import BEIJING
from tests.support.forking import Forge
from tests.support.house import house
from tests.support.nobody import standing_alone

SCRIPT = config_dir() / "visits" / "card-password.toml"
WRONG, RIGHT = "975310", "123456"
PRESSED = f'{WRONG}" }}, "wait 2", {{ do = "reader_keys", keys = "{RIGHT}'
"""What the script presses; R is the red key."""


def test_a_card_is_used_by_whoever_knows_its_password(forge: Forge, tmp_path: Path) -> None:
    home, red = tmp_path / "home", tmp_path / "red.toml"
    shown = SCRIPT.read_text(encoding="utf-8")
    assert PRESSED in shown
    red.write_text(shown.replace(PRESSED, "97R").replace('"settled"', '"cancelled"'), encoding="utf-8")
    with house(home, forge) as made:
        ended = made.visit(name="card-password")
        told = [*ended.lines, *ended.errors]
        assert ended.code == 0, (ended.lines, ended.errors[-3:])
        assert "EnteringPin" in ended.answer["states"]
        ended = made.visit(name=str(red))
        assert ended.code == 0, (ended.lines, ended.errors[-3:])
        assert ended.answer["states"][-2:] == ["EnteringPin", "Farewell"]
        assert made.audit()["settled"] == 1
        exported = forge.run("journal", "export", "--day", f"{datetime.now(BEIJING):%Y-%m-%d}", "--workdir", str(home))
    said = {"what the commands said": "\n".join((*told, *exported.lines, *exported.errors)).encode()}
    files = (path for path in home.rglob("*") if path.is_file() and path.name != "ledger.db")
    texts = said | {str(path.relative_to(home)): path.read_bytes() for path in files}
    assert {"sim.log", "backend.log", "kiosk/audit.jsonl", "kiosk/journal.db"} <= set(texts)
    assert [place for password in (WRONG, RIGHT) for place in standing_alone(password, texts)] == []
