"""The whole kiosk in memory, on its real threads: visits from card to farewell, and what breaks in between."""

from __future__ import annotations

import gc
import logging
import threading
import weakref
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from kiosk.audit import verify
from kiosk.domain.codes import CertType
from kiosk.domain.insured import CardIdentity, Credential, Validity
from kiosk.domain.money import Money
from kiosk.domain.paper import Line, PaperShape, Slip
from kiosk.domain.personal import CardNumber, CardSerial, PersonName, PersonNumber, Portrait, ResidentId
from kiosk.engine.clock import SystemClock
from kiosk.faults import FaultCode
from kiosk.flow.events import BillChosen, Continued, Entered, Left, LookChosen
from kiosk.flow.rules import Door, Look, Rules
from kiosk.flow.states import (
    AwaitingCard,
    AwaitingCode,
    ChoosingBill,
    Confirming,
    Explaining,
    Failed,
    Farewell,
    FindingPerson,
    Home,
    NextSteps,
    OutOfService,
    ReadingIdCard,
)
from kiosk.ports.answers import NotSent
from kiosk.ports.camera import Frame
from kiosk.ports.documents import PaidBill, Site
from kiosk.ports.id_reader import IdCardPlaced
from kiosk.ports.settlement import Accepted, PersonFound
from kiosk.saga.entry import Course
from tests.kiosk.engine.house import House, PlainDocuments
from tests.kiosk.engine.inbox import wait_until
from tests.support.fakes import World
from tests.support.far_parties import Misfortune, Trouble
from tests.support.people import ID_CARD, IDENTITY, ZHANG


