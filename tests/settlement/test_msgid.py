from datetime import datetime, timedelta
from itertools import pairwise
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.ports.clock import BEIJING, Monotonic
from settlement.msgid import MsgIds

CODE = "H11000000001"
NOON = datetime(2026, 11, 22, 12, 0, 0, tzinfo=BEIJING)


class SetClock:
    """Shows what it is set to."""

    def __init__(self, now: datetime = NOON) -> None:
        self.shown = now

    def now(self) -> datetime:
        return self.shown

    def monotonic(self) -> Monotonic:
        return Monotonic(0.0)


def msgids(clock: SetClock, terminal: int = 7, last: str | None = None, kept: list[str] | None = None) -> MsgIds:
    return MsgIds(CODE, terminal, last, clock, (kept if kept is not None else []).append)


def test_a_number_is_institution_time_terminal_and_count() -> None:
    numbers = msgids(SetClock())
    assert [numbers.next(), numbers.next()] == [f"{CODE}202611221200000070", f"{CODE}202611221200000071"]
    assert len(numbers.next()) == 30


def test_the_eleventh_in_a_second_borrows_from_the_next() -> None:
    numbers = msgids(SetClock())
    made = [numbers.next() for _ in range(11)]
    assert made[10] == f"{CODE}202611221200010070"


@given(jumps=st.lists(st.integers(min_value=-(10**7), max_value=10**7), max_size=60), restart=st.integers(0, 60))
def test_numbers_only_rise_whatever_the_clock_does_and_across_a_restart(jumps: list[int], restart: int) -> None:
    clock, kept = SetClock(), list[str]()
    numbers = msgids(clock, kept=kept)
    made = [numbers.next()]
    for step, seconds in enumerate(jumps):
        clock.shown += timedelta(seconds=seconds)
        if step == restart:
            numbers = msgids(clock, last=kept[-1], kept=kept)
        made.append(numbers.next())
    assert all(one < two for one, two in pairwise(made))
    assert made == kept


@given(st.lists(st.integers(0, 999), min_size=2, max_size=5, unique=True), st.lists(st.integers(-2, 2), max_size=20))
def test_two_terminals_never_make_the_same_number(terminals: list[int], skews: list[int]) -> None:
    clock = SetClock()
    makers = [msgids(clock, terminal) for terminal in terminals]
    made: list[str] = []
    for skew in [0, *skews]:
        clock.shown += timedelta(seconds=skew)
        made += [maker.next() for maker in makers]
    assert len(set(made)) == len(made)


@given(st.integers(-(10**9), 10**9), st.integers(0, 999))
def test_a_number_is_always_thirty_letters_and_digits(seconds: int, terminal: int) -> None:
    made = msgids(SetClock(NOON + timedelta(seconds=seconds)), terminal).next()
    assert len(made) == 30
    assert made.isalnum()
    assert made.isascii()


def test_threads_share_the_numbers() -> None:
    kept: list[str] = []
    numbers = msgids(SetClock(), kept=kept)
    threads = [Thread(target=lambda: [numbers.next() for _ in range(200)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(kept)) == 800
    assert kept == sorted(kept)


@pytest.mark.parametrize(
    ("code", "terminal", "last"),
    [("H1100", 1, None), ("H1100000000中", 1, None), (CODE, 1000, None), (CODE, -1, None), (CODE, 1, "20261122")],
)
def test_what_would_make_foreign_numbers_is_refused(code: str, terminal: int, last: str | None) -> None:
    with pytest.raises(ValueError):
        MsgIds(code, terminal, last, SetClock(), lambda _: None)
