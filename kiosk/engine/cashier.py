"""Keeps every open settlement moving, one act at a time, and tells the screen.

It alone writes the journal. Settlements of patients who have left are finished here too, beside the home page. It knows
no thread: `engine.till` gives it one.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

from kiosk.domain.policy import Limits
from kiosk.domain.sid import new_sid
from kiosk.engine.breaker import Breaker
from kiosk.engine.case import Basket, Case, doubt_of
from kiosk.engine.money import Call, Parties, parted, prepare, prepare_collect, run_money
from kiosk.engine.notes import JOURNAL_RETRY, Journal, Notes
from kiosk.faults import FaultCode
from kiosk.flow.effects import (
    Abandon,
    AcceptQuote,
    AskInsurer,
    DeclineQuote,
    Forget,
    OpenSettlement,
    PayByMethod,
    PayWithCode,
    StopPayment,
)
from kiosk.flow.events import Event, MoneyReported
from kiosk.flow.phone_effects import TakeToPhone
from kiosk.flow.ticket import Ticket
from kiosk.journal.codec import Undecodable
from kiosk.journal.seal import Unsealable
from kiosk.journal.store import JournalUnreadable, JournalUnwritable
from kiosk.saga.acts import Act, Close, Done, GiveUp, HandOver, Wait, Watch, held, next_act
from kiosk.saga.answers import OutOfOrder
from kiosk.saga.entry import Course, Entry
from kiosk.saga.facts import (
    Accepted,
    ActKind,
    Answered,
    Closed,
    Fact,
    GaveUp,
    HandedOver,
    InsurerAgreed,
    Opened,
    PaperDone,
    PaymentStopped,
    PhoneChosen,
    Plan,
    PrintIntended,
    Recovered,
    Stamp,
    Verdict,
    Watching,
)
from kiosk.saga.folding import apply, opened
from kiosk.saga.report import Undone

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Paper:
    """A fact about the paper of a settlement, from the printer's thread."""

    sid: str
    fact: PrintIntended | PaperDone


Order = (
    OpenSettlement
    | AskInsurer
    | AcceptQuote
    | DeclineQuote
    | Abandon
    | PayWithCode
    | PayByMethod
    | StopPayment
    | TakeToPhone
    | Forget
    | Paper
)


