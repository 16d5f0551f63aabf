import logging
import ssl
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from kiosk.domain.money import ZERO, Money
from kiosk.domain.personal import Particular, Voucher
from kiosk.domain.settlement import Amounts, Funds, Settlement
from kiosk.domain.stay import Back, returns_of
from kiosk.domain.visit import Booking, ByStaff, FiscalReceipt, NextStep
from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.clock import BEIJING
from kiosk.ports.hospital import Bills, Held, HospitalPort, Keys, Noted, Payment, Prepaid, Released
from settlement.access import Access
from settlement.hospital import HospitalSettings, make
from settlement.wire import hospital as wire
from tests.settlement.sample_bill import BATCH, wire_bill
from tests.support.faces import ScriptedFace, echo
from tests.support.far_end import FarEnd, hangs_up, says
from tests.support.parties import PERSON, Ear, HandClock, party_host
from tests.support.people import DEPOSITS

KEY, BOOK_KEY = "01J0000000-hold", "01J0000000-book"
AMOUNTS = Amounts(
    medfee_sumamt=Money(10000),
    fulamt_ownpay_amt=ZERO,
    overlmt_selfpay=ZERO,
    preselfpay_amt=ZERO,
    inscp_scp_amt=Money(10000),
    act_pay_dedc=ZERO,
    fund_pay_sumamt=Money(5000),
    funds=Funds(hifp_pay=Money(5000)),
    psn_part_amt=Money(5000),
    acct_pay=Money(3000),
    acct_mulaid_pay=ZERO,
    psn_cash_pay=Money(2000),
    hosp_part_amt=ZERO,
    balc=ZERO,
)
SETTLEMENT = Settlement("S1", "H000", datetime(2026, 11, 22, 9, 31, tzinfo=BEIJING), AMOUNTS)
PAYMENT = Payment("a" * 26, Money(2000), "wechat")
BOOKED = {"book_key": echo("book_key"), "booked": "K1"}

Open = Callable[[dict[str, Any]], tuple[HospitalPort, ScriptedFace]]


def _settings(access: Access) -> HospitalSettings:
    return HospitalSettings(**access.model_dump())


@pytest.fixture
def front(server_context: ssl.SSLContext, access_to: Callable[[str], Access]) -> Iterator[Open]:
    far_ends: list[FarEnd] = []

    def opened(replies: dict[str, Any]) -> tuple[HospitalPort, ScriptedFace]:
        face = ScriptedFace(replies)
        far_ends.append(FarEnd(server_context, face).__enter__())
        return make(_settings(access_to(far_ends[-1].url)), party_host(HandClock(), Ear())), face

    yield opened
    for far in far_ends:
        far.stop()


def test_bills_are_asked_for_by_person(front: Open) -> None:
    port, face = front({wire.BILLS: {"bills": [wire_bill()]}})
    assert port.unpaid(PERSON) == Bills((BATCH,))
    assert face.heard[0][1] == {
        "query": face.heard[0][1]["query"],
        "settled_by": "kiosk",
        "certno": "111111198101011110",
        "psn_name": "张三",
        "psn_no": "00000000000000000001",
    }


_PARTS = ("registration", "mdtrtinfo", "diseinfo", "feedetail")


def test_a_bill_that_the_hospital_reports_itself_needs_no_codes(front: Open) -> None:
    bill = {name: part for name, part in wire_bill().items() if name not in _PARTS}
    port, _ = front({wire.BILLS: {"bills": [bill | {"mdtrt_id": "M7", "fees_uploaded": True}]}})
    answer = port.unpaid(PERSON)
    assert answer == Bills((replace(BATCH, mdtrt_id="M7", uploaded=True, parts=b"{}"),))


@pytest.mark.parametrize("half", [{}, {"mdtrt_id": "M7"}, {"mdtrt_id": "", "fees_uploaded": True}])
def test_a_bill_that_is_neither_reported_nor_can_be_is_not_believed(front: Open, half: dict[str, Any]) -> None:
    bill = {name: part for name, part in wire_bill().items() if name not in _PARTS}
    assert isinstance(front({wire.BILLS: {"bills": [bill | half]}})[0].unpaid(PERSON), Unknown)


