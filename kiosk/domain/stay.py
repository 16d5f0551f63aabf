"""A stay in hospital as its bill knows it, the deposits that were paid for it, and what of them goes back.

The hospital registers the stay, uploads its lines and discharges it (2401, 2301, 2402); the kiosk settles. Deposits are
payments of their own, each with its payer, its channel and its moment: one settlement uses them, none belongs to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kiosk.domain.money import ZERO, Money, total


@dataclass(frozen=True, slots=True)
class Scopes:
    """How the uploaded lines split, as the platform answered the hospital's 2301; 2303 and 2304 want it repeated."""

    fulamt_ownpay_amt: Money
    overlmt_selfpay: Money
    preselfpay_amt: Money
    inscp_scp_amt: Money


@dataclass(frozen=True, slots=True)
class Deposit:
    """One deposit (预交金) and what is left of it. `payer` is masked by the hospital: 张*.

    `order` is the payment order it came by, "" for what cannot go back the way it came: cash, a service this site does
    not reach, a payment older than its channel takes back. Which of these is the hospital's to know.
    """

    number: str
    amount: Money
    paid_at: datetime
    channel: str
    payer: str = ""
    order: str = ""


@dataclass(frozen=True, slots=True)
class FeeDay:
    """One day of a stay as its 一日清单 tells it: what was charged on it, and from the admission to its end.

    Both are the hospital's own figures. A day on which more was taken back than given is below zero.
    """

    day: date
    total: Money
    so_far: Money


@dataclass(frozen=True, slots=True)
class Stay:
    """What a bill for a stay says beyond its lines.

    `obstacles` are the hospital's reasons, in words for the family, why the stay cannot be settled yet: 病区未办出院,
    医保办审核中, 还有未退药品. `window`: settled by people alone, as after a death or in the middle of a stay; why is
    nobody's to read at a machine. `setlway` is psn_setlway (01 by item, 02 fixed sum).
    `days` are oldest first, none where the hospital tells none; `days_wrong`: what it tells is not what its lines or
    its bill come to, and is shown nowhere.
    """

    ward: str
    bed: str
    admitted: datetime
    discharged: datetime | None
    scopes: Scopes
    setlway: str = "01"
    deposits: tuple[Deposit, ...] = ()
    obstacles: tuple[str, ...] = ()
    window: bool = False
    days: tuple[FeeDay, ...] = ()
    days_wrong: bool = False

    @property
    def fixed_sum(self) -> bool:
        """Whether the hospital says psn_setlway 02: the own part is of a sum agreed for the stay, not of its items."""
        return self.setlway == "02"

    @property
    def settleable(self) -> bool:
        return not self.obstacles and not self.window


@dataclass(frozen=True, slots=True)
class Cover:
    """How the platform's psn_cash_pay is met: psn_cash_pay = insurer + used + deferred + due, deposits = used +
    surplus, to the fen.

    `insurer` is what a commercial insurer pledged, `used` comes from deposits, `deferred` waits because the hospital
    lets it, `due` is collected now; `surplus` goes back to whoever paid the deposits.
    """

    used: Money
    due: Money
    surplus: Money
    insurer: Money = ZERO
    deferred: Money = ZERO

    def refused(self) -> Cover:
        """As it is met once the insurer has said no: what of the deposits would have gone back pays in its place, and
        `insurer` is what is left of its part, which nobody has paid yet.
        """
        met = min(self.insurer, self.surplus)
        return Cover(self.used + met, self.due, self.surplus - met, self.insurer - met, self.deferred)

    @property
    def whole(self) -> Money:
        """All of it; what is not the platform's psn_cash_pay is no cover of it."""
        return self.insurer + self.used + self.deferred + self.due


def cover(psn_cash_pay: Money, deposits: Sequence[Deposit], insurer: Money = ZERO, deferrable: Money = ZERO) -> Cover:
    """The insurer first, then deposits, which are with the hospital already; what may wait is the last to be used.

    Raises:
        ValueError: an insurer that pays more than there is to pay.
    """
    if insurer > psn_cash_pay:
        raise ValueError("an insurer pays more than psn_cash_pay")
    paid, left = total(deposit.amount for deposit in deposits), psn_cash_pay - insurer
    used = min(left, paid)
    deferred = min(left - used, deferrable)
    return Cover(used, left - used - deferred, paid - used, insurer, deferred)


@dataclass(frozen=True, slots=True)
class DepositAsked:
    """What the hospital asks for before or during a stay, and why it asks for so much.

    `basis` is its own sentence for the family (insured deposits are at most the average own part of the same disease,
    国卫办财务发〔2025〕5号). Only a stay has deposits: there are none for outpatients. `owed`: it is none, but what an
    insurer did not pay of a bill that is settled and booked; it is asked for and taken in the same way.
    """

    ward: str
    bed: str
    basis: str
    owed: bool = False


@dataclass(frozen=True, slots=True)
class Deferral:
    """What the hospital lets wait of a bill (先诊疗后付费), at most, and its own sentence until when and why."""

    most: Money
    basis: str


class Back(StrEnum):
    """Where the surplus of one deposit is. UNSENT: not asked for yet. ASKED: on its way, or nobody knows.

    WINDOW: the hospital's window pays it out, because its channel does not.
    """

    UNSENT = "unsent"
    ASKED = "asked"
    RETURNED = "returned"
    WINDOW = "window"


@dataclass(frozen=True, slots=True)
class Return:
    """What of one deposit goes back, under a key of its own. `doubtful`: a try under it brought no plain answer;
    `taken`: the payment service has it in hand, and said so.
    """

    deposit: Deposit
    amount: Money
    key: str
    back: Back = Back.UNSENT
    doubtful: bool = False
    taken: bool = False

    @property
    def ended(self) -> bool:
        return self.back in {Back.RETURNED, Back.WINDOW}


def returns_of(surplus: Money, deposits: Sequence[Deposit], name: str) -> tuple[Return, ...]:
    """The surplus, taken from the newest deposit first; `name` begins every key and is nobody else's.

    Keys are made of the deposit's place by age, so that they are the same after any crash.
    """
    aged = sorted(deposits, key=lambda deposit: (deposit.paid_at, deposit.number))
    returns: list[Return] = []
    for place, deposit in reversed(list(enumerate(aged))):
        amount = min(surplus - total(one.amount for one in returns), deposit.amount)
        if amount > ZERO:
            back = Back.UNSENT if deposit.order else Back.WINDOW
            returns.append(Return(deposit, amount, f"{name}d{place}", back))
    return tuple(returns)
