"""9101, 9102, 3201 and 3202: files go up and come down whole, and the day's accounts are compared."""

import base64
from decimal import Decimal
from typing import Any

import pytest

from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Refused, Unknown
from settlement.direct.files import Files
from settlement.direct.platform import Platform
from settlement.statement import SENT, unzipped, zipped
from settlement.wire.codec import read
from settlement.wire.reconciliation import Details, Totals
from tests.settlement.direct.conftest import OpenTill, Till
from tests.settlement.direct.scripted import refused, told
from tests.support.far_end import hangs_up, says

DAY = {"stmt_begndate": "2026-11-22", "stmt_enddate": "2026-11-22", "medfee_sumamt": "4.52", "fixmedins_setl_cnt": 1}
SUMS = {"setl_optins": "000000", "fund_pay_sumamt": 0}
TOTALS = read(Totals, DAY | SUMS | {"insutype": "310", "clr_type": "11", "acct_pay": "4.52"})
DETAILS = read(Details, DAY | SUMS | {"file_qury_no": "F1", "cash_payamt": 0})
TABLE = zipped("20261122.txt", [["S1", "M1", "P1", "4.52", "0.00", "4.52", "0"]])


def files(till: Till) -> Files:
    assert isinstance(till.port, Platform)
    return till.port.files


def test_a_file_goes_up_as_the_interface_writes_bytes(open_till: OpenTill) -> None:
    reply = {"file_qury_no": "F1", "filename": "20261122.zip", "dld_endtime": None, "fixmedins_code": "H00000000001"}
    till = open_till({"9101": told(reply)})
    answer = files(till).upload("20261122.zip", TABLE)
    assert getattr(answer, "file_qury_no", "") == "F1"
    heard = till.platform.heard_of("9101")[0]["input"]["fsUploadIn"]
    assert base64.b64decode(heard.pop("in")) == TABLE
    assert heard == {"filename": "20261122.zip", "fixmedins_code": "H00000000001"}


def test_a_file_is_longer_than_any_other_input_may_be(open_till: OpenTill) -> None:
    till = open_till({"9101": told({"file_qury_no": "F1"})})
    assert getattr(files(till).upload("a.zip", b"0" * 100_000), "file_qury_no", "") == "F1"


def test_a_file_comes_down_whole(open_till: OpenTill) -> None:
    till = open_till({"9102": says(TABLE)})
    answer = files(till).download("F2", "result.zip")
    assert isinstance(answer, bytes)
    assert unzipped(answer, SENT)[0]["setl_id"] == "S1"
    heard = till.platform.heard_of("9102")[0]["input"]["fsDownloadIn"]
    assert heard == {"file_qury_no": "F2", "filename": "result.zip", "fixmedins_code": "H00000000001"}


@pytest.mark.parametrize(
    ("reply", "answer"),
    [
        (refused("文件已过期[file_9]"), Refused(FaultCode.INQUIRY_REFUSED, "文件已过期")),
        (told({}), Unknown(FaultCode.REPLY_BROKEN, "no file")),
        (says(b'{"infcode": '), Unknown(FaultCode.REPLY_BROKEN, "not JSON")),
    ],
    ids=["refused", "success without a file", "half"],
)
def test_an_envelope_in_a_files_place_says_why(open_till: OpenTill, reply: Any, answer: object) -> None:
    assert files(open_till({"9102": reply})).download("F2", "result.zip") == answer


def test_a_lost_file_is_unknown_and_one_of_nobody_was_not_asked_for(open_till: OpenTill) -> None:
    assert isinstance(files(open_till({"9102": hangs_up})).download("F2", "result.zip"), Unknown)
    till = open_till({})
    till.far.stop()
    assert files(till).download("F2", "result.zip") == NotSent(FaultCode.PLATFORM_UNREACHABLE)


def test_a_platform_that_forgot_the_sign_in_is_asked_for_the_file_again(open_till: OpenTill) -> None:
    till = open_till({"9102": [refused("请重新签到"), says(TABLE)]})
    assert files(till).download("F2", "result.zip") == TABLE


@pytest.mark.parametrize(("told_result", "result"), [("0", "0"), (1, "1")])
def test_totals_agree_or_not(open_till: OpenTill, told_result: object, result: str) -> None:
    till = open_till({"3201": told({"stmtinfo": {"stmt_rslt": told_result, "stmt_rslt_dscr": None}})})
    assert getattr(files(till).compare_totals(TOTALS), "stmt_rslt", "") == result
    heard = till.platform.heard_of("3201")[0]["input"]["data"]
    assert (heard["medfee_sumamt"], heard["fixmedins_setl_cnt"]) == (Decimal("4.52"), 1)


def test_the_differences_are_in_a_file(open_till: OpenTill) -> None:
    reply = {"fileinfo": {"file_qury_no": "F2", "filename": "result.zip", "dld_endtime": "2026-11-23 00:00:00"}}
    answer = files(open_till({"3202": told(reply)})).compare_details(DETAILS)
    assert (getattr(answer, "file_qury_no", ""), getattr(answer, "filename", "")) == ("F2", "result.zip")


@pytest.mark.parametrize("output", [None, {}, {"stmtinfo": {}}, {"fileinfo": []}])
def test_a_comparison_without_a_result_is_unknown(open_till: OpenTill, output: Any) -> None:
    till = open_till({"3201": told(output), "3202": told(output)})
    assert isinstance(files(till).compare_totals(TOTALS), Unknown)
    assert isinstance(files(till).compare_details(DETAILS), Unknown)


def test_a_refused_comparison_says_so(open_till: OpenTill) -> None:
    till = open_till({"3201": refused("对账日期错误"), "3202": refused("对账日期错误")})
    answer = Refused(FaultCode.INQUIRY_REFUSED, "对账日期错误")
    assert files(till).compare_totals(TOTALS) == files(till).compare_details(DETAILS) == answer
