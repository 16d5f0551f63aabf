"""The client and the reference backend, two processes that share only the wire: what both believe must be the same."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import fields
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, text

from kiosk.domain.codes import CertType
from kiosk.domain.insured import Credential
from kiosk.domain.money import Money, UnitPrice
from kiosk.domain.personal import CardNumber, CardSerial, Voucher
from kiosk.domain.settlement import Funds, Settlement
from kiosk.domain.sid import new_order
from kiosk.engine.clock import SystemClock
from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.hospital import Bills, Held, Released
from kiosk.ports.inquiry import Inquiring, InquiryPort, Told, VisitKind
from kiosk.ports.payment import Closed, Collected, PaidBack, Pending
from kiosk.ports.settlement import Accepted, PersonFound, PersonMissing, Registered, Standing
from settlement.reference.ledger.dealings import SignIn
from settlement.reference.ledger.store import Ledger
from settlement.reference.people import InsuranceData
from tests.settlement.visits import PAYS, WORLD, Parties, Visit, card_of, got, host
from tests.support.backend import Backend, running_backend


@pytest.fixture(scope="module")
def backend(module_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """One for all tests here, on each database; each test has a bill of its own."""
    with running_backend(tmp_path_factory.mktemp("backend"), database=module_database) as backend:
        yield backend


@pytest.fixture(scope="module")
def parties(backend: Backend) -> Parties:
    return Parties.of(backend)


def ledger(backend: Backend, column: str, value: str) -> dict[str, Any]:
    """The platform's own row of a settlement, amounts in fen; {} when there is none."""
    with closing(Ledger(backend.database)) as books, books.look() as session:
        found = session.execute(text(f"SELECT * FROM settlements WHERE {column} = :value"), {"value": value})
        row = found.mappings().one_or_none()
    return dict(row or {})


def ledger_state(backend: Backend, msgid: str) -> str | None:
    return ledger(backend, "msgid", msgid).get("state")


def assert_alike(settlement: Settlement, row: dict[str, Any]) -> None:
    amounts = settlement.amounts
    assert row["msgid"] == settlement.msgid
    assert row["medfee"] == amounts.medfee_sumamt.fen
    assert row["fund"] == amounts.fund_pay_sumamt.fen
    assert row["account"] == amounts.acct_pay.fen
    assert row["cash"] == amounts.psn_cash_pay.fen
    assert row["in_scope"] == amounts.inscp_scp_amt.fen
    assert row["deductible"] == amounts.act_pay_dedc.fen


# --- the whole way ---


@pytest.mark.parametrize(
    ("person", "scenario"),
    [
        ("zhangsan", "cold"),
        ("zhangsan", "ct"),
        ("zhangsan", "covered"),
        ("zhangsan", "registered"),
        ("zhangsan", "diabetes"),
        ("wangdashan", "hypertension"),
        ("maihemuti", "tumour"),
        ("lihong", "herbs"),
    ],
)
def test_a_bill_is_settled_paid_and_booked_alike_on_both_sides(parties: Parties, person: str, scenario: str) -> None:
    visit = parties.visit(person, scenario).report()
    quote = visit.quote()
    assert quote.amounts.medfee_sumamt == visit.batch.total
    payment = visit.pay(quote)
    settlement = visit.settle(quote)
    assert settlement.amounts == quote.amounts
    assert settlement.details == quote.details
    row = ledger(parties.backend, "setl_id", settlement.setl_id)
    assert_alike(settlement, row)
    assert row["state"] == "standing"
    booking = visit.book(settlement, payment)
    assert booking.steps
    assert booking.receipt is not None
    assert visit.book(settlement, payment) == booking, "a repeated booking is the same booking"
    assert visit.batch not in got(Bills, parties.hospital.unpaid(visit.person)).batches


