"""The cashier: every settlement moves on, says where it is, and harms no other."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest

from kiosk.domain.money import Money
from kiosk.domain.personal import PersonNumber
from kiosk.domain.settlement import Settlement
from kiosk.domain.sid import is_spoken_number
from kiosk.domain.visit import FeeBatch
from kiosk.engine.cashier import Paper
from kiosk.faults import FaultCode
from kiosk.flow.effects import Abandon, AskInsurer, Forget
from kiosk.journal.codec import Undecodable
from kiosk.journal.store import JournalUnwritable
from kiosk.ports.settlement import Prepared
from kiosk.saga.entry import Course
from kiosk.saga.facts import GaveUp, PaperDone, PrintIntended, Recovered
from kiosk.saga.report import Completed, QuoteReady, Seeking, Stuck, Undone
from tests.kiosk.engine.counter import Counter
from tests.kiosk.saga.memory_book import MemoryBook
from tests.support.fakes import World
from tests.support.far_parties import Misfortune, Trouble
from tests.support.people import BATCH, INSURED, STAYED, bill

ALWAYS = 0
NO_WORD = pytest.mark.expected_log("kiosk.engine", logging.ERROR, ".")


def with_trouble(*misfortunes: Misfortune, full: range = range(0)) -> Counter:
    return Counter(World(misfortunes), MemoryBook(full=full))


def test_a_settlement_tells_its_page_each_step_once() -> None:
    counter = Counter().settle()
    assert counter.told() == ["QuoteReady", "AwaitingPayment", "Paying", "SettlingNow", "Completed"]
    (settled,) = counter.last(Completed).settled
    assert is_spoken_number(settled.number)
    assert settled.payment is not None
    assert settled.payment.amount == Money(1000)


def test_reports_go_to_the_page_that_asked_last() -> None:
    counter = Counter().settle()
    assert [ticket.serial for ticket in counter.tickets] == [1, 2, 3, 3, 3]


def test_paper_ends_a_settlement_and_the_farewell_forgets_it() -> None:
    counter = Counter().settle()
    counter.serve(Paper(counter.sid, PrintIntended()), Paper(counter.sid, PaperDone(True)))
    assert counter.entry.course is Course.CLOSED
    assert list(counter.cashier.entries()) == [counter.sid]
    counter.serve(Forget(1))
    assert counter.cashier.entries() == {}


def test_paper_that_is_still_printing_at_the_farewell_is_noted() -> None:
    counter = Counter().settle()
    counter.serve(Paper(counter.sid, PrintIntended()), Forget(1))
    assert list(counter.cashier.entries()) == [counter.sid]
    counter.serve(Paper(counter.sid, PaperDone(False, FaultCode.PAPER_RAN_OUT)))
    assert (counter.entry.course, counter.entry.printed) == (Course.CLOSED, False)
    assert counter.cashier.entries() == {}


def test_a_declined_bill_is_given_back_at_once() -> None:
    counter = Counter().open().decline()
    assert counter.last(Undone) == Undone(counter.sid, counter.entry.number, None, batch_no="B1")
    assert counter.world.calls()[-3:] == ["withdraw", "deregister", "release"]
    assert counter.world.ledger.holders == {}


def test_the_patient_hears_before_registration_and_hold_are_given_back() -> None:
    counter = with_trouble(Misfortune("withdraw", Trouble.LOST_REQUEST, ALWAYS)).open().decline()
    assert counter.told() == ["QuoteReady", "Undone"]
    assert counter.entry.course is Course.UNDOING


def test_a_report_that_did_not_change_is_not_told_twice() -> None:
    counter = with_trouble(Misfortune("settle", Trouble.LOST_REPLY), Misfortune("reverse", Trouble.NOT_SENT, ALWAYS))
    counter.settle().let_pass(60)
    assert counter.told().count("Seeking") == 1


def test_a_booking_that_is_asked_for_again_does_not_flicker() -> None:
    counter = with_trouble(Misfortune("book", Trouble.LOST_REQUEST, ALWAYS)).settle().let_pass(120)
    assert counter.told()[-2:] == ["SettlingNow", "Seeking"]


# --- the patient goes ---


def test_whoever_leaves_with_a_slip_pays_nothing_after_all() -> None:
    """The payment turns out to be made only when its order is closed: it goes back, nothing is settled."""
    lost = (Misfortune("query", Trouble.LOST_REQUEST, ALWAYS), Misfortune("close", Trouble.LOST_REQUEST, 1))
    counter = with_trouble(Misfortune("collect", Trouble.LOST_REPLY), *lost).open().accept().pay()
    assert counter.until(Seeking).fault is FaultCode.PAYMENT_UNKNOWN
    counter.serve(Abandon((counter.sid,))).let_pass(600)
    assert "settle" not in counter.world.calls()
    assert counter.world.ledger.collected() == counter.world.ledger.refunded() == Money(1000)
    assert counter.entry.course is Course.CLOSED


def test_whoever_leaves_with_a_slip_hears_nothing_more() -> None:
    counter = with_trouble(Misfortune("settle", Trouble.LOST_REPLY), Misfortune("reverse", Trouble.NOT_SENT, 1))
    heard = len(counter.settle().reports)
    counter.serve(Abandon((counter.sid,)), Forget(1)).let_pass(1_500)
    assert len(counter.reports) == heard
    assert counter.entry.course is Course.CLOSED


def test_a_visit_that_ends_anyhow_leaves_nothing_going_forward() -> None:
    counter = Counter().open().serve(Forget(1))
    assert any(isinstance(fact, GaveUp) for fact in counter.book.facts)
    assert counter.world.ledger.holders == {}
    assert counter.cashier.entries() == {}


def test_the_farewell_of_one_does_not_touch_the_visit_of_the_next() -> None:
    counter = Counter().open().serve(Forget(7))
    counter.accept().pay()
    counter.last(Completed)


def test_a_code_for_a_bill_that_is_gone_is_answered() -> None:
    counter = Counter().open().accept().decline()
    heard = len(counter.reports)
    counter.pay()
    assert counter.told()[heard:] == ["Undone"]
    assert "collect" not in counter.world.calls()


def test_orders_for_a_settlement_nobody_knows_harm_nothing() -> None:
    counter = Counter().open()
    sid, facts = counter.sid, len(counter.book.facts)
    counter.serve(Forget(1))
    counter.serve(Abandon((sid,)), Paper(sid, PaperDone(True))).decline().pay()
    assert len(counter.book.facts) > facts
    assert counter.cashier.entries() == {}


# --- the disk is full ---


def test_nothing_is_opened_without_room() -> None:
    counter = with_trouble(full=range(1, 2)).open()
    assert counter.reports == [Undone(counter.sid, "", FaultCode.JOURNAL_FULL)]
    assert counter.faults == {FaultCode.JOURNAL_FULL}
    assert counter.world.calls() == []


def test_room_again_is_noticed_without_anybody_standing_there() -> None:
    counter = with_trouble(full=range(1, 4)).open()
    for _ in range(4):
        counter.world.far.pass_by(2.0)
        counter.cashier.tick()
    assert counter.faults == set()


@pytest.mark.parametrize("row", range(2, 12))
def test_nothing_is_sent_that_could_not_be_noted(row: int) -> None:
    """From any row on: what cost nothing ends in front of the patient, and when there is room it is given back."""
    counter = with_trouble(full=range(row, row + 400)).open()
    assert (counter.told(), counter.faults) == (["Undone"], {FaultCode.JOURNAL_FULL})
    assert counter.last(Undone).fault is FaultCode.JOURNAL_FULL
    sent = counter.world.calls()
    assert len(sent) <= (row - 1) // 2
    counter.book.full = range(0)
    counter.let_pass(30)
    assert (counter.faults, counter.entry.course) == (set(), Course.CLOSED)
    assert counter.world.ledger.holders == {}


def test_an_answer_waits_for_room_and_is_not_lost() -> None:
    """The settlement came through; noting it has to wait. Nothing is sent meanwhile, and nothing again."""
    counter = Counter().open().accept()
    counter.book.full = range(counter.book.writes + 4, counter.book.writes + 40)
    counter.pay()
    assert counter.told()[-2:] == ["SettlingNow", "Seeking"]
    counter.let_pass(30)
    assert counter.world.calls().count("settle") == 1
    assert "book" not in counter.world.calls()
    counter.book.full = range(0)
    counter.let_pass(5).last(Completed)
    assert counter.world.calls().count("settle") == 1


def test_while_an_answer_waits_for_room_the_next_patient_is_told_at_once() -> None:
    counter = Counter().open().accept()
    counter.book.full = range(counter.book.writes + 4, 10_000)
    counter.pay().serve(Abandon((counter.sid,)), Forget(1))
    counter.open(2)
    assert counter.last(Undone).fault is FaultCode.JOURNAL_FULL


def test_a_patient_who_paid_is_not_told_that_nothing_was_taken() -> None:
    counter = Counter().open().accept()
    counter.book.full = range(counter.book.writes + 3, counter.book.writes + 10_000)
    counter.pay()
    assert counter.last(Seeking).fault is FaultCode.SETTLEMENT_UNKNOWN
    counter.serve(Abandon((counter.sid,)))
    counter.book.full = range(0)
    counter.let_pass(30)
    assert "settle" not in counter.world.calls()
    assert counter.world.ledger.refunded() == Money(1000)


# --- too many losses ---


def lose_settlements(counter: Counter, number: int) -> None:
    for visit in range(1, number + 1):
        counter.reports.clear()
        counter.open(visit).accept(visit).pay(visit).serve(Forget(visit)).let_pass(100)


def test_after_three_lost_settlements_no_new_one_starts_for_a_while() -> None:
    counter = with_trouble(Misfortune("settle", Trouble.LOST_REQUEST, ALWAYS))
    lose_settlements(counter, 2)
    assert FaultCode.SETTLING_PAUSED not in counter.faults
    lose_settlements(counter, 1)
    assert FaultCode.SETTLING_PAUSED in counter.faults
    counter.reports.clear()
    calls = len(counter.world.calls())
    counter.open(9)
    assert counter.last(Undone).fault is FaultCode.SETTLING_PAUSED
    assert len(counter.world.calls()) == calls
    counter.let_pass(counter.limits.pause_for)
    assert FaultCode.SETTLING_PAUSED not in counter.faults
    counter.open(10).last(QuoteReady)


def test_losses_long_ago_do_not_count() -> None:
    counter = with_trouble(Misfortune("settle", Trouble.LOST_REQUEST, ALWAYS))
    for _ in range(4):
        lose_settlements(counter, 1)
        counter.let_pass(counter.limits.pause_within)
        assert FaultCode.SETTLING_PAUSED not in counter.faults


# --- staff ---


def test_what_cannot_be_undone_is_given_to_staff_and_said() -> None:
    counter = with_trouble(
        Misfortune("settle", Trouble.LOST_REPLY), Misfortune("reverse", Trouble.REFUSED, ALWAYS)
    ).settle()
    counter.let_pass(300)
    assert counter.last(Stuck).fault is FaultCode.STAFF_MUST_RESOLVE
    assert counter.faults == {FaultCode.STAFF_MUST_RESOLVE}
    assert counter.world.calls().count("reverse") == counter.limits.reversal_attempts
    assert "refund" not in counter.world.calls()


def test_staff_are_not_the_patients_worry_when_no_money_is_anywhere() -> None:
    counter = with_trouble(Misfortune("release", Trouble.LOST_REQUEST, ALWAYS)).open().decline().let_pass(1_000)
    assert counter.entry.course is Course.MANUAL
    assert counter.told() == ["QuoteReady", "Undone"]


def test_while_one_waits_for_staff_others_pay() -> None:
    counter = with_trouble(Misfortune("settle", Trouble.LOST_REPLY, 1), Misfortune("reverse", Trouble.REFUSED, ALWAYS))
    counter.settle().serve(Forget(1)).let_pass(300)
    assert counter.entry.course is Course.MANUAL
    counter.world.ledger.holders.clear()  # another bill, as far as the hospital is concerned
    counter.reports.clear()
    counter.open(2).accept(2).pay(2).last(Completed)


def test_a_booking_that_never_comes_is_asked_for_ever_and_said() -> None:
    counter = with_trouble(Misfortune("book", Trouble.LOST_REQUEST, ALWAYS)).settle().let_pass(800)
    assert counter.faults == set()
    counter.let_pass(400)
    assert counter.faults == {FaultCode.BOOKING_UNKNOWN}
    assert counter.entry.state_name() == "HisIntent"


def test_a_last_reversal_that_is_never_answered_is_asked_for_ever_and_said() -> None:
    """The first undid the settlement; the last is for a copy of it that may have landed since."""
    silent = [Misfortune("reverse", Trouble.LOST_REQUEST, nth) for nth in range(2, 200)]
    counter = with_trouble(Misfortune("settle", Trouble.LOST_REPLY), *silent).settle()
    patient = counter.limits.longest_request + counter.limits.manual_after
    counter.let_pass(patient - 100)
    assert (counter.entry.course, counter.faults) == (Course.WATCHED, set())
    counter.let_pass(400)
    assert (counter.entry.course, counter.faults) == (Course.WATCHED, {FaultCode.REVERSAL_UNKNOWN})


def test_a_settlement_that_takes_more_of_the_account_than_was_agreed_is_undone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The cash is the same and the sums agree: nobody would notice but whoever looks at the account."""
    counter = Counter()
    settle = counter.world.platform.settle

    def at_the_accounts_cost(sent: Prepared) -> Settlement:
        made = settle(sent)
        assert isinstance(made, Settlement)
        told, more = made.amounts, Money(100)
        less = told.fund_pay_sumamt - more
        fund = replace(told, fund_pay_sumamt=less, funds=replace(told.funds, hifp_pay=less))
        drawn = replace(fund, acct_pay=told.acct_pay + more, psn_part_amt=told.psn_part_amt + more)
        return replace(made, amounts=drawn)

    monkeypatch.setattr(counter.world.platform, "settle", at_the_accounts_cost)
    assert counter.settle().last(Undone).fault is FaultCode.SETTLEMENT_WRONG
    assert counter.world.ledger.standing("B1") == []
    assert counter.world.ledger.collected() == counter.world.ledger.refunded() == Money(1000)


