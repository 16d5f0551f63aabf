"""`kiosk check-config`: every slip at once, in words, with the key that was meant; and what production wants."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from kiosk.cli import main
from kiosk.corrections import corrections
from kiosk.engine.clock import SystemClock
from kiosk.installed import config_dir
from kiosk.ports.clock import BEIJING
from kiosk.terminal import OK, OTHER_END

SHIPPED = (config_dir() / "kiosk.toml").read_text(encoding="utf-8")
SITE_OF_A_HIS = config_dir() / "sites" / "his.toml"


def check(folder: Path, capsys: pytest.CaptureFixture[str], text: str, *more: str) -> tuple[int, dict[str, Any]]:
    place = folder / "kiosk.toml"
    place.write_text(text, encoding="utf-8")
    code = main(["check-config", "--config", str(place), "--workdir", str(folder), "--json", *more])
    answer: dict[str, Any] = json.loads(capsys.readouterr().out.splitlines()[-1])
    return code, answer


def test_the_shipped_file_is_in_order_and_told_what_production_wants(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, answer = check(tmp_path, capsys, SHIPPED)
    assert (code, answer["wrong"], answer["faults"]) == (OK, None, [])
    assert any("sim_social_card" in fault for fault in answer["production"])
    assert answer["settings"]["kiosk"]["pack"]


def test_production_refuses_the_same_file_by_each_simulated_section_and_each_placeholder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, answer = check(tmp_path, capsys, SHIPPED, "--profile", "production")
    assert code == OTHER_END
    refused = "\n".join(answer["faults"])
    for section in ("devices.card_reader", "devices.scanner", "devices.receipt_printer"):
        assert f'[{section}] driver = "sim_' in refused
    assert "[settlement] url: 还是演示用的占位" in refused
    assert "settings" not in answer


def test_the_site_file_for_a_his_is_checked_as_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(tmp_path, capsys, SITE_OF_A_HIS.read_text(encoding="utf-8"))[0] == OK


def test_a_hospital_that_repeats_no_question_is_worth_knowing_and_starts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(tmp_path, capsys, SHIPPED)[1]["notes"] == []
    code, answer = check(tmp_path, capsys, SHIPPED.replace('\ncontract = "1.3"', '\ncontract = "1.2"'))
    assert code == OK
    [note] = answer["notes"]
    assert note.startswith('[hospital] contract = "1.2": 医院的回音不重复所答的查询')
    assert check(tmp_path, capsys, SHIPPED.replace('\ncontract = "1.3"', ""))[1]["notes"] == [note]
    main(["check-config", "--config", str(tmp_path / "kiosk.toml"), "--workdir", str(tmp_path)])
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "可以启动，值得知道 · it starts, and this is worth knowing:",
        f"  {note}",
    ]


def test_all_slips_are_named_at_once_each_with_the_key_that_was_meant(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = SHIPPED.replace("\nplace = ", "\nplaze = ", 1).replace("\nnumber = ", '\nnumber = "x" # ', 1)
    code, answer = check(tmp_path, capsys, text + "\n[nonsense]\na = 1\n")
    assert code == OTHER_END
    assert [fault.removeprefix("kiosk.toml: ") for fault in answer["faults"]] == [
        "kiosk.number: 要写成整数，不加引号 · a whole number, no quotes",
        "site.plaze: 没有这个键，是不是 place · no such key; place?",
        "nonsense: 没有这个键 · no such key",
    ]


def test_a_driver_nobody_installed_and_a_key_it_does_not_take_are_named_beside_each_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIOSK__DEVICES__SCANNER__DRIVER", "nosuch")
    monkeypatch.setenv("KIOSK__SETTLEMENT__ULR", "https://127.0.0.1:2")
    _, answer = check(tmp_path, capsys, SHIPPED)
    told = "\n".join(answer["faults"])
    assert "[devices.scanner] scanners: 没有安装 nosuch · no 'nosuch'; installed: " in told
    assert "[settlement] ulr: 没有这个键，是不是 url" in told


def test_in_words_each_slip_has_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "kiosk.toml"
    place.write_text(SHIPPED + "\n[one]\n\n[two]\n", encoding="utf-8")
    main(["check-config", "--config", str(place), "--workdir", str(tmp_path)])
    assert [line.split(": ")[-2] for line in capsys.readouterr().out.splitlines()] == ["one", "two"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('pack = "000000"', 'pack = "320500"', '[kiosk] pack = "320500": 没有这个策略包'),
        ('language = "zh"', 'language = "fr"', '[kiosk] language = "fr": 只能是 en、zh · one of en, zh'),
        ('frontend = "screens"', 'frontend = "screen"', '[kiosk] frontend = "screen": 只能是 headless、screens'),
        ("number = 3 ", "number = three ", "第 7 行第 10 列不合 TOML 的写法（文字要写在引号里）"),
    ],
)
def test_what_names_nothing_is_told_with_what_there_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, told: str
) -> None:
    assert old in SHIPPED
    code, answer = check(tmp_path, capsys, SHIPPED.replace(old, new, 1))
    assert code == OTHER_END
    assert told in answer["wrong"]


def test_a_machine_whose_clock_stopped_is_told_which_day_it_believes_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An empty battery of the board: the pack has not begun yet, and it is not the pack that is wrong."""
    monkeypatch.setattr(SystemClock, "now", lambda _self: datetime(2000, 1, 1, tzinfo=BEIJING))
    _, answer = check(tmp_path, capsys, SHIPPED)
    assert "本机时钟是 2000-01-01" in answer["wrong"]


