"""The paper of a discharge: every deposit's part on the receipt, and a slip of its own for the window."""

import io
from dataclasses import replace

import pypdf
import pytest

from kiosk.domain.money import Money
from kiosk.domain.paper import Cut, Line, PaperShape, Slip
from kiosk.domain.personal import PersonName
from kiosk.domain.stay import Back
from kiosk.messages import Catalogue, Texts
from kiosk.ports.documents import AdmissionSlip, UnpaidBills
from printing.deposit import admission_slip, deposit_slip
from printing.receipt import receipt
from printing.statement import statement
from printing.window import window_slip
from tests.support.insured_stays import DEFERRED, REFUSED, SILENT
from tests.support.paid_bills import DEPOSIT_PAID, SITE, STAY_BILL, STAY_FIXED, STAY_TOPPED, STAYED
from tests.support.people import ADMISSION, BATCH
from tests.support.wishes import wished

NARROW, WIDE = PaperShape(58, 384, 32), PaperShape(80, 576, 48)


def rows(slip: Slip) -> list[str]:
    return [" ".join(item.text.split()) for item in slip.items if isinstance(item, Line)]


def parts(slip: Slip) -> int:
    return sum(isinstance(item, Cut) for item in slip.items)


@pytest.mark.parametrize("shape", [NARROW, WIDE], ids=["58 mm", "80 mm"])
def test_a_family_reads_what_became_of_each_deposit(shape: PaperShape, zh: Texts) -> None:
    said = "\n".join(rows(receipt(STAY_BILL, SITE, shape, zh)))
    for line in ("病区 心血管内科病区 12 床", "2026-11-17 – 2026-11-23", "3,500.00 元", "2,132.36 元"):
        assert line in said
    assert "已退款 支付宝 张**" in said
    assert "窗口领取 现金 张*" in said
    assert "正在退款 微信支付 张**" in said
    assert "支付方式 预交金" in said
    assert "无需支付" not in said


def test_the_window_has_a_slip_of_its_own_with_the_sum_it_pays_out(zh: Texts) -> None:
    slip = receipt(STAY_BILL, SITE, WIDE, zh)
    assert parts(slip) == 2
    said = rows(Slip(slip.shape, slip.items[slip.items.index(Cut()) :]))
    assert "请到住院收费窗口" in said
    assert "窗口应退 500.00 元" in said
    assert "大写 人民币伍佰元整" in said
    assert not any("张三" in row for row in said)


def test_without_cash_there_is_no_second_slip(zh: Texts) -> None:
    returned = tuple(replace(one, back=Back.RETURNED) for one in STAY_BILL.returns)
    assert parts(receipt(replace(STAY_BILL, returns=returned), SITE, WIDE, zh)) == 1


def test_what_was_paid_beside_the_deposits_is_named(zh: Texts, en: Texts) -> None:
    topped = replace(STAY_BILL, settlement=replace(STAY_BILL.settlement, amounts=STAY_TOPPED), returns=())
    due = topped.batch.cover(STAY_TOPPED.psn_cash_pay).due
    assert due == Money(67304)
    assert "本次另付 673.04 元" in rows(receipt(topped, SITE, WIDE, zh))
    assert any("Paid now" in row for row in rows(receipt(topped, SITE, WIDE, en)))


@pytest.mark.parametrize("shape", [NARROW, WIDE], ids=["58 mm", "80 mm"])
def test_a_deposit_has_a_slip_that_says_how_it_comes_back(shape: PaperShape, zh: Texts) -> None:
    slip = deposit_slip(DEPOSIT_PAID, SITE, shape, zh)
    said = " ".join(rows(slip))
    for line in ("住院预交金凭条", "交预交金 1,500.00 元", "大写 人民币壹仟伍佰元整", "YJ2026111700011", "微信支付"):
        assert line in said
    assert "心血管内科病区 12 床" in said
    assert "多的钱退给付款人" in said.replace(" ", "")
    assert "此凭条不作报销凭证" in said
    assert "张三" not in said
    assert parts(slip) == 1


