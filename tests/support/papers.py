"""Every kind of paper that leaves a kiosk or finance's printer, to be looked at, measured and counted.

`python -m tests.support.papers DIR` paints them all: a folder for each language, slips at one pixel a dot for 58 and
80 mm paper, in usual and in large print, sheets of A4 at 144 dots an inch.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import pypdfium2

from kiosk.domain.money import Money
from kiosk.domain.pages import Ending, Guide, Heading, Link, Point, Result, Words
from kiosk.domain.paper import PaperShape, Slip
from kiosk.domain.personal import PersonName
from kiosk.domain.visit import FeeBatch
from kiosk.installed import config_dir
from kiosk.messages import Catalogue
from kiosk.ports.clock import BEIJING
from kiosk.ports.documents import (
    AdmissionSlip,
    CaseSlip,
    CashierLine,
    DayClose,
    DayList,
    Documents,
    GuideSlip,
    PaidBill,
    Payers,
    PhoneSlip,
    RefundedBill,
    RefundSlip,
    UnpaidBills,
)
from printing.driver import Paper
from settlement.reference import sheet
from tests.kiosk.flow.clerk import BOOK, CERTIFICATE
from tests.support import insured_stays, long_stay, refunded_bills, services
from tests.support.account_states import OWNERS, SHARED
from tests.support.fifty import fifty
from tests.support.paid_bills import (
    AMOUNTS,
    BATCH,
    BILL,
    DEPOSIT_PAID,
    INSURED_BILL,
    LATER,
    MANY_FUNDS,
    MM58,
    MM80,
    MORNING,
    OWED_PAID,
    PENDING,
    REFUNDED,
    REFUSED_BILL,
    SETTLEMENT,
    SITE,
    STAY_BILL,
    STAY_FIXED,
    STAYED,
    TOO_OLD,
    with_amounts,
)
from tests.support.people import ADMISSION, HANDED
from tests.support.slip_pictures import picture

LANGUAGES = ("zh", "en")
SHAPES = (MM58, MM80, replace(MM58, large=True), replace(MM80, large=True))
_DOTS_A_POINT = 2


@dataclass(frozen=True, slots=True)
class Kind:
    """One paper: `maker` is the method of `Documents` it comes from, "" where it is another's own page."""

    maker: str
    make: Callable[[Documents, PaperShape], Slip | bytes]


def _receipt(bill: PaidBill) -> Kind:
    return Kind("receipt", lambda paper, shape: paper.receipt(bill, SITE, shape))


def _window(batch: FeeBatch, *, doctor: bool = False, newborn: bool = False) -> Kind:
    unpaid = UnpaidBills((batch, replace(batch, batch_no=f"{batch.batch_no[:-1]}4")), MORNING, doctor, newborn)
    return Kind("window_slip", lambda paper, shape: paper.window_slip(unpaid, SITE, shape))


def _refunded(bill: RefundedBill) -> Kind:
    return Kind("refunded_slip", lambda paper, shape: paper.refunded_slip(bill, SITE, shape))


def _case(case: CaseSlip) -> Kind:
    return Kind("case_slip", lambda paper, shape: paper.case_slip(case, SITE, shape))


def _guide(page: Guide) -> Kind:
    return Kind("guide_slip", lambda paper, shape: paper.guide_slip(GuideSlip(page, MORNING), SITE, shape))


def _statement(bill: PaidBill, *, simulated: bool = False) -> Kind:
    site = replace(SITE, simulated=simulated)
    return Kind("statement", lambda paper, _shape: paper.statement(bill, site))


