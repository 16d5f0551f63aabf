from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.wire import social_card as wire
from devices.wire.apdu import Response
from devices.wire.gb11643 import resident_id_check
from devices.wire.social_card import CardFlaw, Item, Refusal
from kiosk.domain.insured import CardField, CardIdentity
from kiosk.domain.personal import CardNumber, PersonName, ResidentId

SERIAL = bytes.fromhex("639900D15600000500BF7C7A48FB4966")

Values = dict[Item, bytes | Refusal]


def values(**changed: bytes | Refusal) -> Values:
    """A sound card of generation 2, with some records changed by name."""
    sound: dict[str, bytes | Refusal] = {
        "SERIAL": SERIAL,
        "VERSION": b"2.00",
        "ISSUED": bytes.fromhex("20150601"),
        "EXPIRY": bytes.fromhex("20350531"),
        "CARD_NUMBER": b"X00000019",
        "RESIDENT_ID": b"111111198101011110",
        "NAME": "张三".encode("gbk").ljust(30, b"\0"),
        "NAME_EXTENSION": bytes(20),
    }
    return {getattr(wire, name): value for name, value in (sound | changed).items()}


def read(**changed: bytes | Refusal) -> CardIdentity:
    identity = wire.identity(values(**changed))
    assert isinstance(identity, CardIdentity), identity
    return identity


def revealed(name: PersonName | None) -> str:
    assert name is not None
    return name.reveal()


def test_the_application_is_selected_by_its_15_byte_name() -> None:
    assert wire.select_application().encode() == bytes.fromhex("00A404000F7378312E73682EC9E7BBE1B1A3D5CF")


def test_files_are_selected_with_either_p1() -> None:
    assert wire.select_file(wire.ISSUER_FILE, 0x02).encode() == bytes.fromhex("00A4020002EF05")
    assert wire.select_file(wire.HOLDER_FILE, 0x00).encode() == bytes.fromhex("00A4000002EF06")


@pytest.mark.parametrize(("sw", "wants"), [(0x6A86, True), (0x6B00, True), (0x6A82, False), (0x9000, False)])
def test_only_a_complaint_about_parameters_asks_for_the_other_p1(sw: int, wants: bool) -> None:
    assert wire.wants_other_p1(Response(b"", sw)) is wants


def test_records_are_read_by_tag_with_the_length_of_tag_length_and_value() -> None:
    assert wire.read_item(wire.CARD_NUMBER).encode() == bytes.fromhex("00B207000B")
    assert wire.read_item(wire.NAME_EXTENSION).encode() == bytes.fromhex("00B24E0016")


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("0809313131 9000".replace(" ", ""), Refusal.BROKEN),
        ("0803313131 9000".replace(" ", ""), b"111"),
        ("0903313131 9000".replace(" ", ""), Refusal.BROKEN),
        ("08009000", b""),
        ("9000", Refusal.WITHHELD),
        ("089000", Refusal.BROKEN),
        ("6982", Refusal.WITHHELD),
        ("6985", Refusal.WITHHELD),
        ("6A83", Refusal.ABSENT),
        ("6700", Refusal.BROKEN),
        ("6F00", Refusal.BROKEN),
    ],
)
def test_an_answer_is_a_value_or_a_reason(raw: str, value: bytes | Refusal) -> None:
    assert wire.item_value(wire.RESIDENT_ID, Response.decode(bytes.fromhex(raw))) == value


def test_a_sound_card_gives_its_holder() -> None:
    identity = read()
    assert identity.card_serial.reveal() == SERIAL.hex().upper()
    assert (identity.region, identity.spec_version, identity.generation) == ("639900", "2.00", 2)
    assert identity.name == PersonName("张三")
    assert identity.resident_id == ResidentId("111111198101011110")
    assert identity.card_number == CardNumber("X00000019")
    assert (identity.issued, identity.expiry) == (date(2015, 6, 1), date(2035, 5, 31))
    assert identity.missing == frozenset()


@pytest.mark.parametrize("padding", [b"\0", b" ", b"\xff", b"\0 \xff"])
@pytest.mark.parametrize("name", ["买买提·吐尔逊", "㐂𬭎", "欧阳𠀀", "Đặng Văn"])
def test_names_are_read_whatever_their_characters_and_padding(name: str, padding: bytes) -> None:
    raw = name.encode("gb18030")
    assert revealed(read(NAME=(raw + padding * 30)[:30]).name) == name


def test_a_name_beyond_30_bytes_goes_on_in_the_extension_even_inside_a_character() -> None:
    name = "阿卜杜热合曼𬭎·买买提江尔𬭎艾力"
    raw = name.encode("gb18030")
    assert len(raw[30:]) > 0
    with pytest.raises(UnicodeDecodeError):
        raw[:30].decode("gb18030")
    assert revealed(read(NAME=raw[:30], NAME_EXTENSION=raw[30:].ljust(20, b"\0")).name) == name


