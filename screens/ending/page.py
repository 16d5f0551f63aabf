"""It is paid: where to go now, and which papers to take."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.insurer import Claim
from kiosk.domain.money import ZERO, total
from kiosk.domain.stay import Back, Cover
from kiosk.domain.visit import NextStep
from kiosk.faults import FaultCode
from kiosk.flow.events import Continued, Left
from kiosk.flow.frontend import Stage
from kiosk.flow.states import Kiosk, NextSteps, Paid
from kiosk.messages import Texts
from screens import words
from screens.ending.papers import PaperRow, all_receipts, fiscal_receipts, papers
from screens.model import PageModel, expect
from screens.rows import Rows

_BACK = {
    Back.UNSENT: "stay.unsent",
    Back.ASKED: "stay.asked",
    Back.RETURNED: "stay.returned",
    Back.WINDOW: "stay.window",
}
"""What is said of a deposit's surplus, by where it is."""

QML_IMPORT_NAME = "Kiosk.Ending"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class StepRow:
    """`where` is the huge line; `place` says floor and room."""

    what: str
    where: str
    place: str
    note: str


@dataclass(frozen=True, slots=True)
class FailureRow:
    failure: str


@dataclass(frozen=True, slots=True)
class Words:
    title: str = ""
    paid: str = ""
    booking: str = ""
    returns: str = ""
    claims: str = ""
    take: str = ""
    others: str = ""
    number: str = ""


@QmlElement
class NextStepsModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._words = Words()
        self._steps = Rows(StepRow, self)
        self._papers = Rows(PaperRow, self)
        self._failures = Rows(FailureRow, self)

    def show(self, kiosk: Kiosk) -> None:
        screen, texts = expect(kiosk.screen, NextSteps), self.texts(kiosk)
        paid = total(one.payment.amount for one in screen.paid if one.payment)
        steps = _steps(screen)
        self._words = Words(
            title=texts.say(_title(screen, paid=bool(paid))),
            paid=_paid(screen, texts),
            booking=_booking(screen, steps, texts),
            returns=_returns(screen, texts),
            claims=_claims(screen, texts),
            take=_take(screen, kiosk.fixtures.card_in, texts),
            others=_others(screen, texts),
            number=texts.say("next.number", number=screen.paid[0].number),
        )
        self._steps.show([_step(at, step, len(steps), texts) for at, step in enumerate(steps, 1)])
        self._papers.show([*papers(screen, texts), *fiscal_receipts(screen, texts)])
        self._failures.show(_failures(screen, texts))
        self.changed.emit()

    @Property(str, notify=changed)
    def title(self) -> str:
        return self._words.title

    @Property(str, notify=changed)
    def paid(self) -> str:
        return self._words.paid

    @Property(str, notify=changed)
    def booking(self) -> str:
        """Said when there is no step to show: the hospital has not yet answered, or wants the patient nowhere."""
        return self._words.booking

    @Property(str, notify=changed)
    def returns(self) -> str:
        """Where the surplus of each deposit is, a line each; empty where none goes back."""
        return self._words.returns

    @Property(str, notify=changed)
    def claims(self) -> str:
        """How an insurer's part ended, and what the hospital lets wait; empty for most people."""
        return self._words.claims

    @Property(str, notify=changed)
    def take(self) -> str:
        return self._words.take

    @Property(str, notify=changed)
    def others(self) -> str:
        """How many bills are still open; empty when none is."""
        return self._words.others

    @Property(str, notify=changed)
    def number(self) -> str:
        return self._words.number

    @Property(QObject, constant=True)
    def steps(self) -> Rows:
        return self._steps

    @Property(QObject, constant=True)
    def papers(self) -> Rows:
        return self._papers

    @Property(QObject, constant=True)
    def failures(self) -> Rows:
        """Bills of the same payment that did not come through, and where their money is."""
        return self._failures

    @Slot()
    def proceed(self) -> None:
        """Done, or the next bill."""
        self.send(Continued())

    @Slot()
    def leave(self) -> None:
        self.send(Left())


def _title(screen: NextSteps, *, paid: bool) -> str:
    if screen.paid[0].unbooked is not None:
        return "back.done"
    if screen.paid[0].settlement is None:
        asked = screen.paid[0].bill.batch.deposit
        return "owed.done" if asked and asked.owed else "deposit.done"
    return "next.title" if paid else "next.title_nothing"


def _steps(screen: NextSteps) -> list[NextStep]:
    """The places of all bills, each once, in the order of the bills."""
    return list(dict.fromkeys(step for one in screen.paid if one.booking for step in one.booking.steps))


def _booking(screen: NextSteps, steps: Sequence[NextStep], texts: Texts) -> str:
    if any(one.booking is None for one in screen.paid):
        return texts.say("next.booking")
    return "" if steps else texts.say("next.no_steps")


