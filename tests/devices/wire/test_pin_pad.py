"""Answers of a PIN pad: their forms, and that none of them has room for what was pressed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.wire.pin_pad import Condition, Misfit, begin, read, read_condition
from kiosk.domain.personal import SealedPin
from kiosk.ports.pin_pad import Entering, NoPin, PinGiven, PinWanted

ENTRY = "entry-01"
BLOCK, SERIAL = "0F" * 16, "FF" * 10


def test_an_entry() -> None:
    assert begin(PinWanted(ENTRY)) == ("B", ENTRY, "6", "6", "60")


@given(st.integers(0, 12))
def test_stars(stars: int) -> None:
    assert read(("P", ENTRY, str(stars)), ENTRY) == Entering(stars)


@given(st.text("0123456789", min_size=3, max_size=12))
def test_digits_are_no_number_of_stars(digits: str) -> None:
    assert read(("P", ENTRY, digits), ENTRY) is Misfit.TOO_MUCH
    assert read(("D", ENTRY, digits, SERIAL), ENTRY) is Misfit.TOO_MUCH
    assert read(("N", ENTRY, digits), ENTRY) is Misfit.TOO_MUCH


def test_a_block_and_its_key() -> None:
    assert read(("D", ENTRY, BLOCK, SERIAL), ENTRY) == PinGiven(SealedPin(BLOCK), SERIAL)
    assert read(("D", "entry-02", BLOCK, SERIAL), ENTRY) is Misfit.ANOTHER


@pytest.mark.parametrize("why", NoPin)
def test_reasons(why: NoPin) -> None:
    assert read(("N", ENTRY, why.value), ENTRY) is why


@pytest.mark.parametrize("said", Condition)
def test_conditions(said: Condition) -> None:
    assert read_condition(("S", said.value)) is said
    assert read_condition(("S", said.value, "246813")) is Misfit.SHAPE


@given(st.lists(st.text(max_size=20), max_size=5).map(tuple))
def test_nonsense_is_no_block(fields: tuple[str, ...]) -> None:
    assert not isinstance(read(fields, ENTRY), PinGiven)
