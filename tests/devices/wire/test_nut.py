"""Lines of the UPS service: what it says is read, and nothing else is taken for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.wire.nut import LONGEST_LINE, Misfit, Supply, ask_status, read_status


def test_the_question_is_one_line() -> None:
    assert ask_status("kiosk-3.ups") == b"GET VAR kiosk-3.ups ups.status\n"


@pytest.mark.parametrize("name", ["", "a b", "ups\n", "电源", "a" * 65])
def test_a_name_that_no_service_knows_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="named"):
        ask_status(name)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b'VAR ups ups.status "OL"', {Supply.ON_LINE}),
        (b'VAR ups ups.status "OL CHRG TRIM"\r', {Supply.ON_LINE}),
        (b'VAR ups ups.status "OB DISCHRG LB"', {Supply.ON_BATTERY, Supply.LOW_BATTERY}),
        (b'VAR ups ups.status "FSD OB LB RB"', set(Supply) - {Supply.ON_LINE, Supply.OFF}),
    ],
)
def test_what_the_supply_says_of_itself(line: bytes, said: set[Supply]) -> None:
    assert read_status(line, "ups") == frozenset(said)


@pytest.mark.parametrize("line", [b"ERR DATA-STALE", b"ERR UNKNOWN-UPS", b"ERR ACCESS-DENIED try later"])
def test_a_service_that_has_nothing_to_say_says_so(line: bytes) -> None:
    assert read_status(line, "ups") is Misfit.REFUSED


@pytest.mark.parametrize(
    "line", [b"", b'VAR ups ups.status ""', b'VAR ups ups.status "CHRG"', b'VAR two ups.status "OL"', b'VAR ups x "OL"']
)
def test_an_answer_about_something_else_is_none(line: bytes) -> None:
    assert read_status(line, "ups") is Misfit.NONSENSE


@given(
    st.sets(st.sampled_from(Supply)), st.lists(st.sampled_from(["CHRG", "HB", "BYPASS", "CAL", "BOOST"]), max_size=3)
)
def test_words_come_in_any_company(said: set[Supply], others: list[str]) -> None:
    words = " ".join([*said, *others])
    whole = bool(said & {Supply.ON_LINE, Supply.ON_BATTERY, Supply.OFF})
    assert read_status(f'VAR ups ups.status "{words}"'.encode(), "ups") == (
        frozenset(said) if whole else Misfit.NONSENSE
    )


@given(st.binary(max_size=LONGEST_LINE))
def test_any_bytes_are_read_as_something(line: bytes) -> None:
    assert isinstance(read_status(line, "ups"), frozenset | Misfit)