class _Inner(BaseModel):
    model_config = ConfigDict(extra="forbid")

    seconds: float = 1.0


class _Outer(BaseModel):
    model_config = ConfigDict(extra="forbid")

    number: int = Field(default=0, ge=1, lt=9)
    name: str = Field(default="", min_length=2, max_length=3, pattern="^[a-z]*$")
    kind: Literal["a", "b"] = "a"
    on: bool = True
    maybe: _Inner | None = None
    table: dict[str, _Inner] = Field(default_factory=dict)
    wanted: str
    even: int = 0
    url: str = Field(default="", pattern=r"^https://[^/]+$")
    kinds: tuple[Literal["a", "b"], ...] = Field(default=("a",), min_length=1)

    @field_validator("even")
    @classmethod
    def _even(cls, even: int) -> int:
        if even % 2:
            raise ValueError("an even number")
        return even


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"number": 0}, "number: 至少 1 · at least 1"),
        ({"number": 9}, "number: 要小于 9 · less than 9"),
        ({"number": []}, "number: 要写成整数，不加引号 · a whole number, no quotes"),
        ({"name": "a"}, "name: 至少 2 个字 · at least 2 characters"),
        ({"name": "abcd"}, "name: 最多 3 个字 · at most 3 characters"),
        ({"name": "A{}"}, "name: 要符合 ^[a-z]*$ · must match ^[a-z]*$"),
        ({"kind": "c"}, "kind: 只能是 'a' 或 'b' · one of 'a' or 'b'"),
        ({"on": "perhaps"}, "on: 要写成 true 或 false，不加引号 · true or false, no quotes"),
        ({"even": 3}, "even: an even number"),
        ({"maybe": {"second": 1}}, "maybe.second: 没有这个键，是不是 seconds · no such key; seconds?"),
        ({"table": {"x": {"secs": 1}}}, "table.x.secs: 没有这个键，是不是 seconds · no such key; seconds?"),
        ({"zzzz": 1}, "zzzz: 没有这个键 · no such key"),
        ({"maybe": 5}, "maybe: 要写成一节 · a section"),
        ({"url": "ftp:x"}, "url: 要写 https:// 开头的地址 · an address that begins with https://"),
        ({"kinds": ["c"]}, "kinds.0: 只能是 'a' 或 'b' · one of 'a' or 'b'"),
        ({"kinds": []}, "kinds: 至少要有 1 项 · at least 1 of them"),
    ],
)
def test_what_a_key_should_be_is_said_in_words(given: dict[str, object], told: str) -> None:
    with pytest.raises(ValidationError) as wrong:
        _Outer.model_validate({"wanted": "w"} | given)
    assert list(corrections(wrong.value, _Outer)) == [told]


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(ValidationError) as wrong:
        _Outer.model_validate({})
    assert list(corrections(wrong.value, _Outer)) == ["wanted: 缺这一项 · missing"]


def test_a_value_is_never_repeated_for_it_may_be_a_secret() -> None:
    with pytest.raises(ValidationError) as wrong:
        _Outer.model_validate({"wanted": ["hush"], "number": "hush", "name": "HUSH", "on": "hush", "hush1": "hush"})
    told = " ".join(corrections(wrong.value, _Outer)).replace("hush1", "")
    assert "hush" not in told.lower()