def _paid(screen: NextSteps, texts: Texts) -> str:
    """What was paid just now; of a stay, that its deposits were enough, what of them is left and where it is, or what
    they left open: nobody should have to scroll for that; of a refund, what comes back.
    """
    if screen.paid[0].unbooked is not None:
        back = total(one.amount for one in screen.paid[0].returns)
        return texts.say("back.done_sum", amount=words.amount(back, texts)) if back else texts.say("back.done_none")
    paid = total(one.payment.amount for one in screen.paid if one.payment)
    if paid:
        return texts.say("next.paid", amount=words.amount(paid, texts))
    settled = [one for one in screen.paid if one.settlement and one.settlement.amounts.psn_cash_pay]
    if not any(one.bill.batch.stay for one in settled):
        return texts.say("next.nothing")
    covers = [(one, _cover(one)) for one in settled]
    sums = {
        "stay.left_over": total(back.amount for one in settled for back in one.returns),
        "stay.left_waits": total(cover.surplus for one, cover in covers if one.claim and not one.claim.ended),
        "stay.met_part": total(cover.deferred for _, cover in covers),
    }
    said = (texts.say(message, amount=words.amount(amount, texts)) for message, amount in sums.items() if amount)
    return next(said, texts.say("stay.met"))


def _cover(one: Paid) -> Cover:
    cash = one.settlement.amounts.psn_cash_pay if one.settlement else ZERO
    return one.bill.batch.cover(cash, claim=one.claim)


def _claims(screen: NextSteps, texts: Texts) -> str:
    """What became of an insurer's part, and what waits."""
    said: list[str] = []
    for one in screen.paid:
        cover = _cover(one)
        if one.claim is not None:
            said += _claim(one.claim, cover, texts)
        if one.settlement and cover.deferred:
            said.append(texts.say("insurer.end.deferred", amount=words.amount(cover.deferred, texts)))
    return "\n".join(said)


def _claim(claim: Claim, cover: Cover, texts: Texts) -> Iterator[str]:
    """Whether it paid; where it did not, what deposits paid of it and what is left; and that a surplus waits for it."""
    name, pledged = words.shown(claim.pledge.policy.product), claim.pledge.amount
    met = pledged - cover.insurer
    if met:
        yield texts.say("insurer.end.met", name=name, amount=words.amount(met, texts))
    if cover.insurer:
        amount = words.amount(cover.insurer, texts)
        yield texts.say(f"insurer.end.{claim.outcome}", name=name, amount=amount)
    if cover.surplus and not claim.ended:
        yield texts.say("insurer.end.surplus")


def _returns(screen: NextSteps, texts: Texts) -> str:
    rows = [one for bill in screen.paid for one in bill.returns]
    return "\n".join(
        texts.say(
            _BACK[one.back],
            channel=words.channel(one.deposit.channel, texts),
            payer=words.shown(one.deposit.payer),
            amount=words.amount(one.amount, texts),
        )
        for one in rows
    )


def _others(screen: NextSteps, texts: Texts) -> str:
    if screen.queue:
        return texts.say("next.queue", count=str(len(screen.queue)))
    return texts.say("next.others", count=str(screen.others)) if screen.others else ""


def _failures(screen: NextSteps, texts: Texts) -> list[FailureRow]:
    rows = [FailureRow(texts.say("next.doubtful", number=one.number)) for one in screen.doubtful]
    for one in screen.undone:
        what = texts.say(f"fault.{(one.fault or FaultCode.SETTLEMENT_UNDONE).value}.what")
        if one.returned is None:
            rows.append(FailureRow(texts.say("next.undone", what=what)))
        else:
            amount = words.amount(one.returned, texts)
            rows.append(FailureRow(texts.say("next.undone_returned", what=what, amount=amount)))
    return rows


def _step(at: int, step: NextStep, count: int, texts: Texts) -> StepRow:
    """Numbered as on the receipt; the first says how many there are, for the others may lie below the edge."""
    order, what = "then" if at > 1 else "first_of" if count > 1 else "first", words.shown(step.what)
    numbers = {"then": {"step": str(at)}, "first_of": {"count": str(count)}, "first": {}}[order]
    errand = texts.say(f"next.{order}", what=what, **numbers) if what else texts.say(f"next.{order}_bare", **numbers)
    return StepRow(errand, words.shown(step.where), words.pair(*step.surroundings(), texts), words.shown(step.note))


def _take(screen: NextSteps, card_in: bool, texts: Texts) -> str:
    """What lies ready for the patient's hand."""
    printed = all_receipts(screen)
    match card_in, printed:
        case True, True:
            return texts.say("next.take_both")
        case True, False:
            return texts.say("next.take_card")
        case False, True:
            return texts.say("next.take_paper")
        case _:
            return ""