def test_a_deposit_that_is_still_being_booked_says_so_and_a_second_slip_too(zh: Texts, en: Texts) -> None:
    said = "\n".join(rows(deposit_slip(replace(DEPOSIT_PAID, booking=None, reprint=True), SITE, WIDE, zh)))
    assert "预交金编号 正在登记" in said
    assert "补打" in said
    assert "Deposit for a stay" in rows(deposit_slip(DEPOSIT_PAID, SITE, WIDE, en))


def test_an_admission_has_a_slip_whose_code_the_ward_scans(zh: Texts) -> None:
    slip = admission_slip(AdmissionSlip(PersonName("张三"), ADMISSION, DEPOSIT_PAID.printed_at), SITE, WIDE, zh)
    said = " ".join(rows(slip))
    for line in ("到病区", "呼吸内科护士站", "住院登记凭条", "姓名 张*", "病区 呼吸内科病区 12 床", "住院号 ZY1"):
        assert line in said
    assert "元" not in said, "registering costs nothing"


def test_a_newborns_slip_says_that_its_bill_waits(zh: Texts) -> None:
    batch = replace(BATCH, newborn="张*之女")
    said = " ".join(rows(window_slip(UnpaidBills((batch,), DEPOSIT_PAID.printed_at, newborn=True), SITE, WIDE, zh)))
    assert "新生儿费用先挂账" in said
    assert "不按自费收" in said.replace(" ", "")
    assert "姓名 张*之女" in said


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_paper_of_a_stay_wishes_anybody_well(lang: str, catalogue: Catalogue) -> None:
    """Its family may be settling for somebody who has died, in the middle of a stay or for a child that waits."""
    texts = catalogue.of(lang)
    unpaid = UnpaidBills((STAYED,), DEPOSIT_PAID.printed_at)
    slips = (
        receipt(STAY_BILL, SITE, WIDE, texts),
        deposit_slip(DEPOSIT_PAID, SITE, WIDE, texts),
        window_slip(unpaid, SITE, WIDE, texts),
        window_slip(replace(unpaid, newborn=True), SITE, WIDE, texts),
        admission_slip(AdmissionSlip(PersonName("张三"), ADMISSION, DEPOSIT_PAID.printed_at), SITE, WIDE, texts),
    )
    sheet = "".join(
        page.extract_text() for page in pypdf.PdfReader(io.BytesIO(statement(STAY_BILL, SITE, texts))).pages
    )
    said = ["".join(rows(slip)) for slip in slips] + [sheet]
    assert all(said)
    assert [found for paper in said if (found := wished(paper))] == []


@pytest.mark.parametrize("shape", [NARROW, WIDE], ids=["58 mm", "80 mm"])
def test_a_fixed_sum_is_one_row_and_a_stay_by_item_has_none(shape: PaperShape, zh: Texts, en: Texts) -> None:
    assert rows(receipt(STAY_FIXED, SITE, shape, zh)).count("结算方式 按定额结算") == 1
    assert rows(receipt(STAY_FIXED, SITE, shape, en)).count("Settled as a fixed sum") == 1
    assert not any("定额" in row for row in rows(receipt(STAY_BILL, SITE, shape, zh)))


def test_the_statement_of_a_fixed_sum_says_so_once(zh: Texts, en: Texts) -> None:
    fixed, by_item, english = (
        "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(statement(bill, SITE, texts))).pages)
        for bill, texts in ((STAY_FIXED, zh), (STAY_BILL, zh), (STAY_FIXED, en))
    )
    assert (fixed.count("按定额结算"), by_item.count("定额"), english.count("as a fixed sum")) == (1, 0, 1)


def test_paper_says_where_a_surplus_is_while_the_insurer_is_silent(zh: Texts) -> None:
    slips = ["".join(rows(receipt(bill, SITE, WIDE, zh))) for bill in (SILENT, REFUSED, DEFERRED)]
    sheets = [
        "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(statement(bill, SITE, zh))).pages)
        for bill in (SILENT, REFUSED, DEFERRED)
    ]
    assert ["答复以后" in paper for paper in slips] == ["答复以后" in paper for paper in sheets] == [True, False, False]
    assert "预交金余 2,732.36 元" in sheets[0]
