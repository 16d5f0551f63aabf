"""The quotes in words: who pays what, why a part is the patient's own, and each item of the bills."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.money import total
from kiosk.faults import FaultCode
from kiosk.flow.account_events import AccountChosen, FamilyChosen
from kiosk.flow.day_events import DaysWanted
from kiosk.flow.events import Continued, FilingWanted, Left
from kiosk.flow.frontend import Stage
from kiosk.flow.insurer_events import InsurerWanted
from kiosk.flow.offer import Offer, Quoted, insurable
from kiosk.flow.states import (
    Explaining,
    Kiosk,
)
from kiosk.messages import Texts
from screens import day_list, words
from screens.model import PageModel, expect
from screens.pay import shares
from screens.pay.family import choice, relatives
from screens.pay.items import ItemRow, item
from screens.pay.others import others
from screens.rows import Rows

QML_IMPORT_NAME = "Kiosk.Pay"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class BillRow:
    """One of several bills that are paid together: whose, what kind, and what of it the patient pays."""

    doctor: str
    kind: str
    total: str
    own: str


@dataclass(frozen=True, slots=True)
class Words:
    title: str = ""
    total: str = ""
    headline: str = ""
    own: str = ""
    lines: str = ""
    queue: str = ""
    account: str = ""
    family: str = ""
    uses_family: bool = True
    chronic: str = ""
    deposits: str = ""
    uses_account: bool = True
    unquoted: str = ""
    away: str = ""
    missing: bool = False
    helped: bool = False
    insurer: str = ""
    insurable: bool = False
    days: str = ""
    days_missing: str = ""
    fixed_sum: str = ""


@QmlElement
class ExplainModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._words = Words()
        self._batch_no = ""
        self._payers = Rows(shares.PayerRow, self)
        self._reasons = Rows(shares.ReasonRow, self)
        self._items = Rows(ItemRow, self)
        self._bills = Rows(BillRow, self)

    def show(self, kiosk: Kiosk) -> None:
        screen, texts = expect(kiosk.screen, Explaining), self.texts(kiosk)
        offer = screen.offer
        self._batch_no = offer.bills[0].bill.batch.batch_no
        amounts = shares.together([one.amounts for one in offer.bills])
        lines = [line for one in offer.bills for line in one.bill.batch.lines]
        payers = shares.payers(amounts, texts, [one.cover for one in offer.bills], relatives(kiosk, offer))
        self._words = Words(
            title=_title(offer, texts),
            total=words.amount(amounts.medfee_sumamt, texts),
            headline=_headline(offer, texts),
            own=words.amount(offer.own_part, texts) if offer.own_part else "",
            deposits=_deposits(offer, texts),
            lines=texts.say("explain.lines", count=str(len(lines))),
            queue=texts.say("explain.queue", count=str(len(offer.queue))) if offer.queue else "",
            unquoted=_unquoted(offer, texts),
            account=_account(kiosk, offer, texts),
            family=choice(kiosk, offer, texts),
            uses_family=offer.bills[0].bill.use_family,
            chronic=_chronic(offer, texts),
            away=_away(offer, texts),
            missing=offer.away.missing,
            uses_account=offer.bills[0].bill.use_account,
            helped=any(row.kind != "own" for row in payers),
            insurer=others(offer, texts),
            insurable=kiosk.rules.insurers and insurable(offer),
            days=day_list.button(offer.bills[0].bill.batch, texts),
            days_missing=day_list.missing(offer.bills[0].bill.batch, texts),
            fixed_sum=texts.say("stay.fixed_sum") if _fixed_sum(offer) else "",
        )
        self._payers.show(payers)
        self._reasons.show([] if _fixed_sum(offer) else shares.reasons(amounts, texts))
        self._items.show([item(line, texts) for line in lines])
        self._bills.show([_bill(one, texts) for one in offer.bills] if len(offer.bills) > 1 else [])
        self.changed.emit()

    @Property(str, notify=changed)
    def title(self) -> str:
        return self._words.title

    @Property(str, notify=changed)
    def total(self) -> str:
        return self._words.total

    @Property(str, notify=changed)
    def headline(self) -> str:
        """What the amount below it is: the patient's part, or what deposits leave of it."""
        return self._words.headline

    @Property(str, notify=changed)
    def own(self) -> str:
        """What the patient pays; empty when that is nothing."""
        return self._words.own

    @Property(str, notify=changed)
    def lines(self) -> str:
        return self._words.lines

    @Property(str, notify=changed)
    def queue(self) -> str:
        """What is paid after this, and why not at once; empty when nothing is."""
        return self._words.queue

    @Property(str, notify=changed)
    def unquoted(self) -> str:
        """Bills that cannot be paid this time; empty when there are none."""
        return self._words.unquoted

    @Property(str, notify=changed)
    def account(self) -> str:
        """The button that has the bill quoted without the account, or with it again; empty where there is no choice."""
        return self._words.account

    @Property(str, notify=changed)
    def family(self) -> str:
        """The same of a relative's account; empty where the province has no field for it."""
        return self._words.family

    @Property(str, notify=changed)
    def chronic(self) -> str:
        """What to say in the consulting room, where an ordinary bill leaves a disease on file unused."""
        return self._words.chronic

    @Property(str, notify=changed)
    def deposits(self) -> str:
        """What a stay's deposits pay of the own part, and what comes of the rest; empty without deposits."""
        return self._words.deposits

    @Property(str, notify=changed)
    def away(self) -> str:
        """That care here is not filed, or what was paid before it was and what is paid now; empty for most people."""
        return self._words.away

    @Property(bool, notify=changed)
    def missing(self) -> bool:
        """Whether it can be filed now."""
        return self._words.missing

    @Property(str, notify=changed)
    def insurer(self) -> str:
        """Which insurer could pay a part, or would, or why it would not; what may wait; empty for most people."""
        return self._words.insurer

    @Property(bool, notify=changed)
    def insurable(self) -> bool:
        """Whether it can be asked."""
        return self._words.insurable

    @Property(str, notify=changed)
    def days(self) -> str:
        """The button to a stay's day list; empty where there is none."""
        return self._words.days

    @Property(str, notify=changed)
    def daysMissing(self) -> str:
        """That the hospital's day list does not add up to this bill; empty where nothing is wrong."""
        return self._words.days_missing

    @Property(str, notify=changed)
    def fixedSum(self) -> str:
        """That the stay is settled as a fixed sum; empty of a bill by item."""
        return self._words.fixed_sum

    @Property(bool, notify=changed)
    def helped(self) -> bool:
        """Whether anybody but the patient pays."""
        return self._words.helped

    @Property(QObject, constant=True)
    def payers(self) -> Rows:
        return self._payers

    @Property(QObject, constant=True)
    def reasons(self) -> Rows:
        return self._reasons

    @Property(QObject, constant=True)
    def items(self) -> Rows:
        return self._items

    @Property(QObject, constant=True)
    def bills(self) -> Rows:
        """The bills one by one; empty when there is only one."""
        return self._bills

    @Slot()
    def chooseAccount(self) -> None:
        self.send(AccountChosen(not self._words.uses_account))

    @Slot()
    def chooseFamily(self) -> None:
        self.send(FamilyChosen(not self._words.uses_family))

    @Slot()
    def askInsurer(self) -> None:
        self.send(InsurerWanted())

    @Slot()
    def fileFirst(self) -> None:
        self.send(FilingWanted())

    @Slot()
    def readDays(self) -> None:
        self.send(DaysWanted(self._batch_no))

    @Slot()
    def proceed(self) -> None:
        self.send(Continued())

    @Slot()
    def leave(self) -> None:
        self.send(Left())