def test_generation_1_has_no_extension() -> None:
    assert revealed(read(VERSION=b"1.00", NAME_EXTENSION=Refusal.ABSENT).name) == "张三"


def test_a_card_that_keeps_its_holder_back_says_so_and_never_gives_an_empty_name() -> None:
    withheld = dict.fromkeys(("NAME", "NAME_EXTENSION", "RESIDENT_ID", "CARD_NUMBER"), Refusal.WITHHELD)
    identity = read(VERSION=b"3.00", **withheld)
    assert identity.missing == {CardField.NAME, CardField.RESIDENT_ID, CardField.CARD_NUMBER}
    assert (identity.name, identity.resident_id, identity.card_number) == (None, None, None)
    assert (identity.generation, identity.region) == (3, "639900")


@pytest.mark.parametrize("blank", [b"", bytes(30), b" " * 30, b"\xff" * 30])
def test_a_blank_record_is_missing_too(blank: bytes) -> None:
    assert read(NAME=blank).missing == {CardField.NAME}
    assert read(RESIDENT_ID=blank[:18]).missing == {CardField.RESIDENT_ID}


@pytest.mark.parametrize("none", [bytes(4), b"\xff" * 4, b"", Refusal.ABSENT])
def test_a_card_may_state_no_expiry(none: bytes | Refusal) -> None:
    assert read(EXPIRY=none).expiry is None


@pytest.mark.parametrize(
    ("record", "value"),
    [
        ("SERIAL", SERIAL[:15]),
        ("SERIAL", b"\xab" + SERIAL[1:]),
        ("SERIAL", Refusal.WITHHELD),
        ("VERSION", b"9999"),
        ("VERSION", b"\0\0\0\0"),
        ("VERSION", Refusal.ABSENT),
        ("ISSUED", bytes.fromhex("20150231")),
        ("EXPIRY", bytes.fromhex("2035053A")),
        ("EXPIRY", bytes.fromhex("203505")),
        ("CARD_NUMBER", b"X00000018"),
        ("CARD_NUMBER", b"X0000001"),
        ("CARD_NUMBER", Refusal.BROKEN),
        ("RESIDENT_ID", b"111111198101011119"),
        ("RESIDENT_ID", b"1111111981\x01011119"),
        ("NAME", "张三".encode("gbk")[:3]),
        ("NAME", b"\xd5\xc5\x81"),
        ("NAME", b"\x07\xd5\xc5"),
        ("NAME", Refusal.BROKEN),
        ("NAME_EXTENSION", Refusal.BROKEN),
    ],
)
def test_a_contradiction_is_named_and_nothing_is_guessed(record: str, value: bytes | Refusal) -> None:
    assert wire.identity(values(**{record: value})) is CardFlaw[record.split("_EXT", maxsplit=1)[0]]


def test_letters_are_read_as_capitals() -> None:
    assert read(CARD_NUMBER=b"x00000019").card_number == CardNumber("X00000019")
    assert read(RESIDENT_ID=b"11010519491231002x").resident_id == ResidentId("11010519491231002X")


def test_numbers_of_other_forms_are_taken_without_a_check() -> None:
    assert read(RESIDENT_ID=b"USA123456789012 ").resident_id == ResidentId("USA123456789012")


def test_the_check_of_card_numbers_can_be_waived() -> None:
    identity = wire.identity(values(CARD_NUMBER=b"X00000018"), check_card_number=False)
    assert isinstance(identity, CardIdentity)
    assert identity.card_number == CardNumber("X00000018")


def test_check_characters_agree_with_published_samples() -> None:
    assert wire.card_number_check("X0000001") == "9"
    assert resident_id_check("11010519491231002") == "X"  # the sample of GB 11643-1999
    assert resident_id_check("11111119810101111") == "0"


@given(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=8, max_size=8), st.integers(0, 7))
def test_one_wrong_character_of_a_card_number_is_noticed(body: str, place: int) -> None:
    wrong = body[:place] + ("1" if body[place] == "0" else "0") + body[place + 1 :]
    difference = abs(int(body[place], 36) - int(wrong[place], 36))
    if difference % 11:
        assert wire.card_number_check(body) != wire.card_number_check(wrong)


@given(st.dictionaries(st.sampled_from(sorted(values(), key=lambda item: item.tag)), st.binary(max_size=40)))
def test_no_record_is_too_odd(odd: dict[Item, bytes]) -> None:
    result = wire.identity(values() | odd)
    assert isinstance(result, CardIdentity | CardFlaw)
    if isinstance(result, CardIdentity):
        assert (result.name is None) == (CardField.NAME in result.missing)
