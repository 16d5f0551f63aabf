"""What states become in words: who pays what, where the money is, what became of the paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kiosk.domain.money import ZERO, Money
from kiosk.domain.settlement import Amounts
from kiosk.faults import CATALOGUE, FaultCode, MoneyAt
from kiosk.flow import states as at
from kiosk.flow.sheets import PaperState
from kiosk.installed import config_dir
from kiosk.messages import Catalogue, Texts
from kiosk.ports.clock import BEIJING
from kiosk.ports.receipt_printer import SlipNotPrinted, SlipPrinted, SlipUnknown
from screens import words
from screens.ending.failed import money_sentence, undone_after_doubt
from screens.ending.papers import fiscal_receipts, papers
from screens.home.page import notes
from screens.pay import family
from screens.pay.family import Relatives
from screens.pay.shares import payers, reasons
from tests.screens.glass import Glass
from tests.support import paid_bills, states
from tests.support.account_states import BESIDE, OWNERS, SHARED
from tests.support.states import T

ZH = Catalogue.read(config_dir() / "texts").of("zh")
EN = Catalogue.read(config_dir() / "texts").of("en")
AMOUNTS = paid_bills.AMOUNTS


def test_who_pays_what_is_one_line_a_payer_with_the_patient_last() -> None:
    assert [(row.label, row.amount) for row in payers(paid_bills.MANY_FUNDS, ZH)] == [
        ("医保统筹基金付", "7,600.00 元"),
        ("大病保险付", "1,500.00 元"),
        ("医疗救助付", "700.00 元"),
        ("您的个人账户付", "1,200.00 元"),
        ("家庭共济账户付", "400.00 元"),
        ("医院承担", "64.55 元"),
        ("您自己付", "1,400.00 元"),
    ]


def test_nobody_who_pays_nothing_is_listed() -> None:
    assert [row.kind for row in payers(states.NOTHING_OWED, ZH)] == ["fund", "account"]


def test_a_family_account_inside_the_own_account_is_told_not_counted_twice() -> None:
    within = replace(AMOUNTS, acct_mulaid_pay=Money(1000))
    rows = payers(within, ZH)
    assert [row.kind for row in rows] == ["fund", "account", "own"]
    assert rows[1].label == "个人账户付"
    assert rows[1].note.splitlines()[0] == "其中家人账户付 10.00 元"


@pytest.mark.parametrize(("amounts", "inside"), [(SHARED, ["其中家人账户付 31.52 元"]), (BESIDE, [])])
def test_whose_account_pays_is_told_masked_with_the_order_and_why_nobody_can_choose(
    amounts: Amounts, inside: list[str]
) -> None:
    told = Relatives(OWNERS)
    row = next(row for row in payers(amounts, ZH, (), told) if row.note)
    assert row.note.splitlines() == [
        *inside,
        "马*（父母）的账户 20.00 元",
        "石*（配偶）的账户 11.52 元",
        "先用您自己的账户，不够的再用家人的。",
        "用谁的账户由医保平台按规定扣，这里不能选。",
    ]
    assert "马俊" not in "".join(row.note for row in payers(amounts, EN, (), told))
    first = family.note(amounts, Relatives(OWNERS[:1], owner_first=True, fixed=False), ZH)
    assert first.splitlines() == ["马*（父母）的账户", "先用家人的账户，不够的再用您自己的。"]


def test_an_owner_nobody_told_is_said_to_be_untold_and_to_an_agent_nothing_is_said() -> None:
    untold = family.note(SHARED, Relatives(), ZH)
    assert untold.splitlines()[0] == "是哪位家人的账户，平台没有告诉本机"
    assert family.note(SHARED, Relatives(hidden=True), ZH).splitlines()[0] == "先用您自己的账户，不够的再用家人的。"


def test_who_has_no_account_of_their_own_reads_that_the_relatives_pays_at_once() -> None:
    alone = replace(SHARED, acct_pay=Money(3152), psn_part_amt=Money(4497))
    assert "您自己的账户没有可用的钱，直接用家人的。" in family.note(alone, Relatives(OWNERS), ZH).splitlines()


@pytest.mark.parametrize("texts", [ZH, EN])
def test_who_pays_for_a_patient_who_is_not_there_reads_of_the_patient(texts: Texts) -> None:
    told = payers(paid_bills.MANY_FUNDS, texts.to_a_relative) + payers(
        SHARED, texts.to_a_relative, (), Relatives(OWNERS)
    )
    said = "\n".join(f"{row.label}\n{row.note}\n{row.rule}\n{row.source}" for row in told).lower()
    assert [word for word in ("您", "your") if word in said] == []
    assert ("患者的个人账户付" if texts is ZH else "the patient's insurance account") in said


@given(some.integers(min_value=1, max_value=10**9), some.integers(min_value=0, max_value=10**9))
def test_the_fields_of_the_chart_make_one_whole(own: int, fund: int) -> None:
    amounts = replace(
        AMOUNTS,
        medfee_sumamt=Money(own + fund),
        funds=replace(AMOUNTS.funds, hifp_pay=Money(fund)),
        psn_part_amt=Money(own),
        acct_pay=ZERO,
        psn_cash_pay=Money(own),
    )
    assert sum(row.share for row in payers(amounts, ZH)) == pytest.approx(1)


def test_reasons_name_what_the_platform_stated_and_leave_the_percentage_without_a_figure() -> None:
    assert [(row.label, row.amount) for row in reasons(AMOUNTS, ZH)] == [
        ("医保目录以外的项目", "10.00 元"),
        ("乙类等项目先由个人付的部分", "0.62 元"),
        ("没到起付线的部分", "20.00 元"),
        ("其余按比例由个人承担", ""),
    ]


def failed(fault: FaultCode, amount: Money | None = None) -> at.Failed:
    return at.Failed(T, fault, amount=amount)


@pytest.mark.parametrize(
    ("screen", "sentence"),
    [
        (failed(FaultCode.PAYMENT_REFUSED), "您的钱没有被扣。"),
        (failed(FaultCode.SETTLEMENT_REFUSED, Money(1345)), "您付的 13.45 元会原路退回。"),
        (failed(FaultCode.SETTLEMENT_REFUSED), "您的钱没有被扣。"),
        (failed(FaultCode.SETTLEMENT_UNKNOWN), "您的钱是安全的，正在查清。"),
        (failed(FaultCode.SETTLEMENT_UNKNOWN, Money(1345)), "您付的 13.45 元会原路退回。"),
        (failed(FaultCode.BOOKING_UNKNOWN), "费用已经付清。"),
        (failed(FaultCode.NO_BILL), ""),
    ],
)
def test_where_the_money_is(screen: at.Failed, sentence: str) -> None:
    assert money_sentence(screen, ZH) == sentence


def test_a_doubt_that_ended_well_does_not_frighten() -> None:
    assert undone_after_doubt(failed(FaultCode.SETTLEMENT_UNKNOWN, Money(1)))
    assert not undone_after_doubt(failed(FaultCode.SETTLEMENT_UNKNOWN))
    assert not undone_after_doubt(failed(FaultCode.SETTLEMENT_REFUSED, Money(1)))


@pytest.mark.parametrize(
    ("paper", "said"),
    [
        (PaperState(), ["busy"]),
        (PaperState(SlipPrinted(), statement=True), ["good"]),
        (PaperState(SlipPrinted(), statement=None), ["good", "busy"]),
        (PaperState(SlipNotPrinted(FaultCode.PAPER_OUT, started=False), statement=False), ["warn", "warn"]),
        (PaperState(SlipUnknown(), statement=None), ["warn", "busy"]),
    ],
)
def test_what_became_of_the_papers(paper: PaperState, said: list[str]) -> None:
    assert [row.tone for row in papers(states.with_paper(states.next_steps(), paper), ZH)] == said


def test_the_fiscal_receipt_is_told_or_where_it_can_be_looked_up() -> None:
    [issued] = fiscal_receipts(states.next_steps(), ZH)
    assert paid_bills.BOOKING.receipt is not None
    assert paid_bills.BOOKING.receipt.number in issued.words
    [later] = fiscal_receipts(states.next_steps(booking=paid_bills.LATER), ZH)
    assert (later.tone, "查验平台" in later.words) == ("later", True)
    assert fiscal_receipts(states.next_steps(booking=None), ZH) == []


def test_a_booking_that_sends_the_patient_nowhere_says_so(glass: Glass) -> None:
    glass.show(states.kiosk(states.next_steps(booking=replace(paid_bills.BOOKING, steps=()))))
    assert "不用再去别的窗口" in glass.written()


def test_a_bill_the_insurance_does_not_help_with_says_so(glass: Glass) -> None:
    glass.show(states.kiosk(states.explaining(states.ALL_OWED)))
    assert "这笔费用医保没有报销" in glass.written()


def test_a_statement_nobody_wants_is_not_spoken_of() -> None:
    assert len(papers(states.next_steps(statement=None), ZH)) == 1


def test_a_receipt_that_failed_says_why_and_where_to_get_it() -> None:
    missing = SlipNotPrinted(FaultCode.PRINTER_JAMMED, started=True)
    row = papers(states.with_paper(states.next_steps(), PaperState(missing)), ZH)[0]
    assert row.words == "打印机卡纸了。费用已结清，凭条请到收费窗口补打。"


def test_a_receipt_that_came_the_second_time_says_which_one_counts() -> None:
    half = PaperState(SlipPrinted(), stopped=SlipNotPrinted(FaultCode.PAPER_OUT, started=True))
    row = papers(states.with_paper(states.next_steps(), half), ZH)[0]
    assert (row.words, row.tone) == ("已补打，请取走。只打了一半的那张不作数。", "good")


def test_home_speaks_of_what_is_down_and_not_of_what_nobody_reported() -> None:
    printers = states.PRINTERS_DOWN
    assert [note.words[:9] for note in notes(printers, ZH)] == ["凭条和 A4 结算"]
    for name, first in (("receipt_printer", "凭条"), ("page_printer", "A4")):
        one = {**states.WORKING, name: printers[name]}
        assert [note.words[:2] for note in notes(one, ZH)] == [first]
    assert notes(states.WORKING, ZH) == []
    assert notes({}, ZH) == []


def test_dates_are_written_as_each_language_writes_them() -> None:
    moment = datetime(2026, 3, 1, 8, 5, tzinfo=BEIJING)
    assert words.day_and_time(moment, ZH) == "3月1日 08:05"
    assert words.day_and_time(moment, EN) == "1 Mar, 08:05"
    assert words.day(moment, ZH) == "3月1日 星期日"
    assert words.day(moment, EN) == "Sun 1 Mar"


def test_an_insurance_or_visit_we_do_not_know_still_has_a_name() -> None:
    assert words.insurance("310", ZH) == "职工医保"
    assert words.insurance("999", ZH) == "其他医保"
    assert words.medical_type("9101", ZH) == "门诊"


def test_foreign_text_is_only_what_the_typeface_draws() -> None:
    assert words.shown("骨\u200b科\n一\U0002cc09") == "骨科 一※"


def test_two_parts_are_joined_and_one_stands_alone() -> None:
    assert words.pair("骨科", "李红", ZH) == "骨科　李红"
    assert words.pair("骨科", "李红", EN) == "骨科, 李红"
    assert words.pair("骨科", "", ZH) == words.pair("", "骨科", ZH) == "骨科"


@pytest.mark.parametrize("texts", [ZH, EN], ids=["zh", "en"])
def test_every_fault_says_what_and_what_to_do(texts: Texts) -> None:
    for fault in FaultCode:
        assert texts.say(f"fault.{fault.value}.what")
        assert texts.say(f"fault.{fault.value}.do")
    for where in MoneyAt:
        assert texts.say(f"money.{where.value}")


def test_every_fault_that_a_patient_meets_ends_with_a_stop_and_no_blame() -> None:
    for fault in CATALOGUE:
        assert ZH.say(f"fault.{fault.value}.do").endswith("。"), fault
        assert not set("！!") & set(ZH.say(f"fault.{fault.value}.what")), fault


def test_what_a_stay_leaves_of_its_deposits_stands_at_the_top(glass: Glass) -> None:
    """Where each part is stands below; that something comes back, or is to pay, nobody should have to scroll for: a
    bill of which a part waits is not called paid.
    """
    samples = states.samples()
    for name, said in (
        ("stay", "预交金退还 2,132.36 元"),
        ("stay-silent", "预交金余 2,732.36 元 待退"),
        ("stay-deferred", "预交金已付，缓缴 673.04 元"),
    ):
        glass.show(samples[f"next-steps--{name}"])
        assert said in glass.written()
        assert "付清" not in glass.written()


def test_one_bill_is_not_called_several(glass: Glass) -> None:
    samples = states.samples()
    glass.show(samples["at-window"])
    assert "这几笔费用还没有付" in glass.written()
    glass.show(samples["at-window--newborn"])
    assert "这笔费用还没有付" in glass.written()


def test_whoever_is_not_recognised_is_told_where_to_go(glass: Glass) -> None:
    glass.show(states.samples()["face-elsewhere--fault"])
    assert "和证件照片对不上" in glass.written()
    assert "到窗口由工作人员核对" in glass.written().replace("\n", "")


def test_a_reprint_that_did_not_come_is_not_said_to_be_marked(glass: Glass) -> None:
    samples = states.samples()
    glass.show(samples["reprinting"])
    assert "不作报销凭证" in glass.written()
    glass.show(samples["reprinting--missing"])
    assert "不作报销凭证" not in glass.written()


def test_a_fixed_sum_is_told_in_one_row_and_explained_by_no_item(glass: Glass) -> None:
    by_item = states.samples()["explaining--stay"]
    fixed = states.kiosk(states.explaining(paid_bills.STAY_AMOUNTS, states.bill(paid_bills.STAY_FIXED.batch)))
    glass.show(fixed)
    assert glass.written().count("按定额结算") == 1
    assert "为什么有一部分要自己承担" not in glass.written()
    glass.show(by_item)
    assert "按定额结算" not in glass.written()
