"""Which act is due next of what is undone or given back. When it is due is for `acts` to say."""

from __future__ import annotations

from kiosk.domain.stay import Back, Return
from kiosk.saga.entry import Entry, Mark
from kiosk.saga.facts import ActKind


def undoing_act(entry: Entry) -> ActKind | None:
    """First the settlement, then the payment, then lines, registration and hold: never money before insurance.

    A cancel of a paid bill that may have happened is carried to its end, and all that was collected for it goes back.
    """
    if entry.settlement is None and entry.mark(ActKind.SETTLE).maybe and entry.mark(ActKind.REVERSE) is not Mark.DONE:
        return ActKind.REVERSE
    if entry.settlement is not None and entry.mark(ActKind.CANCEL) is not Mark.DONE:
        return ActKind.QUERY_SETTLEMENT if entry.mark(ActKind.CANCEL) in {Mark.INTENT, Mark.UNKNOWN} else ActKind.CANCEL
    order = entry.order
    if order is not None and order.mark is not Mark.DONE:
        return ActKind.CLOSE_PAYMENT
    if entry.collected and entry.mark(ActKind.REFUND) is not Mark.DONE:
        return ActKind.REFUND
    if entry.undoing_paid and entry.unbooked is None:
        return taking_out(entry)
    if not entry.returns_over:
        return giving_back(entry)
    reported = _reported(entry)
    if reported is not None:
        return reported
    if entry.mark(ActKind.HOLD).maybe:
        return ActKind.RELEASE
    return None


def handing_act(entry: Entry) -> ActKind:
    """What we reported goes before the phone may report the same; once the hospital was asked, it alone is asked."""
    return (None if entry.handed_maybe else _reported(entry)) or ActKind.HAND_OVER


def _reported(entry: Entry) -> ActKind | None:
    if entry.mark(ActKind.UPLOAD).maybe:
        return ActKind.WITHDRAW
    if entry.registered_here and entry.mark(ActKind.REGISTER).maybe:
        return ActKind.DEREGISTER
    return None


def taking_out(entry: Entry) -> ActKind:
    mark = entry.mark(ActKind.CANCEL_PAID)
    if mark is Mark.DONE:
        return ActKind.UNBOOK
    return ActKind.QUERY_PAID if mark.maybe else ActKind.CANCEL_PAID


def giving_back(entry: Entry) -> ActKind:
    return ActKind.REPORT_RETURNS if next_return(entry) is None else ActKind.RETURN_DEPOSIT


def next_return(entry: Entry) -> Return | None:
    """The newest deposit not asked about yet, else those without an answer in turn: one that stays silent must not keep
    the others waiting.
    """
    unsent = [one for one in entry.returns if one.back is Back.UNSENT]
    asked = [one for one in entry.returns if one.back is Back.ASKED]
    if unsent:
        return unsent[0]
    return asked[entry.failures % len(asked)] if asked else None