class Cashier:
    """`recover` once, then `serve` each order and `advance_due` when `next_due` has come; all in one thread.

    Reports go to `post`; `faulted(code, on)` tells which faults stand.
    """

    def __init__(
        self,
        book: Journal,
        parties: Parties,
        limits: Limits,
        now: Callable[[], Stamp],
        *,
        post: Callable[[Event], None],
        faulted: Callable[[FaultCode, bool], None],
        stopping: Callable[[], bool],
    ) -> None:
        self._book, self._parties, self._limits, self._now = book, parties, limits, now
        self._post, self._faulted, self._stopping = post, faulted, stopping
        self._breaker = Breaker(limits, faulted)
        self._notes = Notes(book, faulted)
        self._cases: dict[str, Case] = {}

    def entries(self) -> dict[str, Entry]:
        """Every settlement that is not over, and those of the visit in hand."""
        return {sid: case.entry for sid, case in list(self._cases.items())}

    def recover(self) -> list[str]:
        """Whatever a former process left open is taken up without its patient; which these are."""
        for sid in self._open_sids():
            entry = self._read(sid)
            if entry is not None and entry.course is not Course.CLOSED:
                self._cases[sid] = Case(entry, due=self._now().mono, owed=deque([Recovered()]))
        self._sound_alarms(self._now())
        return list(self._cases)

    def _open_sids(self) -> list[str]:
        try:
            return self._book.open_sids()
        except JournalUnreadable:
            _log.exception("journal cannot be read")
            self._faulted(FaultCode.JOURNAL_BROKEN, True)
            return []

    def _read(self, sid: str) -> Entry | None:
        try:
            return self._book.entry(sid)
        except (Unsealable, Undecodable, OutOfOrder, JournalUnreadable):
            _log.exception("settlement cannot be read", extra={"sid": sid})
            self._faulted(FaultCode.JOURNAL_BROKEN, True)
            return None

    # --- orders ---

    def serve(self, order: Order) -> None:
        match order:
            case OpenSettlement():
                self._open(order)
            case AskInsurer(ticket, sids, consent):
                self._tell(sids, ticket, InsurerAgreed(consent))
            case AcceptQuote(ticket, sids):
                self._tell(sids, ticket, Accepted())
            case DeclineQuote(ticket, sids):
                self._tell(sids, ticket, GaveUp())
            case Abandon(sids):
                self._abandon(sids)
            case PayWithCode() | PayByMethod():
                self._collect(order)
            case StopPayment(ticket, sids):
                self._tell(sids, ticket, PaymentStopped())
            case TakeToPhone(ticket, sids):
                self._tell(sids, ticket, PhoneChosen())
            case Forget(visit):
                self._forget(visit)
            case Paper(sid, fact):
                if sid in self._cases:
                    self._cases[sid].owed.append(fact)
                    self._advance(self._cases[sid])
            case _ as never:
                assert_never(never)

    def _open(self, order: OpenSettlement) -> None:
        """All of them are on the disk before the first is held."""
        at = self._now()
        if self._breaker.paused:
            self._refuse(order.ticket, FaultCode.SETTLING_PAUSED)
            return
        basket, platform = Basket(order.ticket), self._parties.settlement
        findable, copied = platform.finds_lost, platform.copies
        for bill in order.bills:
            sid = new_sid(int(at.wall * 1000))
            what, family = (bill.person, bill.insurance, bill.batch, bill.use_account), bill.use_family
            fact = Opened(Plan(*what, findable, copied, family))
            if self._notes.write(sid, fact, at):
                self._cases[sid] = Case(opened(sid, fact, at), basket)
        if not basket.cases:
            self._refuse(order.ticket, FaultCode.JOURNAL_FULL)
        self._advance_all(basket.cases)

    def _refuse(self, ticket: Ticket, fault: FaultCode) -> None:
        """Nothing was opened, so there is no number to ask for."""
        self._post(MoneyReported(ticket, Undone("", "", fault)))

    def _known(self, sids: tuple[str, ...]) -> list[Case]:
        return [self._cases[sid] for sid in sids if sid in self._cases]

    def _tell(self, sids: tuple[str, ...], ticket: Ticket | None, fact: Fact) -> None:
        cases = self._known(sids)
        for case in cases:
            case.basket.address(ticket)
            case.owed.append(fact)
        self._advance_all(cases)

    def _abandon(self, sids: tuple[str, ...]) -> None:
        cases = self._known(sids)
        for case in cases:
            case.leave_basket()
            case.owed.append(GaveUp())
        self._advance_all(cases)

    def _collect(self, order: PayWithCode | PayByMethod) -> None:
        """One order for all of them or for none: what is collected is the sum that the page showed.

        When a bill took another turn meanwhile, the page is told and asks for another sum.
        """
        cases = self._known(order.sids)
        for case in cases:
            case.basket.address(order.ticket)
        now = self._now()
        wanted = all(case.payable and held(case.entry, now, self._limits) and case.basket.wants_code for case in cases)
        if cases and wanted and len(cases) == len(order.sids):
            self._guard_all(cases, lambda: self._share_call(cases, order))
        for basket in {id(case.basket): case.basket for case in cases}.values():
            basket.report(self._post)  # it took another turn meanwhile; the page is told which
        self._advance_all(cases)

    def _forget(self, visit: int) -> None:
        """Nobody waits for this visit's settlements any more; what is over leaves the memory."""
        for case in self._cases_of(visit):
            case.leave_basket()
            if case.entry.course is Course.FORWARD and not case.on_paper:
                case.owed.append(GaveUp())
                self._advance(case)
        self._cases = {sid: case for sid, case in self._cases.items() if case.heard or not case.over}

    def _cases_of(self, visit: int) -> list[Case]:
        tickets = [(case, case.basket.ticket) for case in self._cases.values()]
        return [case for case, ticket in tickets if ticket and ticket.visit == visit]

    # --- time ---

    def tick(self) -> None:
        """What only time brings: the end of a pause, and room on the disk again."""
        at = self._now()
        self._breaker.tick(at.mono)
        self._notes.tick(at)
        self._sound_alarms(at)

    def next_due(self) -> float | None:
        """Monotonic time at which `advance_due` has something to do."""
        return min((case.due for case in self._cases.values() if case.due is not None), default=None)

    def advance_due(self, interrupted: Callable[[], bool] = lambda: False) -> None:
        """Act where it is time; returns early when an order waits."""
        now = self._now().mono
        for case in [case for case in self._cases.values() if case.due_by(now)]:
            self._advance(case)
            if interrupted():
                return

    # --- acting ---

    def _advance_all(self, cases: list[Case]) -> None:
        for case in list(cases):
            self._advance(case)

    def _advance(self, case: Case) -> None:
        """Act until the settlement waits for somebody or for time."""
        case.due = None
        while not self._stopping():
            if not self._guard(case, lambda: self._once(case)):
                break
        if case.over and not case.heard:
            self._cases.pop(case.entry.sid, None)

    def _guard(self, case: Case, work: Callable[[], bool]) -> bool:
        return self._guard_all([case], work)

    def _guard_all(self, cases: list[Case], work: Callable[[], bool]) -> bool:
        """Run `work`. A journal that takes nothing stops the settlements for a while; a defect gives them to staff."""
        try:
            return work()
        except JournalUnwritable:
            for case in cases:
                self._stand_still(case)
        except Exception:  # noqa: BLE001 - a defect in one settlement must not stop the others
            for case in cases:
                _log.exception("settlement failed", extra={"sid": case.entry.sid})
                self._give_to_staff(case)
        return False

    def _once(self, case: Case) -> bool:
        """One fact owed or one act; False when there is nothing to do now."""
        if case.owed:
            self._note(case, case.owed[0])
            case.owed.popleft()
            return True
        now = self._now()
        match next_act(case.entry, now, self._limits):
            case Act(kind, delay):
                return self._act(case, kind, delay)
            case Wait(_, seconds):
                case.due = None if seconds is None else now.mono + seconds
                return False
            case GiveUp(fault):
                self._note(case, GaveUp(fault))
            case HandOver():
                self._note(case, HandedOver())
            case Watch():
                self._note(case, Watching())
            case Close():
                self._note(case, Closed())
            case Done():
                return False
        return True

    def _act(self, case: Case, kind: ActKind, delay: float) -> bool:
        if self._now().mono < case.tried + delay:
            case.due = case.tried + delay
            return False
        try:
            call = prepare(kind, case.entry, self._parties, self._limits.hold)
        except JournalUnwritable:  # its msgid could not be kept
            raise
        except Exception:  # noqa: BLE001 - a defect of the adapter; no byte has left
            _log.exception("request cannot be made", extra={"sid": case.entry.sid, "act": kind})
            self._note(case, Answered(kind, Verdict.NOT_SENT, FaultCode.REPLY_BROKEN))
            case.tried = self._now().mono
            return True
        return self._call(case, call)

    def _call(self, case: Case, call: Call) -> bool:
        try:
            run_money(call, lambda fact: self._note_of_call(case, fact))
        finally:
            case.tried = self._now().mono
        return True

    def _share_call(self, cases: list[Case], order: PayWithCode | PayByMethod) -> bool:
        """One payment for several settlements: each notes its part before the first byte leaves, then the answer."""
        code = order.code if isinstance(order, PayWithCode) else None
        call = prepare_collect([case.entry for case in cases], self._parties, order.method, code)
        try:
            run_money(call, lambda fact: self._note_shared(cases, fact))
        finally:
            for case in cases:
                case.tried = self._now().mono
        return True

    def _note_shared(self, cases: list[Case], fact: Fact) -> None:
        """An answer is offered to every settlement, even when there was no room for the first one's."""
        unwritten: JournalUnwritable | None = None
        for place, case in enumerate(cases):
            try:
                self._note_of_call(case, parted(fact, case.entry, place))
            except JournalUnwritable as problem:
                if not isinstance(fact, Answered):
                    raise
                unwritten = problem
        if unwritten is not None:
            raise unwritten

    def _note_of_call(self, case: Case, fact: Fact) -> None:
        """An answer that finds no room is owed: it may not be lost while we live, and nothing is done before it."""
        try:
            self._note(case, fact)
        except JournalUnwritable:
            if isinstance(fact, Answered):
                case.owed.append(fact)
            raise

    # --- noting and telling ---

    def _note(self, case: Case, fact: Fact) -> None:
        """On disk first, then in memory, then on the screen."""
        at = self._now()
        if not self._notes.write(case.entry.sid, fact, at):
            if (doubt := doubt_of(case.entry)) is not None:
                case.basket.report_but(case, doubt, self._post)
            raise JournalUnwritable(type(fact).__name__)
        case.entry = apply(case.entry, fact, at)
        self._breaker.count(fact, at.mono)
        if _log.isEnabledFor(logging.INFO):
            place = {"sid": case.entry.sid, "fact": type(fact).__name__, "state": case.entry.state_name()}
            _log.info("money fact", extra=place)
        case.basket.report(self._post)
        self._sound_alarms(at)
        if isinstance(fact, Answered) and fact.settlement is not None:
            self._notes.forget(min(fact.settlement.settled_at.timestamp(), at.wall))

    def _stand_still(self, case: Case) -> None:
        """Nothing is sent that is not noted. What has cost nothing yet ends here, in front of its patient.

        The patient is told that it is over, so it is over for every bill of the page that costs nothing yet.
        """
        case.due = self._now().mono + JOURNAL_RETRY
        if not case.costless:
            return
        for companion in case.basket.cases:
            if companion.costless and not companion.owes(GaveUp):
                companion.owed.append(GaveUp(FaultCode.JOURNAL_FULL))
                companion.due = case.due
        case.basket.report(self._post)

    def _give_to_staff(self, case: Case) -> None:
        """What is on the disk counts; nothing is sent again that may have left already."""
        sid = case.entry.sid
        case.entry = self._read(sid) or case.entry
        if case.owes(HandedOver):
            case.due = None
            return
        case.owed = deque([HandedOver()])
        case.due = self._now().mono
        case.basket.report(self._post)

    def _sound_alarms(self, now: Stamp) -> None:
        """Nothing stays open for long without somebody being told."""
        patience = self._limits.manual_after
        cases = self._cases.values()
        self._faulted(FaultCode.STAFF_MUST_RESOLVE, any(case.for_staff for case in cases))
        unbooked = [case.entry for case in cases if case.unbooked]
        late = any(now.elapsed(entry.settle_since or entry.opened) >= patience for entry in unbooked)
        self._faulted(FaultCode.BOOKING_UNKNOWN, late)
        unseen = [order for case in cases for order in case.entry.closed_orders]
        life = self._limits.longest_request
        self._faulted(FaultCode.PAYMENT_UNKNOWN, any(now.elapsed(order.since) >= life + patience for order in unseen))
        undone = [case.entry for case in cases if case.entry.reversal_watched and case.entry.course is Course.WATCHED]
        late = any(now.elapsed(entry.settle_since or entry.opened) >= life + patience for entry in undone)
        self._faulted(FaultCode.REVERSAL_UNKNOWN, late)