def test_nothing_unpaid_is_no_fault(front: Open) -> None:
    assert front({wire.BILLS: {"bills": []}})[0].unpaid(PERSON) == Bills(())


@pytest.mark.parametrize(
    "reply", [{"bills": [wire_bill(), wire_bill(total="1.00")]}, {"bills": "none"}, says(b"{}", 400), hangs_up]
)
def test_a_bill_that_cannot_be_believed_hides_no_other(front: Open, reply: Any) -> None:
    assert isinstance(front({wire.BILLS: reply})[0].unpaid(PERSON), Unknown)


def test_a_hold_names_its_owner(front: Open) -> None:
    port, face = front({wire.HOLD: {"hold_key": echo("hold_key"), "held": "H1"}})
    assert port.hold(KEY, "B1", 900) == Held("H1")
    assert face.heard == [(wire.HOLD, {"hold_key": KEY, "batch_no": "B1", "owner": "007", "seconds": 900})]


def _until(seconds: int, zone: str) -> str:
    moment = (HandClock().now() + timedelta(seconds=seconds)).astimezone(BEIJING)
    return moment.strftime(f"%Y-%m-%dT%H:%M:%S{zone}")


@pytest.mark.expected_log("kiosk.party", logging.ERROR, "the hospital holds B1 for less than was asked for")
@pytest.mark.parametrize("zone", ["", "+08:00"])
@pytest.mark.parametrize("seconds", [600, -5])
def test_a_hold_shorter_than_asked_for_is_a_hold_and_hospital_it_hears_of_it(
    front: Open, caplog: pytest.LogCaptureFixture, seconds: int, zone: str
) -> None:
    port, _ = front({wire.HOLD: {"hold_key": KEY, "held": "H1", "expires_at": _until(seconds, zone)}})
    assert port.hold(KEY, "B1", 900) == Held("H1")
    [told] = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert vars(told)["fault"] == FaultCode.HOLD_SHORT


@pytest.mark.parametrize("until", [_until(900, "+08:00"), _until(850, ""), _until(3600, "+08:00"), "", "soon"])
def test_a_hold_as_long_as_asked_for_or_without_a_legible_end_is_said_nothing_of(front: Open, until: str) -> None:
    port, _ = front({wire.HOLD: {"hold_key": KEY, "held": "H1", "expires_at": until}})
    assert port.hold(KEY, "B1", 900) == Held("H1")


def test_a_bill_held_elsewhere_is_taken(front: Open) -> None:
    port, _ = front({wire.HOLD: {"hold_key": KEY, "refused": "该费用正在其他窗口办理"}})
    assert port.hold(KEY, "B1", 900) == Refused(FaultCode.BILL_TAKEN, "该费用正在其他窗口办理")


def test_a_release_is_yes_or_no(front: Open) -> None:
    port, _ = front({wire.RELEASE: [{"hold_key": KEY, "released": True}, {"hold_key": KEY, "refused": "已缴费"}]})
    assert port.release(KEY, "B1") == Released()
    assert port.release(KEY, "B1") == Refused(FaultCode.BILL_REFUSED, "已缴费")


def test_a_booking_tells_the_hospital_all_that_was_settled_and_paid(front: Open) -> None:
    port, face = front({wire.BOOK: BOOKED})
    assert port.book(BOOK_KEY, KEY, "B1", SETTLEMENT, PAYMENT) == Booking("K1", ())
    assert face.heard[0][1] == {
        "book_key": BOOK_KEY,
        "hold_key": KEY,
        "batch_no": "B1",
        "setl_id": "S1",
        "msgid": "H000",
        "medfee_sumamt": "100.00",
        "fund_pay_sumamt": "50.00",
        "acct_pay": "30.00",
        "psn_cash_pay": "20.00",
        "payments": [{"order": "a" * 26, "amount_fen": 2000, "channel": "wechat"}],
    }


