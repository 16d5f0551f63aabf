"""Dictionaries are whole, refer to one another, and say by name what is wrong with them."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from kiosk.installed import config_dir
from kiosk.packs.codes import CodesWrong, read_codes, read_national
from kiosk.packs.loading import PackWrong, read_pack
from settlement.wire.fields import Kind, tables

TODAY = date(2026, 11, 22)
SHIPPED = config_dir() / "packs" / "000000" / "pack.toml"
TREE = tomllib.loads((config_dir() / "packs" / "national.toml").read_text(encoding="utf-8"))


def write(folder: Path, more: str, codes: str | None = None) -> Path:
    place = folder / "000000"
    place.mkdir()
    (place / "pack.toml").write_text(SHIPPED.read_text(encoding="utf-8") + more, encoding="utf-8")
    if codes is not None:
        (place / "codes.toml").write_text(codes, encoding="utf-8")
    return place


def test_every_code_we_send_has_a_dictionary_or_is_known_to_have_none() -> None:
    national, opened = read_national(), set(TREE["open"]["fields"])
    sent = {
        field.name
        for table in tables().values()
        for node in table.input.values()
        for field in node.values()
        if field.kind is Kind.CODE
    }
    assert {name for name in sent if national.get(name) is None} == opened & sent
    assert [name for name in opened if national.get(name) is not None] == []


def test_fields_and_doubts_name_dictionaries_and_codes_that_are_there() -> None:
    national = read_national()
    assert [name for name in TREE["fields"].values() if name not in national.by_name] == []
    for name, codes in TREE["unverified"].items():
        assert set(codes) <= set(national.by_name[name].in_force(TODAY)), name


def test_codes_fit_the_fields_they_are_sent_in() -> None:
    national = read_national()
    for table in tables().values():
        for node in table.input.values():
            for field in node.values():
                dictionary = national.get(field.name) if field.kind is Kind.CODE else None
                if dictionary is not None and field.length is not None:
                    assert max(map(len, dictionary.in_force(TODAY))) <= field.length, (table.infno, field.name)


def test_the_pack_amends_the_national_codes(tmp_path: Path) -> None:
    more = '9901 = { name = "重大疾病门诊", since = 2026-12-01 }\n[settlement.codes.caty]\nA03 = "内科"\n'
    dictionaries = read_pack(write(tmp_path, more)).settlement.dictionaries
    assert dictionaries.allows("med_type", "11", TODAY)
    assert dictionaries.allows("med_type", "9101", TODAY)
    assert not dictionaries.allows("med_type", "9901", TODAY)
    assert dictionaries.allows("med_type", "9901", date(2026, 12, 1))
    assert not dictionaries.allows("caty", "A04", TODAY)


def test_what_was_downloaded_lies_beside_the_pack_and_may_be_all_there_is(tmp_path: Path) -> None:
    text = SHIPPED.read_text(encoding="utf-8").replace(
        "\n[settlement]\n", '\n[settlement]\nwhole_codes = ["med_type"]\n'
    )
    place = write(tmp_path, "", '[med_type]\n11 = "普通门诊"\n[caty]\nA03 = "内科"\n')
    (place / "pack.toml").write_text(text, encoding="utf-8")
    dictionaries = read_pack(place).settlement.dictionaries
    found = dictionaries.get("med_type")
    assert found is not None
    assert found.in_force(TODAY) == {"11": "普通门诊", "9101": "模拟门诊特检"}


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ("9901 = 3\n", "settlement.codes.med_type.9901"),
        ('9901 = { name = "x", since = 2026-12-02, until = 2026-12-01 }\n', "ends before it begins"),
        ("9901 = { since = 2026-12-02 }\n", "settlement.codes.med_type.9901"),
    ],
)
def test_a_wrong_code_is_named(tmp_path: Path, more: str, named: str) -> None:
    with pytest.raises(PackWrong, match=named):
        read_pack(write(tmp_path, more))


@pytest.mark.parametrize("codes", ["med_type = 3", "[med_type", "[med_type]\n11 = 3"])
def test_a_wrong_file_of_codes_is_named(tmp_path: Path, codes: str) -> None:
    place = write(tmp_path, "", codes)
    with pytest.raises(CodesWrong, match=r"codes\.toml: "):
        read_codes(place)
    with pytest.raises(PackWrong, match=r"codes\.toml: "):
        read_pack(place)
