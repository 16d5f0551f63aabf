"""The filing thread: on the disk first, found again after a kill, and silent about whoever has left."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import pytest

from kiosk.domain.filing import Answers, Application, Case, CaseState, Score
from kiosk.domain.insured import Person
from kiosk.domain.notices import Notice, NoticeKind
from kiosk.domain.personal import PersonName, ResidentId, Typed
from kiosk.engine.clock import SystemClock
from kiosk.engine.registry import Registry
from kiosk.faults import FaultCode
from kiosk.filing.course import Patience, Stage
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
from kiosk.journal.filings import FilingBook, dossiers_in
from kiosk.journal.store import JournalUnwritable
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.clock import BEIJING
from kiosk.ports.filing import Attached, Away, Cases, Failure, Kept, Noted, Notices, NotLodged, Prepared, Standing
from kiosk.ports.photograph import Photograph
from tests.support.people import LI, ZHANG

TICKET = Ticket(1, 5)
ANSWERS: Answers = (("mobile", Typed("13900000001")),)
APPLICATION = Application("info-change", "MN007", "000000 1", ZHANG, ANSWERS)
CODE = "YBD1.info-change.0123456789ABCDEF.20261203.0123456789abcdef0123"
LOST = Unknown(FaultCode.OFFICE_UNREACHABLE, "ReadTimeout")


@dataclass
class FakeOffice:
    """Behaves as an office: one case a key. `submit_says` and `find_says` spoil the next answers."""

    cases_by_key: dict[str, Case] = field(default_factory=dict[str, Case])
    submits: list[str] = field(default_factory=list[str])
    spoil: list[Callable[[], None]] = field(default_factory=list[Callable[[], None]])
    submit_says: list[Failure] = field(default_factory=list[Failure])
    arrives: bool = True
    kept: dict[str, Answers] = field(default_factory=dict[str, Answers])
    scores: list[Score] = field(default_factory=list[Score])
    away: bool = False
    delivered: list[Notice] = field(default_factory=list[Notice])
    notices_say: Failure | None = None
    told_read: list[tuple[str, tuple[str, ...]]] = field(default_factory=list[tuple[str, tuple[str, ...]]])

    def prepare(self, person: Person, item: str, code: str = "") -> Prepared | Failure:
        if code and code != CODE:
            return Refused(FaultCode.FILING_REFUSED, "这张续办单不是您的")
        return NotSent(FaultCode.OFFICE_UNREACHABLE) if self.away else Prepared(draft=self.kept.get(item, ()))

    def submit(self, key: str, application: Application) -> Case | Failure:
        self.submits.append(key)
        if self.arrives and key not in self.cases_by_key:
            number = f"MN{len(self.cases_by_key) + 1}"
            self.cases_by_key[key] = Case(number, application.item, CaseState.IN_FORCE, date(2026, 11, 26))
        if self.submit_says:
            return self.submit_says.pop(0)
        return self.cases_by_key[key]

    def find(self, key: str) -> Case | NotLodged | Failure:
        if self.away:
            return LOST
        return self.cases_by_key.get(key, NotLodged())

    def keep(self, key: str, person: Person, item: str, answers: Answers) -> Kept | Failure:
        if self.away:
            return NotSent(FaultCode.OFFICE_UNREACHABLE)
        self.kept[item] = answers
        return Kept(CODE, date(2026, 12, 3))

    def cases(self, person: Person) -> Cases | Failure:
        return Cases(tuple(self.cases_by_key.values()))

    def notices(self, person: Person) -> Notices | Failure:
        return self.notices_say or Notices(tuple(self.delivered))

    def read(self, key: str, person: Person, notices: tuple[str, ...]) -> Noted | Failure:
        self.told_read.append((key, notices))
        return Noted()

    def standing(self, certno: ResidentId, name: PersonName | None) -> Standing | Failure:
        return Standing(())

    def attach(self, person: Person, item: str, material: str, photograph: Photograph) -> Attached | Failure:
        return Attached(f"{item}/{material}")

    def care_away(self, person: Person, area: str) -> Away | Failure:
        return Away(missing=area == "000000")

    def rate(self, key: str, score: Score) -> Noted | Failure:
        if self.away:
            return NotSent(FaultCode.OFFICE_UNREACHABLE)
        self.scores.append(score)
        return Noted()


class Desk:
    """A registry without its thread: orders are served where they are given."""

    def __init__(self, folder: Path, office: FakeOffice, retry: float = 0.0) -> None:
        self.folder, self.office = folder, office
        self.told: list[Event] = []
        self.book = FilingBook(folder)
        patience = Patience(longest=0.0, first=retry, most=retry)
        self.registry = Registry(self.book, office, SystemClock(), "boot", self.told.append, patience)
        self.registry.recover()

    def open(self, person: Person = ZHANG, item: str = "info-change") -> FilingOpened:
        self.registry.serve(OpenFiling(TICKET, person, item))
        found = self.told[-1]
        assert isinstance(found, FilingOpened)
        return found

    def hand_in(self) -> str:
        sid = self.open().sid
        self.registry.serve(KeepDraft(sid, ANSWERS))
        self.registry.serve(ConfirmFiling(TICKET, sid, APPLICATION))
        return sid

    def stage(self, sid: str) -> Stage | None:
        found = self.registry.dossiers().get(sid)
        return found.stage if found else None

    def reports(self) -> list[Stage]:
        return [one.report.stage for one in self.told if isinstance(one, FilingReported)]


@pytest.fixture
def office() -> FakeOffice:
    return FakeOffice()


@pytest.fixture
def desk(tmp_path: Path, office: FakeOffice) -> Iterator[Desk]:
    made = Desk(tmp_path, office)
    yield made
    made.book.close()


def again(desk: Desk, retry: float = 0.0) -> Desk:
    """Another start of the program on the same disk."""
    desk.book.close()
    return Desk(desk.folder, desk.office, retry)


def test_a_case_is_told_to_the_page_that_handed_it_in(desk: Desk) -> None:
    sid = desk.hand_in()
    assert desk.reports() == [Stage.LODGED]
    assert desk.stage(sid) is Stage.LODGED
    assert desk.office.submits == [f"F{sid}"]


def test_a_lost_reply_is_found_by_its_key_and_nothing_is_sent_twice(desk: Desk) -> None:
    desk.office.submit_says = [LOST]
    sid = desk.hand_in()
    assert desk.reports() == [Stage.SOUGHT, Stage.LODGED]
    assert desk.office.submits == [f"F{sid}"]


def test_a_lost_request_is_sent_again_under_the_same_key_while_the_person_waits(desk: Desk) -> None:
    office = desk.office
    office.submit_says, office.arrives = [LOST], False
    original = office.find

    def find(key: str) -> Case | NotLodged | Failure:
        office.arrives = True
        return original(key)

    office.find = find  # type: ignore[method-assign]
    sid = desk.hand_in()
    assert office.submits == [f"F{sid}", f"F{sid}"]
    assert len(office.cases_by_key) == 1


def test_the_intent_is_on_the_disk_before_the_first_byte(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    sid = desk.open().sid
    seen: list[str] = []
    submit = desk.office.submit

    def looking(key: str, application: Application) -> Case | Failure:
        seen.extend(str(one.open_act) for one in dossiers_in(desk.folder) if one.sid == sid)
        return submit(key, application)

    monkeypatch.setattr(desk.office, "submit", looking)
    desk.registry.serve(ConfirmFiling(TICKET, sid, APPLICATION))
    assert seen == ["submit"]


@pytest.mark.expected_log("kiosk.engine.registry", 40, "journal of applications takes nothing")
def test_a_full_disk_sends_nothing_and_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    sid = desk.open().sid

    def full(*_arguments: object) -> None:
        raise JournalUnwritable("SQLITE_FULL")

    monkeypatch.setattr(desk.book, "append", full)
    desk.registry.serve(ConfirmFiling(TICKET, sid, APPLICATION))
    assert desk.office.submits == []
    (report,) = [one.report for one in desk.told if isinstance(one, FilingReported)]
    assert (report.stage, report.fault) == (Stage.LOST, FaultCode.JOURNAL_FULL)


def test_a_draft_survives_a_power_cut_and_is_its_persons_alone(desk: Desk) -> None:
    sid = desk.open().sid
    desk.registry.serve(KeepDraft(sid, ANSWERS))
    later = again(desk)
    mine = later.open()
    assert (mine.sid, mine.answer) == (sid, Prepared(draft=ANSWERS))
    theirs = later.open(LI)
    assert theirs.sid != sid
    assert theirs.answer == Prepared()
    later.book.close()


def test_a_draft_that_is_left_is_kept_at_the_office_for_another_kiosk(desk: Desk, tmp_path: Path) -> None:
    desk.registry.serve(KeepDraft(desk.open().sid, ANSWERS))
    desk.registry.serve(Forget(TICKET.visit))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    other = Desk(elsewhere, desk.office)
    assert other.open().answer == Prepared(draft=ANSWERS)
    other.book.close()


def test_a_slip_means_what_the_office_has_and_not_what_lies_here_from_before(desk: Desk) -> None:
    """Half filled in here, gone on with elsewhere, and back here with the slip of there."""
    desk.registry.serve(KeepDraft(desk.open().sid, ANSWERS))
    newer = (("mobile", Typed("13900000002")),)
    desk.office.kept["info-change"] = newer
    desk.registry.serve(OpenFiling(TICKET, ZHANG, "info-change", CODE))
    found = desk.told[-1]
    assert isinstance(found, FilingOpened)
    assert found.answer == Prepared(draft=newer)
    desk.registry.serve(OpenFiling(TICKET, ZHANG, "info-change", "another's"))
    found = desk.told[-1]
    assert isinstance(found, FilingOpened)
    assert found.answer == Refused(FaultCode.FILING_REFUSED, "这张续办单不是您的")


def test_whoever_waits_for_a_slip_hears_whether_the_office_has_the_draft(desk: Desk) -> None:
    sid = desk.open().sid
    desk.registry.serve(KeepDraft(sid, ANSWERS))
    desk.registry.serve(LeaveDraft(TICKET, sid))
    assert desk.told[-1] == DraftWasLeft(TICKET, Kept(CODE, date(2026, 12, 3)))
    assert desk.office.kept == {"info-change": ANSWERS}
    desk.office.away = True
    desk.registry.serve(LeaveDraft(TICKET, sid))
    assert desk.told[-1] == DraftWasLeft(TICKET, NotSent(FaultCode.OFFICE_UNREACHABLE))
    desk.registry.serve(LeaveDraft(TICKET, "nobody's"))
    assert desk.told[-1] == DraftWasLeft(TICKET, NotSent(FaultCode.OFFICE_UNREACHABLE))


def notice(number: int, case_no: str = "MN1", kind: NoticeKind = NoticeKind.ACCEPTED) -> Notice:
    return Notice(f"N{number}", number, case_no, kind, datetime(2026, 11, 26, 9, tzinfo=BEIJING))


def asked(desk: Desk) -> Cases:
    desk.registry.serve(AskCases(TICKET, ZHANG))
    found = desk.told[-1]
    assert isinstance(found, CasesWereSought)
    assert isinstance(found.answer, Cases)
    return found.answer


def test_what_a_person_was_not_told_yet_comes_with_their_cases(desk: Desk) -> None:
    desk.hand_in()
    desk.office.delivered = [notice(2, kind=NoticeKind.DECIDED), notice(1), notice(2, kind=NoticeKind.DECIDED)]
    told = asked(desk)
    assert told.notices is not None
    assert [one.number for one in told.notices] == [2, 1], "twice and out of order, it is each once and newest first"
    assert told.today is not None


@pytest.mark.expected_log("kiosk.engine.registry", logging.WARNING, "notices of other people's cases")
def test_a_notice_of_somebody_elses_case_is_shown_to_nobody(desk: Desk) -> None:
    desk.hand_in()
    desk.office.delivered = [notice(1), notice(2, "MN2026010199999999")]
    assert asked(desk).notices == (notice(1),)


def test_cases_are_shown_though_nobody_can_say_whether_there_is_news(desk: Desk) -> None:
    desk.hand_in()
    desk.office.notices_say = NotSent(FaultCode.OFFICE_UNREACHABLE)
    told = asked(desk)
    assert (len(told.rows), told.notices) == (1, None)


def test_what_was_read_is_told_under_one_key_however_often(desk: Desk) -> None:
    for _ in range(2):
        desk.registry.serve(NoticesRead(ZHANG, ("N2", "N1")))
    (first, second) = desk.office.told_read
    assert first == second
    assert first[1] == ("N2", "N1")


def test_what_was_unknown_when_the_power_went_is_found_at_the_next_start(desk: Desk) -> None:
    sid = desk.open().sid
    desk.office.submit_says, desk.office.away = [LOST], True
    monitor = desk.registry._stopping

    def dark(key: str, application: Application) -> Case | Failure:
        monitor.set()  # the power goes while the answer is awaited
        return FakeOffice.submit(desk.office, key, application)

    desk.office.submit = dark  # type: ignore[method-assign]
    desk.registry.serve(ConfirmFiling(TICKET, sid, APPLICATION))
    assert desk.stage(sid) is Stage.SOUGHT
    desk.office.away = False
    later = again(desk)
    later.registry.advance_due()
    assert [one.stage for one in dossiers_in(desk.folder)] == [Stage.OVER]
    assert list(desk.office.cases_by_key) == [f"F{sid}"]
    later.book.close()


def test_scores_wait_for_a_line(desk: Desk) -> None:
    sid = desk.hand_in()
    desk.office.away = True
    desk.registry._patience = Patience(longest=0.0, first=30.0, most=30.0)
    desk.registry.serve(RateCase(sid, Score("MN1", 4)))
    assert desk.office.scores == []
    later = again(desk, retry=30.0)
    assert later.office.scores == []
    later.office.away = False
    final = again(later)
    assert final.office.scores == [Score("MN1", 4)]
    final.book.close()


def test_a_second_score_is_not_taken(desk: Desk) -> None:
    sid = desk.hand_in()
    desk.registry.serve(RateCase(sid, Score("MN1", 4)))
    desk.registry.serve(RateCase(sid, Score("MN1", 1)))
    assert desk.office.scores == [Score("MN1", 4)]


def test_a_case_handed_in_anywhere_is_rated_again_and_the_score_survives_a_power_cut(desk: Desk) -> None:
    desk.office.away = True
    desk.registry._patience = Patience(longest=0.0, first=30.0, most=30.0)
    case = Case("MN9", "transfer", CaseState.IN_FORCE, date(2026, 11, 26), again=True)
    desk.registry.serve(RateAgain(ZHANG, case, Score("MN9", 5)))
    assert desk.office.scores == []
    later = again(desk, retry=30.0)
    assert later.office.scores == []
    later.office.away = False
    final = again(later)
    assert final.office.scores == [Score("MN9", 5)]
    assert {one.stage for one in dossiers_in(final.folder)} == {Stage.OVER}
    assert final.open().answer == Prepared()
    final.book.close()


def test_questions_are_answered_to_whoever_asked(desk: Desk) -> None:
    desk.hand_in()
    desk.registry.serve(AskCases(TICKET, ZHANG))
    desk.registry.serve(AskStanding(TICKET, ZHANG.certno, ZHANG.name))
    desk.registry.serve(AskAway(TICKET, ZHANG, "000000"))
    desk.registry.serve(SendPicture(TICKET, ZHANG, "transfer", "list", Photograph(b"", 1, 1)))
    cases, standing, away, picture = desk.told[-4:]
    assert picture == PictureWasSent(TICKET, Attached("transfer/list"))
    assert away == AwayWasSought(TICKET, Away(missing=True))
    assert isinstance(cases, CasesWereSought)
    assert isinstance(cases.answer, Cases)
    assert isinstance(standing, StandingWasSought)


@pytest.mark.expected_log("kiosk.engine.registry", 40, "order failed")
def test_a_defect_of_the_adapter_is_told_as_no_answer(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_person: Person) -> Cases:
        raise ZeroDivisionError

    monkeypatch.setattr(desk.office, "cases", broken)
    desk.registry.serve(AskCases(TICKET, ZHANG))
    assert isinstance(desk.told[-1], CasesWereSought)
    assert isinstance(desk.told[-1].answer, NotSent)


def test_nothing_of_the_person_is_readable_in_the_file(desk: Desk) -> None:
    desk.hand_in()
    raw = b"".join(path.read_bytes() for path in desk.folder.glob("filings.db*"))
    for secret in ("13900000001", "111111198101011110", "张三"):
        assert secret.encode() not in raw
    assert desk.book.verify() is None
