"""The filing thread: the only one that hands in applications and writes their journal.

`run_filing` keeps the discipline of `run_money`: intent on the disk, call, answer on the disk. What is unknown is
sought by its own key, and drafts are on the disk with every answer: a power cut costs nobody more than a field.
"""

from __future__ import annotations

import hashlib
import json
import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from kiosk.domain.filing import Application, Case, Score
from kiosk.domain.insured import Person
from kiosk.domain.notices import sort
from kiosk.domain.sid import new_sid
from kiosk.engine.clock import stamp
from kiosk.faults import FaultCode
from kiosk.filing.course import (
    DEFAULT_PATIENCE,
    Do,
    Dossier,
    End,
    Patience,
    Report,
    Rest,
    Stage,
    apply,
    begun,
    next_act,
    report_of,
)
from kiosk.filing.facts import (
    Act,
    Answered,
    Begun,
    Confirmed,
    Ended,
    Fact,
    Filled,
    Intended,
    Rated,
    Recovered,
    Verdict,
)
from kiosk.flow.draft_events import DraftWasLeft
from kiosk.flow.effects import (
    AskAway,
    AskCases,
    AskStanding,
    ConfirmFiling,
    Forget,
    KeepDraft,
    LeaveDraft,
    OpenFiling,
    RateAgain,
    RateCase,
    SendPicture,
)
from kiosk.flow.events import (
    AwayWasSought,
    CasesWereSought,
    Event,
    FilingOpened,
    FilingReported,
    StandingWasSought,
)
from kiosk.flow.notice_effects import NoticesRead
from kiosk.flow.picture_events import PictureWasSent
from kiosk.flow.ticket import Ticket
from kiosk.journal.codec import Undecodable, encode
from kiosk.journal.filings import FilingBook
from kiosk.journal.seal import Unsealable
from kiosk.journal.store import JournalUnreadable, JournalUnwritable
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.clock import Clock
from kiosk.ports.filing import Cases, FilingPort, Kept, Noted, Notices, NotLodged, Prepared
from kiosk.saga.facts import Stamp

_log = logging.getLogger(__name__)
_IDLE_SECONDS = 1.0
_JOURNAL_RETRY = 2.0

Rating = RateCase | RateAgain
Draft = OpenFiling | KeepDraft | LeaveDraft
Asked = AskCases | AskStanding | AskAway | NoticesRead
Order = SendPicture | Draft | ConfirmFiling | Rating | Asked | Forget
Answer = Case | NotLodged | Noted | NotSent | Refused | Unknown


@dataclass(frozen=True, slots=True)
class Call:
    """One act ready to go: the key that leaves, a digest of what is said, and the sending itself."""

    act: Act
    key: str
    send: Callable[[], Answer]
    digest: str = ""


def run_filing(call: Call, note: Callable[[Fact], None]) -> None:
    """Note the intent (on disk when `note` returns), call, note the answer.

    When the intent cannot be noted nothing is called. A defect of the adapter counts as unknown: bytes may have left.
    """
    note(Intended(call.act, call.key, call.digest))
    try:
        answer = call.send()
    except Exception:  # noqa: BLE001 - whatever it is, bytes may have left
        _log.exception("adapter failed", extra={"act": call.act})
        answer = Unknown(FaultCode.REPLY_BROKEN, "defect")
    note(answered(call.act, answer))


def answered(act: Act, answer: Answer) -> Answered:
    """An adapter's answer as a fact."""
    match answer:
        case Case():
            return Answered(act, Verdict.YES, case=answer)
        case Noted():
            return Answered(act, Verdict.YES)
        case NotLodged():
            return Answered(act, Verdict.NONE)
        case NotSent(fault):
            return Answered(act, Verdict.NOT_SENT, fault)
        case Refused(fault, reason):
            return Answered(act, Verdict.NO, fault, reason)
        case Unknown(fault, why):
            return Answered(act, Verdict.UNKNOWN, fault, why)


def digest_of(application: Application) -> str:
    """Of everything the person confirmed: what leaves under one key is always the same."""
    return hashlib.sha256(json.dumps(encode(application), ensure_ascii=False).encode()).hexdigest()


def _key_of(notices: tuple[str, ...]) -> str:
    """The same notices are told to have been read under the same key."""
    return f"N{hashlib.sha256(','.join(notices).encode()).hexdigest()[:24].upper()}"