@pytest.mark.parametrize(("batch", "infno"), [(BATCH, "2207A"), (STAYED, "2304")])
def test_what_is_lost_is_reversed_as_what_it_was(monkeypatch: pytest.MonkeyPatch, batch: FeeBatch, infno: str) -> None:
    """2601 names the transaction; a stay's deposits are in nobody's way meanwhile."""
    misfortune = Misfortune("settle", Trouble.LOST_REPLY)
    counter = Counter(World((misfortune,), batches=(batch,)), MemoryBook())
    prepare, named = counter.world.platform.prepare_reverse, set[str]()

    def reverse(psn_no: PersonNumber, omsgid: str, oinfno: str, *, insuplc_admdvs: str) -> Prepared:
        named.add(oinfno)
        return prepare(psn_no, omsgid, oinfno, insuplc_admdvs=insuplc_admdvs)

    monkeypatch.setattr(counter.world.platform, "prepare_reverse", reverse)
    counter.open(bills=(bill(batch),)).accept()
    if batch is BATCH:
        counter.pay()
    counter.let_pass(60)
    assert named == {infno}
    assert counter.world.ledger.returned == {}


def test_no_insurer_hears_of_a_bill_before_its_patient_agrees() -> None:
    counter = Counter(World(batches=(INSURED,)), MemoryBook()).open(bills=(bill(INSURED),))
    assert "pledge" not in counter.world.calls()
    counter.serve(AskInsurer(counter.ticket(), counter.sids, "1 zh words"))
    assert "pledge" in counter.world.calls()


