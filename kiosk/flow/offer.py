"""Bills under way, what the platform says of them, and what is paid with one payment. No pages of their own."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.domain.benefits import ChronicRegistration
from kiosk.domain.insured import Insurance, Person
from kiosk.domain.insurer import Pledge
from kiosk.domain.money import ZERO, Money, total
from kiosk.domain.settlement import Amounts, Quote
from kiosk.domain.stay import Cover
from kiosk.domain.visit import FeeBatch, Redress
from kiosk.faults import FaultCode
from kiosk.saga.report import SettledBill, Undone


@dataclass(frozen=True, slots=True)
class Bill:
    """One bill under way: whose, under which insurance. Part of the states below, no page of its own.

    `use_account` False: the patient keeps the account's money for another day; `use_family` False: a relative's.
    `chronic` are diseases on file for the person, where the bill is an ordinary one: only a doctor can make it one of
    these.
    """

    person: Person
    insurance: Insurance
    batch: FeeBatch
    use_account: bool = True
    chronic: tuple[ChronicRegistration, ...] = ()
    use_family: bool = True

    def under(self, quote: Quote | None) -> Bill:
        """With how its lines are treated, as was told when it was quoted."""
        return replace(self, batch=self.batch.under(quote.terms)) if quote and quote.terms else self


@dataclass(frozen=True, slots=True)
class Quoted:
    """One bill with what the platform says of it, and the settlement it is. Of a deposit the platform says nothing.

    `pledge` is what an insurer would pay of it, `unpledged` why one that was asked would not.
    """

    bill: Bill
    sid: str
    number: str
    quote: Quote | None
    pledge: Pledge | None = None
    unpledged: FaultCode | None = None

    @property
    def amounts(self) -> Amounts:
        """Raises ValueError for a deposit, which nobody splits among payers."""
        if self.quote is None:
            raise ValueError("a deposit has no payers")
        return self.quote.amounts

    @property
    def cover(self) -> Cover:
        """What of its cash part others meet, and what is to be paid."""
        return self.bill.batch.cover(self.quote.amounts.psn_cash_pay if self.quote else ZERO, self.pledge)

    @property
    def insurable(self) -> bool:
        """Whether an insurer could be asked that was not yet, and there is something for it to pay."""
        asked = self.pledge is not None or self.unpledged is not None
        return self.bill.batch.policy is not None and not asked and bool(self.quote and self.amounts.psn_cash_pay)


@dataclass(frozen=True, slots=True)
class CareAway:
    """How care away from the person's place of insurance is filed, while bills of it are quoted.

    `missing`: the office has nothing on file, and a filing would count. `before` are the bills as they were quoted
    without the filing `case_no`, which is in force now.
    """

    missing: bool = False
    before: tuple[Quoted, ...] = ()
    case_no: str = ""

    @property
    def part_before(self) -> Money:
        """The person's own part without the filing, account and cash: the platform's word, added up over bills."""
        return total(one.amounts.psn_part_amt for one in self.before)


NOT_AWAY = CareAway()


@dataclass(frozen=True, slots=True)
class SetAside:
    """Bills whose quotes were given back while their person files care elsewhere: quoted again only by its outcome.

    `quoted` is how they were quoted, `bills` to be quoted together, `queue` and `others` as below.
    """

    quoted: tuple[Quoted, ...]
    bills: tuple[Bill, ...]
    queue: tuple[Bill, ...] = ()
    others: int = 0


@dataclass(frozen=True, slots=True)
class Offer:
    """Bills that are paid with one payment, at least one, and what waits behind them. No page of its own.

    `unquoted` could not be quoted, and are given back: the patient is told at the end. `queue` and `others` as above.
    `settled` are those of `bills` that are done while others are not, `wanted` the settlements that a code would pay
    for when these are not all. `away`: whether care here is filed.
    """

    bills: tuple[Quoted, ...]
    unquoted: tuple[Undone, ...] = ()
    queue: tuple[Bill, ...] = ()
    others: int = 0
    settled: tuple[SettledBill, ...] = ()
    wanted: tuple[str, ...] = ()
    away: CareAway = NOT_AWAY

    @property
    def person(self) -> Person:
        return self.bills[0].bill.person

    @property
    def deposit(self) -> bool:
        """A deposit is always offered by itself."""
        return self.bills[0].bill.batch.deposit is not None

    @property
    def redress(self) -> Redress | None:
        """What is taken back of a paid bill; always offered by itself."""
        return self.bills[0].bill.batch.redress

    @property
    def ordered(self) -> bool:
        """Whether a phone settled the insurance's part of any: that is not quoted anew."""
        return any(one.bill.batch.ordered is not None for one in self.bills)

    @property
    def sids(self) -> tuple[str, ...]:
        return tuple(one.sid for one in self.bills)

    @property
    def unsettled(self) -> tuple[Quoted, ...]:
        done = {one.sid for one in self.settled}
        return tuple(one for one in self.bills if one.sid not in done)

    @property
    def payable(self) -> tuple[Quoted, ...]:
        """What the next code pays for."""
        return tuple(one for one in self.bills if one.sid in self.wanted) if self.wanted else self.bills

    @property
    def own_part(self) -> Money:
        """What the one payment asks for: the platform's own cash parts less deposits, added up."""
        return total(one.cover.due for one in self.payable)

    def find(self, sid: str) -> Quoted:
        """The bill of that settlement, else the first: a report never speaks of a bill that is not here."""
        return next((one for one in self.bills if one.sid == sid), self.bills[0])


def to_phone(offer: Offer) -> bool:
    """Whether it may be taken to its patient's phone: one bill at a time, which the hospital lets go and no insurer has
    a part in.
    """
    one = offer.bills[0]
    return len(offer.bills) == 1 and one.bill.batch.phone and one.pledge is None


def insurable(offer: Offer) -> bool:
    """Whether an insurer can be asked about it: about one bill at a time, so that nobody agrees for two at once."""
    return len(offer.bills) == 1 and offer.bills[0].insurable
