from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.wire.id_card_text import TextFlaw, UnknownLayout, identity
from kiosk.domain.insured import IdCardIdentity, IdCardKind, Validity
from kiosk.domain.personal import Particular, PersonName, ResidentId

RESIDENT = {
    0: ("张三", 30),
    30: ("1", 2),
    32: ("01", 4),
    36: ("19810101", 16),
    52: ("示例省示例市示范街道一号", 70),
    122: ("111111198101011110", 36),
    158: ("示例市公安局", 30),
    188: ("20160101", 16),
    204: ("20360101", 16),
}
PERMIT = RESIDENT | {
    32: ("", 4),
    122: ("810000198101011110", 36),
    220: ("H01234567", 18),
    238: ("01", 4),
    248: ("J", 2),
}
FOREIGNER = {
    0: ("SAMPLE, ANNA MARIA", 120),
    120: ("2", 2),
    122: ("USA123456789012", 30),
    152: ("USA", 6),
    158: ("安娜", 30),
    188: ("20180101", 16),
    204: ("20280101", 16),
    220: ("19790310", 16),
    236: ("01", 4),
    240: ("0000", 8),
    248: ("I", 2),
}


def text(fields: dict[int, tuple[str, int]], pad: str = " ", **changed: str) -> bytes:
    """256 bytes with `fields` by their offset; `at_30="9"` writes another one over it."""
    content = bytearray(pad.encode("utf-16-le") * 128)
    if pad != " ":
        content[248:250] = b" \x00"
    for start, (value, length) in fields.items():
        written = changed.get(f"at_{start}", value) + pad * length
        content[start : start + length] = written.encode("utf-16-le")[:length]
    return bytes(content)


def read(raw: bytes) -> IdCardIdentity:
    found = identity(raw)
    assert isinstance(found, IdCardIdentity), found
    return found


def test_a_resident_is_read_field_by_field() -> None:
    assert read(text(RESIDENT)) == IdCardIdentity(
        kind=IdCardKind.RESIDENT,
        name=PersonName("张三"),
        number=ResidentId("111111198101011110"),
        gender=Particular("1"),
        people=Particular("01"),
        born=Particular("1981-01-01"),
        address=Particular("示例省示例市示范街道一号"),
        authority="示例市公安局",
        validity=Validity(date(2016, 1, 1), date(2036, 1, 1)),
    )
    assert read(text(RESIDENT)).resident_id == ResidentId("111111198101011110")


def test_a_residence_permit_is_told_by_its_letter_and_has_no_people() -> None:
    permit = read(text(PERMIT))
    assert (permit.kind, permit.number) == (IdCardKind.RESIDENCE_PERMIT, ResidentId("810000198101011110"))
    assert (permit.people, permit.resident_id) == (None, None)


def test_a_foreigner_has_two_names_or_one() -> None:
    both, latin = read(text(FOREIGNER)), read(text(FOREIGNER, at_158=""))
    assert (both.kind, both.name, both.latin_name) == (
        IdCardKind.FOREIGNER,
        PersonName("安娜"),
        PersonName("SAMPLE, ANNA MARIA"),
    )
    assert latin.name == latin.latin_name == PersonName("SAMPLE, ANNA MARIA")
    assert (both.nationality, both.born) == (Particular("USA"), Particular("1979-03-10"))
    assert (both.people, both.address, both.resident_id) == (None, None, None)


@pytest.mark.parametrize("fields", [RESIDENT, PERMIT, FOREIGNER])
def test_for_life_has_no_end(fields: dict[int, tuple[str, int]]) -> None:
    assert read(text(fields, at_204="长期")).validity.until is None


@pytest.mark.parametrize("flag", ["Y", "Z", "j", "1"])
@pytest.mark.parametrize("fields", [RESIDENT, PERMIT, FOREIGNER])
def test_a_layout_nobody_published_is_reported_and_not_guessed(fields: dict[int, tuple[str, int]], flag: str) -> None:
    assert identity(text(fields | {248: (flag, 2)})) == UnknownLayout(flag)


def test_the_letter_of_an_unknown_layout_says_nothing_odd() -> None:
    assert identity(text(RESIDENT | {248: ("张", 2)})) == UnknownLayout("?")


