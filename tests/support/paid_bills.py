"""Finished visits of invented people, as the makers of paper get them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from kiosk.domain.insured import Insurance
from kiosk.domain.insurer import Claim, Outcome, Pledge, Policy
from kiosk.domain.money import ZERO, Money, Quantity, UnitPrice, total
from kiosk.domain.paper import CharacterSet, PaperShape
from kiosk.domain.personal import PersonName
from kiosk.domain.settlement import Amounts, Detail, Funds, Settlement
from kiosk.domain.sid import spoken_number
from kiosk.domain.stay import Back, Deferral, Deposit, DepositAsked, Scopes, Stay, returns_of
from kiosk.domain.visit import Booking, FeeBatch, FeeLine, FiscalReceipt, NextStep
from kiosk.ports.clock import BEIJING
from kiosk.ports.documents import DepositPaid, PaidBill, Pending, Site
from kiosk.ports.hospital import PaidBefore, Payment, Refundable, Till

SID = "01KAMMV5RC6Z2J5N4Q8W7T3XYD"
MORNING = datetime(2026, 11, 23, 9, 41, 5, tzinfo=BEIJING)
MM58 = PaperShape(58, 384, 32)
MM80 = PaperShape(80, 576, 48)
CLONE = replace(MM58, native_qr=False, cutter=False)
FOUR_BYTE = replace(MM80, characters=CharacterSet.GB18030)

SITE = Site(
    hospital="模拟医院",
    fixmedins_code="H00000000001",
    place="门诊楼一层大厅东侧",
    terminal="007",
    help_phone="0000-12345678",
    simulated=False,
    window="门诊收费处 1 号窗口（老年人优先）",
)


def line(sn: int, name: str, spec: str, quantity: str, unit: str, price: str, amount: str, category: str) -> FeeLine:
    return FeeLine(
        str(sn),
        name,
        spec,
        unit,
        Quantity(Decimal(quantity)),
        UnitPrice(Decimal(price)),
        Money.from_yuan(Decimal(amount)),
        category,
    )


LINES = (
    line(1, "阿莫西林胶囊", "0.25g×24粒", "2", "盒", "8.520000", "17.04", "西药费"),
    line(2, "盐酸氨溴索片", "30mg×20片", "1", "盒", "12.360000", "12.36", "西药费"),
    line(3, "全血细胞计数（五分类）加 C-反应蛋白快速联合测定", "", "1", "次", "45.000000", "45.00", "化验费"),
    line(4, "普通门诊诊察费（主治医师）", "", "1", "次", "25.000000", "25.00", "诊察费"),
)

BATCH = FeeBatch(
    batch_no="B20261123000123",
    chrg_bchno="20261123000123",
    visit_no="M2611230456",
    med_type="11",
    department="呼吸内科门诊",
    doctor="周明",
    begun=datetime(2026, 11, 23, 8, 50, 0, tzinfo=BEIJING),
    total=total(row.amount for row in LINES),
    lines=LINES,
)

AMOUNTS = Amounts(
    medfee_sumamt=Money(9940),
    fulamt_ownpay_amt=Money(1000),
    overlmt_selfpay=ZERO,
    preselfpay_amt=Money(62),
    inscp_scp_amt=Money(8878),
    act_pay_dedc=Money(2000),
    fund_pay_sumamt=Money(4815),
    funds=Funds(hifp_pay=Money(4815)),
    psn_part_amt=Money(5125),
    acct_pay=Money(3780),
    acct_mulaid_pay=ZERO,
    psn_cash_pay=Money(1345),
    hosp_part_amt=ZERO,
    balc=Money(134035),
)

SETTLEMENT = Settlement(
    setl_id="000000202611230000000417",
    msgid="H00000000001202611230941030070",
    settled_at=datetime(2026, 11, 23, 9, 41, 3, tzinfo=BEIJING),
    amounts=AMOUNTS,
    details=(Detail("310100", "城镇职工基本医疗保险统筹基金", Money(4815)),),
)

STEPS = (
    NextStep("取药", "西药房 3 号窗口", "门诊楼一层", "3号窗口"),
    NextStep("抽血化验", "检验科采血处", "门诊楼二层", "201室", "凭本凭条取号"),
)

BOOKING = Booking(
    book_no="K0001",
    steps=STEPS,
    receipt=FiscalReceipt("00010126", "0012345678", "a1b2c3", "https://receipt.example/00010126/0012345678"),
)

BILL = PaidBill(
    number=spoken_number(SID),
    sid=SID,
    name=PersonName("张三"),
    insurance=Insurance("310", "1101", "1", Money(137815), "000000"),
    batch=BATCH,
    settlement=SETTLEMENT,
    payment=Payment("0k3m9x2p7q4w8r1t5y6u0iz2d7", Money(1345), "wechat"),
    booking=BOOKING,
    printed_at=MORNING,
)

MANY_FUNDS = replace(
    AMOUNTS,
    medfee_sumamt=Money(1286455),
    fulamt_ownpay_amt=Money(102000),
    overlmt_selfpay=Money(30050),
    preselfpay_amt=Money(64405),
    inscp_scp_amt=Money(1090000),
    act_pay_dedc=Money(30000),
    fund_pay_sumamt=Money(980000),
    funds=Funds(hifp_pay=Money(760000), hifmi_pay=Money(150000), maf_pay=Money(70000)),
    psn_part_amt=Money(300000),
    acct_pay=Money(120000),
    acct_mulaid_pay=Money(40000),
    psn_cash_pay=Money(140000),
    hosp_part_amt=Money(6455),
    balc=ZERO,
)

STAY_AMOUNTS = replace(
    AMOUNTS,
    medfee_sumamt=Money(417304),
    fulamt_ownpay_amt=ZERO,
    preselfpay_amt=Money(32800),
    inscp_scp_amt=Money(384504),
    act_pay_dedc=Money(80000),
    fund_pay_sumamt=Money(254540),
    funds=Funds(hifp_pay=Money(254540)),
    psn_part_amt=Money(162764),
    acct_pay=Money(26000),
    psn_cash_pay=Money(136764),
    balc=ZERO,
)
_WHOLE = Money(417304)
STAY_TOPPED = replace(
    STAY_AMOUNTS, fund_pay_sumamt=ZERO, funds=Funds(), psn_part_amt=_WHOLE, acct_pay=ZERO, psn_cash_pay=_WHOLE
)
_DAY = datetime(2026, 11, 17, 9, tzinfo=BEIJING)
STAY = Stay(
    ward="心血管内科病区",
    bed="12 床",
    admitted=_DAY,
    discharged=datetime(2026, 11, 23, 8, 30, tzinfo=BEIJING),
    scopes=Scopes(ZERO, ZERO, Money(32800), Money(384504)),
    deposits=(
        Deposit("YJ2026111700011", Money(200000), _DAY, "wechat", "张**", "w" * 26),
        Deposit("YJ2026111900012", Money(50000), _DAY + timedelta(days=2), "cash", "张*"),
        Deposit("YJ2026112100013", Money(100000), _DAY + timedelta(days=4), "alipay", "张**", "a" * 26),
    ),
)
STAYED = replace(
    BATCH,
    batch_no="Z1",
    chrg_bchno="20261123000456",
    visit_no="ZY2026110017",
    med_type="21",
    department="心血管内科病区",
    doctor="徐静",
    total=Money(417304),
    mdtrt_id="R1",
    uploaded=True,
    stay=STAY,
)
RETURNS = tuple(
    replace(one, back=back)
    for one, back in zip(
        returns_of(STAYED.cover(STAY_AMOUNTS.psn_cash_pay).surplus, STAY.deposits, "name"),
        (Back.RETURNED, Back.WINDOW, Back.ASKED),
        strict=True,
    )
)
STAY_BILL = replace(
    BILL,
    batch=STAYED,
    settlement=replace(SETTLEMENT, amounts=STAY_AMOUNTS, details=()),
    payment=None,
    booking=replace(BOOKING, steps=(NextStep("出院", "回病区护士站取出院小结和出院带药", "住院楼七层"),)),
    returns=RETURNS,
)
"""A discharge: a refund that came through, one the window pays out, and one on its way."""
STAY_FIXED = replace(STAY_BILL, batch=replace(STAYED, stay=replace(STAY, setlway="02")))
"""The same stay where its hospital says psn_setlway 02."""

ASKED = replace(
    STAYED,
    batch_no="YJ1",
    chrg_bchno="20261117000045",
    total=Money(150000),
    lines=(),
    mdtrt_id=None,
    uploaded=False,
    stay=None,
    deposit=DepositAsked(
        "心血管内科病区", "12 床", "同病种参保患者平均个人负担约 1500 元（本院上一年度），不超过这个数"
    ),
)
"""A deposit that is asked for, and its slip once it is paid."""
OWED_ASKED = DepositAsked("呼吸内科门诊", "", "模拟财产保险没有付这一部分：还在等待期内", owed=True)
DEPOSIT_PAID = DepositPaid(
    number=spoken_number(SID),
    name=PersonName("张三"),
    batch=ASKED,
    payment=Payment("0k3m9x2p7q4w8r1t5y6u0iz2d7", ASKED.total, "wechat"),
    booking=Booking("YJ2026111700011", (NextStep("把凭条给病区看一下", "心血管内科护士站", "住院楼七层"),)),
    printed_at=MORNING,
)

PENDING = Pending(
    number=spoken_number(SID),
    sid=SID,
    batch=BATCH,
    own_part=Money(1345),
    sentence="结算结果还没有查清",
    printed_at=MORNING,
)


def with_amounts(amounts: Amounts, bill: PaidBill = BILL) -> PaidBill:
    """The same visit with other figures; what the platform settled is also what was collected."""
    paid = Payment("0k3m9x2p7q4w8r1t5y6u0iz2d7", amounts.psn_cash_pay, "wechat") if amounts.psn_cash_pay else None
    return replace(bill, settlement=replace(bill.settlement, amounts=amounts, details=()), payment=paid)


LATER = replace(BOOKING, receipt=None, receipt_at="医院公众号“电子票据”，或全国财政电子票据查验平台")
PAID_BEFORE = (
    PaidBefore(
        BATCH,
        BILL.insurance,
        SETTLEMENT,
        (Payment("0k3m9x2p7q4w8r1t5y6u0iz2d7", Money(1345), "wechat"),),
        BOOKING,
        Till.KIOSK,
        SID,
    ),
    PaidBefore(
        replace(BATCH, batch_no="P2", department="心血管内科"), BILL.insurance, SETTLEMENT, (), LATER, Till.PHONE
    ),
    PaidBefore(STAYED, BILL.insurance, STAY_BILL.settlement, (), BOOKING, Till.WINDOW),
)
"""Paid at a kiosk, on a phone with its fiscal receipt still to come, and at a window."""
_TAKEN_BACK = Refundable(
    "TF2026112300071",
    LINES[1:3],
    total(line.amount for line in LINES[1:3]),
    ("已经打印过纸质票据，要交回窗口",),
)
REFUNDED = replace(PAID_BEFORE[0], refund=_TAKEN_BACK)
"""The hospital takes two of its items back."""
TOO_OLD = replace(PAID_BEFORE[0], refund=replace(_TAKEN_BACK, too_old=True))
"""The same of a payment that its channel takes back no more."""
POLICY = Policy("模拟财产保险", "模拟惠民保（2026）", "****0053")
PLEDGE = Pledge(POLICY, "Q1", Money(800))
INSURED = replace(BATCH, policy=POLICY)
WAITS = replace(INSURED, deferral=Deferral(Money(500), "先诊疗后付费协议：治疗结束后三个月内付清"))
OWED = replace(ASKED, batch_no="W1", total=Money(800), department="呼吸内科门诊", deposit=OWED_ASKED)
INSURED_BILL = replace(
    BILL,
    batch=WAITS,
    claim=Claim(PLEDGE, Outcome.PAID, number="L202611230001"),
)
"""A bill of which an insurer paid a part, and a part waits."""
REFUSED_BILL = replace(INSURED_BILL, batch=INSURED, claim=Claim(PLEDGE, Outcome.REFUSED, reason="还在等待期内"))
OWED_PAID = replace(DEPOSIT_PAID, batch=OWED)
"""What an insurer did not pay, paid by its patient after all."""