assert REFUNDED.refund is not None
assert TOO_OLD.refund is not None
_REFUND = RefundSlip(PersonName("张三"), REFUNDED, REFUNDED.refund, MORNING)
_TOO_OLD = replace(_REFUND, paid=TOO_OLD, refund=TOO_OLD.refund)
_FAMILY = replace(BILL, settlement=replace(BILL.settlement, amounts=SHARED, family=OWNERS))
DAY_LIST = DayList(PersonName("张三"), long_stay.BATCH, MORNING)
_NEWBORN = replace(BATCH, batch_no="B20261123000223", med_type="21", newborn="张*之女", department="新生儿科病区")
_BIRTH = replace(STAYED, med_type="52", department="产科病区", doctor="林岚")
_ANSWER = Result(services.HEAD, Ending.ACCEPTED, services.NAME, services.NAME, "MN2026112600000001", services.POINTS)
SENT = CaseSlip(_ANSWER, _ANSWER.number, "YB1.x.y", MORNING)
UNKNOWN = replace(SENT, page=replace(_ANSWER, ending=Ending.UNKNOWN), handover="")
_DRAFT = Result(
    Heading(services.NAME),
    Ending.ACCEPTED,
    BOOK.say("services.pause.kept"),
    BOOK.say("services.pause.kept_text"),
    points=(
        Point(BOOK.say("services.pause.until"), Words("2026-12-23")),
        Point(BOOK.say("services.pause.how"), BOOK.say("services.pause.how_text")),
    ),
)
_GUIDE = Guide(services.HEAD, services.NAME, services.NAME, services.POINTS, services.PAPER)
_PAYERS = Payers(12, Money(151_456), Money(121_456), Money(20_000), Money(9_000), Money(1_000), Money(1_500))
_CASHIER = CashierLine(
    "003", "wechat", 12, Money(123_456), 1, Money(2_000), Money(121_456), Money(121_456), payers=_PAYERS
)
_CLOSE = DayClose(
    day=date(2026, 11, 26),
    kiosks=2,
    settlements=12,
    lines=(
        CashierLine("003", "", payers=Payers(1, Money(70_000), used=Money(70_000))),
        _CASHIER,
        replace(_CASHIER, terminal="017", channel="alipay", at_payment=Money(121_400)),
    ),
    remarks=("003 K7PM-42XQ-8：已结算已付款，医院没有入账。再次入账。",),
    balanced=False,
    printed_at=datetime(2026, 11, 27, 1, 5, tzinfo=BEIJING),
    handed=("003 8ZPR-78ZD-N：转到手机，还没有缴，可缴到 2026-11-27 15:20",),
)
_OFFICIAL = {
    "setl_id": SETTLEMENT.setl_id,
    "mdtrt_id": "R1",
    "psn_name": "张三",
    "certno": "111111198101011110",
    "medfee_sumamt": "99.40",
    "inscp_scp_amt": "88.78",
    "hifp_pay": "48.15",
    "fund_pay_sumamt": "48.15",
    "acct_pay": "37.80",
    "psn_cash_pay": "13.45",
}

