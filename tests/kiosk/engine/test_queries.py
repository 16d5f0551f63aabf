"""Questions that move no money are always answered, and what stops settling is said and taken back."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import cast

import pytest

from kiosk.domain.benefits import ChronicRegistration, HospitalStay, OnFile
from kiosk.domain.insured import Insurance, Person
from kiosk.engine.clock import SystemClock
from kiosk.engine.queries import Queries, Wants
from kiosk.faults import FaultCode
from kiosk.flow.effects import FindBills, FindPaid, FindPerson
from kiosk.flow.events import BillsWereSought, PersonWasSought
from kiosk.flow.paid_events import PaidWereSought
from kiosk.flow.ticket import Ticket
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.hospital import Bills, PaidBills
from kiosk.ports.inquiry import Told
from kiosk.ports.official import NoSheet, Sheet, SheetAsked
from kiosk.ports.settlement import Accepted, PersonFound, PersonMissing, SettlementPort
from tests.kiosk.engine.inbox import Inbox
from tests.support.fakes import World
from tests.support.far_parties import FarEnds
from tests.support.far_platform import MemoryPlatform
from tests.support.people import BATCH, CREDENTIAL, ZHANG

T = Ticket(1, 1)


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def queries(world: World, inbox: Inbox) -> Iterator[Queries]:
    queries = Queries(world.parties, SystemClock(), inbox.post, inbox.faulted, sign_in_retry=0.01)
    yield queries
    queries.stop()


def test_a_person_and_their_bills_are_found(world: World, inbox: Inbox, queries: Queries) -> None:
    queries.start()
    queries.ask(FindPerson(T, CREDENTIAL))
    queries.ask(FindBills(T, ZHANG))
    assert inbox.wait_for(PersonWasSought) == PersonWasSought(T, PersonFound(ZHANG))
    assert inbox.wait_for(BillsWereSought) == BillsWereSought(T, Bills((BATCH,)))


def test_papers_are_asked_for_as_far_back_as_they_are_made_again(
    world: World, inbox: Inbox, queries: Queries, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[date] = []

    def paid(person: Person, since: date) -> PaidBills:
        assert person == ZHANG
        asked.append(since)
        return PaidBills(())

    monkeypatch.setattr(world.hospital, "paid", paid)
    queries.start()
    queries.ask(FindPaid(T, ZHANG))
    inbox.wait_for(PaidWereSought)
    today = SystemClock().now().date()
    assert (today - asked[0]).days in {180, 181}, "midnight may have passed meanwhile"


def test_what_the_far_end_says_is_passed_on(world: World, inbox: Inbox, queries: Queries) -> None:
    world.platform.person_answer = PersonMissing(FaultCode.INSURANCE_STOPPED, "暂停参保")
    world.hospital.bills_answer = NotSent(FaultCode.HOSPITAL_UNREACHABLE)
    queries.start()
    queries.ask(FindPerson(T, CREDENTIAL))
    queries.ask(FindBills(T, ZHANG))
    assert inbox.wait_for(PersonWasSought).answer == world.platform.person_answer
    assert inbox.wait_for(BillsWereSought).answer == world.hospital.bills_answer


@pytest.mark.expected_log("kiosk.engine.queries", logging.ERROR, "query failed")
def test_a_defect_of_an_adapter_is_an_answer_too(
    world: World, inbox: Inbox, queries: Queries, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise RuntimeError("a defect")

    monkeypatch.setattr(world.platform, "find_person", fail)
    monkeypatch.setattr(world.hospital, "unpaid", fail)
    queries.start()
    queries.ask(FindPerson(T, CREDENTIAL))
    queries.ask(FindBills(T, ZHANG))
    broken = Unknown(FaultCode.REPLY_BROKEN, "defect")
    assert inbox.wait_for(PersonWasSought).answer == broken
    assert inbox.wait_for(BillsWereSought).answer == broken


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (NotSent(FaultCode.PLATFORM_UNREACHABLE), FaultCode.PLATFORM_UNREACHABLE),
        (NotSent(FaultCode.CERTIFICATE_NOT_OURS), FaultCode.CERTIFICATE_NOT_OURS),
        (Refused(FaultCode.BILL_REFUSED, "机构停用"), FaultCode.SIGN_IN_REFUSED),
        (Unknown(FaultCode.REPLY_BROKEN), FaultCode.PLATFORM_UNREACHABLE),
    ],
)
def test_a_platform_that_does_not_take_us_is_said_and_taken_back(
    world: World, inbox: Inbox, queries: Queries, answer: NotSent | Refused | Unknown, fault: FaultCode
) -> None:
    world.platform.signed_in = answer
    queries.start()
    inbox.wait_until(lambda: inbox.faults == {fault})
    world.platform.signed_in = Accepted()
    inbox.wait_until(lambda: inbox.faults == set())


def test_one_fault_takes_the_place_of_the_other(world: World, inbox: Inbox, queries: Queries) -> None:
    world.platform.signed_in = NotSent(FaultCode.PLATFORM_UNREACHABLE)
    queries.start()
    inbox.wait_until(lambda: inbox.faults == {FaultCode.PLATFORM_UNREACHABLE})
    world.platform.signed_in = Refused(FaultCode.SIGN_IN_REFUSED)
    inbox.wait_until(lambda: inbox.faults == {FaultCode.SIGN_IN_REFUSED})


@pytest.mark.expected_log("kiosk.engine.queries", logging.ERROR, "sign-in failed")
def test_a_sign_in_that_throws_is_a_platform_that_cannot_be_reached(
    world: World, inbox: Inbox, queries: Queries, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise RuntimeError("a defect")

    with monkeypatch.context() as patch:
        patch.setattr(world.platform, "sign_in", fail)
        queries.start()
        inbox.wait_until(lambda: inbox.faults == {FaultCode.PLATFORM_UNREACHABLE})
    inbox.wait_until(lambda: inbox.faults == set())


def test_nobody_waits_for_somebody_elses_sheet(world: World, inbox: Inbox, queries: Queries) -> None:
    """Two megabytes over a slow line: bills are found meanwhile, and the sheet is printed when it is there."""
    begun, arrived, told = threading.Event(), threading.Event(), queue.SimpleQueue[Sheet | NoSheet]()

    class Slow(MemoryPlatform):
        def official(self, asked: SheetAsked) -> Sheet:
            assert asked.setl_id == "S1"
            begun.set()
            assert arrived.wait(10)
            return Sheet(b"%PDF-1.4 %%EOF")

    world.platform.__class__ = Slow
    queries.start()
    queries.fetch(SheetAsked(ZHANG.psn_no, "S1", "000000"), told.put)
    assert begun.wait(10)
    queries.ask(FindBills(T, ZHANG))
    assert isinstance(inbox.wait_for(BillsWereSought).answer, Bills)
    assert told.empty()
    arrived.set()
    assert told.get(timeout=10) == Sheet(b"%PDF-1.4 %%EOF")


@pytest.mark.expected_log("kiosk.engine.fetching", logging.ERROR, "official sheet failed")
def test_a_platform_without_sheets_and_one_that_fails_have_none(world: World, queries: Queries) -> None:
    class Failing(MemoryPlatform):
        def official(self, asked: SheetAsked) -> Sheet:
            raise RuntimeError(f"a defect with {asked.setl_id}")

    told, asked = queue.SimpleQueue[Sheet | NoSheet](), SheetAsked(ZHANG.psn_no, "S1", "000000")
    queries.start()
    queries.fetch(asked, told.put)
    assert told.get(timeout=10) == NotSent(FaultCode.OFFICIAL_NOT_MADE)

    world.platform.__class__ = Failing
    queries.fetch(asked, told.put)
    assert told.get(timeout=10) == Unknown(FaultCode.OFFICIAL_SILENT, "defect")


def test_a_visit_that_begins_finds_the_line_open(world: World, inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """The greeting goes before the question that follows it, however rarely the idle thread looks."""
    calls: list[str] = []

    def sign_in() -> Accepted:
        calls.append("sign_in")
        return Accepted()

    def find_person(_: object) -> PersonFound:
        calls.append("find_person")
        return PersonFound(ZHANG)

    monkeypatch.setattr(world.platform, "sign_in", sign_in)
    monkeypatch.setattr(world.platform, "find_person", find_person)
    queries = Queries(world.parties, SystemClock(), inbox.post, inbox.faulted, sign_in_retry=600, look=lambda: None)
    queries.start()
    queries.greet()
    queries.ask(FindPerson(T, CREDENTIAL))
    inbox.wait_for(PersonWasSought)
    queries.stop()
    assert calls == ["sign_in", "sign_in", "find_person"]


def test_a_person_who_is_found_proves_that_the_platform_is_there(world: World, inbox: Inbox) -> None:
    world.platform.signed_in = NotSent(FaultCode.PLATFORM_UNREACHABLE)
    queries = Queries(world.parties, SystemClock(), inbox.post, inbox.faulted, sign_in_retry=600)
    queries.start()
    inbox.wait_until(lambda: inbox.faults == {FaultCode.PLATFORM_UNREACHABLE})
    queries.ask(FindPerson(T, CREDENTIAL))
    inbox.wait_until(lambda: inbox.faults == set())
    queries.stop()


def test_what_is_to_be_watched_is_looked_at_while_nobody_asks(world: World, inbox: Inbox) -> None:
    looked = threading.Semaphore(0)
    queries = Queries(world.parties, SystemClock(), inbox.post, inbox.faulted, sign_in_retry=0.01, look=looked.release)
    queries.start()
    assert [looked.acquire(timeout=20) for _ in range(3)] == [True] * 3
    queries.stop()


@pytest.mark.expected_log("kiosk.engine.queries", logging.ERROR, "a watch failed")
def test_a_watch_that_fails_keeps_nobody_waiting(world: World, inbox: Inbox) -> None:
    def fail() -> None:
        raise RuntimeError("a defect")

    queries = Queries(world.parties, SystemClock(), inbox.post, inbox.faulted, sign_in_retry=600, look=fail)
    queries.start()
    queries.greet()
    queries.ask(FindPerson(T, CREDENTIAL))
    assert inbox.wait_for(PersonWasSought).answer == PersonFound(ZHANG)
    queries.stop()


class AskingPlatform(MemoryPlatform):
    """A platform that can be asked what is on file; `answers` are given in turn."""

    def __init__(self, far: FarEnds, chronic: object, stays: object) -> None:
        super().__init__(far)
        self._chronic, self._stays = chronic, stays
        self.asked: list[str] = []

    @property
    def inquiries(self) -> AskingPlatform:
        return self

    def chronic_registrations(self, person: Person, insurance: Insurance) -> object:
        del person, insurance
        self.asked.append("5301")
        return self._chronic

    def stays(self, person: Person, insurance: Insurance, since: date, until: date) -> object:
        del person, insurance
        assert (until - since).days == 730
        self.asked.append("5303")
        return self._stays


DIABETES = ChronicRegistration("M01600", "糖尿病")
STAY = HospitalStay("S1", "310", "21")


@pytest.mark.parametrize(
    ("chronic", "stays", "wants", "on_file", "asked"),
    [
        (Told((DIABETES,)), Told((STAY,)), Wants(True, True), OnFile((DIABETES,), (STAY,)), ["5301", "5303"]),
        (Told((DIABETES,)), Told((STAY,)), Wants(), OnFile(), []),
        (Unknown(FaultCode.REPLY_BROKEN), Told(()), Wants(True, True), OnFile(), ["5301", "5303"]),
        (Told(()), Refused(FaultCode.INQUIRY_REFUSED), Wants(stays=True), OnFile(), ["5303"]),
    ],
    ids=["both", "nothing wanted", "no answer to one", "one refused"],
)
def test_what_is_on_file_is_asked_with_the_bills_and_keeps_nobody_from_paying(
    chronic: object, stays: object, wants: Wants, on_file: OnFile, asked: list[str], inbox: Inbox
) -> None:
    world = World()
    platform = AskingPlatform(world.far, chronic, stays)
    parties = replace(world.parties, settlement=cast("SettlementPort", platform))
    queries = Queries(parties, SystemClock(), inbox.post, inbox.faulted, sign_in_retry=600, wants=wants)
    queries.start()
    queries.ask(FindBills(Ticket(1, 1), ZHANG))
    told = inbox.wait_for(BillsWereSought, 1)
    queries.stop()
    assert isinstance(told.answer, Bills)
    assert (told.on_file, platform.asked) == (on_file, asked)
