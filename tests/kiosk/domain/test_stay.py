"""What deposits meet of a cash part, and what of them goes back to whom."""

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.money import ZERO, Money, total
from kiosk.domain.stay import Back, Deposit, cover, returns_of
from kiosk.ports.clock import BEIJING
from tests.support.people import DEPOSITS

FIRST_DAY = datetime(2026, 11, 1, tzinfo=BEIJING)
FEN = st.integers(1, 10_000_000)
PAID = st.lists(st.tuples(FEN, st.integers(0, 40), st.booleans()), max_size=8)


def deposits(paid: list[tuple[int, int, bool]]) -> tuple[Deposit, ...]:
    return tuple(
        Deposit(
            f"D{place}", Money(fen), FIRST_DAY + timedelta(days=day), "wechat", "", f"order{place}" if order else ""
        )
        for place, (fen, day, order) in enumerate(paid)
    )


@given(PAID, st.integers(0, 50_000_000))
def test_the_cash_part_is_met_to_the_fen(paid: list[tuple[int, int, bool]], cash: int) -> None:
    of = deposits(paid)
    met = cover(Money(cash), of)
    assert met.used + met.due == Money(cash)
    assert met.used + met.surplus == total(one.amount for one in of)
    assert not (met.due and met.surplus), "nobody pays and gets back at once"


@given(PAID, st.integers(0, 50_000_000), st.integers(0, 10_000_000), st.integers(0, 10_000_000))
def test_the_insurer_pays_first_then_deposits_and_only_what_is_left_may_wait(
    paid: list[tuple[int, int, bool]], cash: int, pledged: int, most: int
) -> None:
    """A deposit that goes back while its family still owes something would be fetched from them again."""
    of, insurer = deposits(paid), Money(min(pledged, cash))
    met = cover(Money(cash), of, insurer, Money(most))
    assert met.whole == Money(cash)
    assert met.insurer == insurer
    assert met.deferred <= Money(most)
    assert not (met.surplus and (met.deferred or met.due))
    assert not (met.due and met.deferred != Money(most)), "nobody pays now what may wait"


@given(PAID, st.integers(0, 50_000_000))
def test_the_surplus_goes_back_newest_first_and_never_more_than_was_paid(
    paid: list[tuple[int, int, bool]], cash: int
) -> None:
    of = deposits(paid)
    surplus = cover(Money(cash), of).surplus
    back = returns_of(surplus, of, "name")
    assert total(one.amount for one in back) == surplus
    assert all(one.amount > ZERO and not one.deposit.amount < one.amount for one in back)
    moments = [one.deposit.paid_at for one in back]
    assert moments == sorted(moments, reverse=True)
    assert all(one.amount == one.deposit.amount for one in back[:-1]), "only the oldest of them stays in part"
    untouched = {one.number for one in of} - {one.deposit.number for one in back}
    assert all(one.paid_at <= moments[-1] for one in of if one.number in untouched and moments)


@given(PAID, st.integers(0, 50_000_000), st.randoms())
def test_keys_are_the_same_in_whatever_order_the_hospital_tells_the_deposits(
    paid: list[tuple[int, int, bool]], cash: int, dice: Random
) -> None:
    of = list(deposits(paid))
    surplus = cover(Money(cash), of).surplus
    once = returns_of(surplus, of, "name")
    dice.shuffle(of)
    assert returns_of(surplus, of, "name") == once
    assert len({one.key for one in once}) == len(once)


def test_what_cannot_go_back_the_way_it_came_is_the_windows_from_the_start() -> None:
    back = returns_of(Money(1600), DEPOSITS, "name")
    assert [(one.deposit.number, one.back) for one in back] == [
        ("D3", Back.UNSENT),
        ("D2", Back.WINDOW),
        ("D1", Back.UNSENT),
    ]


def test_two_deposits_of_one_moment_keep_their_order() -> None:
    twins = (replace(DEPOSITS[0], number="B"), replace(DEPOSITS[0], number="A"))
    assert [one.deposit.number for one in returns_of(Money(1600), twins, "name")] == ["B", "A"]