# --- what is over for 180 days ---


def test_keys_are_destroyed_once_a_day_and_by_the_platforms_clock() -> None:
    """Ours may be years ahead, and a key cannot be brought back."""
    counter = Counter()
    counter.world.clock._wall = counter.world.clock.now().replace(year=2036)
    for visit in (1, 2):
        counter.world.ledger.bookings.clear()
        counter.world.ledger.holders.clear()
        counter.reports.clear()
        counter.open(visit).accept(visit).pay(visit).last(Completed)
    settled = [entry.settlement.settled_at for entry in counter.cashier.entries().values() if entry.settlement]
    assert counter.book.forgotten == [settled[0].timestamp()]
    assert settled[0].year == 2026


def test_a_settlement_of_years_to_come_destroys_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """One wrong setl_time would make every receipt of the last 180 days unprintable."""
    counter = Counter()
    settle = counter.world.platform.settle

    def in_2099(sent: Prepared) -> Settlement:
        made = settle(sent)
        assert isinstance(made, Settlement)
        return replace(made, settled_at=made.settled_at.replace(year=2099))

    monkeypatch.setattr(counter.world.platform, "settle", in_2099)
    counter.settle().last(Completed)
    (destroyed_at,) = counter.book.forgotten
    assert destroyed_at <= counter.world.clock.now().timestamp()


