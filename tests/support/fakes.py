"""The three far parties of a settlement in memory, behind the ports the kiosk knows."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from kiosk.domain.admission import Admission, Seen
from kiosk.domain.handed import Handed
from kiosk.domain.insured import Person
from kiosk.domain.insurer import Claim, Outcome
from kiosk.domain.money import ZERO, Money
from kiosk.domain.personal import Voucher
from kiosk.domain.settlement import Settlement
from kiosk.domain.stay import Return
from kiosk.domain.visit import Booking, FeeBatch, NextStep, Redress
from kiosk.engine.money import Parties
from kiosk.faults import FaultCode
from kiosk.ports import hospital, payment
from kiosk.ports.answers import Refused, Unknown
from kiosk.ports.clock import BEIJING, Monotonic
from kiosk.ports.hospital import (
    NO_KEYS,
    Bills,
    Held,
    Informed,
    Keys,
    Noted,
    Orders,
    PaidBills,
    Payment,
    Prepaid,
    Promised,
    Released,
)
from kiosk.ports.payment import Closed, Collected, PaidBack, Pending, Shown, Way
from tests.support.far_insurer import PLEDGED, MemoryInsurer
from tests.support.far_parties import (
    OWN_PART,
    FarEnds,
    Misfortune,
    OrderState,
    PayOrder,
    Phone,
    Sent,
    Trouble,
)
from tests.support.far_platform import MemoryPlatform
from tests.support.people import BATCH, BOOKING, DEPOSIT, HANDED, OWED, UNBOOKED

START = datetime(2026, 11, 23, 9, 0, tzinfo=BEIJING)


class ManualClock:
    """Time that passes when told to. `reboot` begins the monotonic seconds anew, as a restarted machine does."""

    def __init__(self) -> None:
        self._mono = 1000.0
        self._wall = START

    def now(self) -> datetime:
        return self._wall

    def monotonic(self) -> Monotonic:
        return Monotonic(self._mono)

    def pass_by(self, seconds: float) -> None:
        self._mono += seconds
        self._wall += timedelta(seconds=seconds)

    def reboot(self) -> None:
        self._mono = 5.0


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class MemoryHospital:
    """Holds by key, books by key; a released key stays released, a refused booking stays refused."""

    def __init__(self, far: FarEnds, batches: tuple[FeeBatch, ...] = (BATCH,)) -> None:
        self._far, self._ledger, self.batches = far, far.ledger, batches
        self.bills_answer: hospital.Failure | None = None
        self.keys_answer: Keys | hospital.Failure = NO_KEYS
        self.asked_keys = NO_KEYS
        self.orders_answer: Orders | hospital.Failure = Orders(())
        self.admitted: list[tuple[str, Seen]] = []
        self.paid_answer: PaidBills | hospital.Failure = PaidBills(())

    def look_up(self, code: Voucher, person: Person) -> Keys | hospital.Failure:
        del code, person
        return self.keys_answer

    def unpaid(self, person: Person, keys: Keys = NO_KEYS) -> Bills | hospital.Failure:
        del person
        self.asked_keys = keys
        open_batches = tuple(batch for batch in self.batches if not self._ledger.booked(batch.batch_no))
        return self.bills_answer or Bills(open_batches)

    def hold(self, key: str, batch_no: str, seconds: int, *, taken_back: bool = False) -> Held | hospital.Failure:
        def effect() -> Held | Refused:
            if taken_back and (late := self._brought_back(batch_no)) is not None:
                return Refused(late)
            holder = self._ledger.holders.get(batch_no)
            if key in self._ledger.released or holder not in {None, key} or self._ledger.booked(batch_no):
                return Refused(FaultCode.BILL_TAKEN)
            self._ledger.holders[batch_no] = key
            self._ledger.held_until[batch_no] = self._far.clock.monotonic() + seconds
            return Held(f"H-{key}")

        return self._far.meet(Sent("hold", key, ""), effect, refused=FaultCode.BILL_TAKEN)

    def _brought_back(self, batch_no: str) -> FaultCode | None:
        """The phone's order is withdrawn, unless the phone was quicker."""
        if self._ledger.booked(batch_no):
            return FaultCode.PHONE_PAID
        if self._ledger.standing(batch_no):
            return FaultCode.PHONE_PAYING
        if self._ledger.on_phone(batch_no):
            self._ledger.released.add(self._ledger.holders.pop(batch_no))
        return None

    def hand_over(self, key: str, hold_key: str, batch_no: str) -> Handed | hospital.Failure:
        def effect() -> Handed | Refused:
            ledger = self._ledger
            if key in ledger.handed:
                return HANDED
            if ledger.holders.get(batch_no) != hold_key:
                return Refused(FaultCode.PHONE_REFUSED)
            ledger.handed[key] = batch_no
            ledger.released.add(hold_key)
            ledger.holders[batch_no] = key
            ledger.held_until[batch_no] = self._far.clock.monotonic() + 86_400.0
            return HANDED

        answer = self._far.meet(Sent("hand", key, ""), effect, refused=FaultCode.PHONE_REFUSED)
        if isinstance(answer, Refused) and key in self._ledger.handed:  # answered alike when repeated
            return HANDED
        return answer

    def holds(self, batch_no: str) -> bool:
        """Whether somebody holds the bill and the hold has not run out."""
        until = self._ledger.held_until.get(batch_no, 0.0)
        return batch_no in self._ledger.holders and self._far.clock.monotonic() < until

    def release(self, key: str, batch_no: str) -> Released | hospital.Failure:
        def effect() -> Released:
            self._ledger.released.add(key)
            if self._ledger.holders.get(batch_no) == key:
                del self._ledger.holders[batch_no]
            return Released()

        return self._far.meet(Sent("release", key, ""), effect, refused=FaultCode.BILL_REFUSED)

    def book(
        self,
        key: str,
        hold_key: str,
        batch_no: str,
        settlement: Settlement,
        payment: Payment | None,
        prepaid: Prepaid | None = None,
        promised: Promised | None = None,
    ) -> Booking | hospital.Failure:
        refusal = Refused(FaultCode.BOOKING_REFUSED, "医生已作废")

        def effect() -> Booking | Refused:
            if key in self._ledger.bookings:
                return BOOKING
            if key in self._ledger.refused_bookings or self._ledger.holders.get(batch_no) != hold_key:
                return refusal
            self._ledger.bookings[key] = (batch_no, settlement.setl_id, payment)
            if prepaid is not None:
                self._ledger.prepaid[key] = prepaid
            if promised is not None:
                self._ledger.promised[promised.key] = promised
            return BOOKING

        answer = self._far.meet(Sent("book", key, ""), effect, refused=FaultCode.BOOKING_REFUSED)
        if isinstance(answer, Refused):
            if key in self._ledger.bookings:  # answered alike when repeated, whatever was ordered for this call
                return BOOKING
            self._ledger.refused_bookings.add(key)
        return answer

    def admission_orders(self, person: Person) -> Orders | hospital.Failure:
        del person
        return self.orders_answer

    def admit(self, order: str, person: Person, seen: Seen) -> Admission | hospital.Failure:
        del person
        self.admitted.append((order, seen))
        return Admission("ZY1", "呼吸内科病区", "12 床", (NextStep("到病区", "护士站"),))

    def paid(self, person: Person, since: date) -> PaidBills | hospital.Failure:
        del person, since
        return self.paid_answer

    def take_deposit(self, key: str, hold_key: str, batch_no: str, payment: Payment) -> Booking | hospital.Failure:
        """A deposit is taken once for each time it is asked for; its key gets the same answer again."""

        def effect() -> Booking | Refused:
            if key in self._ledger.taken:
                return BOOKING
            others = any(of == batch_no for of, _ in self._ledger.taken.values())
            if key in self._ledger.refused_bookings or others or self._ledger.holders.get(batch_no) != hold_key:
                return Refused(FaultCode.DEPOSIT_REFUSED, "不能入账")
            self._ledger.taken[key] = (batch_no, payment)
            return BOOKING

        digest = _sha(f"{key}:{payment.order}:{payment.amount.fen}")
        answer = self._far.meet(Sent("take", key, digest), effect, refused=FaultCode.DEPOSIT_REFUSED)
        if isinstance(answer, Refused):
            if key in self._ledger.taken:
                return BOOKING
            self._ledger.refused_bookings.add(key)
        return answer

    def report_claim(
        self, key: str, batch_no: str, claim: Claim, prepaid: Prepaid | None = None
    ) -> Informed | hospital.Failure:
        """What is owed in an insurer's place is asked for by the number of its bill, and taken like a deposit. What a
        stay's deposits would have given back pays of it first.
        """

        def effect() -> Informed:
            told = self._ledger.told_claims.setdefault(key, claim.outcome)
            before = next((one.used for one in self._ledger.prepaid.values()), ZERO)
            met = prepaid.used - before if prepaid else ZERO
            owed = replace(DEPOSIT, batch_no=f"{batch_no}-owed", total=claim.pledge.amount - met, deposit=OWED)
            return Informed(owed if told is Outcome.REFUSED and met < claim.pledge.amount else None)

        return self._far.meet(Sent("inform", key, ""), effect, refused=FaultCode.BILL_REFUSED)

    def undo(self, key: str, hold_key: str, redress: Redress) -> Booking | hospital.Failure:
        """A paid bill leaves the books once its settlement is cancelled, and never before."""

        def effect() -> Booking | Refused:
            if key not in self._ledger.undone:
                held = hold_key in self._ledger.holders.values()
                if self._ledger.standing(redress.batch_no) or not held:
                    return Refused(FaultCode.BILL_REFUSED, "医保结算尚未撤销")
                self._ledger.undone[key] = redress.batch_no
                if redress.whole:
                    del self._ledger.holders[redress.batch_no]
            return UNBOOKED

        return self._far.meet(Sent("undo", key, ""), effect, refused=FaultCode.BILL_REFUSED)

    def report_returns(self, key: str, batch_no: str, returns: tuple[Return, ...]) -> Noted | hospital.Failure:
        del batch_no

        def effect() -> Noted:
            self._ledger.reported.setdefault(key, returns)
            return Noted()

        return self._far.meet(Sent("report", key, ""), effect, refused=FaultCode.BILL_REFUSED)


