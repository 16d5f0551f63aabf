"""What a new pack changes is listed key by key, before anybody puts it in force."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from kiosk.cli import main
from kiosk.packs.comparing import Difference, differences
from kiosk.packs.loading import PackWrong
from tests.kiosk.packs.test_loading import SHIPPED, TEXT, write


def changed(folder: Path, *changes: tuple[str, str]) -> Path:
    text = TEXT
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    place = write(folder, text)
    shutil.copy(SHIPPED / "services.toml", place)
    return place


def test_a_pack_does_not_differ_from_itself(tmp_path: Path) -> None:
    assert differences(SHIPPED, changed(tmp_path)) == ()


def test_a_changed_a_new_and_a_lost_key_are_each_named_with_both_values(tmp_path: Path) -> None:
    new = changed(tmp_path, ("payment = 60 ", "payment = 90 "), ('"2601" = 30', '"2305" = 45'))
    assert differences(SHIPPED, new) == (
        Difference("settlement.limits.payment", "60", "90"),
        Difference("settlement.limits.reply.2601", "30", None),
        Difference("settlement.limits.reply.2305", None, "45"),
    )


def test_a_pack_that_is_not_whole_is_not_compared(tmp_path: Path) -> None:
    with pytest.raises(PackWrong, match="infver"):
        differences(SHIPPED, changed(tmp_path, ('infver = "V1.0"', "infver = 1")))


def test_the_command_says_by_its_exit_code_whether_anything_changes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["packs", "diff", "000000", str(SHIPPED), "--json"]) == 0
    new = changed(tmp_path, ("payment = 60 ", "payment = 90 "))
    assert main(["packs", "diff", "000000", str(new), "--json"]) == 1
    last = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert last["differences"] == [{"key": "settlement.limits.payment", "old": "60", "new": "90"}]
    assert main(["packs", "diff", "000000"]) == 2
    assert main(["packs", "diff", "000000", "999999"]) == 3
