"""The way to a stay's day list (一日清单), from the list of bills or from the page that says who pays.

It opens at the newest day: whoever lies in hospital asks what yesterday cost, and whoever leaves has read the days
before. The keys go by the calendar, and paper begins with the first day, because there the sums grow.
"""

from __future__ import annotations

from kiosk.domain.visit import FeeBatch
from kiosk.flow.day_states import ListedDays, QuotedDays
from kiosk.flow.states import ChoosingBill, Explaining
from kiosk.flow.turn import Turn


def days_of(batch: FeeBatch) -> int:
    return len(batch.stay.days) if batch.stay else 0


def listed(turn: Turn, screen: ChoosingBill, batch_no: str) -> Turn:
    """A bill that has no days has no button either."""
    batch = next((one for one in screen.batches if one.batch_no == batch_no), None)
    if batch is None or not days_of(batch):
        return turn
    turn, ticket = turn.wake(turn.state.rules.read_page)
    last = days_of(batch) - 1
    return turn.show(ListedDays(ticket, screen.person, screen.batches, batch, last, screen.on_file))


def quoted(turn: Turn, screen: Explaining) -> Turn:
    days = days_of(screen.offer.bills[0].bill.batch)
    if not days:
        return turn
    turn, ticket = turn.wake(turn.state.rules.read_page)
    return turn.show(QuotedDays(ticket, screen.money, screen.offer, days - 1))