def test_each_line_is_told_as_the_catalogue_of_the_place_treats_it(parties: Parties) -> None:
    visit, platform = parties.visit("zhangsan", "ct"), parties.platform
    opened = platform.register(platform.prepare_register(visit.person, visit.request.insurance, visit.batch))
    visit.mdtrt_id = got(Registered, opened).mdtrt_id
    got(Accepted, platform.accept(platform.prepare_describe(visit.request)))
    told = got(Accepted, platform.accept(platform.prepare_upload(visit.request))).terms
    lines = visit.batch.under(told).lines
    assert {sn for sn, _ in told} == {line.sn for line in lines}
    assert all(line.terms is not None and line.terms.whole == line.amount for line in lines)
    scan = next(line.terms for line in lines if line.name == "胸部CT平扫")
    assert scan is not None
    assert (scan.level, scan.limit, scan.overlmt_amt, scan.preselfpay_amt) == (
        "02",
        UnitPrice(Decimal("200.000000")),
        Money(3000),
        Money(2000),
    )


def test_the_account_pays_and_its_new_balance_is_told(parties: Parties) -> None:
    visit = parties.visit("zhaomin", "covered").report()
    before = visit.request.insurance.balance
    settlement = visit.settle(visit.quote())
    assert settlement.amounts.balc == before - settlement.amounts.acct_pay
    assert parties.find("zhaomin").insurances[0].balance == settlement.amounts.balc
    assert {getattr(settlement.amounts.funds, each.name).fen >= 0 for each in fields(Funds)} == {True}
    assert visit.reverse(settlement.msgid) == Accepted()


def test_a_cancelled_settlement_no_longer_stands(parties: Parties) -> None:
    visit = parties.visit("wujie", "cold").report()
    settlement = visit.settle(visit.quote())
    platform, ids = parties.platform, (visit.person.psn_no, visit.mdtrt_id, settlement.setl_id)

    def standing() -> object:
        return platform.standing(platform.prepare_query(*ids, insuplc_admdvs=visit.area))

    def cancel() -> object:
        return platform.accept(platform.prepare_cancel(*ids, insuplc_admdvs=visit.area))

    assert standing() == Standing(stands=True)
    assert cancel() == Accepted()
    assert standing() == Standing(stands=False)
    assert cancel() == Accepted(), "cancelled already"
    assert ledger(parties.backend, "setl_id", settlement.setl_id)["state"] == "cancelled"
    assert parties.hospital.release(visit.hold_key, visit.batch.batch_no) == Released()


def test_a_settlement_is_reversed_by_our_own_number_however_often(parties: Parties) -> None:
    visit = parties.visit("wujie", "ct").report()
    settlement = visit.settle(visit.quote())
    assert visit.reverse(settlement.msgid) == Accepted()
    assert ledger(parties.backend, "setl_id", settlement.setl_id)["state"] == "reversed"
    assert visit.reverse(settlement.msgid) == Accepted(), "reversed already"
    again = visit.settle(visit.quote())
    assert again.setl_id != settlement.setl_id
    assert visit.reverse(again.msgid) == Accepted()
    assert parties.hospital.release(visit.hold_key, visit.batch.batch_no) == Released()


def test_what_never_arrived_can_be_reversed(parties: Parties) -> None:
    visit = parties.visit("wujie", "stomach").report()
    never_sent = visit.prepare_settle(visit.quote())
    assert visit.reverse(never_sent.msgid) == Accepted()
    undo(visit)


def undo(visit: Visit) -> None:
    platform, who = visit.parties.platform, visit.person.psn_no
    withdraw = platform.prepare_withdraw(who, visit.mdtrt_id, insuplc_admdvs=visit.area)
    assert platform.accept(withdraw) == Accepted()
    for mdtrt_id in (visit.mdtrt_id, ""):
        deregister = platform.prepare_deregister(who, mdtrt_id, visit.batch.visit_no, insuplc_admdvs=visit.area)
        assert platform.accept(deregister) == Accepted()
    assert visit.parties.hospital.release(visit.hold_key, visit.batch.batch_no) == Released()


def test_a_declined_bill_leaves_no_trace(parties: Parties) -> None:
    visit = parties.visit("wujie", "cold").report()
    visit.quote()
    undo(visit)
    again = parties.hospital.hold("another-session-hold", visit.batch.batch_no, 60)
    assert isinstance(again, Held)
    assert parties.hospital.release("another-session-hold", visit.batch.batch_no) == Released()


