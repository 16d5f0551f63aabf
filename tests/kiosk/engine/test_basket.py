"""Several bills on one page: held and quoted each, paid with one order, and each answered for by itself."""

from __future__ import annotations

from kiosk.domain.money import Money
from kiosk.faults import FaultCode
from kiosk.flow.effects import Abandon, Forget
from kiosk.saga.entry import Course, Entry
from kiosk.saga.facts import ActKind, Intended
from kiosk.saga.report import AwaitingPayment, Completed, QuoteReady, Seeking, Undone
from tests.kiosk.engine.counter import Counter
from tests.kiosk.saga.memory_book import MemoryBook
from tests.support.fakes import World, second_batch
from tests.support.far_parties import Misfortune, Trouble
from tests.support.people import BATCH, bill

TWO = (bill(), bill(second_batch()))


def counter(*misfortunes: Misfortune, full: range = range(0)) -> Counter:
    return Counter(World(misfortunes, batches=(BATCH, second_batch())), MemoryBook(full=full))


def entries(at: Counter) -> list[Entry]:
    found = (at.book.entry(sid) for sid in dict.fromkeys(sid for sid, _, _ in at.book.rows))
    return [entry for entry in found if entry is not None]


def paid(*misfortunes: Misfortune) -> Counter:
    return counter(*misfortunes).open(bills=TWO).accept().pay()


def test_one_order_pays_for_both_and_each_notes_its_part_before_it_leaves() -> None:
    at = paid()
    calls = at.world.calls()
    assert calls.count("collect") == 1
    intents = [fact for fact in at.book.facts if isinstance(fact, Intended) and fact.act is ActKind.COLLECT]
    assert len({intent.key for intent in intents}) == 1
    assert [(part.amount, part.whole, part.place) for part in intents] == [
        (Money(1000), Money(2000), 0),
        (Money(1000), Money(2000), 1),
    ]
    completed = at.last(Completed)
    assert [one.payment.amount if one.payment else None for one in completed.settled] == [Money(1000), Money(1000)]
    assert [one.batch_no for one in completed.settled] == ["B1", "B2"]


def test_the_page_hears_one_word_for_both() -> None:
    assert paid().told() == ["QuoteReady", "AwaitingPayment", "Paying", "SettlingNow", "SettlingNow", "Completed"]


def test_a_bill_that_is_refused_gives_back_its_part_alone() -> None:
    at = paid(Misfortune("settle", Trouble.REFUSED, 2))
    completed = at.last(Completed)
    assert [one.batch_no for one in completed.settled] == ["B1"]
    assert [(one.batch_no, one.returned) for one in completed.undone] == [("B2", Money(1000))]
    assert at.world.ledger.refunded() == Money(1000)


def test_a_bill_in_doubt_does_not_hide_that_the_other_is_all_right() -> None:
    at = paid(Misfortune("settle", Trouble.LOST_REPLY, 1), Misfortune("reverse", Trouble.LOST_REQUEST, 0))
    seeking = at.last(Seeking)
    assert [one.batch_no for one in seeking.settled] == ["B2"]
    assert seeking.batch_no == "B1"


def test_what_staff_must_finish_stands_beside_what_is_settled() -> None:
    at = paid(Misfortune("settle", Trouble.LOST_REPLY, 1), Misfortune("reverse", Trouble.LOST_REQUEST, 0))
    completed = at.until(Completed)
    assert [one.batch_no for one in completed.stuck] == ["B1"]
    assert at.faults == {FaultCode.STAFF_MUST_RESOLVE}


def test_refunds_of_one_order_have_a_key_each() -> None:
    at = paid(Misfortune("settle", Trouble.REFUSED, 0))
    assert at.last(Undone).returned == Money(2000)
    keys = {sent.key for sent in at.world.far.calls if sent.call == "refund"}
    assert len(keys) == 2
    assert all(20 <= len(key) <= 32 for key in keys)


def test_an_order_paid_with_another_amount_goes_back_whole_and_once() -> None:
    at = paid(Misfortune("collect", Trouble.OTHER_AMOUNT))
    assert at.last(Undone).fault is FaultCode.PAYMENT_IN_PART
    assert at.world.ledger.refunded() == at.world.ledger.collected() == Money(1999)
    assert "settle" not in at.world.calls()


def test_a_bill_that_cannot_be_held_leaves_the_other_to_be_paid() -> None:
    at = counter(Misfortune("hold", Trouble.REFUSED, 2)).open(bills=TWO)
    ready = at.last(QuoteReady)
    assert ([one.batch_no for one in ready.quotes], [one.batch_no for one in ready.undone]) == (["B1"], ["B2"])
    at.accept().pay()
    assert at.world.ledger.collected() == Money(1000)


def test_a_bill_taken_out_of_the_payment_is_released_and_not_spoken_of_again() -> None:
    at = counter().open(bills=TWO)
    first, second = at.last(QuoteReady).quotes
    at.serve(Abandon((second.sid,)))
    assert at.world.ledger.holders == {"B1": f"{first.sid}-hold"}
    assert at.told() == ["QuoteReady"]


def test_whoever_goes_away_leaves_neither_bill_held() -> None:
    at = counter().open(bills=TWO).serve(Forget(1))
    assert at.world.ledger.holders == {}
    assert [entry.course for entry in entries(at)] == [Course.CLOSED, Course.CLOSED]


def test_no_room_for_the_second_yes_ends_both_before_anything_is_paid() -> None:
    at = counter(full=range(14, 16)).open(bills=TWO)
    rows = len(at.book.rows)
    at.book.full = range(at.book.writes + 2, at.book.writes + 4)
    at.accept()
    assert at.last(Undone).fault is FaultCode.JOURNAL_FULL
    at.let_pass(60)
    assert len(at.book.rows) > rows
    assert "collect" not in at.world.calls()
    assert at.world.ledger.holders == {}


def test_a_lost_payment_of_both_is_closed_once_for_each_and_asked_for_again() -> None:
    at = paid(Misfortune("collect", Trouble.LOST_REQUEST), Misfortune("query", Trouble.LOST_REQUEST, 0))
    at.let_pass(120)
    assert at.last(AwaitingPayment).again is FaultCode.PAYMENT_NOT_MADE
    at.pay()
    assert at.world.ledger.collected() == Money(2000)
    assert [one.batch_no for one in at.last(Completed).settled] == ["B1", "B2"]


def test_what_is_booked_and_never_printed_is_finished_once_its_patient_left() -> None:
    at = paid()
    at.serve(Forget(1))
    assert {entry.state_name() for entry in entries(at)} == {"Closed"}
    assert all(entry.orphaned for entry in entries(at))
