"""Hospital, platform and payment service in memory, over one ledger that keeps the truth, with faults on order.

They behave as the real ones: idempotent by key, never by msgid; a request can be lost, its reply can be lost, or it can
land long after everybody gave it up. Nothing here knows the saga.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, TypeVar

from kiosk.domain.insurer import Outcome
from kiosk.domain.money import ZERO, Money, total
from kiosk.domain.settlement import Settlement
from kiosk.domain.stay import Return
from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.hospital import Payment, Prepaid, Promised

AnswerT = TypeVar("AnswerT")
OWN_PART = Money(1000)


class Trouble(StrEnum):
    """What becomes of one call. COPIED: it arrives twice, and the answer is the second copy's. ECHOED: it is answered,
    and a copy arrives later. SLOW: it arrives at once, and its answer takes so many seconds.
    """

    NOT_SENT = "not_sent"
    LOST_REQUEST = "lost_request"
    LOST_REPLY = "lost_reply"
    LATE = "late"
    REFUSED = "refused"
    WRONG = "wrong"
    OTHER_AMOUNT = "other_amount"
    PENDING = "pending"
    COPIED = "copied"
    ECHOED = "echoed"
    SLOW = "slow"


@dataclass(frozen=True, slots=True)
class Misfortune:
    """`trouble` for the `nth` call of that name, for each of them when 0; a late one lands after `delay` seconds."""

    call: str
    trouble: Trouble
    nth: int = 1
    delay: float = 0.0

    def __str__(self) -> str:
        delay = f"+{self.delay:g}" if self.delay else ""
        return f"{self.call}@{self.nth or '*'}:{self.trouble}{delay}"


class SettlementState(StrEnum):
    STANDS = "stands"
    REVERSED = "reversed"
    CANCELLED = "cancelled"


@dataclass(slots=True)
class Settled:
    settlement: Settlement
    batch_no: str
    state: SettlementState = SettlementState.STANDS


class OrderState(StrEnum):
    PENDING = "pending"
    PAID = "paid"
    REFUSED = "refused"
    CLOSED = "closed"


class Phone(StrEnum):
    """What whoever is to scan a shown code does with it: pays, never does, pays a part, a part and then the rest, or
    is told of twice.
    """

    PAYS = "pays"
    NEVER = "never"
    PART = "part"
    IN_PARTS = "in parts"
    TWICE = "twice"


@dataclass(slots=True)
class PayOrder:
    """`got` is what phones have paid so far of an order that is shown to them."""

    amount: Money
    state: OrderState
    got: Money = ZERO


@dataclass(slots=True)
class Ledger:
    """What is true at the far ends.

    `deposits` are what was paid for stays, by order; `returned` what of them went back, by its key; `prepaid` and
    `reported` are what the hospital was told of them, by its keys; `taken` are deposits of its own that it booked.
    `promised` is what bookings were promised, `claims` what insurers pay (nothing: they refused), `told_claims` what
    the hospital heard of that; all by the claim's key. `undone` are paid bills that it took out of its books, by key;
    `handed` are bills that it gave to a phone, by key.
    """

    settlements: dict[str, Settled] = field(default_factory=dict)
    orders: dict[str, PayOrder] = field(default_factory=dict)
    refunds: dict[str, tuple[str, Money]] = field(default_factory=dict)
    holders: dict[str, str] = field(default_factory=dict)
    held_until: dict[str, float] = field(default_factory=dict)
    released: set[str] = field(default_factory=set)
    bookings: dict[str, tuple[str, str, Payment | None]] = field(default_factory=dict)
    registered: set[str] = field(default_factory=set)
    uploaded: set[str] = field(default_factory=set)
    refused_bookings: set[str] = field(default_factory=set)
    deposits: dict[str, Money] = field(default_factory=dict)
    returned: dict[str, tuple[str, Money]] = field(default_factory=dict)
    refused_returns: set[str] = field(default_factory=set)
    prepaid: dict[str, Prepaid] = field(default_factory=dict)
    reported: dict[str, tuple[Return, ...]] = field(default_factory=dict)
    taken: dict[str, tuple[str, Payment]] = field(default_factory=dict)
    promised: dict[str, Promised] = field(default_factory=dict)
    claims: dict[str, Money] = field(default_factory=dict)
    told_claims: dict[str, Outcome] = field(default_factory=dict)
    undone: dict[str, str] = field(default_factory=dict)
    handed: dict[str, str] = field(default_factory=dict)

    def standing(self, batch_no: str) -> list[Settled]:
        return [s for s in self.settlements.values() if s.batch_no == batch_no and s.state is SettlementState.STANDS]

    def collected(self) -> Money:
        return total(order.amount for order in self.orders.values() if order.state is OrderState.PAID)

    def refunded(self, order: str | None = None) -> Money:
        return total(amount for paid, amount in self.refunds.values() if order in {None, paid})

    def on_phone(self, batch_no: str) -> bool:
        """Whether a phone holds it."""
        return self.handed.get(self.holders.get(batch_no, "")) == batch_no

    def booked(self, batch_no: str) -> bool:
        settled = any(batch == batch_no for batch, _, _ in self.bookings.values())
        return settled or any(batch == batch_no for batch, _ in self.taken.values())


class Time(Protocol):
    """A clock that passes when it is told to."""

    def monotonic(self) -> float: ...

    def pass_by(self, seconds: float) -> None: ...

    def reboot(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Sent:
    """One call as it leaves the kiosk."""

    call: str
    key: str
    digest: str
    details: tuple[str, ...] = ()


class FarEnds:
    """Counts the calls, lets each meet its misfortune, and lands late ones as time goes by.

    `watch` is told of every call before it leaves; it is where tests look for sends that should not be. `became` is
    told what the network did to a call, and when a late one lands.
    """

    def __init__(self, clock: Time, misfortunes: Iterable[Misfortune] = (), own_part: Money = OWN_PART) -> None:
        self.ledger = Ledger()
        self.clock = clock
        self.own_part = own_part
        self.calls: list[Sent] = []
        self.watch: Callable[[Sent], None] = lambda _sent: None
        self.became: Callable[[Sent, str], None] = lambda _sent, _what: None
        self._misfortunes = {(one.call, one.nth): one for one in misfortunes}
        self._counts: Counter[str] = Counter()
        self._late: list[tuple[float, Callable[[], object]]] = []

    @property
    def landing(self) -> float | None:
        """When the next late request lands."""
        return min((due for due, _ in self._late), default=None)

    def pass_by(self, seconds: float) -> None:
        """Let time go by, and late requests land in it."""
        end = self.clock.monotonic() + seconds
        while (due := self.landing) is not None and due <= end:
            self.clock.pass_by(due - self.clock.monotonic())
            self._land(due)
        self.clock.pass_by(end - self.clock.monotonic())

    def reboot(self) -> None:
        """The kiosk's monotonic clock begins anew; what is on its way lands when it would have."""
        before = self.clock.monotonic()
        self.clock.reboot()
        shift = self.clock.monotonic() - before
        self._late = [(due + shift, effect) for due, effect in self._late]

    def _land(self, due: float) -> None:
        landed = [effect for when, effect in self._late if when <= due]
        self._late = [(when, effect) for when, effect in self._late if when > due]
        for effect in landed:
            effect()

    def _delay(self, sent: Sent, seconds: float, effect: Callable[[], object]) -> None:
        def land() -> None:
            self.became(sent, "lands")
            effect()

        self._late.append((self.clock.monotonic() + seconds, land))

    def later(self, seconds: float, effect: Callable[[], object]) -> None:
        """Something that happens at a far end by itself, such as a phone that pays."""
        self._late.append((self.clock.monotonic() + seconds, effect))

    def meet(
        self,
        sent: Sent,
        effect: Callable[[], AnswerT],
        *,
        refused: FaultCode,
        changed: Callable[[Trouble], AnswerT] | None = None,
        landing: Callable[[], object] | None = None,
        copy: Callable[[], object] | None = None,
    ) -> AnswerT | NotSent | Refused | Unknown:
        """The answer to one call. `changed` is the effect under a trouble that alters the answer itself, `copy` what a
        second copy of it does.
        """
        self.watch(sent)
        self.calls.append(sent)
        self._counts[sent.call] += 1
        nth = self._counts[sent.call]
        one = self._misfortunes.get((sent.call, nth)) or self._misfortunes.get((sent.call, 0))
        if one is not None:
            self.became(sent, str(one.trouble))
        match one.trouble if one else None:
            case None:
                self.pass_by(0.1)
                return effect()
            case Trouble.NOT_SENT:
                self.pass_by(1.0)
                return NotSent(FaultCode.PLATFORM_UNREACHABLE)
            case Trouble.REFUSED:
                self.pass_by(0.1)
                return Refused(refused, "不行")
            case Trouble.SLOW:
                answer = effect()
                self.pass_by(one.delay if one else 0.0)
                return answer
            case Trouble.LOST_REPLY:
                effect()
            case Trouble.LATE:
                self._delay(sent, one.delay if one else 0.0, landing or effect)
            case Trouble.LOST_REQUEST:
                pass
            case Trouble.COPIED | Trouble.ECHOED as doubled:
                self.pass_by(0.1)
                answer = effect()
                self._delay(sent, one.delay if one else 0.0, copy or effect)
                return answer if doubled is Trouble.ECHOED else Refused(refused, "重复提交")
            case Trouble.WRONG | Trouble.OTHER_AMOUNT | Trouble.PENDING as odd:
                if changed is None:
                    raise ValueError(f"{sent.call} knows no {odd}")
                self.pass_by(0.1)
                return changed(odd)
        self.pass_by(30.0)
        return Unknown(FaultCode.REPLY_BROKEN, "time-out")