@dataclass(slots=True)
class _Folder:
    """One application in hand. `ticket` is the page that hears of it, `person` whoever stands before that page."""

    dossier: Dossier
    person: Person | None = None
    ticket: Ticket | None = None
    due: float | None = None
    tried: float = float("-inf")
    owed: list[Fact] = field(default_factory=list[Fact])


class Registry:
    """`start` takes up what a former process left; `order` from any thread; reports go to `post`."""

    def __init__(
        self,
        book: FilingBook,
        port: FilingPort,
        clock: Clock,
        boot: str,
        post: Callable[[Event], None],
        patience: Patience = DEFAULT_PATIENCE,
    ) -> None:
        self._book, self._port, self._clock, self._boot = book, port, clock, boot
        self._post, self._patience = post, patience
        self._folders: dict[str, _Folder] = {}
        self._orders: queue.SimpleQueue[Order | None] = queue.SimpleQueue()
        self._asked = self._served = 0  # one is counted by the loop, the other by our thread
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="filing", daemon=True)
        self.beat = clock.monotonic()

    def start(self) -> None:
        self._thread.start()

    def order(self, order: Order) -> None:
        self._asked += 1
        self._orders.put(order)

    def stop(self, patience: float = 5.0) -> None:
        """Finish the call in hand, start no other; what stays open is taken up at the next start."""
        self._stopping.set()
        self._orders.put(None)
        self._thread.join(patience)

    def dossiers(self) -> dict[str, Dossier]:
        return {sid: folder.dossier for sid, folder in list(self._folders.items())}

    def wait_until_quiet(self, seconds: float) -> bool:
        """Whether, within so many seconds, nothing is left that is being done now."""
        until = self._clock.monotonic() + seconds
        while not self._quiet() and self._clock.monotonic() < until:
            if self._stopping.wait(0.02):
                break
        return self._quiet()

    def _quiet(self) -> bool:
        busy = {Stage.GOING, Stage.SOUGHT}
        served = self._asked == self._served
        return served and not any(one.stage in busy or one.scoring for one in self.dossiers().values())

    # --- the thread ---

    def _run(self) -> None:
        self.recover()
        while not self._stopping.is_set():
            self.beat = self._clock.monotonic()
            try:
                order = self._orders.get(timeout=self._wait())
            except queue.Empty:
                self.advance_due()
                continue
            if order is not None:
                self.serve(order)
                self._served += 1
            del order  # or its person would stay here until somebody else's order

    def _wait(self) -> float:
        due = [folder.due for folder in self._folders.values() if folder.due is not None]
        return min(_IDLE_SECONDS, max(0.0, min(due) - self._clock.monotonic())) if due else _IDLE_SECONDS

    def recover(self) -> None:
        """Drafts stay drafts; whatever was confirmed is taken up without its person."""
        try:
            sids = self._book.open_sids()
        except JournalUnreadable:
            _log.exception("journal of applications cannot be read")
            return
        for sid in sids:
            try:
                dossier = self._book.dossier(sid)
            except (Unsealable, Undecodable, JournalUnreadable):
                _log.exception("application cannot be read", extra={"sid": sid})
                continue
            if dossier is not None:
                self._folders[sid] = _Folder(dossier, owed=[Recovered()])
                self._advance(self._folders[sid])

    def serve(self, order: Order) -> None:
        try:
            self._serve(order)
        except JournalUnwritable:
            _log.error("journal of applications takes nothing")
            self._tell_full(order)
        except Exception:  # noqa: BLE001 - the person must get an answer whatever fails here
            _log.exception("order failed")
            self._tell_full(order)

    def _tell_full(self, order: Order) -> None:
        """The page that waits hears that nothing was handed in."""
        fault = FaultCode.JOURNAL_FULL
        match order:
            case OpenFiling(ticket):
                self._post(FilingOpened(ticket, "", NotSent(fault), self._clock.now().date()))
            case AskCases(ticket):
                self._post(CasesWereSought(ticket, NotSent(fault)))
            case AskStanding(ticket):
                self._post(StandingWasSought(ticket, NotSent(fault)))
            case SendPicture(ticket):
                self._post(PictureWasSent(ticket, NotSent(fault)))
            case LeaveDraft(ticket):
                self._post(DraftWasLeft(ticket, NotSent(fault)))
            case AskAway(ticket):
                self._post(AwayWasSought(ticket, NotSent(fault)))
            case ConfirmFiling(ticket, sid):
                self._post(FilingReported(ticket, Report(sid, Stage.LOST, fault=fault)))
            case _:
                pass

    def _serve(self, order: Order) -> None:
        match order:
            case OpenFiling() | KeepDraft() | LeaveDraft():
                self._serve_draft(order)
            case ConfirmFiling():
                self._confirm(order)
            case RateCase(sid, score):
                self._rate(sid, score)
            case RateAgain():
                self._rate_again(order)
            case AskCases(ticket, person):
                self._post(CasesWereSought(ticket, self._cases(person)))
            case NoticesRead(person, notices):
                self._port.read(_key_of(notices), person, notices)
            case AskStanding(ticket, certno, name):
                self._post(StandingWasSought(ticket, self._port.standing(certno, name)))
            case SendPicture(ticket, person, item, material, photograph):
                self._post(PictureWasSent(ticket, self._port.attach(person, item, material, photograph)))
            case AskAway(ticket, person, area):
                self._post(AwayWasSought(ticket, self._port.care_away(person, area)))
            case Forget(visit):
                self._forget(visit)

    def _cases(self, person: Person) -> Cases | NotSent | Refused | Unknown:
        """With what they were not told yet; a case is shown though nobody could say whether there is news of it."""
        told = self._port.cases(person)
        if not isinstance(told, Cases):
            return told
        delivered = self._port.notices(person)
        found = sort(delivered.rows, told.rows) if isinstance(delivered, Notices) else None
        if found is not None and found.strange:
            _log.warning("notices of other people's cases were delivered", extra={"count": found.strange})
        return replace(told, notices=found.mine if found else None, today=self._clock.now().date())

    def _serve_draft(self, order: Draft) -> None:
        match order:
            case OpenFiling():
                self._open(order)
            case KeepDraft(sid, answers):
                if sid in self._folders:
                    self._note(self._folders[sid], Filled(answers))
            case LeaveDraft(ticket, sid):
                self._post(DraftWasLeft(ticket, self._left(sid)))

    def _open(self, order: OpenFiling) -> None:
        """What the office knows, and what this person left unfinished here or there."""
        told = self._port.prepare(order.person, order.item, order.code)
        if not isinstance(told, Prepared):
            self._post(FilingOpened(order.ticket, "", told, self._clock.now().date()))
            return
        folder = self._draft_of(order)
        if folder is None:
            at = self._now()
            sid = new_sid(int(at.wall * 1000))
            fact = Begun(order.item, order.person.certno)
            self._book.append(sid, fact, at)
            folder = self._folders[sid] = _Folder(begun(sid, fact, at))
        folder.ticket, folder.person = order.ticket, order.person
        there = told.draft if order.code else ()  # whoever brings a slip means what it stands for
        draft = there or folder.dossier.answers or told.draft
        answer = replace(told, draft=draft)
        self._post(FilingOpened(order.ticket, folder.dossier.sid, answer, self._clock.now().date()))

    def _draft_of(self, order: OpenFiling) -> _Folder | None:
        """The newest that this very person left in this very item."""
        mine = [
            folder
            for folder in self._folders.values()
            if folder.dossier.stage is Stage.DRAFT
            and folder.dossier.item == order.item
            and folder.dossier.certno == order.person.certno
        ]
        return mine[-1] if mine else None

    def _confirm(self, order: ConfirmFiling) -> None:
        folder = self._folders.get(order.sid)
        if folder is None or folder.dossier.stage is not Stage.DRAFT:
            return
        folder.ticket = order.ticket
        self._note(folder, Confirmed(order.application))
        self._advance(folder)

    def _rate(self, sid: str, score: Score) -> None:
        folder = self._folders.get(sid)
        if folder is not None and folder.dossier.stage is Stage.LODGED and folder.dossier.score is None:
            self._note(folder, Rated(score))
            self._advance(folder)

    def _rate_again(self, order: RateAgain) -> None:
        """追评 of a case that may have been handed in anywhere: it has a folder of its own until the score is there."""
        at = self._now()
        sid = new_sid(int(at.wall * 1000))
        fact = Begun(order.case.item, order.person.certno)
        self._book.append(sid, fact, at)
        folder = self._folders[sid] = _Folder(begun(sid, fact, at))
        self._note(folder, Answered(Act.FIND, Verdict.YES, case=order.case))
        self._note(folder, Recovered())
        self._note(folder, Rated(order.score))
        self._advance(folder)

    def _left(self, sid: str) -> Kept | NotSent | Refused | Unknown:
        """Its person waits for the code with which they go on elsewhere."""
        folder = self._folders.get(sid)
        if folder is None or folder.person is None or folder.dossier.stage is not Stage.DRAFT:
            return NotSent(FaultCode.OFFICE_UNREACHABLE)
        dossier = folder.dossier
        return self._port.keep(dossier.key, folder.person, dossier.item, dossier.answers)

    def _forget(self, visit: int) -> None:
        """Its person has left: what is unfinished is kept, there too; what was handed in is followed without them."""
        for folder in [one for one in self._folders.values() if one.ticket and one.ticket.visit == visit]:
            self._keep_there(folder)
            folder.ticket = folder.person = None
            folder.owed.append(Recovered())
            self._advance(folder)

    def _keep_there(self, folder: _Folder) -> None:
        """What is unfinished can be continued at another kiosk or a window; without a line it is kept here alone."""
        dossier, person = folder.dossier, folder.person
        if dossier.stage is not Stage.DRAFT or not dossier.answers or person is None:
            return
        try:
            self._port.keep(dossier.key, person, dossier.item, dossier.answers)
        except Exception:  # noqa: BLE001 - a courtesy: the draft is on our disk
            _log.exception("draft not kept", extra={"sid": dossier.sid})

    # --- acting ---

    def advance_due(self) -> None:
        now = self._clock.monotonic()
        for folder in [one for one in self._folders.values() if one.due is not None and one.due <= now]:
            self._advance(folder)

    def _advance(self, folder: _Folder) -> None:
        """Act until the application waits for somebody or for time."""
        folder.due = None
        try:
            while not self._stopping.is_set() and self._once(folder):
                pass
        except JournalUnwritable:
            folder.due = self._clock.monotonic() + _JOURNAL_RETRY
        except Exception:  # noqa: BLE001 - a defect in one application must not stop the others
            _log.exception("application failed", extra={"sid": folder.dossier.sid})
        if folder.dossier.stage is Stage.OVER:
            self._folders.pop(folder.dossier.sid, None)

    def _once(self, folder: _Folder) -> bool:
        if folder.owed:
            self._note(folder, folder.owed[0])
            folder.owed.pop(0)
            return True
        now = self._now()
        match next_act(folder.dossier, now, self._patience):
            case Rest(seconds):
                folder.due = None if seconds is None else now.mono + seconds
                return False
            case End(why):
                self._note(folder, Ended(why))
                return True
            case Do(act, delay):
                if now.mono < folder.tried + delay:
                    folder.due = folder.tried + delay
                    return False
                run_filing(self._call(folder.dossier, act), lambda fact: self._note_of_call(folder, fact))
                folder.tried = self._clock.monotonic()
                return True

    def _call(self, dossier: Dossier, act: Act) -> Call:
        match act:
            case Act.SUBMIT:
                application = dossier.application
                if application is None:
                    raise ValueError("handing in nothing")
                send = self._port.submit
                return Call(act, dossier.key, lambda: send(dossier.key, application), digest_of(application))
            case Act.FIND:
                return Call(act, dossier.key, lambda: self._port.find(dossier.key))
            case Act.RATE:
                score = dossier.score
                if score is None:
                    raise ValueError("no score")
                return Call(act, dossier.score_key, lambda: self._port.rate(dossier.score_key, score))

    def _note_of_call(self, folder: _Folder, fact: Fact) -> None:
        """An answer that finds no room is owed: it may not be lost while we live."""
        try:
            self._note(folder, fact)
        except JournalUnwritable:
            if isinstance(fact, Answered):
                folder.owed.append(fact)
            raise

    def _note(self, folder: _Folder, fact: Fact) -> None:
        """On disk first, then in memory, then on the screen."""
        at = self._now()
        self._book.append(folder.dossier.sid, fact, at)
        folder.dossier = apply(folder.dossier, fact, at)
        report = report_of(folder.dossier)
        if report is not None and folder.ticket is not None and not isinstance(fact, Rated | Intended):
            self._post(FilingReported(folder.ticket, report))

    def _now(self) -> Stamp:
        return stamp(self._clock, self._boot)
