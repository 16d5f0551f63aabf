"""One open settlement as the cashier handles it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from kiosk.faults import FaultCode
from kiosk.flow.ticket import Ticket
from kiosk.saga.entry import Course, Entry, Mark
from kiosk.saga.facts import ActKind, Fact, GaveUp, HandedOver
from kiosk.saga.report import Report, Seeking


@dataclass(slots=True)
class Case:
    """What is known, which page hears of it, and when it is looked at again.

    `owed` are facts not yet on the disk; nothing is done for the settlement before they are. `tried` is the monotonic
    time of the last act.
    """

    entry: Entry
    ticket: Ticket | None = None
    reported: Report | None = None
    due: float | None = None
    tried: float = float("-inf")
    owed: deque[Fact] = field(default_factory=deque[Fact])

    def due_by(self, now: float) -> bool:
        return self.due is not None and self.due <= now

    def owes(self, kind: type[Fact]) -> bool:
        return any(isinstance(fact, kind) for fact in self.owed)

    @property
    def giving_up(self) -> GaveUp | None:
        return next((fact for fact in self.owed if isinstance(fact, GaveUp)), None)

    @property
    def over(self) -> bool:
        return self.entry.course is Course.CLOSED and not self.owed

    @property
    def for_staff(self) -> bool:
        return self.entry.course is Course.MANUAL or self.owes(HandedOver)

    @property
    def unbooked(self) -> bool:
        """Settled, and the hospital has not said yet that it knows."""
        entry = self.entry
        return entry.course is Course.FORWARD and entry.settlement is not None and entry.booking is None


def doubt_of(entry: Entry) -> Report | None:
    """What a patient hears while an answer cannot be noted; None when it costs nothing, or all is done."""
    if entry.booking is not None:
        return None
    if entry.settlement is not None:
        return Seeking(entry.sid, entry.number, FaultCode.BOOKING_UNKNOWN)
    if entry.mark(ActKind.SETTLE) is not Mark.NONE or entry.collected:
        return Seeking(entry.sid, entry.number, FaultCode.SETTLEMENT_UNKNOWN)
    return Seeking(entry.sid, entry.number, FaultCode.PAYMENT_UNKNOWN) if entry.order else None
