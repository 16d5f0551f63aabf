"""The dialects of vendors' libraries: what each writes is read back, and nothing else is taken for a person."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.wire.card_library import DIALECTS, WANTED_FILES, DialectName, Reply, identity, meaning
from devices.wire.social_card import CardFlaw
from kiosk.domain.insured import CardField, CardIdentity
from kiosk.domain.personal import CardNumber, CardSerial, PersonName, ResidentId

SERIAL, NUMBER, RESIDENT = "000000D15600000500BF7C7A48FB4901", "M00000019", "111111198101011110"
NAMES = st.text(st.sampled_from("张三丰·𬭎㐂倈镕a b"), min_size=1, max_size=10).filter(
    lambda name: name == name.strip()
)


def written(dialect: DialectName, name: str, *, closed: bool = False, extra: tuple[str, ...] = ()) -> bytes:
    """A card as that vendor's library writes it."""
    number, card, name = ("", "", "") if closed else (RESIDENT, NUMBER, name)
    text = ""
    basic: tuple[str, ...] = ("000000", number, card, SERIAL, name, "00814E", "2.00", "20200101", "20351231", *extra)
    match dialect:
        case DialectName.PLAIN | DialectName.WITH_BLOB:
            text = "|".join(basic) + "|"
        case DialectName.RESULT_FIRST:
            text = "|".join(("1", *basic)) + "|"
        case DialectName.TAG_ORDER:
            fields = (SERIAL, "1", "2.00", "0" * 24, "20200101", "20351231", card, number, name, "1", "01", "111111")
            text = ":".join((*fields, "19810101"))
        case DialectName.BY_FILE:
            text = f"SSSEEF05|{SERIAL}|2.00|20200101|20351231|{card}|$SSSEEF06|{number}|{name}||$"
    return text.encode("gb18030")


def whole(name: str) -> CardIdentity:
    return CardIdentity(
        CardSerial(SERIAL),
        "000000",
        "2.00",
        PersonName(name),
        ResidentId(RESIDENT),
        CardNumber(NUMBER),
        date(2020, 1, 1),
        date(2035, 12, 31),
    )


@pytest.mark.parametrize("dialect", DialectName)
@given(name=NAMES)
def test_a_card_is_read_in_every_dialect(dialect: DialectName, name: str) -> None:
    assert identity(DIALECTS[dialect], written(dialect, name)) == whole(name)


@pytest.mark.parametrize("dialect", DialectName)
def test_what_is_left_empty_is_missing(dialect: DialectName) -> None:
    found = identity(DIALECTS[dialect], written(dialect, "张三", closed=True))
    assert isinstance(found, CardIdentity)
    assert (found.name, found.missing) == (None, frozenset(CardField))


def test_a_region_may_append_fields_of_its_own() -> None:
    text = written(DialectName.PLAIN, "张三", extra=("T0001", "S0001", "PSAM", "医疗证"))
    assert identity(DIALECTS[DialectName.PLAIN], text) == whole("张三")


def test_a_name_extension_in_tag_order_shows_by_the_number_of_fields() -> None:
    short = written(DialectName.TAG_ORDER, "买买提江").decode("gb18030").split(":")
    text = ":".join((*short[:9], "艾力", *short[9:])).encode("gb18030")
    assert identity(DIALECTS[DialectName.TAG_ORDER], text) == whole("买买提江艾力")


def test_a_bar_inside_a_character_parts_nothing() -> None:
    """倈 is 82 7C in GBK."""
    assert b"|" in "倈".encode("gbk")
    assert identity(DIALECTS[DialectName.PLAIN], written(DialectName.PLAIN, "倈倈")) == whole("倈倈")


def test_files_that_were_not_asked_for_are_no_answer() -> None:
    assert WANTED_FILES.startswith("SSSEEF05|01|")
    other = written(DialectName.BY_FILE, "张三").replace(b"SSSEEF05", b"SSSEEF07")
    assert identity(DIALECTS[DialectName.BY_FILE], other) is None


def test_a_result_that_is_none_is_no_answer() -> None:
    text = written(DialectName.PLAIN, "张三")
    assert identity(DIALECTS[DialectName.RESULT_FIRST], b"x|" + text) is None


@pytest.mark.parametrize("dialect", DialectName)
@given(text=st.binary(max_size=200))
def test_nonsense_is_nobody(dialect: DialectName, text: bytes) -> None:
    assert not isinstance(identity(DIALECTS[dialect], text), CardIdentity)


@pytest.mark.parametrize("dialect", DialectName)
@given(place=st.integers(0, 10_000), byte=st.integers(0, 255))
def test_a_spoilt_byte_never_makes_another_persons_number(dialect: DialectName, place: int, byte: int) -> None:
    """The check character of GB 11643 catches one wrong digit; numbers of other forms carry none."""
    text = bytearray(written(dialect, "张三"))
    text[place % len(text)] = byte
    found = identity(DIALECTS[dialect], bytes(text))
    assert found is None or isinstance(found, CardFlaw | CardIdentity)
    if isinstance(found, CardIdentity):
        number = found.resident_id.reveal() if found.resident_id else ""
        assert number == RESIDENT or not re.fullmatch(r"[0-9]{17}[0-9X]", number)


@pytest.mark.parametrize(
    ("code", "reply"),
    [
        (0, Reply.DONE),
        (-2, Reply.NO_CARD),
        (-11, Reply.NO_READER),
        (-2201, Reply.NEEDS_SERVER),
        (-4, Reply.UNREADABLE),
        (12345, Reply.UNREADABLE),
    ],
)
def test_return_codes(code: int, reply: Reply) -> None:
    assert meaning(code) is reply
