"""A policy pack is whole, in force and of the area it says, or it is refused by name."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kiosk.domain.policy import Csb, Gateway, Signing
from kiosk.installed import config_dir
from kiosk.packs.loading import PackWrong, in_force, read_pack

SHIPPED = config_dir() / "packs" / "000000"
TEXT = (SHIPPED / "pack.toml").read_text(encoding="utf-8")


def write(folder: Path, text: str, area: str = "000000") -> Path:
    place = folder / area
    place.mkdir()
    (place / "pack.toml").write_text(text, encoding="utf-8")
    return place


def without(key: str) -> str:
    text, count = re.subn(rf"^{key} = .*\n", "", TEXT, flags=re.MULTILINE)
    assert count == 1, key
    return text


def test_the_shipped_pack_is_whole_and_says_that_it_is_simulated() -> None:
    pack = read_pack(SHIPPED)
    assert (pack.area, pack.simulated) == ("000000", True)
    assert "模拟" in pack.name
    assert pack.settlement.gateway is Gateway.SINGLE
    assert pack.settlement.limits.reply_to("2207A") == 60
    assert pack.settlement.limits.reply_to("2206A") == pack.settlement.limits.reply_default


@pytest.mark.parametrize(
    "key", ["area", "version", "effective", "gateway", "longest_request", "pause_for", "already_undone"]
)
def test_a_missing_key_is_named(tmp_path: Path, key: str) -> None:
    text = without(key) if key != "already_undone" else TEXT.replace("already_undone", "already_undome")
    with pytest.raises(PackWrong, match=rf"000000/pack\.toml: [a-z.]*\b{key}: "):
        read_pack(write(tmp_path, text))


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('gateway = "single"', 'gateway = "many"', "settlement.gateway"),
        ("connect = 5", "connect = -5", "settlement.limits.connect"),
        ("reversal_attempts = 6", "reversal_attempts = 0", "settlement.limits.reversal_attempts"),
        ("pause_after = 3", 'pause_after = "three"', "settlement.limits.pause_after"),
        ("hold = 900", "hold = 900\nhould = 1", "settlement.limits.should"),
        ("[settlement.pools]", "[settlement.poools]", "settlement.pools"),
        ("effective = 2026-01-01", "effective = 2026-13-01", "TOMLDecodeError"),
    ],
)
def test_a_wrong_key_is_named(tmp_path: Path, old: str, new: str, named: str) -> None:
    assert old in TEXT
    named = named.replace("should", "hould")
    with pytest.raises(PackWrong, match=re.escape(named)):
        read_pack(write(tmp_path, TEXT.replace(old, new)))


def test_people_insured_elsewhere_are_never_waited_for_less() -> None:
    limits = read_pack(SHIPPED).settlement.limits
    assert (limits.reply_to("2207A"), limits.reply_to("2207A", away=True)) == (60, 120)
    assert (limits.reply_to("1101"), limits.reply_to("1101", away=True)) == (30, 60)
    assert limits.reply_to("2601", away=True) == 60
    short = replace(limits, reply_away={"2207A": 5.0}, reply_away_default=0.0)
    assert short.reply_to("2207A", away=True) == short.reply_to("2207A") == 60
    assert limits.longest_reply == 120


def test_a_pack_says_how_its_gateway_knows_us(tmp_path: Path) -> None:
    assert read_pack(SHIPPED).settlement.signing is Signing.NONE
    csb = '[settlement.csb]\napi_name = "fsi"\napi_version = "1.0.0"\nmilliseconds = true\n'
    text = TEXT.replace('signing = "none"', 'signing = "csb"')
    assert read_pack(write(tmp_path, text + csb)).settlement.csb == Csb("fsi", "1.0.0", milliseconds=True)


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('signing = "none"', 'signing = "md5"', "settlement.signing"),
        ('signing = "none"', 'signing = "csb"', "signing csb needs the table csb"),
        ("[settlement.pools]", '[settlement.paths]\n"9001" = "fsi/api"\n[settlement.pools]', "settlement.paths.9001"),
        ("[settlement.pools]", "[settlement.csb]\napi_name = 3\n[settlement.pools]", "settlement.csb.api_name"),
        ("reply_away_default = 60", "reply_away_default = -60", "settlement.limits.reply_away_default"),
    ],
)
def test_a_gateway_that_cannot_be_meant_is_refused(tmp_path: Path, old: str, new: str, named: str) -> None:
    assert old in TEXT
    with pytest.raises(PackWrong, match=re.escape(named)):
        read_pack(write(tmp_path, TEXT.replace(old, new)))


def test_a_pack_in_the_folder_of_another_area_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackWrong, match=r"110000/pack\.toml: area is 000000"):
        read_pack(write(tmp_path, TEXT, area="110000"))


def test_no_pack_at_all_is_named(tmp_path: Path) -> None:
    with pytest.raises(PackWrong, match=r"000001/pack\.toml: FileNotFoundError"):
        read_pack(tmp_path / "000001")


def test_a_drill_may_shorten_the_waits(tmp_path: Path) -> None:
    pack = read_pack(SHIPPED, {"longest_request": 3, "patient_waits": 1})
    assert (pack.settlement.limits.longest_request, pack.settlement.limits.patient_waits) == (3, 1)
    assert pack.settlement.limits.hold == read_pack(SHIPPED).settlement.limits.hold


def test_a_hold_that_a_request_could_outlive_is_refused() -> None:
    """It is renewed when a third of it is over, so two thirds are what a request can count on."""
    assert read_pack(SHIPPED, {"hold": 300, "longest_request": 200}).settlement.limits.hold == 300
    with pytest.raises(PackWrong, match=r"settlement\.limits: .*hold"):
        read_pack(SHIPPED, {"hold": 299, "longest_request": 200})


def test_a_gateway_is_taken_to_repeat_by_itself_unless_the_pack_says_no(tmp_path: Path) -> None:
    assert not read_pack(SHIPPED).settlement.resends
    silent = "".join(line for line in TEXT.splitlines(keepends=True) if not line.startswith("resends"))
    assert read_pack(write(tmp_path, silent)).settlement.resends


def test_a_drill_cannot_invent_a_wait() -> None:
    with pytest.raises(PackWrong, match=r"settlement\.limits\.patience"):
        read_pack(SHIPPED, {"patience": 3})


@pytest.mark.parametrize("text", ["settlement = 3", "", "[settlement]\nlimits = 4"])
def test_a_tree_of_another_shape_is_refused_with_and_without_drills(tmp_path: Path, text: str) -> None:
    place = write(tmp_path, text)
    for overrides in ({}, {"connect": 1}):
        with pytest.raises(PackWrong):
            read_pack(place, overrides)


@pytest.mark.parametrize(
    ("today", "expires", "holds"),
    [
        (date(2025, 12, 31), None, False),
        (date(2026, 1, 1), None, True),
        (date(2030, 1, 1), None, True),
        (date(2026, 12, 31), date(2026, 12, 31), True),
        (date(2027, 1, 1), date(2026, 12, 31), False),
    ],
)
def test_a_pack_is_in_force_from_its_first_to_its_last_day(today: date, expires: date | None, holds: bool) -> None:
    pack = replace(read_pack(SHIPPED), effective=date(2026, 1, 1), expires=expires)
    assert in_force(pack, today) is holds