# --- defects ---


def _throw(*_: object, **__: object) -> None:
    raise RuntimeError("a defect of the adapter")


@NO_WORD
@pytest.mark.parametrize(
    "prepare", ["prepare_register", "prepare_describe", "prepare_upload", "prepare_quote", "prepare_settle"]
)
def test_a_request_that_cannot_be_made_was_never_sent(monkeypatch: pytest.MonkeyPatch, prepare: str) -> None:
    counter = Counter()
    monkeypatch.setattr(counter.world.platform, prepare, _throw)
    counter.open()
    if prepare == "prepare_settle":
        counter.accept().pay().let_pass(60)
        assert counter.world.ledger.refunded() == Money(1000)
    assert counter.last(Undone).fault in {FaultCode.REPLY_BROKEN, FaultCode.SETTLEMENT_REFUSED}
    assert counter.world.ledger.holders == {}


@NO_WORD
def test_an_adapter_that_throws_while_sending_may_have_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    counter = Counter()
    monkeypatch.setattr(counter.world.platform, "settle", _throw)
    counter.settle()
    assert "reverse" in counter.world.calls()
    assert counter.world.ledger.refunded() == Money(1000)


@NO_WORD
def test_a_defect_in_one_settlement_does_not_stop_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    counter = Counter()
    with monkeypatch.context() as patch:
        patch.setattr("kiosk.engine.cashier.run_money", _throw)
        counter.open()
    assert counter.reports == [Undone(counter.sid, counter.entry.number, None, batch_no="B1")]
    counter.let_pass(10)
    assert counter.entry.course is Course.MANUAL
    assert FaultCode.STAFF_MUST_RESOLVE in counter.faults
    counter.reports.clear()
    counter.open(2).last(QuoteReady)


