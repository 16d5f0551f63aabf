"""What may be printed as an official sheet: a whole PDF, and nothing that only begins like one."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.official import NoSheet, Sheet
from settlement.official import LARGEST_SHEET, no_sheet, read_sheet, whole_sheet

WHOLE = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@given(st.binary(max_size=2000))
def test_a_whole_sheet_comes_through_to_the_byte(inside: bytes) -> None:
    pdf = b"%PDF-1.7\n" + inside + b"\n%%EOF"
    text = base64.encodebytes(pdf).decode()
    assert read_sheet(text) == Sheet(pdf)
    assert "PDF" not in repr(Sheet(pdf))


@pytest.mark.parametrize(
    "pdf",
    [b"", b"%PDF-1.4", WHOLE[: len(WHOLE) // 2], b"<html>%%EOF", b"%PDF-" + b"0" * LARGEST_SHEET + b"%%EOF"],
    ids=["empty", "begun", "half", "a page", "too large"],
)
def test_what_is_not_whole_is_broken(pdf: bytes) -> None:
    answer = whole_sheet(pdf)
    assert isinstance(answer, Unknown)
    assert answer.fault is FaultCode.OFFICIAL_BROKEN


def test_what_is_no_base64_is_broken() -> None:
    assert isinstance(read_sheet("没有"), Unknown)
    assert isinstance(read_sheet("JVBERi0"), Unknown)


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (Refused(FaultCode.UPLOAD_REFUSED, "尚未生成"), FaultCode.OFFICIAL_NOT_MADE),
        (Refused(FaultCode.SIGN_IN_REFUSED, "请重新签到"), FaultCode.OFFICIAL_SILENT),
        (NotSent(FaultCode.PLATFORM_UNREACHABLE), FaultCode.OFFICIAL_SILENT),
        (Unknown(FaultCode.PLATFORM_UNREACHABLE), FaultCode.OFFICIAL_SILENT),
        (Unknown(FaultCode.REPLY_BROKEN), FaultCode.OFFICIAL_BROKEN),
    ],
    ids=["refused", "signed out", "not sent", "silent", "broken"],
)
def test_every_answer_has_a_word_for_whoever_waits(answer: NoSheet, fault: FaultCode) -> None:
    told = no_sheet(answer)
    assert told.fault is fault
    if isinstance(told, Refused):
        assert told.reason == "尚未生成"