def _title(offer: Offer, texts: Texts) -> str:
    name = offer.person.name.masked()
    if len(offer.bills) == 1:
        return texts.say("explain.title_named", name=name)
    return texts.say("explain.title_several", name=name, count=str(len(offer.bills)))


def _fixed_sum(offer: Offer) -> bool:
    """Whether the own part is of a sum agreed for the stay, which no item's class or limit explains."""
    stay = offer.bills[0].bill.batch.stay
    return stay is not None and stay.fixed_sum


def _account(kiosk: Kiosk, offer: Offer, texts: Texts) -> str:
    if not kiosk.rules.account_choice:
        return ""
    if not offer.bills[0].bill.use_account:
        return texts.say("explain.account_on")
    return texts.say("explain.account_off") if any(one.amounts.acct_pay for one in offer.bills) else ""


def _chronic(offer: Offer, texts: Texts) -> str:
    rows = [row for one in offer.bills for row in one.bill.chronic]
    names = list(dict.fromkeys(words.shown(row.name) for row in rows))
    return texts.say("explain.chronic", names=texts.say("words.and").join(names)) if names else ""


def _away(offer: Offer, texts: Texts) -> str:
    away = offer.away
    if away.missing:
        return texts.say("explain.away")
    if not away.before:
        return ""
    now_part = total(one.amounts.psn_part_amt for one in offer.bills)
    before, now = (words.amount(each, texts) for each in (away.part_before, now_part))
    return texts.say("explain.away_filed", number=away.case_no, before=before, now=now)


def _headline(offer: Offer, texts: Texts) -> str:
    if any(one.cover.used for one in offer.bills):
        return texts.say("stay.still" if offer.own_part else "stay.nothing")
    return texts.say("explain.own" if offer.own_part else "explain.own_nothing")


def _deposits(offer: Offer, texts: Texts) -> str:
    said: list[str] = []
    for one in offer.bills:
        own, cover = words.amount(one.amounts.psn_cash_pay, texts), one.cover
        used, due = words.amount(cover.used, texts), words.amount(cover.due, texts)
        if cover.used:
            said.append(texts.say("stay.topped" if cover.due else "stay.covered", own=own, used=used, due=due))
        if cover.surplus:
            said.append(texts.say("stay.surplus", amount=words.amount(cover.surplus, texts)))
    return "\n".join(said)


def _unquoted(offer: Offer, texts: Texts) -> str:
    if not offer.unquoted:
        return ""
    fault = offer.unquoted[0].fault or FaultCode.QUOTE_REFUSED
    what = texts.say(f"fault.{fault.value}.what")
    return texts.say("explain.unquoted", count=str(len(offer.unquoted)), what=what)


def _bill(one: Quoted, texts: Texts) -> BillRow:
    batch, amounts = one.bill.batch, one.amounts
    kind = words.pair(words.medical_type(batch.med_type, texts), batch.disease, texts)
    own = texts.say("explain.bill_own", amount=words.amount(amounts.psn_cash_pay, texts))
    return BillRow(words.doctor(batch, texts), kind, words.amount(amounts.medfee_sumamt, texts), own)
