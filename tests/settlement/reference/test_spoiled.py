"""What misbehaviour looks like from the kiosk's side, through TLS and the process that loses things."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import httpx2
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import DeclarativeBase

from settlement.reference.ledger.dealings import PayNotice, PayOrder, PayRefund
from settlement.reference.ledger.dealings import Visit as VisitRow
from settlement.reference.ledger.parties import Hold
from settlement.reference.ledger.store import Ledger
from settlement.reference.people import World
from settlement.wire import codec, hospital, paid, payment
from settlement.wire.envelope import ENDPOINT, display_text
from settlement.wire.questions import answers
from tests.settlement.reference.house import House
from tests.settlement.reference.running import Running, start

ORDER = "order0000000000000001"
SPOILED = """
    hospital.hold:lose-request; pay.collect:lose-reply; pay.query:delay=200; pay.close:late=100; 2201@1:duplicate;
    hospital.renew:half; 1101:html; pay.refund@1:http=503; hospital.book:refuse=医生已作废; 2206:refuse=试点关闭;
    hospital.release:wrong-msgid; 2202@2-3:http=502; pay.refund@2:resend;
    pay.notice@1:duplicate; pay.notice@2:part;
    hospital.paid@1:crossed; hospital.paid@2:crossed-inside; hospital.paid@3:unrepeated; hospital.paid@4:refuse=停机
"""

Count = Callable[[type[DeclarativeBase]], int]


@pytest.fixture(scope="module")
def spoiled(module_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One backend for all misbehaviour: each test has targets of its own, so their order does not matter."""
    running = start(tmp_path_factory.mktemp("spoiled"), "--misbehave", SPOILED, "--db", module_database)
    yield running
    assert running.end() == 0


@pytest.fixture
def client(spoiled: Running) -> Iterator[httpx2.Client]:
    with spoiled.client() as client:
        yield client


@pytest.fixture
def house(client: httpx2.Client, world: World) -> House:
    house = House(lambda path, body: client.post(path, content=body).content, world)
    house.sign_in()
    return house


@pytest.fixture
def count(module_database: str) -> Count:
    def rows(table: type[DeclarativeBase]) -> int:
        ledger = Ledger(module_database)
        with ledger.look() as session:
            number = session.scalar(select(func.count()).select_from(table)) or 0
        ledger.close()
        return number

    return rows


def test_a_lost_request_does_nothing(client: httpx2.Client, count: Count) -> None:
    body = {"hold_key": "kiosk-one", "batch_no": "B0", "owner": "1", "seconds": 60}
    with pytest.raises(httpx2.RemoteProtocolError):
        client.post(hospital.HOLD, json=body)
    assert count(Hold) == 0


def test_a_lost_reply_was_committed(client: httpx2.Client, count: Count) -> None:
    body = {"order": ORDER, "amount_fen": 100, "code": "134567890123456789", "subject": "门诊", "terminal": "1"}
    before = count(PayOrder)
    with pytest.raises(httpx2.RemoteProtocolError):
        client.post(payment.COLLECT, json=body)
    assert count(PayOrder) == before + 1


def test_a_delayed_reply_comes(client: httpx2.Client) -> None:
    begun = time.monotonic()
    assert (
        client.post(payment.QUERY, json={"order": "never-seen-order-0001".replace("-", "0")}).json()["status"]
        == "unknown"
    )
    assert time.monotonic() - begun >= 0.2


def test_a_late_request_is_applied_after_the_connection_is_gone(client: httpx2.Client, count: Count) -> None:
    before = count(PayOrder)
    with pytest.raises(httpx2.RemoteProtocolError):
        client.post(payment.CLOSE, json={"order": "order0000000000000009"})
    deadline = time.monotonic() + 20
    while count(PayOrder) == before:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_doubled_request_is_applied_twice(house: House, count: Count) -> None:
    visit = house.visit()
    before = count(VisitRow)
    visit.register()
    assert count(VisitRow) == before + 2


def _shown(client: httpx2.Client, order: str) -> None:
    """Shown, and asked about until a phone has paid it."""
    wish = {"order": order, "amount_fen": 1000, "subject": "门诊", "terminal": "1"}
    assert client.post(payment.SHOW, json=wish).json()["status"] == "pending"
    for _ in range(3):
        client.post(payment.QUERY, json={"order": order})


def test_the_same_trade_twice_is_one_and_a_part_is_no_payment(client: httpx2.Client, count: Count) -> None:
    """What becomes of the channel's word that a phone has paid."""
    asked = {name: {"order": f"shown00000000000000{name}"} for name in ("twice", "parts")}
    for body in asked.values():
        _shown(client, body["order"])
    told = {name: client.post(payment.QUERY, json=body).json()["status"] for name, body in asked.items()}
    assert told == {"twice": "paid", "parts": "pending"}
    assert count(PayNotice) == 2


def test_half_a_reply_is_no_reply(client: httpx2.Client) -> None:
    with pytest.raises(httpx2.RemoteProtocolError):
        client.post(hospital.RENEW, json={"hold_key": "kiosk-one", "batch_no": "B0", "seconds": 60})


def test_a_page_instead_of_a_reply(house: House, client: httpx2.Client) -> None:
    page = client.post(ENDPOINT, content=house.envelope("1101", {"data": {}}))
    assert page.status_code == 200
    assert page.content.startswith(b"<!DOCTYPE html>")


def test_an_error_status_did_nothing(client: httpx2.Client, count: Count) -> None:
    body = {"order": ORDER, "refund_order": "refund000000000000001", "amount_fen": 1}
    assert client.post(payment.REFUND, json=body).status_code == 503
    assert count(PayRefund) == 0
    assert client.post(payment.REFUND, json=body).json()["status"] in {"refunded", "refused"}


def test_refusals_come_in_the_dress_of_the_face(house: House) -> None:
    assert house.face(hospital.BOOK, {"book_key": "book0001"}) == {"book_key": "book0001", "refused": "医生已作废"}
    refused = house.ask("2206A", {"data": {}})
    assert not refused.succeeded
    assert display_text(refused.err_msg) == "试点关闭"


def test_a_reply_to_another_message(house: House) -> None:
    told = house.face(hospital.RELEASE, {"hold_key": "kiosk-one", "batch_no": "B0"})
    assert told["released"] is True
    assert told["hold_key"] != "kiosk-one"


def test_somebody_elses_answer_comes_with_their_own_marks_and_an_older_hospital_has_none(client: httpx2.Client) -> None:
    asked = paid.PaidQuery(query="0" * 32, certno="111111198101011110", psn_name="张三", since="2026-11-01")
    body = codec.encode(asked)
    told = [codec.read(paid.PaidBills, client.post(paid.PAID, content=body).json()) for _ in range(5)]
    crossed, inside, older, refused, sound = told
    assert crossed.query not in {None, asked.query}
    assert inside.query == asked.query
    assert (older.query, older.of) == (None, None)
    assert [answers(one, asked, must=False) for one in told] == [False, False, True, True, True]
    assert [answers(one, asked, must=True) for one in (older, refused, sound)] == [False, True, True]


def test_only_the_named_calls_are_spoiled(house: House, client: httpx2.Client) -> None:
    body = {"data": {"psn_no": "00000000000000000001", "mdtrt_id": "", "ipt_otp_no": "MZ0"}}
    statuses = [client.post(ENDPOINT, content=house.envelope("2202", body)).status_code for _ in range(4)]
    assert statuses == [200, 502, 502, 200]