@pytest.fixture
def rules() -> Rules:
    return Rules(farewell_page=0.0)


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def house(tmp_path: Path, world: World, rules: Rules, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    monkeypatch.setattr("kiosk.engine.workers._REOPEN_SECONDS", (0.01,))
    house = House(tmp_path, world, rules)
    yield house.start()
    house.stop()
    assert verify(tmp_path / "audit.jsonl") is None


def walk_to_code(house: House, card: CardIdentity = IDENTITY, number: int = 1) -> None:
    house.reader.insert(card)
    house.see(ChoosingBill, number)
    house.send(BillChosen("B1"))
    house.see(Explaining, number)
    house.send(Continued())
    house.see(Confirming, number)
    house.send(Continued())
    house.see(AwaitingCode, number)
    assert house.scanner.scanning.wait(20)


def test_a_visit_from_card_to_farewell(house: House, world: World) -> None:
    walk_to_code(house)
    house.scanner.show("134500000000000001")
    page = house.see(
        NextSteps, 1, lambda page: page.paid[0].paper.receipt is not None and page.paid[0].paper.statement is not None
    )
    assert [item.text for item in house.printer.slips[0].items if isinstance(item, Line)] == [
        f"receipt {page.paid[0].number}"
    ]
    assert house.pages.pages == [page.paid[0].number]
    house.send(Left())
    assert house.see(Farewell).card_in
    house.reader.remove()
    house.see_home(1)
    wait_until(lambda: house.till.entries() == {})
    entry = house.book.entry(page.paid[0].sid)
    assert entry is not None
    assert (entry.course, entry.printed) == (Course.CLOSED, True)
    assert world.ledger.booked("B1")


@pytest.mark.parametrize(("look", "large"), [(Look.ELDER, True), (Look.CONTRAST_DARK, False)])
def test_who_reads_large_letters_gets_a_slip_in_large_print(house: House, look: Look, *, large: bool) -> None:
    walk_to_code(house)
    house.send(LookChosen(look))
    house.scanner.show("134500000000000001")
    house.see(NextSteps, 1, lambda page: page.paid[0].paper.receipt is not None)
    assert [slip.shape.large for slip in house.printer.slips] == [large]


def test_nothing_of_a_patient_stays_in_memory_after_the_farewell(house: House, world: World) -> None:
    """A person made for this test alone: when they have left, only the test itself could still hold them."""
    identity = replace(
        IDENTITY,
        card_serial=CardSerial("00" * 16),
        name=PersonName("王大山"),
        resident_id=ResidentId("111111197001011112"),
        card_number=CardNumber("X00000033"),
    )
    person = replace(
        ZHANG,
        psn_no=PersonNumber("00000000000000000009"),
        name=PersonName("王大山"),
        certno=ResidentId("111111197001011112"),
        credential=replace(ZHANG.credential, number=CardNumber("X00000033"), name=PersonName("王大山")),
    )
    seen = [weakref.ref(value) for value in (person.name, person.psn_no, person.certno, identity.card_serial)]
    world.platform.person_answer = PersonFound(person)
    walk_to_code(house, identity)
    house.scanner.show("134500000000000001")
    house.see(
        NextSteps, 1, lambda page: page.paid[0].paper.receipt is not None and page.paid[0].paper.statement is not None
    )
    house.send(Left())
    house.reader.remove()
    house.reader._card = None
    house.see_home(1)
    wait_until(lambda: house.till.entries() == {})
    world.platform.person_answer = None
    del identity, person
    house.shown.items.clear()
    house.send(Continued())  # the threads let go of what they had in hand last
    wait_until(lambda: (gc.collect(), all(ref() is None for ref in seen))[1])


def test_a_visit_with_the_id_card_and_nothing_of_it_stays(house: House, world: World) -> None:
    """The photograph is let go of when the reading is over, name and number when the visit is."""
    identity = replace(ID_CARD, name=PersonName("王大山"), number=ResidentId("111111197001011112"))
    credential = Credential(CertType.RESIDENT_ID, identity.number, name=identity.name)
    person = replace(ZHANG, name=PersonName("王大山"), certno=identity.number, credential=credential)
    seen = [weakref.ref(value) for value in (person.name, identity.number, identity.name)]
    world.platform.person_answer = PersonFound(person)
    others = {id(each) for each in gc.get_objects() if isinstance(each, Portrait)}  # samples of other tests' modules
    house.id_reader.lay(identity)
    house.see(ChoosingBill)
    wait_until(
        lambda: (gc.collect(), {id(each) for each in gc.get_objects() if isinstance(each, Portrait)} <= others)[1]
    )
    house.id_reader.lift()
    house.send(Left())
    assert not house.see(Farewell).card_in
    house.see_home(1)
    world.platform.person_answer = None
    del identity, person, credential
    house.shown.items.clear()
    house.send(Continued())
    wait_until(lambda: (gc.collect(), all(ref() is None for ref in seen))[1])


def test_an_id_card_is_good_until_its_last_day_is_over(house: House) -> None:
    """By the kiosk's own day, in Beijing."""
    today = SystemClock().now().date()
    house.send(Entered(Door.OUTPATIENT)).see(AwaitingCard)
    house.id_reader.lay(replace(ID_CARD, validity=Validity(date(2006, 1, 1), today - timedelta(days=1))))
    house.see(ReadingIdCard)
    assert house.see(AwaitingCard, where=lambda page: page.again is not None).again is FaultCode.CARD_EXPIRED
    house.id_reader.lift()
    house.id_reader.lay(replace(ID_CARD, validity=Validity(date(2006, 1, 1), today + timedelta(days=1))))
    house.see(FindingPerson)


def test_the_camera_has_no_picture_of_somebody_who_left(house: House) -> None:
    """Not even for a page that looks on."""
    house.send(Entered(Door.OUTPATIENT)).see(AwaitingCard)
    with house.frames.look() as look:
        house.frames.put(Frame(bytes(3), 1, 1, 0, SystemClock().monotonic()))
        assert look.newest() is not None
        house.send(Left()).see(Farewell)
        wait_until(lambda: look.newest() is None)


@pytest.mark.expected_log("kiosk.engine.workers", logging.ERROR, "device thread failed")
def test_an_id_reader_that_breaks_while_it_reads_leaves_the_slot(house: House) -> None:
    house.send(Entered(Door.OUTPATIENT)).see(AwaitingCard)
    house.id_reader.breaks_reading = True
    house.id_reader.lay(ID_CARD)
    assert house.see(AwaitingCard, 1, lambda page: page.again is not None).again is FaultCode.ID_READER_GONE
    house.reader.insert(IDENTITY)
    house.see(ChoosingBill)


def test_a_kiosk_without_a_plate_has_the_slot(tmp_path: Path, world: World, rules: Rules) -> None:
    """Not that anybody could lay a card down there: the fake one tells of it all the same."""
    house = House(tmp_path, world, rules, with_id_reader=False)
    house.start()
    try:
        house.send(IdCardPlaced())
        assert house.see(AwaitingCard).again is FaultCode.ID_READER_GONE
    finally:
        house.stop()


def test_the_next_patient_is_served_and_pays_their_own(house: House, world: World) -> None:
    walk_to_code(house)
    house.send(Left())
    house.see(Farewell)
    house.reader.remove()
    house.see_home(1)
    walk_to_code(house, number=2)
    house.scanner.show("134500000000000001")
    house.see(NextSteps)
    assert world.ledger.collected() - world.ledger.refunded() == Money(1000)


def test_a_code_shown_after_the_page_is_gone_is_seen_by_nobody(house: House, world: World) -> None:
    walk_to_code(house)
    house.send(Left())
    house.see(Farewell)
    wait_until(lambda: not house.scanner.scanning.is_set())
    house.scanner.show("134500000000000001")
    assert "collect" not in world.calls()


@pytest.mark.parametrize("world", [World([Misfortune("settle", Trouble.LOST_REPLY)])])
def test_a_lost_settlement_is_undone_in_front_of_the_patient(house: House, world: World) -> None:
    walk_to_code(house)
    house.scanner.show("134500000000000001")
    page = house.see(Failed)
    assert (page.fault, page.amount) == (FaultCode.SETTLEMENT_UNKNOWN, Money(1000))
    assert world.ledger.refunded() == Money(1000)
    assert house.printer.slips == []


@pytest.mark.parametrize("rules", [Rules(patient_waits=0.05)])
@pytest.mark.parametrize("world", [World([Misfortune("book", Trouble.LOST_REQUEST, nth) for nth in range(1, 40)])])
def test_whoever_cannot_wait_leaves_with_a_slip(house: House, world: World) -> None:
    walk_to_code(house)
    house.scanner.show("134500000000000001")
    page = house.see(Failed)
    wait_until(lambda: len(house.printer.slips) == 1)
    texts = [item.text for item in house.printer.slips[0].items if isinstance(item, Line)]
    assert texts == [f"pending {page.number}", "what S05"]
    wait_until(lambda: world.ledger.booked("B1"))


@pytest.mark.expected_log("kiosk.engine.workers", logging.ERROR, "device thread failed")
def test_a_driver_that_dies_while_reading_does_not_keep_the_patient(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.see(Home)
    wait_until(lambda: house.reader.opened == 1)
    monkeypatch.setattr(house.reader, "read", _broken)
    house.reader.insert(IDENTITY)
    page = house.see(Failed)
    assert page.fault is FaultCode.CARD_READER_GONE
    wait_until(lambda: house.reader.opened == 2)


def _broken(*_: object) -> None:
    raise RuntimeError("a vendor library")


@pytest.mark.expected_log("kiosk.engine.workers", logging.ERROR, "device thread failed")
def test_a_printer_that_dies_costs_the_receipt_and_not_the_visit(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(house.printer, "print", _broken)
    walk_to_code(house)
    house.scanner.show("134500000000000001")
    page = house.see(NextSteps, 1, lambda page: page.paid[0].paper.receipt is not None)
    wait_until(lambda: (found := house.book.entry(page.paid[0].sid)) is not None and found.course is Course.CLOSED)
    entry = house.book.entry(page.paid[0].sid)
    assert entry is not None
    assert entry.printed is False


def test_paper_out_is_said_and_noted(house: House) -> None:
    house.printer.fault = FaultCode.PAPER_OUT
    house.pages.fault = FaultCode.PAGE_PRINTER_GONE
    walk_to_code(house)
    house.scanner.show("134500000000000001")
    page = house.see(
        NextSteps, 1, lambda page: page.paid[0].paper.receipt is not None and page.paid[0].paper.statement is not None
    )
    assert getattr(page.paid[0].paper.receipt, "fault", None) is FaultCode.PAPER_OUT
    assert page.paid[0].paper.statement is False


class BrokenDocuments(PlainDocuments):
    """Cannot write this bill."""

    def receipt(self, bill: PaidBill, site: Site, shape: PaperShape) -> Slip:
        raise ValueError(bill.name.reveal())

    def statement(self, bill: PaidBill, site: Site) -> bytes:
        raise ValueError(bill.name.reveal())


@pytest.mark.expected_log("kiosk.engine.pages", logging.ERROR, "paper cannot be made")
def test_paper_that_cannot_be_made_is_no_fault_of_the_printer(tmp_path: Path) -> None:
    house = House(tmp_path, documents=BrokenDocuments()).start()
    walk_to_code(house)
    house.scanner.show("134500000000000001")
    house.see(
        NextSteps, 1, lambda page: page.paid[0].paper.receipt is not None and page.paid[0].paper.statement is False
    )
    assert all(worker._thread.is_alive() for worker in house.workers)
    house.stop()


def test_without_an_a4_printer_the_page_knows_at_once(tmp_path: Path) -> None:
    house = House(tmp_path, with_pages=False).start()
    walk_to_code(house)
    house.scanner.show("134500000000000001")
    house.see(NextSteps, 1, lambda page: page.paid[0].paper.statement is False)
    house.stop()


def test_a_platform_that_cannot_be_reached_closes_the_kiosk(tmp_path: Path) -> None:
    world = World()
    world.platform.signed_in = NotSent(FaultCode.PLATFORM_UNREACHABLE)
    house = House(tmp_path, world).start()
    assert house.see(OutOfService).fault is FaultCode.PLATFORM_UNREACHABLE
    house.reader.insert(IDENTITY)
    house.send(Continued())
    house.stop()
    assert not any(isinstance(state.screen, AwaitingCard) for state in house.shown.items)


def test_everything_stops_in_order_and_leaves_no_thread(tmp_path: Path) -> None:
    before = {thread.name for thread in threading.enumerate()}
    house = House(tmp_path).start()
    walk_to_code(house)
    house.stop()
    assert {thread.name for thread in threading.enumerate()} <= before


def test_the_platform_is_greeted_while_the_card_is_read(
    house: House, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    greeted = threading.Event()

    def sign_in() -> Accepted:
        greeted.set()
        return Accepted()

    monkeypatch.setattr(world.platform, "sign_in", sign_in)
    house.reader.insert(IDENTITY)
    assert greeted.wait(10), "not before the next idle look, a quarter of a minute later"
    house.see(ChoosingBill, 1)
