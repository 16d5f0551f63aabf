"""The mobile payment centre: a bill is ordered once, whatever is lost, and what became of it can always be told."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from kiosk.domain.codes import CertType
from kiosk.domain.insured import Credential
from kiosk.domain.money import Money
from kiosk.domain.personal import Voucher
from kiosk.domain.sid import new_order
from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.hospital import Released
from kiosk.ports.mobile import MobileCentre, Ordered, OrderStanding, Ticket
from kiosk.ports.payment import Collected, PaidBack, Pending
from kiosk.ports.settlement import Accepted, PersonFound
from settlement.access import Access
from settlement.face import Face
from settlement.mobile.centre import Centre
from settlement.mobile.driver import MobileSettings, make
from settlement.reference.keys import ACCOUNT
from settlement.reference.ledger.store import Ledger
from settlement.signing.styles import ByHeaders
from settlement.transport import Line
from settlement.wire import mobile
from settlement.wire.hospital import BOOK, Book, BookedPayment, BookReply
from settlement.wire.voucher import CENTRE, VoucherReply, VoucherRequest
from tests.settlement.sample_bill import REQUEST
from tests.settlement.visits import PAYS, WORLD, Parties, Visit, got, host
from tests.support.backend import Backend, running_backend
from tests.support.faces import ScriptedFace
from tests.support.far_end import FarEnd, says
from tests.support.parties import Ear, HandClock, party_host


@dataclass
class Bill:
    """A held bill of somebody with an e-voucher, and the centre it goes to."""

    centre: MobileCentre
    visit: Visit
    authorisation: Voucher
    key: str

    def uploaded(self) -> Ticket:
        return got(Ticket, self.centre.upload(self.centre.prepare_upload(self.visit.request, self.key)))

    def order(self, ticket: Ticket, authorisation: Voucher | None = None) -> object:
        request = replace(self.visit.request, mdtrt_id=registered_as(self.visit, ticket))
        sent = self.centre.prepare_order(request, ticket, authorisation or self.authorisation, f"{self.key}o")
        return self.centre.order(sent)

    def look_up(self, ticket: Ticket) -> Ordered:
        return got(Ordered, self.centre.order(self.centre.prepare_query(self.visit.request, ticket)))

    def refund(self, ticket: Ticket, ordered: Ordered) -> object:
        return self.centre.refund(self.centre.prepare_refund(ticket, ordered, self.authorisation, f"{self.key}r"))

    def withdraw(self, ticket: Ticket) -> object:
        return self.centre.withdraw(self.centre.prepare_withdraw(self.visit.request, ticket))

    def released(self) -> None:
        hospital = self.visit.parties.hospital
        got(Released, hospital.release(self.visit.hold_key, self.visit.batch.batch_no))


@pytest.fixture(scope="module")
def backend(module_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    with running_backend(tmp_path_factory.mktemp("mobile"), database=module_database) as backend:
        yield backend
        assert backend.audit()["violations"] == []


@pytest.fixture
def bill(backend: Backend) -> Bill:
    person, parties = WORLD.people["zhangsan"], Parties.of(backend)
    assert person.platform
    assert person.platform.ec_token
    visit = parties.visit("zhangsan", "cold")
    shown = Credential(CertType.VOUCHER, Voucher(person.platform.ec_token))
    visit.person = got(PersonFound, parties.platform.find_person(shown)).person
    folder = backend.folder
    settings = MobileSettings(
        **backend.access.model_dump(),
        app_id=ACCOUNT,
        secret=folder / "gateway.secret",
        sm2_key=folder / "gateway-kiosk.sm2",
        sm2_platform=folder / "gateway-platform.pub",
    )
    return Bill(make(settings, host()), visit, authorised(backend, person.certno), new_order()[:20])


def authorised(backend: Backend, certno: str) -> Voucher:
    """payAuthNo, as a certified terminal answers it for whoever stands before it."""
    line = Line(backend.access, FaultCode.PLATFORM_UNREACHABLE, logging.getLogger("kiosk.party"))
    about = {"orgId": "H00000000001", "businessType": "01301", "operatorId": "0001", "outBizNo": new_order()}
    asked = VoucherRequest(orgId="H00000000001", transType="cn.nhsa.ec.auth", data=about | {"extData": certno})
    told = got(VoucherReply, Face(line, host().profile.limits).ask(CENTRE, asked, VoucherReply))
    line.close()
    return Voucher(told.data["authNo"])


def rows(bill: Bill, query: str, **values: str) -> list[Any]:
    with closing(Ledger(bill.visit.parties.backend.database)) as books, books.look() as session:
        return list(session.execute(text(query), values).mappings())


def registered_as(visit: Visit, ticket: Ticket) -> str:
    """The hospital knows the visit that its order made."""
    query = "SELECT mdtrt_id FROM mobile_bills WHERE pay_ord_id = :number"
    with closing(Ledger(visit.parties.backend.database)) as books, books.look() as session:
        return str(session.execute(text(query), {"number": ticket.number.reveal()}).scalar_one())


def settlements(bill: Bill) -> list[Any]:
    query = "SELECT * FROM settlements WHERE chrg_bchno = :batch ORDER BY setl_id"
    return rows(bill, query, batch=bill.visit.batch.chrg_bchno)


def give_back(bill: Bill, ticket: Ticket, ordered: Ordered) -> None:
    assert bill.refund(ticket, ordered) == PaidBack()
    bill.released()


def test_an_order_is_a_settlement_of_the_platform_and_goes_back(bill: Bill) -> None:
    ticket = bill.uploaded()
    ordered = got(Ordered, bill.order(ticket))
    (settled,) = settlements(bill)
    assert ordered.standing is OrderStanding.PAYABLE
    told = (ordered.total, ordered.own, ordered.account, ordered.fund)
    assert told == tuple(Money(settled[name]) for name in ("medfee", "cash", "account", "fund"))
    assert ordered.total == bill.visit.batch.total
    assert bill.look_up(ticket) == ordered
    give_back(bill, ticket, ordered)
    assert bill.look_up(ticket).standing is OrderStanding.CANCELLED
    assert [row["state"] for row in settlements(bill)] == ["cancelled"]


def test_an_order_is_booked_by_the_hospital_like_any_settlement(bill: Bill) -> None:
    ordered = got(Ordered, bill.order(bill.uploaded()))
    (settled,) = settlements(bill)
    assert ordered.own is not None
    parties, batch = bill.visit.parties, bill.visit.batch
    parts = []
    if ordered.own:
        paid = got(Collected, parties.payment.collect(new_order(), ordered.own, PAYS, batch.batch_no))
        parts = [BookedPayment(order=paid.order, amount_fen=paid.amount.fen, channel=paid.channel)]
    wish = Book(
        book_key=f"{bill.visit.sid}-book",
        hold_key=bill.visit.hold_key,
        batch_no=batch.batch_no,
        setl_id=settled["setl_id"],
        msgid=settled["msgid"],
        medfee_sumamt=batch.total.yuan(),
        fund_pay_sumamt=Money(settled["fund"]).yuan(),
        acct_pay=Money(settled["account"]).yuan(),
        psn_cash_pay=ordered.own.yuan(),
        payments=tuple(parts),
    )
    line = Line(parties.backend.access, FaultCode.HOSPITAL_UNREACHABLE, logging.getLogger("kiosk.party"))
    assert got(BookReply, Face(line, host().profile.limits).ask(BOOK, wish, BookReply)).booked
    line.close()


def test_a_lost_order_is_looked_up_and_stands_once(bill: Bill, backend: Backend) -> None:
    """6202 → 6301: never a second order."""
    ticket = bill.uploaded()
    backend.misbehave("6202@1:lose-reply")
    assert got(Unknown, bill.order(ticket)).fault is FaultCode.SETTLEMENT_UNKNOWN
    found = bill.look_up(ticket)
    assert found.standing is OrderStanding.PAYABLE
    assert len(settlements(bill)) == 1
    assert bill.order(ticket) == found  # a copy that came late is told the same
    assert len(settlements(bill)) == 1
    give_back(bill, ticket, found)


def test_an_order_that_never_arrived_is_in_work_still(bill: Bill, backend: Backend) -> None:
    ticket = bill.uploaded()
    backend.misbehave("6202@1:lose-request")
    got(Unknown, bill.order(ticket))
    assert bill.look_up(ticket) == Ordered(OrderStanding.IN_WORK)
    assert settlements(bill) == []
    assert bill.withdraw(ticket) == Accepted()
    bill.released()


@pytest.mark.parametrize("act", ["lose-reply", "half", "html", "http=503"])
def test_every_other_lost_answer_is_asked_for_again_under_its_key(bill: Bill, backend: Backend, act: str) -> None:
    upload = bill.centre.prepare_upload(bill.visit.request, bill.key)
    backend.misbehave(";".join(f"{infno}@1:{act}" for infno in ("6201", "6203", "6301")))
    got(Unknown, bill.centre.upload(upload))
    ticket = got(Ticket, bill.centre.upload(upload))
    assert rows(bill, "SELECT count(*) AS n FROM mobile_bills WHERE org_ord = :key", key=bill.key) == [{"n": 1}]
    ordered = got(Ordered, bill.order(ticket))
    got(Unknown, bill.centre.order(bill.centre.prepare_query(bill.visit.request, ticket)))
    got(Unknown, bill.refund(ticket, ordered))
    give_back(bill, ticket, ordered)
    assert [row["state"] for row in settlements(bill)] == ["cancelled"]


def test_withdrawn_is_withdrawn_and_cannot_be_ordered(bill: Bill, backend: Backend) -> None:
    ticket = bill.uploaded()
    backend.misbehave("6401@1:lose-reply")
    got(Unknown, bill.withdraw(ticket))
    assert bill.withdraw(ticket) == Accepted()
    assert bill.look_up(ticket).standing is OrderStanding.CANCELLED
    assert got(Refused, bill.order(ticket)).reason == "订单已撤销"
    bill.visit.report().quote()  # the lines are free again for the ordinary way
    platform, person = bill.visit.parties.platform, bill.visit.person
    withdrawn = platform.prepare_withdraw(person.psn_no, bill.visit.mdtrt_id, insuplc_admdvs=bill.visit.area)
    assert platform.accept(withdrawn) == Accepted()
    bill.released()


def test_what_was_ordered_is_not_withdrawn_and_goes_back_once_and_whole(bill: Bill) -> None:
    ticket = bill.uploaded()
    ordered = got(Ordered, bill.order(ticket))
    assert got(Refused, bill.withdraw(ticket)).reason == "订单已支付，请办理退费"
    assert ordered.fund is not None
    more = replace(ordered, fund=ordered.fund + Money(1))
    other = bill.centre.prepare_refund(ticket, more, bill.authorisation, f"{bill.key}x")
    assert got(Refused, bill.centre.refund(other)).fault is FaultCode.STAFF_MUST_RESOLVE
    give_back(bill, ticket, ordered)
    assert bill.refund(ticket, ordered) == PaidBack()
    again = bill.centre.prepare_refund(ticket, ordered, bill.authorisation, f"{bill.key}y")
    got(Refused, bill.centre.refund(again))
    assert [row["state"] for row in settlements(bill)] == ["cancelled"]


def test_nobody_orders_with_another_persons_authorisation_or_token(bill: Bill, backend: Backend) -> None:
    ticket = bill.uploaded()
    another = authorised(backend, WORLD.people["lihong"].certno)
    assert got(Refused, bill.order(ticket, another)).reason == "授权码与订单不符"
    stranger = replace(ticket, token=Voucher("0" * 32))
    assert got(Refused, bill.withdraw(stranger)).reason == "订单不存在"
    assert settlements(bill) == []
    assert bill.withdraw(ticket) == Accepted()
    bill.released()


@pytest.mark.expected_log("kiosk.party", logging.ERROR, "6201 withheld")
def test_without_an_e_voucher_nothing_leaves(bill: Bill) -> None:
    card = bill.visit.parties.find("zhangsan")
    request = replace(bill.visit.request, person=card)
    sent = bill.centre.prepare_upload(request, bill.key)
    assert bill.centre.upload(sent) == NotSent(FaultCode.BILL_MALFORMED)
    bill.released()


@pytest.mark.expected_log("kiosk.party", logging.ERROR, "the mobile centre's secrets cannot be used")
def test_without_its_secrets_nothing_leaves(bill: Bill, backend: Backend, tmp_path: Path) -> None:
    nowhere: dict[str, Any] = dict.fromkeys(("secret", "sm2_key", "sm2_platform"), tmp_path / "missing")
    centre = make(MobileSettings(**backend.access.model_dump(), app_id=ACCOUNT, **nowhere), host())
    assert centre.upload(centre.prepare_upload(bill.visit.request, bill.key)) == NotSent(FaultCode.SETTINGS_WRONG)
    bill.released()


Answering = Callable[[Any], Centre]


@pytest.fixture
def answering(server_context: ssl.SSLContext, access_to: Callable[[str], Access]) -> Iterator[Answering]:
    """A client whose centre answers every order with this, unsealed."""
    far_ends: list[FarEnd] = []

    def client(reply: Any) -> Centre:
        far_ends.append(FarEnd(server_context, ScriptedFace({mobile.ORDER: reply, mobile.REFUND: reply})).__enter__())
        at = party_host(HandClock(), Ear())
        line = Line(access_to(far_ends[-1].url), FaultCode.PLATFORM_UNREACHABLE, at.log)
        return Centre(line, at, lambda: ByHeaders(lambda _message: {}), "H1", "01")

    yield client
    for far in far_ends:
        far.stop()


TICKET = Ticket(Voucher("ORD1"), Voucher("T1"))


def ordered_by(centre: Centre) -> object:
    return centre.order(centre.prepare_order(REQUEST, TICKET, Voucher("A1"), "K1"))


@pytest.mark.parametrize("status", range(17))
def test_ord_stas_says_what_became_of_an_order(answering: Answering, status: int) -> None:
    told = got(Ordered, ordered_by(answering({"code": 0, "payOrdId": "ORD1", "ordStas": str(status)})))
    expected = ["in work"] * 3 + ["payable"] * 4 + ["cancelled"] * 7 + ["failed"] * 3
    assert told == Ordered(OrderStanding(expected[status]))


@pytest.mark.parametrize(
    "reply",
    [
        {"code": 0},
        {"code": 0, "payOrdId": "ORD1"},
        {"code": 0, "payOrdId": "ORD2", "ordStas": "3", "ownPayAmt": "1.00"},
        {"code": 0, "payOrdId": "ORD1", "ordStas": "17"},
        {"code": 0, "payOrdId": "ORD1", "ordStas": "paid"},
        {"code": 0, "payOrdId": "ORD1", "ordStas": "3", "fundPay": "-0.01"},
        {"code": 0, "payOrdId": "ORD1", "ordStas": "3", "fundPay": "0.001"},
        {"payOrdId": "ORD1", "ordStas": "3"},
        says(b"<html>502</html>"),
        says(b""),
    ],
    ids=lambda reply: str(reply)[:40] if isinstance(reply, dict) else None,  # an address is another in each process
)
def test_what_explains_nothing_is_unknown(answering: Answering, reply: Any) -> None:
    assert got(Unknown, ordered_by(answering(reply))).fault is FaultCode.SETTLEMENT_UNKNOWN


@pytest.mark.parametrize(
    ("status", "answer"),
    [("SUCC", PaidBack()), ("EXP", Pending()), ("FAIL", Refused(FaultCode.STAFF_MUST_RESOLVE))],
)
def test_a_refund_is_done_pending_or_staffs(answering: Answering, status: str, answer: object) -> None:
    centre = answering({"code": 0, "refStatus": status})
    paid = Ordered(OrderStanding.PAYABLE, Money(10), Money(2), Money(3), Money(5))
    assert centre.refund(centre.prepare_refund(TICKET, paid, Voucher("A1"), "R1")) == answer


def test_tickets_hide_themselves() -> None:
    assert "ORD1" not in repr(TICKET)
    assert "T1" not in repr(TICKET)
