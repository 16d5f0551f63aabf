"""Open settlements as the cashier handles them: one case each, and the basket of those that one page is about."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from kiosk.faults import FaultCode
from kiosk.flow.events import Event, MoneyReported
from kiosk.flow.ticket import Ticket
from kiosk.saga.entry import Course, Entry, Mark
from kiosk.saga.facts import ActKind, Fact, GaveUp, HandedOver
from kiosk.saga.report import AwaitingPayment, Report, Seeking, Undone, combine, report_of


@dataclass(slots=True, eq=False)
class Basket:
    """Settlements that are opened together, paid by one code, and reported on in one word.

    `ticket` is the page that hears of them; None when nobody listens any more.
    """

    ticket: Ticket | None = None
    cases: list[Case] = field(default_factory=lambda: [], repr=False)  # noqa: PIE807 - Case comes below
    reported: Report | None = None

    def address(self, ticket: Ticket | None) -> None:
        """Another page listens now; it is told anew where things are."""
        self.ticket, self.reported = ticket, None

    def report(self, post: Callable[[Event], None]) -> None:
        """Tell the page where they are together, when that has changed."""
        self.say(combine([case.report for case in self.cases]), post)

    def report_but(self, case: Case, report: Report | None, post: Callable[[Event], None]) -> None:
        """The same, with another word for one of them: what is true of it is not on the disk yet."""
        self.say(combine([report if one is case else one.report for one in self.cases]), post)

    @property
    def wants_code(self) -> bool:
        """Whether a code would pay for something, and no order of any of them is in doubt."""
        return isinstance(combine([case.report for case in self.cases]), AwaitingPayment)

    def say(self, report: Report | None, post: Callable[[Event], None]) -> None:
        if self.ticket is not None and report is not None and self.reported != report:
            self.reported = report
            post(MoneyReported(self.ticket, report))


@dataclass(slots=True, eq=False)
class Case:
    """What is known of one settlement, and when it is looked at again.

    `owed` are facts not yet on the disk; nothing is done for the settlement before they are. `tried` is the monotonic
    time of the last act.
    """

    entry: Entry
    basket: Basket = field(default_factory=Basket)
    due: float | None = None
    tried: float = float("-inf")
    owed: deque[Fact] = field(default_factory=deque[Fact])

    def __post_init__(self) -> None:
        self.basket.cases.append(self)

    def leave_basket(self) -> None:
        """Nobody waits for this one any more; its companions are told about without it."""
        self.basket.cases.remove(self)
        self.basket = Basket(cases=[self])

    @property
    def report(self) -> Report | None:
        """What its patient may be told of it: what is owed counts, once nothing else can come of it."""
        entry, giving_up = self.entry, self.giving_up
        if self.owes(HandedOver):
            return report_of(replace(entry, course=Course.MANUAL))
        if giving_up is not None and self.costless:
            return Undone(entry.sid, entry.number, giving_up.fault, batch_no=entry.plan.batch.batch_no)
        return report_of(entry)

    @property
    def heard(self) -> bool:
        """Whether a page listens."""
        return self.basket.ticket is not None

    @property
    def payable(self) -> bool:
        """It wants a code: accepted, something to pay, no order of its own open, nothing left to be noted."""
        entry = self.entry
        wanted = entry.course is Course.FORWARD and entry.accepted and entry.order is None and not entry.paid
        wanted = wanted and entry.phone_since is None
        return wanted and not self.owed

    def due_by(self, now: float) -> bool:
        return self.due is not None and self.due <= now

    def owes(self, kind: type[Fact]) -> bool:
        return any(isinstance(fact, kind) for fact in self.owed)

    @property
    def giving_up(self) -> GaveUp | None:
        return next((fact for fact in self.owed if isinstance(fact, GaveUp)), None)

    @property
    def costless(self) -> bool:
        """Under way, and no money has moved: it can still end as if it had never begun."""
        entry = self.entry
        return entry.course is Course.FORWARD and entry.harmless

    @property
    def over(self) -> bool:
        return self.entry.course is Course.CLOSED and not self.owed

    @property
    def on_paper(self) -> bool:
        """Booked, and the printer has it or has had it: there is nothing left to give up."""
        entry = self.entry
        booked = entry.booking is not None or (entry.takes_back and entry.unbooked is not None)
        return (booked or entry.handed is not None) and (self.entry.printing or self.entry.printed is not None)

    @property
    def for_staff(self) -> bool:
        return self.entry.course is Course.MANUAL or self.owes(HandedOver)

    @property
    def unbooked(self) -> bool:
        """Settled, or a deposit paid, and the hospital has not said yet that it knows."""
        entry = self.entry
        told = entry.settlement is not None or entry.taking
        return entry.course is Course.FORWARD and told and entry.booking is None


def doubt_of(entry: Entry) -> Report | None:
    """What a patient hears while an answer cannot be noted; None when it costs nothing, or all is done."""
    if entry.booking is not None:
        return None
    if entry.handed_maybe:
        return None if entry.handed else Seeking(entry.sid, entry.number, FaultCode.PHONE_UNKNOWN)
    if entry.undoing_paid:
        return Seeking(entry.sid, entry.number, FaultCode.REFUND_UNKNOWN)
    if entry.settlement is not None:
        return Seeking(entry.sid, entry.number, FaultCode.BOOKING_UNKNOWN)
    if entry.is_deposit and entry.collected:
        return Seeking(entry.sid, entry.number, FaultCode.DEPOSIT_UNKNOWN)
    if entry.plan.batch.ordered is not None and (entry.collected or entry.taking):
        return Seeking(entry.sid, entry.number, FaultCode.BOOKING_UNKNOWN)
    if entry.mark(ActKind.SETTLE) is not Mark.NONE or entry.collected:
        return Seeking(entry.sid, entry.number, FaultCode.SETTLEMENT_UNKNOWN)
    return Seeking(entry.sid, entry.number, FaultCode.PAYMENT_UNKNOWN) if entry.order else None
