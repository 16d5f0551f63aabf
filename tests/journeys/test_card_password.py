"""A site that wants the card's password: keys of the reader, chip, pages and platform as real processes.

The holder presses a wrong password, sees how many tries are left, and enters the right one; nothing of either is in the
kiosk's folder afterwards.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.installed import config_dir
from tests.support.forking import Forge
from tests.support.house import house

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
        assert ended.code == 0, (ended.lines, ended.errors[-3:])
        assert "EnteringPin" in ended.answer["states"]
        ended = made.visit(name=str(red))
        assert ended.code == 0, (ended.lines, ended.errors[-3:])
        assert ended.answer["states"][-2:] == ["EnteringPin", "Farewell"]
        assert made.audit()["settled"] == 1
    texts = [path.read_bytes() for folder in ("kiosk", "out") for path in (home / folder).rglob("*") if path.is_file()]
    assert not [text for text in texts if WRONG.encode() in text]
