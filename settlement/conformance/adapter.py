"""The contract of settlement adapters: what the saga may rely on, whoever speaks to the platform."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator

import pytest

from kiosk.domain.settlement import Settlement
from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.settlement import (
    Accepted,
    PersonFound,
    PersonMissing,
    Prepared,
    SettledWrong,
    SettlementPort,
    Standing,
)
from settlement.conformance.bench import Booked, Mishap, SettlementBench, Step, need
from settlement.conformance.bill import Bill, got, open_bill

_PATIENCE = 20.0  # seconds until a late message must have arrived


class SettlementContract:
    """Derive, and give it a `bench`."""

    @pytest.fixture
    def port(self, bench: SettlementBench) -> SettlementPort:
        return bench.adapter()

    @pytest.fixture
    def bill(self, bench: SettlementBench, port: SettlementPort) -> Bill:
        return open_bill(bench, port)

    @pytest.fixture(autouse=True)
    def _nothing_personal_is_logged(self, bench: SettlementBench, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
        caplog.set_level(0)
        yield
        spoken = [record.getMessage() + str(record.__dict__) for record in caplog.get_records("call")]
        assert not [secret for secret in bench.secrets for line in spoken if secret in line]

    # --- who is there ---

    def test_signing_in_is_answered_however_often(self, port: SettlementPort) -> None:
        assert [port.sign_in(), port.sign_in()] == [Accepted(), Accepted()]

    def test_a_person_is_found_by_what_they_showed(self, bench: SettlementBench, port: SettlementPort) -> None:
        person = got(PersonFound, port.find_person(bench.settling)).person
        assert person.credential == bench.settling
        assert person.settling(bench.clock.now().date())

    def test_who_is_not_insured_is_missing(self, bench: SettlementBench, port: SettlementPort) -> None:
        assert got(PersonMissing, port.find_person(bench.unknown)).fault is FaultCode.PERSON_UNKNOWN

    def test_who_cannot_settle_is_missing_too(self, bench: SettlementBench, port: SettlementPort) -> None:
        assert got(PersonMissing, port.find_person(bench.stopped)).fault is FaultCode.INSURANCE_STOPPED

    def test_a_card_that_kept_its_number_is_not_asked_about(self, bench: SettlementBench, port: SettlementPort) -> None:
        assert port.find_person(bench.incomplete) == PersonMissing(FaultCode.CARD_INCOMPLETE)

    # --- what leaves ---

    def test_a_number_is_kept_before_its_message_leaves(self, bench: SettlementBench, bill: Bill) -> None:
        sent = bill.prepare_settle()
        assert bench.arrived(sent) is None
        assert [number for number in bench.remembered if sent.msgid.endswith(number)]

    def test_no_two_messages_bear_the_same_number(self, bench: SettlementBench, bill: Bill) -> None:
        sent = [bill.port.prepare_quote(bill.request) for _ in range(25)]
        again = bench.adapter().prepare_quote(bill.request)
        assert len({each.msgid for each in (*sent, again)}) == 26

    def test_what_leaves_are_the_bytes_that_were_prepared(self, bench: SettlementBench, bill: Bill) -> None:
        sent = bill.prepare_settle()
        prepared = hashlib.sha256(sent.body).hexdigest()
        got(Settlement, bill.port.settle(sent))
        assert bench.arrived(sent) == prepared == hashlib.sha256(sent.body).hexdigest()

    def test_a_prepared_message_shows_nothing_of_its_person(self, bench: SettlementBench, bill: Bill) -> None:
        shown = repr(bill.prepare_settle())
        assert not [secret for secret in bench.secrets if secret in shown]

    # --- quote and settle ---

    def test_a_quote_is_for_the_whole_bill(self, bill: Bill) -> None:
        assert bill.quote().amounts.medfee_sumamt == bill.batch.total

    def test_what_is_settled_is_what_was_quoted_and_what_the_books_say(
        self, bench: SettlementBench, bill: Bill
    ) -> None:
        quote, sent = bill.quote(), bill.prepare_settle()
        settlement = got(Settlement, bill.port.settle(sent))
        amounts = settlement.amounts
        assert (amounts, settlement.details) == (quote.amounts, quote.details)
        assert bench.booked(sent) == Booked(
            setl_id=settlement.setl_id,
            stands=True,
            medfee=amounts.medfee_sumamt,
            fund=amounts.fund_pay_sumamt,
            account=amounts.acct_pay,
            cash=amounts.psn_cash_pay,
        )

    def test_a_quote_that_is_refused_says_why(self, bench: SettlementBench, bill: Bill) -> None:
        self.spoil(bench, Step.QUOTE, Mishap.REFUSED)
        answer = got(Refused, bill.port.quote(bill.port.prepare_quote(bill.request)))
        assert answer.fault is FaultCode.QUOTE_REFUSED
        assert answer.reason

    def test_a_quote_that_contradicts_itself_is_no_quote(self, bench: SettlementBench, bill: Bill) -> None:
        self.spoil(bench, Step.QUOTE, Mishap.WRONG_AMOUNTS)
        answer = got(SettledWrong, bill.port.quote(bill.port.prepare_quote(bill.request)))
        assert answer.setl_id is None
        assert answer.broken

    def test_a_settle_that_is_refused_settles_nothing(self, bench: SettlementBench, bill: Bill) -> None:
        sent = bill.prepare_settle()
        self.spoil(bench, Step.SETTLE, Mishap.REFUSED)
        assert got(Refused, bill.port.settle(sent)).fault is FaultCode.SETTLEMENT_REFUSED
        assert bench.standing(bill.batch) == 0

    def test_a_bill_is_settled_once(self, bench: SettlementBench, bill: Bill) -> None:
        first, second = bill.prepare_settle(), bill.prepare_settle()
        got(Settlement, bill.port.settle(first))
        assert got(Refused, bill.port.settle(second)).fault is FaultCode.SETTLEMENT_REFUSED
        assert bench.standing(bill.batch) == 1

    def test_a_settle_that_is_delivered_twice_settles_once(self, bench: SettlementBench, bill: Bill) -> None:
        sent = bill.prepare_settle()
        self.spoil(bench, Step.SETTLE, Mishap.DELIVERED_TWICE)
        got(Settlement, bill.port.settle(sent))
        assert bench.standing(bill.batch) == 1

    # --- nobody answers, or nobody who can be believed ---

    @pytest.mark.parametrize(
        "mishap",
        [
            Mishap.LOST_REPLY, Mishap.HALF_A_REPLY, Mishap.SOME_PAGE, Mishap.WRONG_ECHO, Mishap.LOST_REQUEST,
            Mishap.SERVER_ERROR,
        ],
        ids=str,
    )  # fmt: skip
    def test_a_settle_without_a_believable_answer_is_unknown_until_it_is_reversed(
        self, mishap: Mishap, bench: SettlementBench, bill: Bill
    ) -> None:
        sent = bill.prepare_settle()
        self.spoil(bench, Step.SETTLE, mishap)
        assert got(Unknown, bill.port.settle(sent)).fault is FaultCode.SETTLEMENT_UNKNOWN
        carried_out = mishap not in {Mishap.LOST_REQUEST, Mishap.SERVER_ERROR}
        assert bench.standing(bill.batch) == carried_out
        assert bill.reverse(sent) == Accepted()
        assert bench.standing(bill.batch) == 0
        assert bill.reverse(sent) == Accepted(), "reversed already"
        assert bill.settle().amounts.medfee_sumamt == bill.batch.total, "and the bill is free again"

    def test_a_settlement_that_contradicts_itself_is_wrong_and_can_be_reversed(
        self, bench: SettlementBench, bill: Bill
    ) -> None:
        sent = bill.prepare_settle()
        self.spoil(bench, Step.SETTLE, Mishap.WRONG_AMOUNTS)
        answer = got(SettledWrong, bill.port.settle(sent))
        booked = bench.booked(sent)
        assert booked is not None
        assert answer.setl_id == booked.setl_id
        assert "person" in answer.broken
        assert bill.reverse(sent) == Accepted()
        assert bench.standing(bill.batch) == 0

    def test_a_settle_that_lands_after_its_reversal_does_not_stand_after_the_second(
        self, bench: SettlementBench, bill: Bill
    ) -> None:
        sent = bill.prepare_settle()
        self.spoil(bench, Step.SETTLE, Mishap.LATE)
        got(Unknown, bill.port.settle(sent))
        assert bill.reverse(sent) == Accepted()
        self.wait_for(bench, sent)
        assert bill.reverse(sent) == Accepted()
        assert bench.standing(bill.batch) == 0

    def test_a_settle_that_never_left_can_be_reversed(self, bench: SettlementBench, bill: Bill) -> None:
        assert bill.reverse(bill.prepare_settle()) == Accepted()
        assert bench.standing(bill.batch) == 0

    @pytest.mark.parametrize("mishap", [Mishap.LOST_REPLY, Mishap.LOST_REQUEST, Mishap.SERVER_ERROR], ids=str)
    def test_a_reversal_that_nobody_acknowledged_is_repeated(
        self, mishap: Mishap, bench: SettlementBench, bill: Bill
    ) -> None:
        sent = bill.prepare_settle()
        got(Settlement, bill.port.settle(sent))
        self.spoil(bench, Step.REVERSE, mishap)
        got(Unknown, bill.reverse(sent))
        assert bill.reverse(sent) == Accepted()
        assert bench.standing(bill.batch) == 0

    def test_a_reversal_that_is_refused_is_no_yes(self, bench: SettlementBench, bill: Bill) -> None:
        sent = bill.prepare_settle()
        got(Settlement, bill.port.settle(sent))
        self.spoil(bench, Step.REVERSE, Mishap.REFUSED)
        got(Refused, bill.reverse(sent))
        assert bench.standing(bill.batch) == 1

    # --- undoing what is known to be settled ---

    def test_a_settlement_stands_until_it_is_cancelled(self, bench: SettlementBench, bill: Bill) -> None:
        settlement = bill.settle()
        assert bill.standing(settlement) == Standing(stands=True)
        assert bill.cancel(settlement) == Accepted()
        assert bill.standing(settlement) == Standing(stands=False)
        assert bench.standing(bill.batch) == 0
        assert bill.cancel(settlement) == Accepted(), "cancelled already"

    def test_a_cancel_whose_reply_was_lost_can_be_asked_about(self, bench: SettlementBench, bill: Bill) -> None:
        settlement = bill.settle()
        self.spoil(bench, Step.CANCEL, Mishap.LOST_REPLY)
        got(Unknown, bill.cancel(settlement))
        assert bill.standing(settlement) == Standing(stands=False)

    def test_a_cancel_that_never_arrived_can_be_repeated(self, bench: SettlementBench, bill: Bill) -> None:
        settlement = bill.settle()
        self.spoil(bench, Step.CANCEL, Mishap.LOST_REQUEST)
        got(Unknown, bill.cancel(settlement))
        assert bill.standing(settlement) == Standing(stands=True)
        assert bill.cancel(settlement) == Accepted()

    # --- nothing leaves ---

    def test_where_nobody_listens_nothing_was_sent(self, bench: SettlementBench, bill: Bill) -> None:
        lost, sent = bench.lost(), bill.prepare_settle()
        assert got(NotSent, lost.sign_in()).fault is FaultCode.PLATFORM_UNREACHABLE
        assert got(NotSent, lost.find_person(bench.settling)).fault is FaultCode.PLATFORM_UNREACHABLE
        assert got(NotSent, lost.settle(sent)).fault is FaultCode.PLATFORM_UNREACHABLE
        assert bench.arrived(sent) is None

    def test_to_a_far_end_we_do_not_know_nothing_is_sent(self, bench: SettlementBench, bill: Bill) -> None:
        port, sent = bench.distrusting(), bill.prepare_settle()
        assert got(NotSent, port.settle(sent)).fault is FaultCode.CERTIFICATE_NOT_OURS
        assert got(NotSent, port.find_person(bench.settling)).fault is FaultCode.CERTIFICATE_NOT_OURS
        assert bench.arrived(sent) is None

    def test_to_a_far_end_that_does_not_know_us_nothing_is_sent(self, bench: SettlementBench, bill: Bill) -> None:
        """Its alert may be overtaken by its hanging up, so the fault may be either; what was sent may not."""
        port, sent = bench.distrusted(), bill.prepare_settle()
        got(NotSent, port.settle(sent))
        got(NotSent, port.find_person(bench.settling))
        assert bench.arrived(sent) is None

    # --- how it is done ---

    def spoil(self, bench: SettlementBench, step: Step, mishap: Mishap) -> None:
        need(bench, mishap)
        bench.misbehave(step, mishap)

    def wait_for(self, bench: SettlementBench, sent: Prepared) -> None:
        until = time.monotonic() + _PATIENCE
        while bench.arrived(sent) is None and time.monotonic() < until:
            time.sleep(0.02)
        assert bench.arrived(sent) is not None
