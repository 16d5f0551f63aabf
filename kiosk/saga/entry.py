"""All that is known of one settlement, folded from its facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.domain.handed import Handed
from kiosk.domain.insurer import Claim, Pledge
from kiosk.domain.money import ZERO, Money, total
from kiosk.domain.settlement import Quote, Settlement
from kiosk.domain.sid import spoken_number
from kiosk.domain.stay import Back, Cover, Return, returns_of
from kiosk.domain.terms import TermsTold
from kiosk.domain.visit import Booking, FeeBatch
from kiosk.faults import FaultCode
from kiosk.saga.changing import replace
from kiosk.saga.facts import ActKind, Plan, Resolution, Stamp


class Course(StrEnum):
    """Where it is heading: to a booked settlement, back to nothing, to staff, or nowhere any more.

    WATCHED is over for everybody but the kiosk: a late 2207 may still land, so one more reversal is due.
    """

    FORWARD = "forward"
    UNDOING = "undoing"
    MANUAL = "manual"
    WATCHED = "watched"
    CLOSED = "closed"


class Mark(StrEnum):
    """How far one act got. INTENT is also what a crash leaves behind, and counts as unknown then."""

    NONE = "none"
    INTENT = "intent"
    DONE = "done"
    REFUSED = "refused"
    PENDING = "pending"
    UNKNOWN = "unknown"
    WRONG = "wrong"
    UNDONE = "undone"

    @property
    def maybe(self) -> bool:
        """It happened, or it may have."""
        return self in {Mark.INTENT, Mark.DONE, Mark.PENDING, Mark.UNKNOWN, Mark.WRONG}


@dataclass(frozen=True, slots=True)
class Order:
    """One payment order as one settlement sees it: made once, never used again after it was closed.

    `since` is when it was made; for a closed one when it was closed, and for a closed one that was paid all the same
    when that became known. `amount` is what of it was collected for this settlement; `whole` is what the order asks
    for, `place` which of the settlements that share it this is. `method`, `patience` and `show` as in the facts.
    """

    key: str
    since: Stamp
    amount: Money = ZERO
    mark: Mark = Mark.INTENT
    closing: bool = False
    channel: str = ""
    whole: Money = ZERO
    place: int = 0
    method: str = ""
    patience: float | None = None
    show: str = ""

    @property
    def refund_key(self) -> str:
        """The refund's own key, made from the order's, so that a repeat after any crash is the same refund.

        Each settlement that shares the order refunds its own part, under a key of its own.
        """
        return f"{self.key}r{self.place or ''}"

    def part(self, own: Money, paid: Money | None) -> Money:
        """What of an order paid with `paid` is this settlement's, whose part is `own`; None: as much as was asked.

        Paid with another amount it goes back whole, and then the settlement in the first place answers for all of it.
        """
        if paid is None or paid == self.whole:
            return own
        return ZERO if self.place else paid


@dataclass(frozen=True)  # without slots, so that a copy is one of a dictionary (changing.py)
class Entry:
    """One settlement.

    `marks` says how far each act got; `failures` counts tries of the current act that brought no progress,
    `sent_failures` those of them that left us. `closed_orders` are orders that were closed and may still be paid.
    `settle_since` is the latest time at which a byte of 2207 can have left. `hold_asked` is when the hold was asked for
    last, `hold_since` when the last one that was granted was: the hospital counts from some time after that.
    `terms` is how its lines were split when they were uploaded here; its quote has them too.
    `returns` is what deposits left over once the hospital booked, `returns_since` when it did, `returning` the key of
    the one that is being asked for; `returns_late`: one of them takes longer than its patient needs to stand by.
    `consent` is the fingerprint of what the patient agreed to before an insurer was asked, `pledge` what it would pay,
    `unpledged` why it would not; `claim` is what becomes of it from `booked_since`, the booking, on, `claim_late` as
    above; `owed` is what the hospital asks for where the insurer refused. `undoing_since` is when the settlement of a
    paid bill was first asked to be undone, `undoing_doubtful`: a try of that brought no plain answer; `unbooked` is the
    hospital's word that it knows. `phone_since` is when the patient wanted to pay on their phone instead, `handed` the
    hospital's word that it waits there.
    """

    sid: str
    plan: Plan
    opened: Stamp
    course: Course = Course.FORWARD
    marks: Mapping[ActKind, Mark] = field(default_factory=dict[ActKind, Mark])
    hold_since: Stamp | None = None
    hold_asked: Stamp | None = None
    mdtrt_id: str | None = None
    terms: TermsTold = ()
    quote: Quote | None = None
    accepted: bool = False
    order: Order | None = None
    closed_orders: tuple[Order, ...] = ()
    again: FaultCode | None = None
    settle_msgid: str = ""
    settle_since: Stamp | None = None
    settlement: Settlement | None = None
    booking: Booking | None = None
    undo_since: Stamp | None = None
    failures: int = 0
    sent_failures: int = 0
    fault: FaultCode | None = None
    reason: str = ""
    printing: bool = False
    printed: bool | None = None
    orphaned: bool = False
    resolution: Resolution | None = None
    returns: tuple[Return, ...] = ()
    returns_since: Stamp | None = None
    returning: str = ""
    returns_late: bool = False
    consent: str = ""
    pledge: Pledge | None = None
    unpledged: FaultCode | None = None
    claim: Claim | None = None
    booked_since: Stamp | None = None
    claim_late: bool = False
    owed: FeeBatch | None = None
    undoing_since: Stamp | None = None
    undoing_doubtful: bool = False
    unbooked: Booking | None = None
    phone_since: Stamp | None = None
    handed: Handed | None = None

    def mark(self, act: ActKind) -> Mark:
        return self.marks.get(act, Mark.NONE)

    def marked(self, act: ActKind, mark: Mark) -> Entry:
        return replace(self, marks={**self.marks, act: mark})

    @property
    def number(self) -> str:
        return spoken_number(self.sid)

    @property
    def is_deposit(self) -> bool:
        """Nothing is quoted and nothing settled: it is held, paid, and the hospital takes it into its books."""
        return self.plan.batch.deposit is not None

    @property
    def takes_back(self) -> bool:
        """All of a paid bill is taken back: its settlement is cancelled, and nothing is settled anew."""
        redress = self.plan.batch.redress
        return redress is not None and redress.whole

    @property
    def undoing_paid(self) -> bool:
        """The settlement of a paid bill may be cancelled: from here on its money is owed to whoever paid it."""
        return self.undoing_doubtful or self.mark(ActKind.CANCEL_PAID).maybe

    @property
    def taking(self) -> bool:
        """The hospital may have the money in its books, because it was asked to: a deposit, or the own part of a bill
        that a phone began. Nothing can be undone then but by its no.
        """
        return self.mark(ActKind.BOOK if self.plan.batch.ordered else ActKind.TAKE_DEPOSIT).maybe

    @property
    def cover(self) -> Cover:
        """How the quote's cash is met, and since an insurer answered; nothing is owed before there is a quote."""
        return self.plan.batch.cover(self.quote.amounts.psn_cash_pay if self.quote else ZERO, self.pledge, self.claim)

    @property
    def own_part(self) -> Money:
        """What the patient is asked for."""
        return self.cover.due

    @property
    def planned_returns(self) -> tuple[Return, ...]:
        """What of each deposit goes back once the hospital has booked, and an insurer that has a part has answered:
        what it does not pay comes from there. The hospital is told with the booking, and again with a refusal.

        Of a bill that is undone all that was collected, where nothing is settled anew.
        """
        batch = self.plan.batch
        if batch.redress is not None and (batch.redress.whole or self.course is Course.UNDOING):
            return returns_of(total(one.amount for one in batch.prepaid), batch.prepaid, self.sid.lower())
        return returns_of(self.cover.surplus, batch.prepaid, self.sid.lower()) if self.quote else ()

    @property
    def returns_over(self) -> bool:
        """Every deposit's surplus is back or the window's, and the hospital knows which."""
        ended = all(one.ended for one in self.returns)
        return ended and (not self.reports_returns or self.mark(ActKind.REPORT_RETURNS) is Mark.DONE)

    @property
    def reports_returns(self) -> bool:
        """What the window alone pays out the hospital learned with the booking."""
        return any(one.deposit.order for one in self.returns)

    @property
    def returns_told(self) -> bool:
        """Whether their patient may be told how they ended, or that some take longer."""
        return self.returns_late or all(one.ended for one in self.returns)

    @property
    def asks_insurer(self) -> bool:
        """The patient agreed, and the insurer has not answered what it would pay."""
        return bool(self.consent) and self.pledge is None and self.unpledged is None

    @property
    def claim_over(self) -> bool:
        """The insurer paid or refused, and the hospital knows which; also where no insurer has a part in it."""
        return self.claim is None or self.mark(ActKind.REPORT_CLAIM) is Mark.DONE

    @property
    def claim_told(self) -> bool:
        """Whether their patient may be told how it ended, or that it takes longer."""
        return self.claim_late or self.claim_over

    @property
    def collected(self) -> Money:
        return self.order.amount if self.order and self.order.mark is Mark.DONE else ZERO

    @property
    def paid(self) -> bool:
        """The own part is collected, or there is none."""
        asked = self.quote is not None or self.is_deposit or self.takes_back
        return asked and (not self.own_part or bool(self.collected))

    @property
    def handing(self) -> bool:
        """On its way to the patient's phone, or there. An order that was paid before its close keeps the bill here."""
        return self.phone_since is not None and not self.paid

    @property
    def handed_maybe(self) -> bool:
        """The phone may have it, because the hospital was asked to give it there: it is nobody's to release then."""
        return self.mark(ActKind.HAND_OVER).maybe

    @property
    def hand_key(self) -> str:
        return f"{self.sid}-phone"

    @property
    def hold_key(self) -> str:
        return f"{self.sid}-hold"

    @property
    def book_key(self) -> str:
        return f"{self.sid}-book"

    @property
    def returns_key(self) -> str:
        return f"{self.sid}-returns"

    @property
    def unbook_key(self) -> str:
        return f"{self.sid}-unbook"

    @property
    def claim_key(self) -> str:
        """The insurer's quote, its claim and the hospital's word about it are found under the same key."""
        return f"{self.sid}-claim"

    @property
    def money_home(self) -> bool:
        """No money is with the insurance or with us: what is left to undo costs the patient nothing. That of a paid
        bill which is out of the books is with us until it is known what of it goes back, and that is back.
        """
        settled = self.settlement is not None or self.mark(ActKind.SETTLE).maybe
        undone = Mark.DONE in {self.mark(ActKind.REVERSE), self.mark(ActKind.CANCEL)}
        paid = self.order is not None and (self.order.mark is not Mark.DONE or bool(self.collected))
        returned = not paid or self.mark(ActKind.REFUND) is Mark.DONE
        owed = self.undoing_paid and (self.unbooked is None or self.returns_since is None or not self.returns_over)
        return returned and (undone or not settled) and not owed

    @property
    def harmless(self) -> bool:
        """No money is away from its patient, and nobody was asked for what would take it: a phone that may have the
        bill, or a hospital that may have booked one with nothing to pay.
        """
        return self.money_home and not self.handed_maybe and not self.taking

    @property
    def reversal_watched(self) -> bool:
        """A 2207 was undone, but it or a copy of it may land after that; its reversal is due once more.

        After an orderly cancel only a copy can land, which there are none of where nobody makes them.
        """
        cancelled = self.plan.copied and self.mark(ActKind.CANCEL) is Mark.DONE
        undone = cancelled or self.mark(ActKind.REVERSE) is Mark.DONE
        return undone and self.mark(ActKind.WATCH) is not Mark.DONE

    @property
    def registered_here(self) -> bool:
        """The kiosk sent 2201, so 2202 is its duty; never when the hospital gave mdtrt_id."""
        return self.plan.batch.mdtrt_id is None

    def state_name(self) -> str:
        """The name of the settlement's place in the saga, for lists and logs."""
        if self.course in {Course.MANUAL, Course.WATCHED, Course.CLOSED}:
            return self.course.value.capitalize()
        return _undoing_name(self) if self.course is Course.UNDOING else _forward_name(self)


