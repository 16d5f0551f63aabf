"""2201 to 2208, 2601 and 5203: what is said, and what each answer means."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from kiosk.domain.money import Money
from kiosk.domain.policy import SettlementProfile
from kiosk.domain.settlement import Quote, Settlement
from kiosk.domain.stay import Scopes, Stay
from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.clock import BEIJING
from kiosk.ports.settlement import Accepted, Prepared, Registered, SettledWrong, SettlementPort, Standing
from settlement.wire.codec import decode
from tests.settlement.direct.conftest import OpenTill
from tests.settlement.direct.scripted import ByRequest, envelope, quoted, refused, setlinfo, settled, told
from tests.settlement.sample_bill import BATCH, BEGUN, REQUEST
from tests.support.far_end import hangs_up, says, stays_silent
from tests.support.parties import INSURANCE, PERSON
from tests.support.people import amounts

PSN_NO = PERSON.psn_no
AREA = {"insuplc_admdvs": "000000"}
WHO = {"psn_no": "00000000000000000001"}
VISIT = WHO | {"mdtrt_id": "M1"}


def said(sent: Prepared) -> dict[str, Any]:
    message = decode(sent.body)
    assert message["insuplc_admdvs"] == "000000"
    return message["input"]  # type: ignore[no-any-return]


def settle(port: SettlementPort) -> Settlement | SettledWrong | NotSent | Refused | Unknown:
    return port.settle(port.prepare_settle(REQUEST, read_quote(port)))


def read_quote(port: SettlementPort) -> Quote:
    quote = port.quote(port.prepare_quote(REQUEST))
    assert isinstance(quote, Quote)
    return quote


# --- what is said ---


def test_a_visit_is_registered_described_and_uploaded_with_the_hospitals_own_data(open_till: OpenTill) -> None:
    port = open_till({}).port
    credential = WHO | {"mdtrt_cert_type": "03", "mdtrt_cert_no": "M00000019"}
    registration = said(port.prepare_register(PERSON, INSURANCE, BATCH))["data"]
    assert registration == credential | {
        "insutype": "310",
        "begntime": BEGUN,
        "ipt_otp_no": "MZ1",
        "atddr_no": "D01",
        "dr_name": "王医生",
        "dept_code": "K01",
        "dept_name": "心内科",
        "caty": "A03",
    }
    described = said(port.prepare_describe(REQUEST))
    assert described["mdtrtinfo"] == VISIT | {"med_type": "11", "begntime": BEGUN}
    assert [row | VISIT for row in described["diseinfo"]] == described["diseinfo"]
    uploaded = said(port.prepare_upload(REQUEST))["feedetail"]
    assert len(uploaded) == 1
    assert uploaded[0]["det_item_fee_sumamt"] == Decimal("4.52")
    assert uploaded[0]["expContent"] == "a field of the province"
    assert {name: uploaded[0][name] for name in VISIT} == VISIT


def test_a_settlement_asks_for_what_was_quoted(open_till: OpenTill) -> None:
    port = open_till({"2206A": quoted()}).port
    asked = said(port.prepare_quote(REQUEST))["data"]
    assert asked == VISIT | {
        "mdtrt_cert_type": "03",
        "mdtrt_cert_no": "M00000019",
        "med_type": "11",
        "medfee_sumamt": Decimal("4.52"),
        "psn_setlway": "01",
        "chrg_bchno": "C1",
        "acct_used_flag": "1",
        "insutype": "310",
    }
    split = {
        "fulamt_ownpay_amt": Decimal("0.00"),
        "overlmt_selfpay": Decimal("0.00"),
        "preselfpay_amt": Decimal("0.23"),
        "inscp_scp_amt": Decimal("4.29"),
    }
    assert said(port.prepare_settle(REQUEST, read_quote(port)))["data"] == asked | split


def test_a_stay_is_quoted_and_settled_with_the_split_of_the_lines_the_hospital_uploaded(open_till: OpenTill) -> None:
    port = open_till({}).port
    scopes = Scopes(Money(0), Money(0), Money(23), Money(429))
    stay = Stay("心内科病区", "12", BATCH.begun, BATCH.begun, scopes, setlway="02")
    request = replace(REQUEST, batch=replace(BATCH, med_type="21", stay=stay))
    asked = said(port.prepare_quote(request))["data"]
    assert asked == VISIT | {
        "mdtrt_cert_type": "03",
        "mdtrt_cert_no": "M00000019",
        "medfee_sumamt": Decimal("4.52"),
        "psn_setlway": "02",
        "acct_used_flag": "1",
        "insutype": "310",
        "mid_setl_flag": "0",
        "dscg_time": f"{BATCH.begun:%Y-%m-%d}",
        "fulamt_ownpay_amt": Decimal("0.00"),
        "overlmt_selfpay": Decimal("0.00"),
        "preselfpay_amt": Decimal("0.23"),
        "inscp_scp_amt": Decimal("4.29"),
    }
    settling = port.prepare_settle(request, Quote(amounts(Money(452))))
    assert (port.prepare_quote(request).infno, settling.infno) == ("2303", "2304")
    assert said(settling)["data"] == asked
    assert port.prepare_cancel(PSN_NO, "M1", "S1", insuplc_admdvs="000000", stay=True).infno == "2305"


def test_undoing_names_what_it_undoes(open_till: OpenTill) -> None:
    port = open_till({}).port
    ids = {"mdtrt_id": "M1"}
    assert said(port.prepare_deregister(PSN_NO, "", "MZ1", **AREA))["data"] == WHO | {
        "mdtrt_id": "",
        "ipt_otp_no": "MZ1",
    }
    assert said(port.prepare_withdraw(PSN_NO, "M1", **AREA))["data"] == WHO | ids | {"chrg_bchno": "0000"}
    assert said(port.prepare_reverse(PSN_NO, "X", "2207A", **AREA))["data"] == WHO | {"omsgid": "X", "oinfno": "2207A"}
    assert said(port.prepare_cancel(PSN_NO, "M1", "S1", insuplc_admdvs="000000"))["data"] == WHO | ids | {
        "setl_id": "S1"
    }
    assert said(port.prepare_query(PSN_NO, "M1", "S1", **AREA))["data"] == WHO | ids | {"setl_id": "S1"}


# --- 2201 and what wants only yes or no ---


def test_a_registration_brings_the_visits_number(open_till: OpenTill) -> None:
    port = open_till({"2201": told({"data": {"mdtrt_id": 4711, **WHO, "ipt_otp_no": "MZ1"}})}).port
    assert port.register(port.prepare_register(PERSON, INSURANCE, BATCH)) == Registered("4711")


@pytest.mark.parametrize("data", [{}, {"mdtrt_id": ""}, {"mdtrt_id": "1" * 31}, {"mdtrt_id": "1", "psn_no": "9"}])
def test_a_registration_without_a_usable_number_is_unknown(open_till: OpenTill, data: dict[str, Any]) -> None:
    port = open_till({"2201": told({"data": data})}).port
    assert isinstance(port.register(port.prepare_register(PERSON, INSURANCE, BATCH)), Unknown)


def undo(port: SettlementPort, infno: str) -> Prepared:
    match infno:
        case "2202":
            return port.prepare_deregister(PSN_NO, "M1", "MZ1", **AREA)
        case "2205":
            return port.prepare_withdraw(PSN_NO, "M1", **AREA)
        case "2208":
            return port.prepare_cancel(PSN_NO, "M1", "S1", insuplc_admdvs="000000")
        case "2601":
            return port.prepare_reverse(PSN_NO, "X", "2207A", **AREA)
        case "2203A":
            return port.prepare_describe(REQUEST)
        case _:
            return port.prepare_upload(REQUEST)


YES_OR_NO = ("2202", "2203A", "2204", "2205", "2208", "2601")
UNDOING = ("2202", "2205", "2208", "2601")
ALREADY = "冲正的结算信息退费结算标志不为未退费，不能办理冲正交易[revs_4012]"


@pytest.mark.parametrize("infno", YES_OR_NO)
@pytest.mark.parametrize("output", [None, {}, "", {"result": []}])
def test_a_success_needs_no_output(open_till: OpenTill, infno: str, output: Any) -> None:
    port = open_till({infno: told(output)}).port
    assert port.accept(undo(port, infno)) == Accepted()


@pytest.mark.parametrize("infno", YES_OR_NO)
def test_a_second_undoing_is_a_success_and_nothing_else_is(open_till: OpenTill, infno: str) -> None:
    port = open_till({infno: refused(ALREADY)}).port
    answer = port.accept(undo(port, infno))
    assert answer == Accepted() if infno in UNDOING else isinstance(answer, Refused)


@pytest.mark.parametrize("infno", YES_OR_NO)
def test_a_refusal_is_shown_without_the_platforms_own_marks(open_till: OpenTill, infno: str) -> None:
    port = open_till({infno: refused("费用明细流水号重复[fee_2243](a41b77c0@10.1.2.3)")}).port
    answer = port.accept(undo(port, infno))
    assert isinstance(answer, Refused)
    assert answer.reason == "费用明细流水号重复"


# --- 2206A and 2207A ---


def test_a_quote_is_read_to_the_fen(open_till: OpenTill) -> None:
    quote = read_quote(open_till({"2206A": quoted()}).port)
    assert quote.amounts.medfee_sumamt == quote.amounts.acct_pay == Money(452)
    assert quote.amounts.psn_cash_pay == quote.amounts.acct_mulaid_pay == Money(0)
    assert [(row.fund_pay_type, row.name, row.amount) for row in quote.details] == [("310200", "个人账户", Money(452))]


def test_a_settlement_carries_both_numbers_and_the_platforms_time(open_till: OpenTill) -> None:
    till = open_till({"2206A": quoted(), "2207A": settled()})
    answer = settle(till.port)
    assert isinstance(answer, Settlement)
    assert (answer.setl_id, answer.msgid) == ("S0001", till.platform.heard[-1]["msgid"])
    assert answer.settled_at == datetime(2026, 11, 22, 9, 30, 1, tzinfo=BEIJING)
    assert answer.amounts.acct_pay == Money(452)


def test_a_time_that_cannot_be_read_undoes_no_settlement(open_till: OpenTill) -> None:
    till = open_till({"2206A": quoted(), "2207A": settled(setl_time=None)})
    answer = settle(till.port)
    assert isinstance(answer, Settlement)
    assert answer.settled_at == till.clock.shown


@pytest.mark.parametrize("infcode", [0, "0", "0000"])
def test_infcode_is_number_or_text(open_till: OpenTill, infcode: object) -> None:
    till = open_till({"2206A": quoted() | {"infcode": infcode}})
    assert isinstance(till.port.quote(till.port.prepare_quote(REQUEST)), Quote)


WRONG = [
    ({"acct_pay": "4.525"}, "setlinfo.acct_pay"),
    ({"acct_pay": None}, "setlinfo.acct_pay"),
    ({"acct_pay": "much"}, "setlinfo.acct_pay"),
    ({"psn_part_amt": None}, "setlinfo.psn_part_amt"),
    ({"psn_cash_pay": ""}, "setlinfo.psn_cash_pay"),
    ({"acct_pay": "4.51"}, "person"),
    ({"fund_pay_sumamt": "0.01"}, "payers"),
    ({"preselfpay_amt": "0.24"}, "total"),
    (
        {"medfee_sumamt": "4.53", "preselfpay_amt": "0.24", "psn_part_amt": "4.53", "psn_cash_pay": "0.01"},
        "medfee_sumamt",
    ),
    ({"acct_pay": "4.53", "psn_cash_pay": "-0.01"}, "psn_cash_pay"),
]


@pytest.mark.parametrize(("changes", "name"), WRONG)
def test_a_success_whose_amounts_contradict_themselves_is_settled_wrong(
    open_till: OpenTill, changes: dict[str, Any], name: str
) -> None:
    till = open_till({"2206A": [quoted(), quoted(**changes)], "2207A": settled(**changes)})
    answer = settle(till.port)
    assert isinstance(answer, SettledWrong)
    assert name in answer.broken
    assert answer.setl_id == "S0001"
    quote = till.port.quote(till.port.prepare_quote(REQUEST))
    assert isinstance(quote, SettledWrong)
    assert name in quote.broken


@pytest.mark.parametrize("output", [None, {}, {"setlinfo": None}, {"setlinfo": []}, {"setlinfo": {"setl_id": True}}])
def test_a_settlement_that_says_nothing_was_made_all_the_same(open_till: OpenTill, output: Any) -> None:
    answer = settle(open_till({"2206A": quoted(), "2207A": told(output)}).port)
    assert isinstance(answer, SettledWrong)
    assert answer.setl_id is None
    assert answer.broken


def test_a_settlement_without_a_number_is_settled_wrong(open_till: OpenTill) -> None:
    assert settle(open_till({"2206A": quoted(), "2207A": settled(setl_id=None)}).port) == SettledWrong(
        None, ("setl_id",)
    )


@pytest.mark.parametrize(
    "changes",
    [{"medins_setl_id": "0" * 30}, {"psn_no": "2"}, {"mdtrt_id": "M2"}],
    ids=["another message", "another person", "another visit"],
)
def test_an_answer_to_something_else_is_unknown(open_till: OpenTill, changes: dict[str, Any]) -> None:
    answer = settle(open_till({"2206A": quoted(), "2207A": settled(**changes)}).port)
    assert answer == Unknown(FaultCode.SETTLEMENT_UNKNOWN, "speaks of something else")


def test_a_reply_that_came_before_to_another_message_is_unknown(open_till: OpenTill) -> None:
    """A proxy that repeats a reply shifts all later ones: the 2205 would be read as the answer to the 2601."""
    repeated = told({})
    port = open_till({"2205": repeated, "2601": repeated}).port
    assert port.accept(undo(port, "2205")) == Accepted()
    assert port.accept(undo(port, "2601")) == Unknown(FaultCode.REPLY_BROKEN, "answers another message")


def test_the_same_message_may_be_answered_alike_twice(open_till: OpenTill) -> None:
    port = open_till({"2601": told({})}).port
    sent = undo(port, "2601")
    assert [port.accept(sent), port.accept(sent)] == [Accepted(), Accepted()]


@pytest.mark.parametrize(
    "reply",
    [
        hangs_up,
        says(b"<html></html>"),
        says(b"{}", 503),
        says(b"{}"),
        says(b"[]"),
        says(b"null"),
        says(b'{"infcode": '),
        envelope(infcode=1),
        envelope(infcode="-2"),
        envelope(infcode=None),
        envelope(output=[1]),
        stays_silent,
    ],
    ids=["lost", "html", "503", "{}", "[]", "null", "half", "1", "-2", "none", "list", "silent"],
)
def test_whatever_is_no_answer_leaves_a_settlement_unknown(
    open_till: OpenTill, impatient: SettlementProfile, reply: object
) -> None:
    answer = settle(open_till({"2206A": quoted(), "2207A": reply}, impatient).port)
    assert isinstance(answer, Unknown)
    assert answer.fault is FaultCode.SETTLEMENT_UNKNOWN
    assert answer.why


def test_a_refused_settlement_says_why(open_till: OpenTill) -> None:
    answer = settle(open_till({"2206A": quoted(), "2207A": refused("年度限额已用完[setl_2]")}).port)
    assert answer == Refused(FaultCode.SETTLEMENT_REFUSED, "年度限额已用完")


def test_a_platform_that_is_gone_was_sent_nothing(open_till: OpenTill) -> None:
    till = open_till({"2206A": quoted()})
    sent = till.port.prepare_settle(REQUEST, read_quote(till.port))
    till.far.stop()
    assert till.port.settle(sent) == NotSent(FaultCode.PLATFORM_UNREACHABLE)


# --- 5203 ---


def standing(**changes: Any) -> dict[str, Any]:
    ids = VISIT | {"setl_id": "S1", "refd_setl_flag": "0"}
    return told({"setlinfo": setlinfo() | ids | changes, "setldetail": []})


@pytest.mark.parametrize(("flag", "stands"), [("0", True), (0, True), ("1", False)])
def test_a_settlement_stands_or_not(open_till: OpenTill, flag: object, stands: bool) -> None:
    port = open_till({"5203": standing(refd_setl_flag=flag)}).port
    assert port.standing(port.prepare_query(PSN_NO, "M1", "S1", **AREA)) == Standing(stands)


@pytest.mark.parametrize("changes", [{"refd_setl_flag": "2"}, {"refd_setl_flag": None}, {"setl_id": "S2"}])
def test_a_standing_that_is_not_said_is_unknown(open_till: OpenTill, changes: dict[str, Any]) -> None:
    port = open_till({"5203": standing(**changes)}).port
    assert isinstance(port.standing(port.prepare_query(PSN_NO, "M1", "S1", **AREA)), Unknown)


def test_an_amount_of_another_quote_is_not_settled(open_till: OpenTill) -> None:
    """The bill grew between quote and settlement: what we ask for is the bill's total, whatever the quote was of."""
    till = open_till({"2206A": quoted(), "2207A": ByRequest(lambda asked: settled().make(asked))})
    quote = read_quote(till.port)
    grown = replace(REQUEST, batch=replace(BATCH, total=Money(500)))
    answer = till.port.settle(till.port.prepare_settle(grown, quote))
    assert answer == SettledWrong("S0001", ("medfee_sumamt",))
