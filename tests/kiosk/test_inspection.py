"""What `kiosk devices` tells hospital IT."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from devices.sim.camera.drawing import Scene, frames
from kiosk import cli, drivers
from kiosk.children import Child
from kiosk.settings import read_settings

SETTINGS = Path(__file__).parents[2] / "config" / "kiosk.toml"


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(capsys.readouterr().out.splitlines()[-1])
    return answer


def listed(capsys: pytest.CaptureFixture[str], *name: str) -> dict[str, dict[str, Any]]:
    assert cli.main(["devices", "list", *name, "--json"]) == 0
    drivers = told(capsys)["drivers"]
    return {driver["name"]: driver for driver in drivers}


def test_every_driver_is_listed_with_its_package_and_the_keys_of_its_section(
    capsys: pytest.CaptureFixture[str],
) -> None:
    driver = listed(capsys)["sam_v"]
    assert (driver["group"], driver["simulated"], driver["used"]) == ("id_readers", False, False)
    assert str(driver["package"]).startswith("yibao-kiosk ")
    assert driver["settings"] == ["port", "baud", "answer_seconds"]


def test_the_drivers_of_this_kiosk_are_marked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["devices", "list", "--config", str(SETTINGS), "--workdir", str(tmp_path), "--json"]) == 0
    drivers = told(capsys)["drivers"]
    used = {driver["name"] for driver in drivers if driver["used"]}
    assert {"sim_social_card", "sim_sam_v", "sim_serial_scanner", "sim_escpos_printer", "direct", "paper"} <= used
    assert "social_card" not in used


def test_what_a_key_means_is_told_where_one_driver_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    (port, baud, _) = listed(capsys, "sam_v")["sam_v"]["keys"]
    assert (port["required"], baud["default"], baud["required"]) == (True, 115200, False)
    assert port["meaning"]
    assert cli.main(["devices", "list", "sam_v"]) == 0
    said = capsys.readouterr().out
    assert str(port["meaning"]) in said
    assert "必填" in said


def test_drivers_are_found_by_their_device(capsys: pytest.CaptureFixture[str]) -> None:
    assert set(listed(capsys, "scanner")) == {"serial_scanner", "sim_serial_scanner"}
    assert cli.main(["devices", "list", "toaster"]) == 2


def test_the_list_is_one_line_a_driver(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["devices", "list"]) == 0
    line = next(line for line in capsys.readouterr().out.splitlines() if " sim_sam_v " in line)
    assert line.split()[-5:-1] == ["id_readers", "sim_sam_v", "模拟", "yibao-kiosk"]


def test_a_reader_that_is_not_there_is_said_with_its_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = ["--config", str(SETTINGS), "--workdir", str(tmp_path)]
    assert cli.main(["devices", "test", "id_reader", *place, "--json"]) == 1
    answer = told(capsys)
    assert (answer["schema"], answer["device"], answer["driver"]) == (1, "id_reader", "sim_sam_v")
    assert (answer["state"], answer["warnings"], answer["simulated"]) == ("noDevice", ["C11"], True)
    assert [(fault["code"], fault["actor"]) for fault in answer["faults"]] == [("C11", "hospital_it")]


def test_what_ails_a_device_is_said_in_words_with_its_settings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["devices", "test", "id_reader", "--config", str(SETTINGS), "--workdir", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert "noDevice" in said
    assert "baud = 115200" in said
    assert "C11  身份证感应区暂时不能用 · The ID card reader or its security module does not answer.  → 信息科" in said


def test_all_devices_are_tried_where_none_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Simulated ones of a demonstration that is not running: each is told, and none ends the others."""
    place = ["--config", str(SETTINGS), "--workdir", str(tmp_path)]
    assert cli.main(["devices", "test", *place, "--json"]) == 1
    states = {one["device"]: (one["state"], one["warnings"]) for one in told(capsys)["devices"]}
    assert set(states) == set(read_settings(SETTINGS, {}).devices.present)
    assert states["card_reader"] == ("noDevice", ["C04"])
    assert states["paper_judge"] == ("online", []), "no machine: there once it is made"


def test_a_device_whose_settings_are_wrong_keeps_no_other_from_being_tried(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIOSK__DEVICES__SCANNER__DRIVER", "nosuch")
    place = ["--config", str(SETTINGS), "--workdir", str(tmp_path)]
    assert cli.main(["devices", "test", *place]) == 3
    said = capsys.readouterr()
    assert "no 'nosuch'; installed: " in said.err
    assert "receipt_printer (sim_escpos_printer" in said.out


def test_a_simulator_of_this_work_directory_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = ["--config", str(SETTINGS), "--workdir", str(tmp_path)]
    child = Child(["sim", "--workdir", str(tmp_path)], tmp_path / "sim.log")
    try:
        child.ready()
        assert cli.main(["devices", "test", "card_reader", *place, "--json"]) == 0
    finally:
        child.end()
    assert told(capsys)["state"] == "online"


def test_a_kiosk_without_a_reader_has_none_to_try(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = SETTINGS.read_text(encoding="utf-8")
    before, _, rest = text.partition("[devices.id_reader]")
    bare = tmp_path / "kiosk.toml"
    bare.write_text(before + rest[rest.index("[devices.scanner]") :], encoding="utf-8")
    place = ["--config", str(bare), "--workdir", str(tmp_path)]
    assert cli.main(["devices", "test", "id_reader", *place]) == 2
    assert "id_reader" in capsys.readouterr().err


@pytest.mark.parametrize(("scene", "warnings"), [(Scene.EMPTY, []), (Scene.COVERED, ["V03"]), (Scene.BLURRED, ["V04"])])
def test_a_camera_is_looked_through_before_it_is_judged(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    scene: Scene,
    warnings: list[str],
) -> None:
    monkeypatch.setattr(drivers, "_LOOKING_SECONDS", 1.0)
    folder, settings = tmp_path / "camera", tmp_path / "kiosk.toml"
    folder.mkdir()
    for number, picture in enumerate(frames(scene)):
        picture.save(folder / f"{number}.jpg")
    place = f'source = "{folder}"\nlasting_seconds = 0.2'
    text = SETTINGS.read_text(encoding="utf-8").replace('source = "{sim}/camera"', place)
    settings.write_text(text, encoding="utf-8")
    code = cli.main(["devices", "test", "camera", "--config", str(settings), "--workdir", str(tmp_path), "--json"])
    said = told(capsys)
    assert (code, said["state"], said["warnings"]) == (0, "online", warnings)


def test_recordings_that_are_not_there_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = tmp_path / "speech" / "zh" / "message" / "confirm.pay.wav"
    made.parent.mkdir(parents=True)
    made.touch()
    settings = tmp_path / "kiosk.toml"
    text = SETTINGS.read_text(encoding="utf-8")
    before, _, rest = text.partition("[devices.speaker]")
    after = rest[rest.index("\n[") :]
    section = f'[devices.speaker]\ndriver = "aplay"\nfolder = "{tmp_path / "speech"}"\n'
    settings.write_text(before + section + after, encoding="utf-8")
    place = ["--config", str(settings), "--workdir", str(tmp_path)]
    assert cli.main(["devices", "test", "speaker", *place, "--json"]) == 1
    lacking = told(capsys)["lacking"]
    assert "zh/message/say.home" in lacking
    assert "zh/message/confirm.pay" not in lacking
    assert not [name for name in lacking if "/slip." in name]
    assert cli.main(["devices", "test", "speaker", *place]) == 1
    assert f"共缺 {len(lacking)} 个录音" in capsys.readouterr().out