class MemoryPayment:
    """An order is paid at most once and refunded by key; a request that lands after its close is paid all the same.

    Where it shows its codes, `phone` is what is done with each of them, `after` so many seconds; `paid` is told of each
    order that a phone pays while it is open.
    """

    def __init__(self, far: FarEnds, way: Way = Way.SCANNED, phone: Phone = Phone.PAYS, after: float = 10.0) -> None:
        self._far, self._ledger = far, far.ledger
        self.way, self._phone, self._after = way, phone, after
        self.patience = None if way is Way.SCANNED else 120.0
        self.paid: Callable[[str], None] = lambda _order: None
        self._others: set[str] = set()

    def knows_not(self, other: MemoryPayment) -> None:
        """What the other service collects is not this one's."""
        self._others, other._others = set(), set()
        self._mine, other._mine = other._others, self._others

    _mine: set[str]

    def _must_be_mine(self, order: str) -> None:
        if order in self._others:
            raise ValueError("another service's order")

    def collect(
        self, order: str, amount: Money, code: Voucher | None, subject: str
    ) -> Collected | Pending | Shown | payment.Failure:
        del subject
        self._mine.add(order)
        sent = Sent("collect", order, _sha(f"{order}:{amount.fen}"), (str(amount.fen),))
        return self._scan(sent, order, amount) if code else self._show(sent, order, amount)

    def _show(self, sent: Sent, order: str, amount: Money) -> Shown | Pending | Collected | payment.Failure:
        def effect() -> Shown | Pending | Collected | Refused:
            if self._ledger.orders.setdefault(order, PayOrder(amount, OrderState.PENDING)).state is OrderState.CLOSED:
                return Refused(FaultCode.PAYMENT_NOT_MADE)
            self._scanned(order, amount)
            return Shown(f"https://pay.example/{order}") if self.way is Way.SHOWN else Pending()

        def changed(trouble: Trouble) -> Pending | Collected:
            """An order nobody can pay; or one that was paid with less at once."""
            other = trouble is Trouble.OTHER_AMOUNT
            paid = amount - Money(1)
            self._ledger.orders[order] = PayOrder(paid, OrderState.PAID if other else OrderState.PENDING)
            return _collected(order, paid) if other else Pending()

        return self._far.meet(sent, effect, refused=FaultCode.PAYMENT_REFUSED, changed=changed)

    def _scanned(self, order: str, amount: Money) -> None:
        """The phone's own part, and the notices of it that come in time, late, in parts or twice."""
        half = Money(amount.fen // 2)
        parts = {
            Phone.PAYS: (amount,),
            Phone.NEVER: (),
            Phone.PART: (half,),
            Phone.IN_PARTS: (half, amount - half),
            Phone.TWICE: (amount, amount),
        }[self._phone]
        for nth, part in enumerate(parts):
            self._far.later(self._after + 5.0 * nth, partial(self._notice, order, part))

    def _notice(self, order: str, part: Money) -> None:
        """What is paid on an order that is paid, or ended with a part, goes back by itself; a closed one keeps it."""
        found = self._ledger.orders[order]
        if found.state is OrderState.PAID:
            return
        if found.state is OrderState.PENDING:
            self.paid(order)
        found.got += part
        if found.state is OrderState.CLOSED or found.got == found.amount:
            found.state, found.amount = OrderState.PAID, found.got

    def _scan(self, sent: Sent, order: str, amount: Money) -> Collected | Pending | payment.Failure:
        orders = self._ledger.orders

        def pay(paid: Money = amount) -> Collected:
            orders[order] = PayOrder(paid, OrderState.PAID)
            return _collected(order, paid)

        def effect() -> Collected | Pending | Refused:
            closed = order in orders and orders[order].state is OrderState.CLOSED
            return Refused(FaultCode.PAYMENT_NOT_MADE) if closed else pay()

        def changed(trouble: Trouble) -> Collected | Pending:
            if trouble is Trouble.OTHER_AMOUNT:
                return pay(amount - Money(1))
            orders[order] = PayOrder(amount, OrderState.PENDING)
            return Pending()

        refused = FaultCode.PAYMENT_REFUSED
        return self._far.meet(sent, effect, refused=refused, changed=changed, landing=pay)

    def query(self, order: str) -> Collected | Pending | Shown | payment.Failure:
        self._must_be_mine(order)

        def effect() -> Collected | Pending | Shown | Refused | Unknown:
            found = self._ledger.orders.get(order)
            match found.state if found else None:
                case None:
                    return Unknown(FaultCode.PAYMENT_UNKNOWN, "no such order")
                case OrderState.PENDING:
                    return Shown(f"https://pay.example/{order}") if self.way is Way.SHOWN else Pending()
                case OrderState.PAID:
                    return _collected(order, self._ledger.orders[order].amount)
                case _:
                    return Refused(FaultCode.PAYMENT_NOT_MADE)

        def changed(_trouble: Trouble) -> Pending | Shown:
            return Pending()

        sent, refused = Sent("query", order, ""), FaultCode.PAYMENT_NOT_MADE
        answer = self._far.meet(sent, effect, refused=refused, changed=changed)
        found = self._ledger.orders.get(order)
        if isinstance(answer, Refused) and found is not None and found.state is OrderState.PAID:
            return _collected(order, found.amount)  # it may be slow to tell, but it never denies a payment
        return answer

    def close(self, order: str) -> Closed | Collected | payment.Failure:
        """Also an order never seen is closed: its collection may still be on the way."""
        self._must_be_mine(order)

        def effect() -> Closed | Collected:
            found = self._ledger.orders.setdefault(order, PayOrder(Money(0), OrderState.CLOSED))
            if found.got and found.state is OrderState.PENDING:
                found.state, found.amount = OrderState.PAID, found.got
            if found.state is OrderState.PAID:
                return _collected(order, found.amount)
            found.state = OrderState.CLOSED
            return Closed()

        return self._far.meet(Sent("close", order, ""), effect, refused=FaultCode.PAYMENT_REFUSED)

    def refund(self, order: str, refund_order: str, amount: Money) -> PaidBack | Pending | payment.Failure:
        if order in self._ledger.deposits:
            return self._return(order, refund_order, amount)
        self._must_be_mine(order)

        def effect() -> PaidBack | Pending | Refused:
            found = self._ledger.orders.get(order)
            if found is None or found.state is not OrderState.PAID:
                return Refused(FaultCode.PAYMENT_REFUSED, "not paid")
            self._ledger.refunds[refund_order] = (order, amount)
            return PaidBack()

        def changed(_trouble: Trouble) -> Pending:
            return Pending()

        sent = Sent("refund", refund_order, _sha(f"{refund_order}:{amount.fen}"), (order, str(amount.fen)))
        return self._far.meet(sent, effect, refused=FaultCode.STAFF_MUST_RESOLVE, changed=changed)

    def _return(self, order: str, key: str, amount: Money) -> PaidBack | Pending | payment.Failure:
        """Of a deposit. A key that was refused stays refused, one that was paid back is never denied."""
        ledger = self._ledger

        def effect() -> PaidBack | Refused:
            if key in ledger.refused_returns:
                return Refused(FaultCode.STAFF_MUST_RESOLVE, "已超过可退期限")
            ledger.returned[key] = (order, amount)
            return PaidBack()

        def changed(_trouble: Trouble) -> Pending:
            return Pending()

        sent = Sent("return", key, _sha(f"{key}:{amount.fen}"), (order, str(amount.fen)))
        answer = self._far.meet(sent, effect, refused=FaultCode.STAFF_MUST_RESOLVE, changed=changed)
        if isinstance(answer, Refused):
            if key in ledger.returned:
                return PaidBack()
            ledger.refused_returns.add(key)
        return answer


def _collected(order: str, amount: Money) -> Collected:
    return Collected(order, amount, "wechat", f"T{order[:6]}")


class World:
    """The far parties of one test, with the clock they share with the kiosk."""

    def __init__(
        self,
        misfortunes: Iterable[Misfortune] = (),
        own_part: Money = OWN_PART,
        batches: tuple[FeeBatch, ...] = (BATCH,),
        *,
        finds_lost: bool = False,
        copies: bool = False,
        phone: Phone = Phone.PAYS,
        phone_after: float = 10.0,
        elsewhere: Way = Way.SHOWN,
        pledges: Money = PLEDGED,
    ) -> None:
        self.clock = ManualClock()
        self.far = FarEnds(self.clock, misfortunes, own_part)
        self.ledger = self.far.ledger
        for deposit in (one for batch in batches for one in batch.prepaid if one.order):
            self.ledger.deposits[deposit.order] = deposit.amount
        self.hospital = MemoryHospital(self.far, batches)
        self.platform = MemoryPlatform(self.far, finds_lost=finds_lost, copies=copies)
        self.payment = MemoryPayment(self.far)
        self.shown = MemoryPayment(self.far, elsewhere, phone, phone_after)
        self.shown.knows_not(self.payment)
        payments = {"scan": self.payment, "show": self.shown}
        self.insurer = MemoryInsurer(self.far, pledges)
        self.parties = Parties(self.platform, self.hospital, payments, insurer=self.insurer)

    def calls(self) -> list[str]:
        """The names of all calls that left, in order."""
        return [sent.call for sent in self.far.calls]


def second_batch() -> FeeBatch:
    return replace(BATCH, batch_no="B2", chrg_bchno="C2", visit_no="M2")
