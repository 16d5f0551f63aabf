"""What hospital, platform, payment service and insurer say about one day, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kiosk.domain.accounts import Figures
from kiosk.domain.insurer import Outcome
from kiosk.domain.money import ZERO, Money, total
from kiosk.domain.personal import PersonNumber


@dataclass(frozen=True, slots=True)
class Group:
    """What the platform sums up by (3201)."""

    insutype: str
    clr_type: str
    setl_optins: str


@dataclass(frozen=True, slots=True)
class Taken:
    """One collected order, or a share of it, that the hospital booked."""

    order: str
    channel: str
    amount: Money


@dataclass(frozen=True, slots=True)
class NotedClaim:
    """An insurer's part of a booking, and what the hospital was told of it."""

    key: str
    amount: Money
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class InstitutionRow:
    """One settlement of the institution by any till: what the hospital booked.

    `terminal` is the opter_no that settled. `away` is cleared through another province's agency and stands in no total
    of 3201. `undone`: cancelled since. `deposits` paid of the
    own part before it was settled, and are in the accounts of whichever till took them; `promised` is what others pay
    of it, or somebody pays later, `deferred` the latter alone, `claims` what the hospital knows of the former.
    `receipt` is the number of the fiscal receipt. None is what the hospital does not tell.
    """

    book_key: str
    setl_id: str
    msgid: str
    mdtrt_id: str
    psn_no: PersonNumber | None
    group: Group
    terminal: str
    figures: Figures
    taken: tuple[Taken, ...] = ()
    away: bool = False
    undone: bool = False
    deposits: Money = ZERO
    promised: Money = ZERO
    deferred: Money | None = None
    claims: tuple[NotedClaim, ...] | None = None
    receipt: str | None = None

    @property
    def received(self) -> Money:
        return total(part.amount for part in self.taken)


@dataclass(frozen=True, slots=True)
class TakenDeposit:
    """A deposit for a stay that the hospital has from one of its kiosks: no settlement, and these two's alone."""

    key: str
    terminal: str
    order: str
    channel: str
    amount: Money


@dataclass(frozen=True, slots=True)
class NotedReturn:
    """What the hospital has from one of its kiosks about money that it paid back: `sid` is whose settlement it was."""

    sid: str
    terminal: str
    order: str
    channel: str
    amount: Money
    day: date


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A booking that the hospital took out of its books on `day`, by whichever till. `red` as `receipt`; `orders` are
    the payments that had been made for it, where the hospital tells them.
    """

    sid: str
    terminal: str
    setl_id: str
    settled_on: date
    red: str
    day: date
    orders: tuple[str, ...] = ()


class OnPhone(StrEnum):
    """Where a bill is that a kiosk handed to a phone, as the hospital's list says it now."""

    WAITING = "waiting"
    PAYING = "paying"
    PAID = "paid"
    UNDONE = "undone"
    LAPSED = "lapsed"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class HandedBill:
    """A bill that was handed to a phone, under the kiosk's own `key`. `setl_id` is what the phone settled of it."""

    key: str
    batch_no: str
    state: OnPhone
    setl_id: str = ""


class Looked(StrEnum):
    """What an insurer says of a claim. REVIEWING: somebody there looks into it."""

    PAID = "paid"
    REVIEWING = "reviewing"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class InsurerRow:
    """A claim as its insurer has it."""

    key: str
    setl_id: str
    amount: Money
    looked: Looked


class Verdict(StrEnum):
    """How a settlement of the list that came back differs, by what stmt_rslt means."""

    AGREES = "agrees"
    PLATFORM_ONLY = "platform_only"
    INSTITUTION_ONLY = "institution_only"
    AMOUNTS = "amounts"
    UNKNOWN = "unknown"
    """A code that no source explains: shown as it is, never guessed."""


@dataclass(frozen=True, slots=True)
class PlatformDifference:
    """One row of 9102's list. `cash` is not in it: the platform's list tells three amounts."""

    setl_id: str
    msgid: str
    verdict: Verdict
    code: str
    undone: bool
    medfee_sumamt: Money | None
    fund_pay_sumamt: Money | None
    acct_pay: Money | None


@dataclass(frozen=True, slots=True)
class GroupTotals:
    """One posting of 3201 and what came of it; `agrees` None when nobody answered."""

    group: Group
    count: int
    figures: Figures
    agrees: bool | None
    words: str = ""


@dataclass(frozen=True, slots=True)
class PlatformView:
    """`asked` False where the hospital's own system compares with the platform, or the platform did not answer.

    Without a list of differences, totals that agree mean that the platform has what the institution has.
    """

    asked: bool
    totals: tuple[GroupTotals, ...] = ()
    differences: tuple[PlatformDifference, ...] = ()
    complete: bool = True
    """Every difference is known: all totals agreed, or the list of differences came."""


@dataclass(frozen=True, slots=True)
class PaidOrder:
    """A paid order as the payment service knows it now, whenever its refunds were made."""

    order: str
    terminal: str
    channel: str
    amount: Money
    day: date
    refunds: dict[str, Money] = field(default_factory=dict[str, Money])

    @property
    def kept(self) -> Money:
        return self.amount - total(self.refunds.values())


@dataclass(frozen=True, slots=True)
class MadeRefund:
    """A refund as the payment service lists it by the day on which it was made. `terminal` and `channel` are those of
    its order, whenever that was paid.
    """

    key: str
    order: str
    terminal: str
    channel: str
    amount: Money
    day: date
