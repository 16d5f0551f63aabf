"""A site that wants the card's password: keys of the reader, chip, pages and platform as real processes.

The holder presses a wrong password, sees how many tries are left, and enters the right one; neither is in a log, in a
file of the kiosk or in what a command said afterwards.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from kiosk.installed import config_dir
from kiosk.ports.clock import BEIJING
from tests.support.forking import Forge
from tests.support.house import house
from tests.support.nobody import standing_alone

SCRIPT = """
title = "先输密码"
person = "zhangsan"
bill = "ct"
outcome = "settled"

[pages]
Home = ["enter outpatient"]
AwaitingCard = ["insert"]
EnteringPin = [{keys}]
ChoosingBill = ["choose"]
ChoosingInsurance = ["choose"]
Explaining = ["continue"]
Confirming = ["continue"]
AwaitingCode = [{{ do = "scan", code = "134567890123456789" }}]
NextSteps = ["leave"]
Failed = ["continue"]
Farewell = [{{ do = "remove" }}]
"""
WRONG, RIGHT = "975310", "123456"


def pressed(*passwords: str) -> str:
    return ", ".join(f'"wait 2", {{ do = "reader_keys", keys = "{each}" }}' for each in passwords)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    asked = tmp_path / "kiosk.toml"
    installed = (config_dir() / "kiosk.toml").read_text(encoding="utf-8")
    asked.write_text(installed + "\n[rules]\ncard_password = true\n", encoding="utf-8")
    return asked


def test_a_card_is_used_by_whoever_knows_its_password(config: Path, forge: Forge, tmp_path: Path) -> None:
    home = tmp_path / "home"
    right, red = tmp_path / "right.toml", tmp_path / "red.toml"
    right.write_text(SCRIPT.format(keys=pressed(WRONG, RIGHT)), encoding="utf-8")
    red.write_text(SCRIPT.format(keys=pressed("97R")).replace('"settled"', '"cancelled"'), encoding="utf-8")
    with house(home, forge, config=config) as made:
        ended = made.visit(name=str(right))
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
