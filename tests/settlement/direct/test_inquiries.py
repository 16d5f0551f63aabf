"""Questions that move nothing: what is asked, and what each answer means."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kiosk.domain.benefits import Accumulator, BenefitCheck, ChronicRegistration, HospitalStay, Paid, PastVisit
from kiosk.domain.dictionaries import Dictionary, Term
from kiosk.domain.money import Money
from kiosk.domain.policy import Gateway
from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.inquiry import Inquiring, Told, VisitKind
from settlement.direct.gateway import SENT_BY_US
from settlement.direct.inquiries import Inquiries
from settlement.wire.codec import encode
from settlement.wire.inquiry import Stay
from tests.settlement.direct.conftest import OpenTill, Till
from tests.settlement.direct.scripted import refused, told
from tests.support.far_end import hangs_up, says
from tests.support.parties import INSURANCE, PERSON, PROFILE

WHO = {"psn_no": "00000000000000000001"}
SINCE, UNTIL = date(2026, 11, 1), date(2026, 11, 22)
PERIOD = {"begntime": "2026-11-01 00:00:00", "endtime": "2026-11-22 23:59:59"}
CHRONIC = VisitKind("14", UNTIL, "M03900", "高血压")


def ask(till: Till) -> Inquiries:
    assert isinstance(till.port, Inquiring)
    assert isinstance(till.port.inquiries, Inquiries)
    return till.port.inquiries


ASKED: dict[str, tuple[Callable[[Inquiries], Any], dict[str, Any]]] = {
    "1901": (
        lambda i: i.dictionary("med_type", UNTIL),
        {"type": "med_type", "parentValue": "", "admdvs": "000000", "date": "2026-11-22", "valiFlag": "1"},
    ),
    "2001": (
        lambda i: i.benefits(PERSON, INSURANCE, CHRONIC),
        WHO
        | {"insutype": "310", "fixmedins_code": "H00000000001", "med_type": "14", "begntime": "2026-11-22 00:00:00"}
        | {"dise_codg": "M03900", "dise_name": "高血压"},
    ),
    "5201": (lambda i: i.visits(PERSON, INSURANCE, "11", SINCE, UNTIL), WHO | PERIOD | {"med_type": "11"}),
    "5202": (lambda i: i.diagnoses(PERSON, INSURANCE, "M1"), WHO | {"mdtrt_id": "M1"}),
    "5204": (lambda i: i.fees(PERSON, INSURANCE, "M1", "S1"), WHO | {"mdtrt_id": "M1", "setl_id": "S1"}),
    "5205": (lambda i: i.medicines(PERSON, INSURANCE, SINCE, UNTIL), WHO | PERIOD),
    "5206": (lambda i: i.accumulators(PERSON, INSURANCE, "202611"), WHO | {"cum_ym": "202611"}),
    "5301": (lambda i: i.chronic_registrations(PERSON, INSURANCE), WHO),
    "5302": (lambda i: i.own_hospitals(PERSON, INSURANCE), WHO),
    "5303": (lambda i: i.stays(PERSON, INSURANCE, SINCE, UNTIL), WHO | PERIOD),
    "5304": (lambda i: i.referrals(PERSON, INSURANCE, SINCE, UNTIL), WHO | PERIOD),
}
questions = pytest.mark.parametrize("infno", sorted(ASKED))
NODES = {
    "1901": "list", "2001": "trtinfo", "5201": "mdtrtinfo", "5202": "diseinfo", "5204": "output", "5205": "feedetail",
    "5206": "cuminfo", "5301": "feedetail", "5302": "psnfixmedin", "5303": "data", "5304": "refmedin",
}  # fmt: skip


@questions
@pytest.mark.parametrize("output", [None, {}, "", []])
def test_a_question_is_asked_in_the_national_way_and_may_have_no_rows(
    open_till: OpenTill, infno: str, output: Any
) -> None:
    till = open_till({infno: told(output)})
    asking, body = ASKED[infno]
    answer = asking(ask(till))
    assert answer in ((), Told(()), Dictionary("med_type", ()))
    heard = till.platform.heard_of(infno)[0]
    assert heard["input"] == {"data": body}
    assert heard.get("insuplc_admdvs") == (None if infno == "1901" else "000000")


@questions
def test_a_refused_question_has_a_fault_of_its_own(open_till: OpenTill, infno: str) -> None:
    till = open_till({infno: refused("无权查询[qry_5]")})
    assert ASKED[infno][0](ask(till)) == Refused(FaultCode.INQUIRY_REFUSED, "无权查询")


@questions
@pytest.mark.parametrize("reply", [hangs_up, says(b"[]"), says(b"{}", 503)], ids=["lost", "list", "503"])
def test_a_question_without_an_answer_is_unknown(open_till: OpenTill, infno: str, reply: object) -> None:
    assert isinstance(ASKED[infno][0](ask(open_till({infno: reply}))), Unknown)


@questions
def test_rows_of_another_shape_are_unknown(open_till: OpenTill, infno: str) -> None:
    till = open_till({infno: told({NODES[infno]: "rows"})})
    assert isinstance(ASKED[infno][0](ask(till)), Unknown)


@pytest.mark.parametrize("infno", ["2001", "5201", "5202", "5302", "5303", "5304", "5205"])
def test_rows_about_somebody_else_are_unknown(open_till: OpenTill, infno: str) -> None:
    row = {"psn_no": "2", "mdtrt_id": "M1", "fund_pay_type": "310100", "trt_enjymnt_flag": "1"}
    till = open_till({infno: told({NODES[infno]: [row]})})
    assert ASKED[infno][0](ask(till)) == Unknown(FaultCode.REPLY_BROKEN, "speaks of somebody else")


def test_a_platform_that_forgot_the_sign_in_is_asked_again(open_till: OpenTill) -> None:
    till = open_till({"5301": [refused("请重新签到"), told({"feedetail": []})]})
    assert ask(till).chronic_registrations(PERSON, INSURANCE) == Told(())
    assert [asked["infno"] for asked in till.platform.heard] == ["9001", "5301", "9001", "5301"]


def test_a_platform_that_is_gone_was_asked_nothing(open_till: OpenTill) -> None:
    till = open_till({})
    till.far.stop()
    assert ask(till).chronic_registrations(PERSON, INSURANCE) == NotSent(FaultCode.PLATFORM_UNREACHABLE)


def test_a_province_without_a_path_for_a_question_is_not_asked_it(open_till: OpenTill) -> None:
    paths = {infno: f"/fsi/api/{infno}" for infno in SENT_BY_US}
    till = open_till({}, profile=replace(PROFILE, gateway=Gateway.PER_INFNO, paths=paths))
    assert ask(till).chronic_registrations(PERSON, INSURANCE) == NotSent(FaultCode.PACK_WRONG)
    assert not till.platform.heard


@pytest.mark.expected_log(
    "kiosk.party", logging.ERROR, "2001 withheld: data.med_type 医疗类别: not a code in force today"
)
def test_a_question_with_a_foreign_code_is_withheld(open_till: OpenTill) -> None:
    till = open_till({})
    assert ask(till).benefits(PERSON, INSURANCE, replace(CHRONIC, med_type="Z")) == NotSent(FaultCode.REPLY_BROKEN)
    assert not till.platform.heard_of("2001")


# --- what the answers mean ---


def test_chronic_diseases_on_file(open_till: OpenTill) -> None:
    rows = [
        {"opsp_dise_code": "M03900", "opsp_dise_name": "高血压", "begndate": "2024-01-01 00:00:00", "enddate": None},
        {"opsp_dise_code": "M01600", "opsp_dise_name": None, "begndate": "20240101", "enddate": "2025-12-31"},
    ]
    answer = ask(open_till({"5301": told({"feedetail": rows})})).chronic_registrations(PERSON, INSURANCE)
    assert isinstance(answer, Told)
    assert answer.rows == (
        ChronicRegistration("M03900", "高血压", date(2024, 1, 1)),
        ChronicRegistration("M01600", "", date(2024, 1, 1), date(2025, 12, 31)),
    )
    assert [row.in_force(UNTIL) for row in answer.rows] == [True, False]
    assert "高血压" not in f"{answer!r} {answer.rows!r}"


@pytest.mark.parametrize("cum", [Decimal("459.00"), 459, "459", "459.0000"])
def test_the_years_sums(open_till: OpenTill, cum: object) -> None:
    row = {"insutype": 310, "year": 2026, "cum_ym": "202611", "cum_type_code": "Q0000", "cum": cum}
    answer = ask(open_till({"5206": told({"cuminfo": row})})).accumulators(PERSON, INSURANCE)
    assert answer == Told((Accumulator("310", "2026", "202611", "Q0000", Money(45900)),))


@pytest.mark.parametrize(("flag", "enjoyed"), [("1", True), (1, True), ("0", False), (0, False)])
def test_a_fund_pays_or_not(open_till: OpenTill, flag: object, enjoyed: bool) -> None:
    row = WHO | {"trt_chk_type": "1", "fund_pay_type": "310100", "trt_enjymnt_flag": flag, "begndate": "2026-01-01"}
    row |= {"trt_chk_rslt": "可享受", "exp_content": {"x": 1}}
    answer = ask(open_till({"2001": told({"trtinfo": [row]})})).benefits(PERSON, INSURANCE, CHRONIC)
    assert answer == Told((BenefitCheck("1", "310100", enjoyed, date(2026, 1, 1), None, "可享受"),))


def test_a_stay_that_is_not_over(open_till: OpenTill) -> None:
    row = WHO | {"mdtrt_id": 7, "insutype": "310", "med_type": "21", "begndate": "2026-11-20", "ipt_otp_no": "ZY1"}
    answer = ask(open_till({"5303": told({"data": [row]})})).stays(PERSON, INSURANCE, SINCE, UNTIL)
    assert answer == Told((HospitalStay("7", "310", "21", date(2026, 11, 20), "ZY1"),))


@pytest.mark.parametrize("spelling", [("valiFlag", "parentValue"), ("vali_flag", "parent_value")])
def test_a_dictionary_is_downloaded_without_what_ended(open_till: OpenTill, spelling: tuple[str, str]) -> None:
    flag, parent = spelling
    rows = [{"type": "MED_TYPE", "label": name, "value": code, flag: valid, parent: None}
            for code, name, valid in (("11", "普通门诊", "1"), (1404, "两病", 1), ("15", "特药", "0"))]  # fmt: skip
    answer = ask(open_till({"1901": told({"list": rows})})).dictionary("med_type", UNTIL)
    assert answer == Dictionary("med_type", (Term("11", "普通门诊"), Term("1404", "两病")))


def test_charged_lines_come_alone_or_in_a_node(open_till: OpenTill) -> None:
    rows = [{"feedetl_sn": "1", "det_item_fee_sumamt": "4.52", "cnt": 1, "pric": "4.520000", "mdtrt_id": "M1"}]
    outputs: list[Any] = [rows, {"output": rows}]
    for output in outputs:
        lines = ask(open_till({"5204": told(output)})).fees(PERSON, INSURANCE, "M1")
        assert isinstance(lines, tuple)
        assert (lines[0].feedetl_sn, lines[0].det_item_fee_sumamt) == ("1", Decimal("4.52"))


VISIT = {"mdtrt_id": "M1", "psn_no": PERSON.psn_no.reveal(), "med_type": "14", "begntime": "2026-11-20 09:30:00"}
LINES = [
    {"mdtrt_id": "M1", "setl_id": "S1", "list_type": "101", "medins_list_name": "缬沙坦胶囊"},
    {"mdtrt_id": "M1", "setl_id": "S1", "list_type": "101", "hilist_name": "缬沙坦胶囊"},
    {"mdtrt_id": "M1", "setl_id": "S1", "list_type": "201", "medins_list_name": "门诊诊查费"},
]
STOOD = {
    "setl_id": "S1", "refd_setl_flag": "0", "medfee_sumamt": "120.00", "fund_pay_sumamt": "80.00", "acct_pay": "25.00",
    "cash_payamt": "15.00",
}  # fmt: skip


def history(open_till: OpenTill, setlinfo: Any, lines: Any = None) -> Any:
    kinds = [told({"mdtrtinfo": []}), told({"mdtrtinfo": []}), told({"mdtrtinfo": [VISIT]}), told({"mdtrtinfo": []})]
    fees = told({"output": LINES}) if lines is None else lines
    till = open_till({"5201": kinds, "5204": fees, "5203": told({"setlinfo": setlinfo})})
    return ask(till).past_visits(PERSON, INSURANCE, SINCE, UNTIL)


def test_a_past_visit_has_the_drugs_of_its_lines_and_the_amounts_of_its_settlement(open_till: OpenTill) -> None:
    paid = Paid(Money(12000), Money(8000), Money(2500), Money(1500))
    assert history(open_till, STOOD) == Told((PastVisit(date(2026, 11, 20), "14", "", paid, ("缬沙坦胶囊",)),))


def test_what_was_undone_or_is_not_whole_has_no_amounts_and_no_lines_no_drugs(open_till: OpenTill) -> None:
    bare = Told((PastVisit(date(2026, 11, 20), "14", "", None, ("缬沙坦胶囊",)),))
    assert history(open_till, STOOD | {"refd_setl_flag": "1"}) == bare
    assert history(open_till, {key: value for key, value in STOOD.items() if key != "acct_pay"}) == bare
    assert history(open_till, STOOD, refused("无权查询")) == Told((PastVisit(date(2026, 11, 20), "14", ""),))


def test_visits_that_cannot_be_asked_for_are_no_history(open_till: OpenTill) -> None:
    answer = ask(open_till({"5201": refused("无权查询")})).past_visits(PERSON, INSURANCE, SINCE, UNTIL)
    assert answer == Refused(FaultCode.INQUIRY_REFUSED, "无权查询")


def test_nothing_personal_is_seen_of_a_row() -> None:
    row = Stay.model_validate({"mdtrt_id": "1", "psn_name": "张三", "certno": "111111198101011110"})
    assert "张三" not in f"{row!r}{row}"
    assert b"111111198101011110" in encode(row)
