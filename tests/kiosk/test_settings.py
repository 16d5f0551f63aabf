"""Settings are read once: a file, the environment over it, and every mistake refused by its name."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from kiosk.domain.policy import Gateway, SettlementProfile
from kiosk.flow.rules import Door, PayMethod, Rules
from kiosk.installed import config_dir
from kiosk.settings import (
    RefundSection,
    RulesSection,
    Settings,
    SettingsWrong,
    read_options,
    read_settings,
    rules_of,
    settings_file,
)
from tests.support.people import LIMITS

SHIPPED = config_dir() / "kiosk.toml"
TEXT = SHIPPED.read_text(encoding="utf-8")
FILL = {"workdir": "/w", "sim": "/w/sim", "backend.url": "https://127.0.0.1:1"}


def read(folder: Path, text: str = TEXT, **environment: str) -> Settings:
    path = folder / "kiosk.toml"
    path.write_text(text, encoding="utf-8")
    return read_settings(path, FILL, environment)


def test_the_shipped_file_is_in_order(tmp_path: Path) -> None:
    settings = read(tmp_path)
    assert settings.rules.doors == (Door.OUTPATIENT, Door.SERVICES, Door.RIGHTS)
    assert settings.devices.page_printer is not None


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("number = 3", "number = 3\nnumbre = 4", "kiosk.numbre"),
        ("number = 3", "number = 1000", "kiosk.number"),
        ("number = 3", "", "kiosk.number"),
        ("number = 3", 'number = "three"', "kiosk.number"),
        ('pack = "000000"', 'pack = "beijing"', "kiosk.pack"),
        ('fixmedins_code = "H00000000001"', 'fixmedins_code = "H1"', "site.fixmedins_code"),
        ("width_mm = 336", "width_mm = 0", "screen.width_mm"),
        ("[screen]", "[sreen]", "sreen"),
        ("[devices.scanner]", "[devices.scaner]", "devices.scanner"),
        ('driver = "direct"', 'driver_name = "direct"', "settlement.driver"),
        ("[documents]", "[rules]\ndoors = []\n[documents]", "rules.doors"),
        ("[documents]", '[rules]\ndoors = ["dentist"]\n[documents]', "rules.doors.0"),
        ("[documents]", "[rules]\nread_page = -1\n[documents]", "rules.read_page"),
    ],
)
def test_a_mistake_is_refused_by_its_name_and_without_its_value(tmp_path: Path, old: str, new: str, named: str) -> None:
    assert old in TEXT
    with pytest.raises(SettingsWrong, match=rf"^kiosk\.toml: {re.escape(named)}: ") as caught:
        read(tmp_path, TEXT.replace(old, new, 1))
    for value in ("beijing", "three", "dentist", "H1,"):
        assert value not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"[kiosk", "at end of document"), (b"\xff\xfe", "save it as such"), (None, "No such file")],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None, why: str) -> None:
    path = tmp_path / "kiosk.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SettingsWrong, match=rf"kiosk\.toml: .*{why}"):
        read_settings(path, FILL, {})


def test_the_environment_stands_above_the_file(tmp_path: Path) -> None:
    settings = read(
        tmp_path,
        KIOSK__SITE__PLACE="门诊楼二层",
        KIOSK__KIOSK__NUMBER="17",
        KIOSK__RULES__READ_PAGE="12.5",
        KIOSK__SCREEN__SCALED="false",
        KIOSK__DEVICES__SCANNER__PORT="/dev/ttyS1",
        OTHER__SITE__PLACE="elsewhere",
    )
    assert settings.site.place == "门诊楼二层"
    assert settings.kiosk.number == 17
    assert settings.rules.read_page == 12.5
    assert settings.screen.scaled is False
    assert settings.devices.scanner.options["port"] == "/dev/ttyS1"


def test_a_text_that_looks_like_a_number_is_quoted_in_the_environment(tmp_path: Path) -> None:
    assert read(tmp_path, KIOSK__KIOSK__PACK='"123456"').kiosk.pack == "123456"
    with pytest.raises(SettingsWrong, match=r"^KIOSK__KIOSK__PACK（.+ · from the environment）: 要写成文字"):
        read(tmp_path, KIOSK__KIOSK__PACK="123456")


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("KIOSK__SITE__PLASE", "KIOSK__SITE__PLASE（环境变量"),
        ("KIOSK__NOWHERE", "KIOSK__NOWHERE（环境变量"),
        ("KIOSK__SITE__PLACE__FLOOR", "KIOSK__SITE__PLACE__FLOOR: place is no section"),
        ("KIOSK__", "KIOSK__: names no key"),
    ],
)
def test_a_variable_that_names_nothing_is_refused(tmp_path: Path, name: str, named: str) -> None:
    with pytest.raises(SettingsWrong, match=re.escape(named)):
        read(tmp_path, **{name: "1"})


def test_placeholders_are_filled_wherever_they_stand(tmp_path: Path) -> None:
    settings = read(tmp_path)
    assert settings.settlement.options["url"] == "https://127.0.0.1:1"
    assert settings.settlement.options["ca"] == "/w/backend/ca.pem"
    assert settings.devices.card_reader.options["socket"] == "/w/sim/card.sock"


@given(st.text(alphabet="abc{}._ ", max_size=30))
def test_a_text_without_placeholders_of_ours_stays_as_it_is(text: str) -> None:
    from kiosk.settings import _filled

    assert _filled({"a": [text]}, {}) == {"a": [text]}


def test_a_file_that_was_named_is_the_one_that_is_read(tmp_path: Path) -> None:
    assert settings_file(tmp_path / "x.toml") == tmp_path / "x.toml"


class Scanner(BaseModel):
    model_config = ConfigDict(extra="forbid")
    port: str
    baud: int = 9600


def test_the_options_of_a_driver_are_its_own() -> None:
    assert read_options(Scanner, {"port": "/dev/x"}, "devices.scanner") == Scanner(port="/dev/x")
    with pytest.raises(SettingsWrong, match=r"\[devices\.scanner\] bawd: "):
        read_options(Scanner, {"port": "/dev/x", "bawd": 1}, "devices.scanner")


def test_the_rules_of_the_flow_are_those_of_the_settings(tmp_path: Path) -> None:
    limits = replace(LIMITS, patient_waits=33.0)
    profile = SettlementProfile(
        "000000",
        "YBXT",
        Gateway.SINGLE,
        limits,
        fund_total_includes_account=False,
        acct_pay_includes_mulaid=True,
        one_payment=True,
    )
    rules = rules_of(read(tmp_path, KIOSK__RULES__STILL_THERE="20"), ("zh", "en"), profile, (PayMethod("scan"),))
    assert (rules.still_there, rules.patient_waits, rules.languages) == (20.0, 33.0, ("zh", "en"))
    assert rules.together
    assert Rules(**RulesSection().model_dump(exclude={"doors"})) == Rules(), "one set of patience, not two"


def test_how_long_channels_take_back_is_the_sites_to_say(tmp_path: Path) -> None:
    assert read(tmp_path).refund.days == {"wechat": 365, "alipay": 365, "unionpay": 180}
    for channel, days in RefundSection().days.items():
        assert f"# {channel} = {days}\n" in TEXT
    told = read(tmp_path, KIOSK__REFUND__DAYS="{ wechat = 90 }")
    assert told.refund.days == {"wechat": 90}
    with pytest.raises(SettingsWrong, match=r"refund\.days\.wechat"):
        read(tmp_path, KIOSK__REFUND__DAYS="{ wechat = 0 }")


def test_the_shipped_file_lists_every_rule_with_its_value() -> None:
    for name, value in RulesSection().model_dump(mode="json").items():
        shown = str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else None
        assert re.search(rf"^# {name} = {shown or '.*'}$", TEXT, re.MULTILINE), name
