import logging
import ssl
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kiosk.domain.money import Money
from kiosk.domain.personal import Voucher
from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.payment import Closed, Collected, PaidBack, PaymentPort, Pending, Shown, Way
from settlement.access import Access
from settlement.payment import AggregateSettings, make
from settlement.wire import payment as wire
from tests.support.faces import ScriptedFace, echo
from tests.support.far_end import FarEnd, hangs_up
from tests.support.parties import Ear, HandClock, party_host

ORDER, REFUND = "a" * 26, "b" * 26
AMOUNT = Money(2000)
CODE = Voucher("134567890123456789")
PAID = {"order": ORDER, "status": "paid", "amount_fen": 2000, "channel": "wechat", "trade_no": "T1"}
COLLECTED = Collected(ORDER, AMOUNT, "wechat", "T1")

Open = Callable[..., tuple[PaymentPort, ScriptedFace]]


def _settings(access: Access, **more: Any) -> AggregateSettings:
    return AggregateSettings(**access.model_dump(), **more)


@pytest.fixture
def service(server_context: ssl.SSLContext, access_to: Callable[[str], Access]) -> Iterator[Open]:
    far_ends: list[FarEnd] = []

    def opened(replies: dict[str, Any], **more: Any) -> tuple[PaymentPort, ScriptedFace]:
        face = ScriptedFace(replies)
        far_ends.append(FarEnd(server_context, face).__enter__())
        return make(_settings(access_to(far_ends[-1].url), **more), party_host(HandClock(), Ear())), face

    yield opened
    for far in far_ends:
        far.stop()


def status(word: str, **more: Any) -> dict[str, Any]:
    return {"order": ORDER, "status": word, "amount_fen": 2000} | more


def refund_status(word: str, **more: Any) -> dict[str, Any]:
    return {"refund_order": REFUND, "status": word, "amount_fen": 2000} | more


def test_money_is_collected_by_the_scanned_code(service: Open) -> None:
    port, face = service({wire.COLLECT: PAID})
    assert port.collect(ORDER, AMOUNT, CODE, "B1") == COLLECTED
    assert face.heard == [
        (
            wire.COLLECT,
            {
                "order": ORDER,
                "amount_fen": 2000,
                "code": "134567890123456789",
                "subject": "B1",
                "terminal": "007",
            },
        )
    ]


@pytest.mark.parametrize(
    ("reply", "answer"),
    [
        (PAID, COLLECTED),
        (status("pending"), Pending()),
        (status("refused", reason="余额不足"), Refused(FaultCode.PAYMENT_REFUSED, "余额不足")),
        (status("closed"), Refused(FaultCode.PAYMENT_NOT_MADE)),
        (status("unknown"), Unknown(FaultCode.PAYMENT_UNKNOWN, "unknown")),
    ],
)
def test_each_status_of_an_order_means_one_thing(service: Open, reply: dict[str, Any], answer: object) -> None:
    port, _ = service({wire.COLLECT: reply, wire.QUERY: reply})
    assert port.collect(ORDER, AMOUNT, CODE, "B1") == answer
    assert port.query(ORDER) == answer


@pytest.mark.parametrize(
    ("reply", "answer"),
    [
        (PAID, COLLECTED),
        (status("closed"), Closed()),
        (status("refused"), Closed()),
        (status("pending"), Unknown(FaultCode.PAYMENT_UNKNOWN, "pending")),
        (status("unknown"), Unknown(FaultCode.PAYMENT_UNKNOWN, "unknown")),
    ],
)
def test_only_an_acknowledged_close_proves_that_nothing_was_paid(
    service: Open, reply: dict[str, Any], answer: object
) -> None:
    port, _ = service({wire.CLOSE: reply})
    assert port.close(ORDER) == answer


def test_the_services_own_figure_is_told(service: Open) -> None:
    port, _ = service({wire.QUERY: PAID | {"amount_fen": 1999}})
    assert port.query(ORDER) == Collected(ORDER, Money(1999), "wechat", "T1")


@pytest.mark.parametrize(
    "reply",
    [
        PAID | {"order": "c" * 26},
        PAID | {"amount_fen": None},
        PAID | {"amount_fen": 0},
        PAID | {"amount_fen": -1},
        PAID | {"amount_fen": "20.00"},
        PAID | {"status": "success"},
        {},
        hangs_up,
    ],
)
def test_what_the_service_does_not_say_is_unknown(service: Open, reply: Any) -> None:
    port, _ = service({wire.COLLECT: reply, wire.QUERY: reply, wire.CLOSE: reply})
    answers = [port.collect(ORDER, AMOUNT, CODE, "B1"), port.query(ORDER), port.close(ORDER)]
    assert [each.fault for each in answers if isinstance(each, Unknown)] == [FaultCode.PAYMENT_UNKNOWN] * 3