def test_a_stay_is_booked_with_what_its_deposits_pay_and_what_goes_back(front: Open) -> None:
    port, face = front({wire.BOOK: BOOKED, wire.RETURNS: {"returns_key": echo("returns_key"), "noted": True}})
    returns = returns_of(Money(600), DEPOSITS, "name")
    port.book(BOOK_KEY, KEY, "B1", SETTLEMENT, None, Prepaid(Money(1000), returns))
    assert face.heard[0][1]["prepaid"] == {
        "used_fen": 1000,
        "surplus": [
            {"deposit_no": "D3", "amount_fen": 500, "refund_order": "named2"},
            {"deposit_no": "D2", "amount_fen": 100},
        ],
    }
    ended = tuple(replace(one, back=Back.RETURNED if one.deposit.order else Back.WINDOW) for one in returns)
    assert port.report_returns("S-returns", "B1", ended) == Noted()
    assert face.heard[1][1]["returns"] == [
        {"deposit_no": "D3", "amount_fen": 500, "back": "returned"},
        {"deposit_no": "D2", "amount_fen": 100, "back": "window"},
    ]


def test_nothing_is_reported_of_a_return_that_may_be_on_its_way(front: Open) -> None:
    port, face = front({})
    returns = returns_of(Money(600), DEPOSITS, "name")
    with pytest.raises(ValueError, match="not ended"):
        port.report_returns("S-returns", "B1", returns)
    assert face.heard == []


def test_an_own_part_of_nothing_is_booked_without_a_payment(front: Open) -> None:
    port, face = front({wire.BOOK: BOOKED})
    port.book(BOOK_KEY, KEY, "B1", SETTLEMENT, None)
    assert face.heard[0][1]["payments"] == []


def test_a_booking_says_where_to_go_and_brings_the_fiscal_receipt(front: Open) -> None:
    step = {"what": "取药", "where": "西药房3号窗口", "room": "", "floor": "门诊楼一层", "note": None}
    invoice = {"code": "000", "number": "1", "check": "abc", "url": "https://example.invalid/1"}
    port, _ = front({wire.BOOK: BOOKED | {"next_steps": [step], "einvoice": invoice}})
    assert port.book(BOOK_KEY, KEY, "B1", SETTLEMENT, PAYMENT) == Booking(
        "K1",
        (NextStep("取药", "西药房3号窗口", floor="门诊楼一层"),),
        FiscalReceipt("000", "1", "abc", "https://example.invalid/1"),
    )


def test_a_booking_refused_is_not_a_booking_unknown(front: Open) -> None:
    port, _ = front({wire.BOOK: [{"book_key": BOOK_KEY, "refused": "费用已缴清"}, hangs_up, {"booked": "K1"}]})
    answers = [port.book(BOOK_KEY, KEY, "B1", SETTLEMENT, PAYMENT) for _ in range(3)]
    assert answers[0] == Refused(FaultCode.BOOKING_REFUSED, "费用已缴清")
    assert [each.fault for each in answers[1:] if isinstance(each, Unknown)] == [FaultCode.BOOKING_UNKNOWN] * 2


def test_an_empty_number_books_nothing_and_refuses_nothing(front: Open) -> None:
    empty = [{"book_key": BOOK_KEY, "booked": blank} for blank in ("", " ")]
    port, _ = front({wire.BOOK: [*empty, empty[0] | {"refused": ""}, empty[0] | {"refused": "费用已缴清"}]})
    answers = [port.book(BOOK_KEY, KEY, "B1", SETTLEMENT, PAYMENT) for _ in range(4)]
    assert [each.fault for each in answers[:3] if isinstance(each, Unknown)] == [FaultCode.BOOKING_UNKNOWN] * 3
    assert answers[3] == Refused(FaultCode.BOOKING_REFUSED, "费用已缴清")