def test_a_msgid_that_cannot_be_kept_stops_like_a_full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(*_: object, **__: object) -> None:
        raise JournalUnwritable("SQLITE_FULL")

    counter = Counter()
    monkeypatch.setattr(counter.world.platform, "prepare_quote", no_room)
    counter.open()
    assert counter.last(Undone).fault is FaultCode.JOURNAL_FULL
    assert "quote" not in counter.world.calls()


# --- a new start ---


def test_what_was_left_open_is_taken_up_without_its_patient() -> None:
    first = Counter().open().accept()
    again = Counter(first.world, first.book)
    again.cashier.recover()
    again.let_pass(5)
    assert again.reports == []
    assert any(isinstance(fact, Recovered) for fact in again.book.facts)
    assert again.world.ledger.holders == {}
    assert again.cashier.entries() == {}


def test_recovery_comes_before_any_other_step_even_on_a_full_disk() -> None:
    first = Counter().open().accept()
    again = Counter(first.world, replace(first.book, full=range(10_000)))
    again.cashier.recover()
    again.let_pass(60)
    assert again.world.calls() == first.world.calls()
    assert FaultCode.JOURNAL_FULL in again.faults


@NO_WORD
@pytest.mark.parametrize("problem", [Undecodable("version 2")])
def test_a_settlement_that_cannot_be_read_is_said_and_left_alone(
    monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    first = Counter().open()

    def unreadable(_sid: str) -> None:
        raise problem

    again = Counter(first.world, first.book)
    monkeypatch.setattr(MemoryBook, "open_sids", lambda _self: [first.sid])
    monkeypatch.setattr(MemoryBook, "entry", lambda _self, sid: unreadable(sid))
    again.cashier.recover()
    assert again.faults == {FaultCode.JOURNAL_BROKEN}
    assert again.cashier.entries() == {}
