"""What `kiosk devices` tells hospital IT."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kiosk import cli

SETTINGS = Path(__file__).parents[2] / "config" / "kiosk.toml"


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    answer: dict[str, object] = json.loads(capsys.readouterr().out.splitlines()[-1])
    return answer


def test_every_driver_is_listed_with_the_keys_of_its_section(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["devices", "list", "--json"]) == 0
    drivers = told(capsys)["drivers"]
    assert isinstance(drivers, list)
    assert {
        "group": "id_readers",
        "name": "sam_v",
        "simulated": False,
        "settings": ["port", "baud", "answer_seconds"],
    } in drivers


def test_the_list_is_one_line_a_driver(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["devices", "list"]) == 0
    line = next(line for line in capsys.readouterr().out.splitlines() if " sim_sam_v " in line)
    assert line.split() == ["id_readers", "sim_sam_v", "模拟", "port", "baud", "answer_seconds"]


def test_a_reader_that_is_not_there_is_said_with_its_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = ["--config", str(SETTINGS), "--workdir", str(tmp_path)]
    assert cli.main(["devices", "test", "id_reader", *place, "--json"]) == 1
    assert told(capsys) == {
        "schema": 1,
        "device": "id_reader",
        "driver": "sim_sam_v",
        "state": "noDevice",
        "warnings": ["C11"],
    }


def test_a_kiosk_without_a_reader_has_none_to_try(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = SETTINGS.read_text(encoding="utf-8")
    before, _, rest = text.partition("[devices.id_reader]")
    bare = tmp_path / "kiosk.toml"
    bare.write_text(before + rest[rest.index("[devices.scanner]") :], encoding="utf-8")
    place = ["--config", str(bare), "--workdir", str(tmp_path)]
    assert cli.main(["devices", "test", "id_reader", *place]) == 2
    assert "id_reader" in capsys.readouterr().err