@pytest.mark.parametrize(
    ("path", "reply"),
    [
        (wire.HOLD, {"hold_key": "another-key", "held": "H1"}),
        (wire.HOLD, {"hold_key": "another-key", "refused": "no"}),
        (wire.HOLD, {"hold_key": KEY}),
        (wire.HOLD, {"hold_key": KEY, "held": "H1", "refused": "no"}),
        (wire.RELEASE, {"hold_key": "another-key", "released": True}),
    ],
)
def test_an_answer_to_another_key_or_to_nothing_is_unknown(front: Open, path: str, reply: dict[str, Any]) -> None:
    port, _ = front({path: reply})
    answer = port.hold(KEY, "B1", 900) if path == wire.HOLD else port.release(KEY, "B1")
    assert isinstance(answer, Unknown)


def test_a_hospital_that_is_gone_was_sent_nothing(access_to: Callable[[str], Access]) -> None:
    port = make(_settings(access_to("https://127.0.0.1:1")), party_host(HandClock(), Ear()))
    gone = NotSent(FaultCode.HOSPITAL_UNREACHABLE)
    assert port.unpaid(PERSON) == port.hold(KEY, "B1", 900) == port.release(KEY, "B1") == gone
    assert port.look_up(Voucher("JZK000000101"), PERSON) == gone
    assert port.book(BOOK_KEY, KEY, "B1", SETTLEMENT, PAYMENT) == gone


LOOKED_UP = {"kind": "slip", "patient_nos": ["P1", "P2"], "name": "张*"}


def test_a_code_leads_to_numbers_under_which_bills_are_asked_for(front: Open) -> None:
    port, face = front({wire.LOOK_UP: LOOKED_UP, wire.BILLS: {"bills": []}})
    keys = port.look_up(Voucher("DZD202600000101"), PERSON)
    assert keys == Keys((Particular("P1"), Particular("P2")))
    assert isinstance(keys, Keys)
    assert port.unpaid(PERSON, keys) == Bills(())
    assert (face.heard[0][0], face.heard[0][1]["code"]) == (wire.LOOK_UP, "DZD202600000101")
    assert face.heard[1][1]["patient_nos"] == ["P1", "P2"]
    assert face.heard[1][1]["certno"] == PERSON.certno.reveal(), "the card says who it is"


@pytest.mark.parametrize(
    ("reply", "fault"),
    [
        ({"refused": "医院没有这个条码"}, FaultCode.KEY_UNKNOWN),
        (LOOKED_UP | {"name": "李*"}, FaultCode.KEY_OF_ANOTHER),
        (LOOKED_UP | {"name": "张**"}, FaultCode.KEY_OF_ANOTHER),
        (LOOKED_UP | {"name": ""}, FaultCode.KEY_OF_ANOTHER),
    ],
)
def test_a_code_of_nobody_or_somebody_else_adds_nothing(front: Open, reply: dict[str, Any], fault: FaultCode) -> None:
    answer = front({wire.LOOK_UP: reply})[0].look_up(Voucher("DZD202600000101"), PERSON)
    assert isinstance(answer, Refused)
    assert answer.fault is fault


@pytest.mark.parametrize("code", ["x", "9" * 65])
def test_what_is_no_code_of_the_hospital_is_not_sent(front: Open, code: str) -> None:
    port, face = front({})
    assert port.look_up(Voucher(code), PERSON) == Refused(FaultCode.KEY_UNKNOWN)
    assert face.heard == []


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ("work_injury", ByStaff.WORK_INJURY),
        ("third_party", ByStaff.THIRD_PARTY),
        ("something of its own", ByStaff.OTHER),
        ("", None),
        (None, None),
    ],
)
def test_a_bill_may_be_for_staff_to_settle(front: Open, told: str | None, meant: ByStaff | None) -> None:
    port, _ = front({wire.BILLS: {"bills": [wire_bill() | {"by_staff": told}]}})
    bills = port.unpaid(PERSON)
    assert isinstance(bills, Bills)
    assert bills.batches[0].by_staff is meant


def test_a_bill_may_be_the_doctors_first(front: Open) -> None:
    port, _ = front({wire.BILLS: {"bills": [wire_bill() | {"back_to_doctor": True}]}})
    bills = port.unpaid(PERSON)
    assert isinstance(bills, Bills)
    assert bills.batches[0].back_to_doctor
