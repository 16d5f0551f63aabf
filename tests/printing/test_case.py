"""Slips of the insurance office's services: nobody is named on them, and they say everything the page said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.domain.pages import Ending, Guide, Link, Result
from kiosk.domain.paper import Cut, Line, PaperShape, Qr, Slip
from kiosk.messages import Texts
from kiosk.ports.documents import CaseSlip, GuideSlip
from printing.case import case_slip, guide_slip
from tests.kiosk.flow.clerk import CERTIFICATE
from tests.support.paid_bills import MM58, MM80, SITE
from tests.support.services import HEAD, NAME, PAPER, POINTS
from tests.support.states import NOW

GUIDE = Guide(HEAD, NAME, NAME, POINTS, PAPER)
ANSWER = Result(HEAD, Ending.ACCEPTED, NAME, NAME, "MN2026112600000001", POINTS)


def said(slip: Slip) -> str:
    return "".join(item.text for item in slip.items if isinstance(item, Line)).replace(" ", "")


@pytest.mark.parametrize("shape", [MM58, MM80])
def test_a_guide_on_paper_tells_every_point_its_source_and_whom_to_ask(shape: PaperShape, zh: Texts) -> None:
    told = said(guide_slip(GuideSlip(GUIDE, NOW), SITE, shape, zh))
    for point in POINTS:
        assert point.label.zh in told
        assert point.text.zh.replace(" ", "") in told
    assert PAPER.paper.zh.replace(" ", "") in told
    assert "12393" in told
    assert "12345" in told


def test_a_guide_on_paper_has_the_code_where_a_phone_goes_on(zh: Texts) -> None:
    page = replace(GUIDE, link=Link("https://tax.moni.invalid/pay", NAME))
    slip = guide_slip(GuideSlip(page, NOW), SITE, MM80, zh)
    assert [item.content for item in slip.items if isinstance(item, Qr)] == ["https://tax.moni.invalid/pay"]


def test_the_provinces_own_lines_are_printed(zh: Texts) -> None:
    page = replace(ANSWER, printed=("模拟医保局告知：已登记。",))
    assert "模拟医保局告知：已登记。" in said(case_slip(CaseSlip(page, page.number, "", NOW), SITE, MM58, zh))


def test_a_certificate_is_a_slip_of_its_own_and_names_its_holder_covered(zh: Texts) -> None:
    slip = case_slip(CaseSlip(ANSWER, ANSWER.number, "YB1.x.y", NOW, CERTIFICATE), SITE, MM80, zh)
    cuts = [at for at, item in enumerate(slip.items) if isinstance(item, Cut)]
    first, second = slip.items[: cuts[0]], slip.items[cuts[0] :]
    assert len(cuts) == 2
    assert not any("CBPZ1" in item.text for item in first if isinstance(item, Line))
    told = "".join(item.text for item in second if isinstance(item, Line)).replace(" ", "")
    assert "基本医疗保险参保凭证" in told
    assert "张*111***********1110" in told
    assert "模拟甲市，2012-07-01至2020-06-30，共96个月" in told
    assert ANSWER.number not in told
    assert [item.content for item in second if isinstance(item, Qr)] == ["YBC1.x.y"]


def test_a_case_on_paper_has_its_number_and_the_code_for_the_window(zh: Texts) -> None:
    slip = case_slip(CaseSlip(ANSWER, ANSWER.number, "YB1.x.y", NOW), SITE, MM80, zh)
    assert ANSWER.number in said(slip)
    assert [item.content for item in slip.items if isinstance(item, Qr)] == ["YB1.x.y"]
    without = case_slip(CaseSlip(ANSWER, ANSWER.number, "", NOW), SITE, MM80, zh)
    assert not any(isinstance(item, Qr) for item in without.items)


def test_an_answer_of_several_rows_begins_under_its_name(en: Texts) -> None:
    """Prose that is pushed to the right margin is hard to read; a short answer stands there as an amount does."""
    slip = case_slip(CaseSlip(ANSWER, ANSWER.number, "", NOW), SITE, MM58, en)
    written = [item.text for item in slip.items if isinstance(item, Line)]
    at = written.index("Who may")
    assert written[at + 1].startswith("  Insured")
    assert written[at + 2].startswith("  living")
    (number,) = (row for row in written if ANSWER.number in row)
    assert len(number) == MM58.columns
