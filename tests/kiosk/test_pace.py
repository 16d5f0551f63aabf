"""How long somebody of 75 takes: the kiosk's share and a stated pace, and how much there is to read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.pages import Entered, Heading, Option, Review, Words
from kiosk.domain.personal import Typed
from kiosk.pace import Effort, Pace, letters, told

PAGE = Review(
    Heading(Words("备案")),
    Words("核对", (("en", "Check"),)),
    (Entered("area", Words("去哪里"), Typed("110000")),),
    affirm=Words("提交"),
)


def test_the_seconds_are_the_kiosks_and_the_hands() -> None:
    effort = Effort(taps=6, cards=1, letters=360, milliseconds=500)
    assert told(effort) == {
        "taps": 6,
        "cards": 1,
        "letters": 360,
        "our_ms": 500,
        "seconds": 26.5,
        "seconds_reading_all": 146.5,
    }


@given(st.builds(Effort, *[st.integers(0, 10_000)] * 4), st.floats(1.0, 3.0))
def test_whoever_is_slower_takes_longer_and_reading_takes_time(effort: Effort, slower: float) -> None:
    quick, slow = Pace(), Pace(3.0 * slower, 8.0 * slower, 180.0 / slower)
    assert quick.seconds(effort) <= slow.seconds(effort)
    assert quick.seconds(effort) <= quick.seconds_reading(effort) <= slow.seconds_reading(effort)


def test_what_is_read_are_the_words_and_nothing_typed_nor_any_letters_to_search_by() -> None:
    assert letters(PAGE) == len("备案核对去哪里提交")
    assert letters(PAGE, "en") == len("备案Check去哪里提交")
    assert letters((Option("bjs", Words("北京"), initials="bjs"),)) == 2