KINDS: dict[str, Kind] = {
    "receipt": _receipt(BILL),
    "receipt-reprint": _receipt(replace(BILL, reprint=True, official=True)),
    "receipt-fiscal-later": _receipt(replace(BILL, booking=LATER)),
    "receipt-not-booked": _receipt(replace(BILL, booking=None)),
    "receipt-every-payer": _receipt(with_amounts(MANY_FUNDS, INSURED_BILL)),
    "receipt-insurer": _receipt(INSURED_BILL),
    "receipt-insurer-refused": _receipt(REFUSED_BILL),
    "receipt-stay": _receipt(STAY_BILL),
    "receipt-stay-by-day": _receipt(long_stay.BILL),
    "receipt-stay-insurer-silent": _receipt(insured_stays.SILENT),
    "receipt-stay-deferred": _receipt(insured_stays.DEFERRED),
    "receipt-day-surgery": _receipt(STAY_FIXED),
    "receipt-family": _receipt(_FAMILY),
    "receipt-birth": _receipt(replace(STAY_BILL, batch=_BIRTH)),
    "receipt-rare-name": _receipt(replace(BILL, name=PersonName("李𬭎·阿卜杜热合曼·吐尔逊尼亚孜"))),
    "admission": Kind(
        "admission_slip",
        lambda paper, shape: paper.admission_slip(AdmissionSlip(PersonName("张三"), ADMISSION, MORNING), SITE, shape),
    ),
    "deposit": Kind("deposit_slip", lambda paper, shape: paper.deposit_slip(DEPOSIT_PAID, SITE, shape)),
    "deposit-reprint": Kind(
        "deposit_slip", lambda paper, shape: paper.deposit_slip(replace(DEPOSIT_PAID, reprint=True), SITE, shape)
    ),
    "top-up": Kind("deposit_slip", lambda paper, shape: paper.deposit_slip(OWED_PAID, SITE, shape)),
    "claim": Kind("claim_slip", lambda paper, shape: paper.claim_slip(REFUSED_BILL, SITE, shape)),
    "pending": Kind("pending_slip", lambda paper, shape: paper.pending_slip(PENDING, SITE, shape)),
    "phone": Kind(
        "phone_slip",
        lambda paper, shape: paper.phone_slip(PhoneSlip(BILL.number, BATCH, HANDED, MORNING), SITE, shape),
    ),
    "window": _window(BATCH),
    "window-doctor": _window(BATCH, doctor=True),
    "newborn-hold": _window(_NEWBORN, newborn=True),
    "refund-window": Kind("refund_slip", lambda paper, shape: paper.refund_slip(_REFUND, SITE, shape)),
    "refund-window-too-old": Kind("refund_slip", lambda paper, shape: paper.refund_slip(_TOO_OLD, SITE, shape)),
    "refunded": _refunded(refunded_bills.REFUNDED_BILL),
    "refunded-whole": _refunded(
        replace(refunded_bills.REFUNDED_BILL, batch=refunded_bills.TAKEN_BACK, settlement=None, booking=None)
    ),
    "refunded-red-later": _refunded(
        replace(refunded_bills.REFUNDED_BILL, unbooked=replace(LATER, book_no="T20261123000012", steps=()))
    ),
    "filing": _case(SENT),
    "filing-certificate": _case(replace(SENT, certificate=CERTIFICATE)),
    "filing-unknown": _case(UNKNOWN),
    "filing-on-the-phone": _case(
        replace(SENT, page=replace(_ANSWER, link=Link("https://moni.invalid/kq", services.NAME)), handover="")
    ),
    "draft": _case(CaseSlip(_DRAFT, "", "YBD1.away.0123456789ABCDEF.20261126.0123456789abcdef0123", MORNING)),
    "policy": _guide(_GUIDE),
    "policy-on-the-phone": _guide(replace(_GUIDE, link=Link("https://tax.moni.invalid/pay", services.NAME))),
    "statement": _statement(BILL),
    "statement-reprint": _statement(replace(BILL, reprint=True), simulated=True),
    "statement-fiscal-later": _statement(replace(BILL, booking=LATER)),
    "statement-insurer": _statement(INSURED_BILL),
    "statement-every-payer": _statement(with_amounts(MANY_FUNDS, INSURED_BILL)),
    "statement-stay": _statement(STAY_BILL),
    "statement-stay-by-day": _statement(long_stay.BILL),
    "statement-stay-insurer-silent": _statement(insured_stays.SILENT),
    "statement-stay-deferred": _statement(insured_stays.DEFERRED),
    "statement-family": _statement(_FAMILY),
    "statement-birth": _statement(replace(STAY_BILL, batch=_BIRTH)),
    "statement-fifty-lines": _statement(fifty(50)),
    "statement-nothing-own": _statement(with_amounts(replace(AMOUNTS, psn_cash_pay=Money(0), acct_pay=Money(5125)))),
    "day-list": Kind("day_list", lambda paper, _shape: paper.day_list(DAY_LIST, SITE)),
    "day-list-slip": Kind("day_slip", lambda paper, shape: paper.day_slip(DAY_LIST, SITE, shape)),
    "day-close": Kind("day_close", lambda paper, _shape: paper.day_close(_CLOSE, SITE)),
    "official": Kind("", lambda _paper, _shape: sheet.draw(_OFFICIAL, SITE.hospital, SETTLEMENT.settled_at)),
}
"""By the name of the picture: each method of `Documents` in each of its forms, and the sheet that a platform makes."""


def maker(lang: str) -> Documents:
    return Paper(Catalogue.read(config_dir() / "texts").of(lang))


def paint(folder: Path) -> Iterator[Path]:
    """Writes each picture, and tells which."""
    for lang in LANGUAGES:
        paper, target = maker(lang), folder / lang
        target.mkdir(parents=True, exist_ok=True)
        for name, kind in KINDS.items():
            yield from _painted(kind, paper, target / name)


def _painted(kind: Kind, paper: Documents, target: Path) -> Iterator[Path]:
    for shape in SHAPES:
        made = kind.make(paper, shape)
        if isinstance(made, bytes):
            yield from _sheets(made, target)
            return
        file = target.with_name(f"{target.name}-{shape.width_mm}{'-large' if shape.large else ''}.png")
        picture(made).save(file)
        yield file


def _sheets(pdf: bytes, target: Path) -> Iterator[Path]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number, page in enumerate(document, start=1):
            file = target.with_name(f"{target.name}-{number}.png")
            page.render(scale=_DOTS_A_POINT).to_pil().save(file)
            yield file
    finally:
        document.close()


if __name__ == "__main__":
    painted = sum(1 for _ in paint(Path(sys.argv[1])))
    sys.stdout.write(f"{painted} pictures of {len(KINDS)} papers in {sys.argv[1]}\n")