# --- who may not ---


@pytest.mark.parametrize("key", sorted(WORLD.people))
def test_everybody_with_a_card_is_found_or_told_why_not(parties: Parties, key: str) -> None:
    person = WORLD.people[key]
    if person.card is None:
        return
    answer = parties.platform.find_person(card_of(person))
    if person.platform is None:
        assert got(PersonMissing, answer).fault is FaultCode.PERSON_UNKNOWN
    elif not _settles(person.platform.insurances):
        assert answer == PersonMissing(FaultCode.INSURANCE_STOPPED)
    else:
        assert got(PersonFound, answer).person.certno.reveal() == person.certno


def _settles(rows: tuple[InsuranceData, ...]) -> bool:
    today = SystemClock().now().date()
    basic = [row for row in rows if row.insutype in {"310", "340", "390"} and row.status == "1"]
    return any(row.paused is None or row.paused > today for row in basic)


def test_a_card_the_platform_does_not_know(parties: Parties) -> None:
    card = Credential(CertType.SOCIAL_CARD, CardNumber("Z00000000"), CardSerial("F" * 32))
    answer = got(PersonMissing, parties.platform.find_person(card))
    assert (answer.fault, answer.reason) == (FaultCode.PERSON_UNKNOWN, "未查询到参保人员信息")


def test_a_held_bill_is_taken(parties: Parties) -> None:
    visit = parties.visit("wujie", "covered")
    other = parties.hospital.hold("somebody-else", visit.batch.batch_no, 60)
    assert got(Refused, other).fault is FaultCode.BILL_TAKEN
    assert parties.hospital.release(visit.hold_key, visit.batch.batch_no) == Released()


def test_a_sign_in_the_platform_forgot_is_made_again_and_the_question_asked_once_more(backend: Backend) -> None:
    parties = Parties.of(backend, host(terminal="008"))
    assert parties.platform.sign_in() == Accepted()
    with closing(Ledger(backend.database)) as books, books.transact() as session:
        assert len(session.execute(delete(SignIn).where(SignIn.opter == "008").returning(SignIn.sign_no)).all()) == 1
    assert parties.find("zhangsan").psn_no.reveal() == "00000000000000000001"


def test_clocks_that_agree_are_not_mentioned(backend: Backend) -> None:
    offsets: list[float] = []
    Parties.of(backend, host(clock_offset=offsets.append)).find("zhangsan")
    assert not offsets


# --- payment ---


def code(behaviour: int) -> Voucher:
    return Voucher(f"13000{behaviour}000000000000")


def test_payments_end_as_their_code_says(parties: Parties) -> None:
    payment, amount = parties.payment, parties.visit("wujie", "cold").batch.total
    assert got(Collected, payment.collect(new_order(), amount, PAYS, "B")).amount == amount
    assert got(Refused, payment.collect(new_order(), amount, code(1), "B")).reason == "余额不足"
    slow = new_order()
    assert payment.collect(slow, amount, code(3), "B") == Pending()
    assert [payment.query(slow), payment.query(slow)] == [Pending(), Pending()]
    assert got(Collected, payment.query(slow)).amount == amount
    never = new_order()
    assert payment.collect(never, amount, code(5), "B") == Pending()
    assert payment.close(never) == Closed()
    assert got(Refused, payment.query(never)).fault is FaultCode.PAYMENT_NOT_MADE
    assert payment.close(new_order()) == Closed()


def test_refunds_come_back_once(parties: Parties) -> None:
    payment, amount = parties.payment, parties.visit("wujie", "ct").batch.total
    order, refund = new_order(), new_order()
    assert isinstance(payment.collect(order, amount, code(6), "B"), Collected)
    answers = [payment.refund(order, refund, amount) for _ in range(3)]
    assert answers == [Pending(), PaidBack(), PaidBack()]
    assert isinstance(payment.refund(order, new_order(), amount), Refused)
    assert got(Unknown, payment.query(new_order())).fault is FaultCode.PAYMENT_UNKNOWN