def test_padding_with_zeros_makes_no_difference() -> None:
    assert read(text(RESIDENT, pad="\x00")) == read(text(RESIDENT))


@pytest.mark.parametrize("name", ["李𬭎", "买合木提江·阿卜杜热合曼·吐尔", "㐂"])
def test_rare_characters_and_dots_are_kept(name: str) -> None:
    assert read(text(RESIDENT, at_0=name)).name == PersonName(name)


@pytest.mark.parametrize(
    ("changed", "flaw"),
    [
        ({"at_0": ""}, TextFlaw.NAME),
        ({"at_0": "张\x07三"}, TextFlaw.NAME),
        ({"at_30": "3"}, TextFlaw.GENDER),
        ({"at_32": "57"}, TextFlaw.PEOPLE),
        ({"at_32": "00"}, TextFlaw.PEOPLE),
        ({"at_36": "19810231"}, TextFlaw.BORN),
        ({"at_36": "1981"}, TextFlaw.BORN),
        ({"at_122": "111111198101011111"}, TextFlaw.NUMBER),
        ({"at_122": ""}, TextFlaw.NUMBER),
        ({"at_158": ""}, TextFlaw.AUTHORITY),
        ({"at_188": "长期"}, TextFlaw.VALIDITY),
        ({"at_204": ""}, TextFlaw.VALIDITY),
        ({"at_204": "20361301"}, TextFlaw.VALIDITY),
    ],
)
def test_what_contradicts_the_layout_is_named(changed: dict[str, str], flaw: TextFlaw) -> None:
    assert identity(text(RESIDENT, **changed)) is flaw


@pytest.mark.parametrize(
    ("changed", "flaw"),
    [
        ({"at_122": "USA12345678901"}, TextFlaw.NUMBER),
        ({"at_152": "U1A"}, TextFlaw.NATIONALITY),
        ({"at_120": "x"}, TextFlaw.GENDER),
    ],
)
def test_what_contradicts_a_foreigners_layout_is_named(changed: dict[str, str], flaw: TextFlaw) -> None:
    assert identity(text(FOREIGNER, **changed)) is flaw


def test_half_a_character_is_no_text() -> None:
    broken = bytearray(text(RESIDENT))
    broken[0:2] = b"\x2c\xd8"  # the first half of a pair
    broken[2:4] = b" \x00"
    assert identity(bytes(broken)) is TextFlaw.ENCODING


@pytest.mark.parametrize("size", [0, 255, 257])
def test_another_size_is_no_text(size: int) -> None:
    assert identity(bytes(size)) is TextFlaw.SIZE


def test_nothing_of_a_person_is_shown() -> None:
    shown = repr(read(text(RESIDENT))) + repr(read(text(FOREIGNER)))
    for secret in ("张三", "19810101", "1981-01-01", "示范街道", "111111198101011110", "SAMPLE", "安娜"):
        assert secret not in shown


@given(st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_of_the_number_is_noticed(place: int, by: int) -> None:
    right = "111111198101011110"
    wrong = right[:place] + str((int(right[place]) + by) % 10) + right[place + 1 :]
    assert identity(text(RESIDENT, at_122=wrong)) is TextFlaw.NUMBER


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_spoilt_texts_end_typed_and_the_next_good_one_is_read(data: st.DataObject) -> None:
    """Twenty texts an example, each with bytes of its own changed; ten thousand are spoilt by tests/devices/fuzz."""
    for _ in range(20):
        raw = bytearray(text(data.draw(st.sampled_from([RESIDENT, PERMIT, FOREIGNER]))))
        start = data.draw(st.integers(0, 255))
        noise = data.draw(st.binary(max_size=8))
        raw[start : start + len(noise)] = noise
        assert isinstance(identity(bytes(raw[:256])), IdCardIdentity | UnknownLayout | TextFlaw)
    assert read(text(RESIDENT)) == replace(read(text(RESIDENT)))


@given(st.binary(min_size=256, max_size=256))
def test_no_bytes_are_too_odd(raw: bytes) -> None:
    assert isinstance(identity(raw), IdCardIdentity | UnknownLayout | TextFlaw)