SHOWN = status("pending", code="https://pay.example/q/1")


@pytest.mark.parametrize(
    ("reply", "answer"),
    [
        (SHOWN, Shown("https://pay.example/q/1")),
        (status("pending"), Pending()),
        (PAID, COLLECTED),
        (status("closed"), Refused(FaultCode.PAYMENT_NOT_MADE)),
        (SHOWN | {"order": "c" * 26}, Unknown(FaultCode.PAYMENT_UNKNOWN, "answers another order")),
    ],
)
def test_an_order_without_a_code_of_the_phone_brings_one_to_show(
    service: Open, reply: dict[str, Any], answer: object
) -> None:
    port, face = service({wire.SHOW: reply, wire.QUERY: reply}, way="shown", patience=90)
    assert (port.way, port.patience) == (Way.SHOWN, 90)
    assert port.collect(ORDER, AMOUNT, None, "B1") == answer
    assert port.query(ORDER) == answer, "also where the answer that brought it was lost"
    assert face.heard[0] == (wire.SHOW, {"order": ORDER, "amount_fen": 2000, "subject": "B1", "terminal": "007"})


def test_a_code_in_the_answer_to_a_scanned_one_is_nobodys_to_scan(service: Open) -> None:
    port, _ = service({wire.COLLECT: SHOWN})
    assert port.way is Way.SCANNED
    assert port.collect(ORDER, AMOUNT, CODE, "B1") == Pending()


def test_a_refund_goes_back_under_its_own_key(service: Open) -> None:
    port, face = service({wire.REFUND: {"refund_order": echo("refund_order"), "status": "refunded"}})
    assert port.refund(ORDER, REFUND, AMOUNT) == PaidBack()
    assert face.heard == [(wire.REFUND, {"order": ORDER, "refund_order": REFUND, "amount_fen": 2000})]


@pytest.mark.parametrize(
    ("later", "answer"),
    [
        (refund_status("refunded"), PaidBack()),
        (refund_status("pending"), Pending()),
        (refund_status("refused", reason="账户异常"), Refused(FaultCode.STAFF_MUST_RESOLVE, "账户异常")),
        (refund_status("unknown"), Pending()),
        (hangs_up, Pending()),
    ],
)
def test_a_refund_on_its_way_is_asked_after_and_never_lost(service: Open, later: Any, answer: object) -> None:
    port, _ = service({wire.REFUND: refund_status("pending"), wire.REFUND_QUERY: later})
    assert port.refund(ORDER, REFUND, AMOUNT) == answer


@pytest.mark.parametrize(
    "reply",
    [
        refund_status("refunded", refund_order="c" * 26),
        refund_status("refunded", amount_fen=1),
        refund_status("unknown"),
        {},
        hangs_up,
    ],
)
def test_a_refund_that_is_not_acknowledged_is_unknown(service: Open, reply: Any) -> None:
    port, _ = service({wire.REFUND: reply})
    answer = port.refund(ORDER, REFUND, AMOUNT)
    assert isinstance(answer, Unknown)
    assert answer.fault is FaultCode.PAYMENT_UNKNOWN


def test_a_service_that_is_gone_was_sent_nothing(access_to: Callable[[str], Access]) -> None:
    port = make(_settings(access_to("https://127.0.0.1:1")), party_host(HandClock(), Ear()))
    gone = NotSent(FaultCode.PAYMENT_UNREACHABLE)
    assert port.collect(ORDER, AMOUNT, CODE, "B1") == port.query(ORDER) == port.close(ORDER) == gone
    assert port.refund(ORDER, REFUND, AMOUNT) == gone


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("424" + "1" * 21 + "0000", FaultCode.CODE_IS_VOUCHER),
        ("opc" + "1" * 21 + "0000", FaultCode.CODE_IS_VOUCHER),
        ("424" + "1" * 21 + "0001", FaultCode.CODE_NOT_FOR_PAYMENT),
        ("424" + "1" * 20 + "0000", FaultCode.CODE_NOT_FOR_PAYMENT),
        ("https://example.invalid/ess-card", FaultCode.CODE_NOT_FOR_PAYMENT),
    ],
)
def test_what_cannot_pay_is_told_apart_and_shown_to_nobody(service: Open, code: str, fault: FaultCode) -> None:
    port, face = service({})
    assert port.collect(ORDER, AMOUNT, Voucher(code), "B1") == NotSent(fault)
    assert face.heard == []


def test_the_code_is_in_no_log(service: Open, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    port, _ = service({wire.COLLECT: PAID})
    port.collect(ORDER, AMOUNT, CODE, "B1")
    assert "134567890123456789" not in caplog.text
    assert f"pay.collect {ORDER}" in caplog.text
