import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.wire.apdu import Response
from devices.wire.card_keys import Opening, cryptogram_of
from devices.wire.card_pin import TEMPLATE, verdict
from kiosk.domain.personal import CardProof
from kiosk.ports.card_reader import PinAccepted, PinBlocked, PinNotEntered, PinWrong

BLOCKS = st.binary(min_size=16, max_size=16)


@given(BLOCKS, BLOCKS, BLOCKS, BLOCKS, BLOCKS, BLOCKS)
def test_step_one_has_its_eight_fields_in_order(
    random: bytes, inner: bytes, outer: bytes, serial: bytes, answer: bytes, challenge: bytes
) -> None:
    opening = Opening(random, inner, outer)
    number = serial.hex().upper()
    proof = opening.step_one(number, b"\x00\x81", answer, challenge)
    fields = [
        number[:6],
        "0081",
        "03",
        number,
        inner.hex(),
        (random + answer).hex(),
        outer.hex(),
        challenge.hex(),
    ]
    assert proof.reveal().split("|") == [*(field.upper() for field in fields), ""]
    assert "Opening" in repr(opening)
    assert random.hex() not in repr(opening)


def test_the_commands_are_those_of_iso_7816() -> None:
    opening = Opening(b"R" * 16, b"I" * 16, b"E" * 16)
    assert opening.internal_authenticate().encode().hex().upper().startswith("0088000120" + "52" * 16 + "49" * 16)
    assert opening.external_authenticate(b"C" * 16).encode().hex().upper() == "0082000120" + "43" * 16 + "45" * 16


@given(BLOCKS)
def test_step_two_is_read(block: bytes) -> None:
    assert cryptogram_of(CardProof(f"00|{block.hex()}")) == block
    assert cryptogram_of(CardProof(f"00|{block.hex()}|S0001")) == block


@given(st.text(min_size=1, max_size=80))
def test_what_is_no_step_two_opens_nothing(text: str) -> None:
    assert cryptogram_of(CardProof(text)) is None


def test_the_command_has_room_for_six_digits_as_bcd_and_none_of_its_own() -> None:
    assert TEMPLATE.encode().hex() == "0020000003ffffff"


@pytest.mark.parametrize("sw", [0x6400, 0x6401, 0x6403])
def test_what_the_reader_says_itself_is_no_try(sw: int) -> None:
    assert verdict(Response(b"", sw)) == PinNotEntered()


@pytest.mark.parametrize("sw", range(0x63C1, 0x63D0))
def test_the_card_says_how_often_it_may_be_tried(sw: int) -> None:
    assert verdict(Response(b"", sw)) == PinWrong(sw & 0xF)


@given(
    st.integers(0x6000, 0x9FFF).filter(
        lambda sw: sw != 0x9000 and not 0x63C1 <= sw <= 0x63CF and sw not in {0x6400, 0x6401, 0x6403}
    )
)
def test_every_other_refusal_counts_as_blocked(sw: int) -> None:
    assert verdict(Response(b"", sw)) == PinBlocked()


def test_success() -> None:
    assert verdict(Response(b"", 0x9000)) == PinAccepted()