# --- and when the backend misbehaves ---


def test_a_settlement_whose_reply_was_lost_is_unknown_and_can_be_reversed(tmp_path: Path) -> None:
    spec = "2207@1:lose-reply;2207@2:half;2207@3:html;2207@4:wrong-msgid;2207@5:lose-request;2207@6:http=502"
    with running_backend(tmp_path, spec) as backend:
        parties = Parties.of(backend)
        for state in ("standing", "standing", "standing", "standing", None, None):
            visit = parties.visit("zhangsan", "cold").report()
            sent = visit.prepare_settle(visit.quote())
            answer = got(Unknown, parties.platform.settle(sent))
            assert answer.fault is FaultCode.SETTLEMENT_UNKNOWN
            assert ledger_state(backend, sent.msgid) == state
            assert visit.reverse(sent.msgid) == Accepted()
            assert ledger_state(backend, sent.msgid) == (state and "reversed")
            undo(visit)


def test_each_spoiled_reply_is_what_it_is(tmp_path: Path) -> None:
    spec = "2601@1:wrong-msgid;2601@2:http=503;2601@3:lose-request;2601@4:refuse=平台维护中"
    with running_backend(tmp_path, spec) as backend:
        visit = Parties.of(backend).visit("zhangsan", "cold").report()
        answers = [visit.reverse("H00000000001202611220000000079") for _ in range(5)]
        assert answers == [
            Unknown(FaultCode.REPLY_BROKEN, "answers another message"),
            Unknown(FaultCode.PLATFORM_UNREACHABLE, "http 503"),
            answers[2],
            Refused(FaultCode.SETTLEMENT_UNKNOWN, "平台维护中"),
            Accepted(),
        ]
        assert got(Unknown, answers[2]).fault is FaultCode.PLATFORM_UNREACHABLE
    assert isinstance(visit.reverse("X"), NotSent)


# --- questions ---


def inquiries(parties: Parties) -> InquiryPort:
    assert isinstance(parties.platform, Inquiring)
    return parties.platform.inquiries


def test_what_is_on_file_is_what_a_bill_is_about(parties: Parties) -> None:
    """A chronic bill's disease is registered, and the fund that pays it is the one that was promised."""
    visit = parties.visit("hejiankang", "hypertension")
    asking, person, insurance = inquiries(parties), visit.person, visit.request.insurance
    found = got(Told, asking.chronic_registrations(person, insurance)).rows
    assert [row.code for row in found] == [visit.batch.disease_code]
    kind = VisitKind(visit.batch.med_type, visit.batch.begun.date(), visit.batch.disease_code, visit.batch.disease)
    promised = {row.fund for row in got(Told, asking.benefits(person, insurance, kind)).rows if row.enjoyed}
    paying = {detail.fund_pay_type for detail in visit.report().quote().details if detail.amount}
    assert paying <= promised


def test_the_years_sums_grow_by_what_was_settled(parties: Parties) -> None:
    visit = parties.visit("zhangsan", "cold").report()

    def sums() -> dict[str, int]:
        told = got(Told, inquiries(parties).accumulators(visit.person, visit.request.insurance)).rows
        return {row.kind: row.amount.fen for row in told if row.insutype == visit.request.insurance.insutype}

    before = sums()
    settlement = visit.settle(visit.quote())
    after = sums()
    assert after["F0000"] - before["F0000"] == settlement.amounts.medfee_sumamt.fen
    assert after["Q0000"] - before["Q0000"] == settlement.amounts.act_pay_dedc.fen
    assert after["D310201"] - before["D310201"] == settlement.amounts.acct_pay.fen


def test_who_is_in_hospital_is_told(parties: Parties) -> None:
    person, today = parties.find("yuzaiyuan"), SystemClock().now().date()
    begun = today - timedelta(days=300)
    stays = got(Told, inquiries(parties).stays(person, person.insurances[0], begun, today)).rows
    assert [(stay.number, stay.med_type, stay.since) for stay in stays] == [("ZY2026000038", "21", begun)]
