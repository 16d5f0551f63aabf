"""Settings that are right one by one and wrong together are found before anybody pays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kiosk.building import CannotStart, lay_foundation
from kiosk.cli import main
from kiosk.contradictions import contradictions
from kiosk.engine.clock import SystemClock
from kiosk.faults import FaultCode
from kiosk.installed import config_dir
from kiosk.settings import Profile, Settings, read_settings
from kiosk.workdir import Workdir

FILL = {"workdir": "/w", "sim": "/w/sim", "backend.url": "https://127.0.0.1:1"}
SHIPPED = config_dir() / "kiosk.toml"
HIS = config_dir() / "sites" / "his.toml"
TERMINAL = {"KIOSK__PAYMENTS__CARD__DRIVER": '"terminal"'}
DEVICE = {"KIOSK__DEVICES__PAYMENT_TERMINAL__DRIVER": '"some_terminal"'}


def _read(file: Path = SHIPPED, environment: dict[str, str] | None = None) -> Settings:
    return read_settings(file, FILL, environment or {})


def _without_terminal(settings: Settings) -> Settings:
    payments = {name: section for name, section in settings.payments.items() if section.driver != "terminal"}
    devices = settings.devices.model_copy(update={"payment_terminal": None})
    return settings.model_copy(update={"payments": payments, "devices": devices})


@pytest.mark.parametrize("file", [SHIPPED, HIS])
def test_what_is_shipped_agrees_with_itself(file: Path) -> None:
    assert list(contradictions(_read(file))) == []


@pytest.mark.parametrize(
    ("file", "environment", "named"),
    [
        (HIS, {"KIOSK__HOSPITAL__SETTLED_BY": '"kiosk"'}, '[settlement] driver = "his"'),
        (SHIPPED, {"KIOSK__HOSPITAL__SETTLED_BY": '"his"'}, '[hospital] settled_by = "his"'),
    ],
)
def test_one_of_two_settles_a_bill(file: Path, environment: dict[str, str], named: str) -> None:
    (found,) = contradictions(_read(file, environment))
    assert found.startswith(named)


def test_a_terminal_and_the_way_to_pay_at_it_belong_together() -> None:
    plain = _without_terminal(_read())
    way = _read(environment=TERMINAL).payments["card"]
    only_way = plain.model_copy(update={"payments": {**plain.payments, "card": way}})
    only_device = plain.model_copy(update={"devices": _read(environment=DEVICE).devices})
    twice = only_way.model_copy(
        update={"payments": {**only_way.payments, "other": way}, "devices": only_device.devices}
    )
    assert [len(list(contradictions(each))) for each in (plain, only_way, only_device, twice)] == [0, 1, 1, 1]


def test_a_contradiction_keeps_the_kiosk_from_starting(tmp_path: Path) -> None:
    settings = _read(environment={"KIOSK__HOSPITAL__SETTLED_BY": '"his"'})
    with pytest.raises(CannotStart, match="settled_by") as refused:
        lay_foundation(settings, Profile.DEMO, Workdir(tmp_path), SystemClock())
    assert refused.value.fault is FaultCode.SETTINGS_WRONG


def _check(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str | None]:
    """`kiosk check-config` of the shipped file, with addresses in place of the demo's placeholders."""
    text = SHIPPED.read_text(encoding="utf-8").replace("{backend.url}", "https://127.0.0.1:1").replace("{sim}", "/w")
    (folder / "kiosk.toml").write_text(text, encoding="utf-8")
    code = main(["check-config", "--config", str(folder / "kiosk.toml"), "--workdir", str(folder), "--json"])
    wrong: str | None = json.loads(capsys.readouterr().out.splitlines()[-1])["wrong"]
    return code, wrong


@pytest.mark.parametrize(
    ("key", "value", "named"),
    [("HOSPITAL__SETTLED_BY", '"his"', "settled_by"), ("LIMITS__HOLD", "800", "longest_request")],
)
def test_check_config_names_it(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    key: str,
    value: str,
    named: str,
) -> None:
    assert _check(tmp_path, capsys) == (0, None)
    monkeypatch.setenv(f"KIOSK__{key}", value)
    code, wrong = _check(tmp_path, capsys)
    assert code == 1
    assert named in (wrong or "")


FACES = {"KIOSK__DEVICES__FACE__DRIVER": '"certified"'}
FACE_TERMINAL = {"KIOSK__DEVICES__FACE_TERMINAL__DRIVER": '"nation_ec"'}
PROVINCE = {"KIOSK__FACE_PLATFORM__DRIVER": '"front"'}


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        (FACES, "face_terminal"),
        (FACE_TERMINAL, "certified"),
        (FACES | FACE_TERMINAL | PROVINCE, "face_platform"),
        ({"KIOSK__RULES__FACE_SETTLES": "true"}, "face_settles"),
    ],
)
def test_a_face_is_somebodys_to_judge_and_somebodys_to_name(environment: dict[str, str], named: str) -> None:
    (contradiction,) = contradictions(_read(environment=environment))
    assert named in contradiction
    assert list(contradictions(_read(environment=FACES | FACE_TERMINAL))) == []
    assert list(contradictions(_read(environment=PROVINCE))) == []


@pytest.mark.parametrize(("driver", "agrees"), [("social_card", False), ("card_library", False), ("a_vendors", True)])
def test_a_password_needs_a_reader_with_keys(driver: str, agrees: bool) -> None:
    environment = {"KIOSK__RULES__CARD_PASSWORD": "true", "KIOSK__DEVICES__CARD_READER__DRIVER": f'"{driver}"'}
    found = list(contradictions(_read(SHIPPED, environment)))
    assert [told for told in found if told.startswith("[rules] card_password")] == found
    assert (not found) == agrees