def _forward_name(entry: Entry) -> str:
    places = (
        (entry.printed is not None, "Printed"),
        (entry.printing, "PrintIntent"),
        (entry.claim is not None and entry.mark(ActKind.CLAIM) is not Mark.NONE, "Claiming"),
        (any(one.back is not Back.UNSENT for one in entry.returns), "Returning"),
        (entry.booking is not None, "HisBooked"),
        (entry.mark(ActKind.BOOK) is not Mark.NONE or entry.taking, "HisIntent"),
        (entry.settlement is not None, "Settled"),
        (entry.handed is not None, "OnPhone"),
        (entry.handed_maybe, "PhoneIntent"),
        (entry.mark(ActKind.SETTLE) is not Mark.NONE, "SettleIntent"),
        (entry.unbooked is not None, "Unbooked"),
        (entry.mark(ActKind.CANCEL_PAID) is Mark.DONE, "PaidCancelled"),
        (entry.undoing_paid, "PaidCancelIntent"),
        (bool(entry.collected), "Paid"),
        (entry.order is not None, "PayIntent"),
        (entry.quote is not None, "Quoted"),
        (entry.mark(ActKind.HOLD) is not Mark.NONE, "HisHold"),
    )
    return next((name for true, name in places if true), "Opened")


def _undoing_name(entry: Entry) -> str:
    places = (
        (entry.mark(ActKind.REFUND) is Mark.DONE, "Refunded"),
        (entry.mark(ActKind.REFUND) is not Mark.NONE, "RefundIntent"),
        (entry.mark(ActKind.REVERSE) is Mark.DONE or entry.mark(ActKind.CANCEL) is Mark.DONE, "Reversed"),
        (entry.mark(ActKind.REVERSE) is not Mark.NONE, "ReversalIntent"),
        (entry.mark(ActKind.CANCEL) is not Mark.NONE, "CancelIntent"),
        (any(one.back is not Back.UNSENT for one in entry.returns), "Returning"),
        (entry.unbooked is not None, "Unbooked"),
        (entry.undoing_paid, "PaidCancelIntent"),
    )
    return next((name for true, name in places if true), "Undoing")
