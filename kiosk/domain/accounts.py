"""What one kiosk says about its own money: one row a settlement, for whoever closes the books of the institution.

No person is in it. Rows leave the kiosk as JSON (`kiosk journal export`) and are compared with the rows of hospital,
platform and payment service; a kiosk alone cannot close a day, because totals are the institution's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kiosk.domain.insurer import Outcome
from kiosk.domain.money import ZERO, Money, total
from kiosk.domain.stay import Back


class Standing(StrEnum):
    """SETTLED stands at the platform; UNDONE: nothing stands and nothing was kept; OPEN: it is not known yet."""

    SETTLED = "settled"
    UNDONE = "undone"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class OrderShare:
    """What of one payment order belongs to one settlement. `refund_order` is the key under which it goes back."""

    order: str
    channel: str
    collected: Money
    refund_order: str = ""
    refunded: Money = ZERO


@dataclass(frozen=True, slots=True)
class GivenBack:
    """What one settlement gives back of a payment that was not made for it: a deposit of its stay, or what was
    collected for the bill that it takes back. `order` is "" where only a window pays it out; `key` is the refund's.
    """

    order: str
    key: str
    channel: str
    amount: Money
    back: Back


@dataclass(frozen=True, slots=True)
class ClaimShare:
    """What an insurer was asked to pay of a booked bill, under `key`, and what is known of that."""

    key: str
    amount: Money
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class HandedShare:
    """A bill that waits on its patient's phone, to be paid there until `until`: nothing of it was collected here. `key`
    is that under which the hospital gave it to the phone, `number` the order's at the mobile payment centre.
    """

    key: str
    number: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Figures:
    """The four amounts that every party tells of a settlement, by their national field names."""

    medfee_sumamt: Money = ZERO
    fund_pay_sumamt: Money = ZERO
    acct_pay: Money = ZERO
    psn_cash_pay: Money = ZERO

    def __add__(self, other: Figures) -> Figures:
        return Figures(
            self.medfee_sumamt + other.medfee_sumamt,
            self.fund_pay_sumamt + other.fund_pay_sumamt,
            self.acct_pay + other.acct_pay,
            self.psn_cash_pay + other.psn_cash_pay,
        )


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One settlement as its kiosk left it.

    `terminal` is kiosk.number as text, `state` its place in the saga. `msgid` is that of the 2207 last sent, empty when
    none left; `setl_id` and `figures` are what the platform answered, empty and None without an answer. Its day is that
    of the settlement where there is one, else that on which it was opened. `deposit`: no settlement but a deposit for
    a stay, of which the platform knows nothing; `booked` is then that the hospital took it. `promised` is what an
    insurer and an agreement to pay later stood for when it was booked, `deferred` the latter alone, each None where no
    kiosk told it; `claim` is what became of the insurer's part. `used` is what deposits, or payments made before, paid
    of it, None as well where no kiosk told it: with what was kept of its orders and `promised` it is psn_cash_pay.
    `by_phone`: the insurance's part was settled by the patient's phone, and stands whatever becomes of the rest here.
    `handed`: the bill went the other way, to be settled and paid on the phone; it is UNDONE here.

    `cancels` is the setl_id of a paid bill's settlement that this one undid, `returns` what it gave back of payments
    made before it. `receipt` and `red` are the numbers of the fiscal receipt and of the red one, "" while one is still
    being issued, or where there is none.
    """

    sid: str
    terminal: str
    state: str
    standing: Standing
    moment: datetime
    batch_no: str
    msgid: str = ""
    setl_id: str = ""
    insutype: str = ""
    insuplc_admdvs: str = ""
    figures: Figures | None = None
    booked: bool = False
    orders: tuple[OrderShare, ...] = ()
    deposit: bool = False
    promised: Money | None = None
    by_phone: bool = False
    deferred: Money | None = None
    claim: ClaimShare | None = None
    cancels: str = ""
    returns: tuple[GivenBack, ...] = ()
    receipt: str = ""
    red: str = ""
    used: Money | None = None
    handed: HandedShare | None = None

    @property
    def kept(self) -> Money:
        """Collected and not given back, of its own orders."""
        return total(share.collected - share.refunded for share in self.orders)

    @property
    def given_back(self) -> tuple[GivenBack, ...]:
        """What this kiosk paid back of payments made before; the rest of `returns` is open, or a window's."""
        return tuple(one for one in self.returns if one.back is Back.RETURNED)
