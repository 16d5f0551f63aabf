"""Invented people with one small bill, for tests of money and of flows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from kiosk.domain.admission import Admission, AdmissionOrder
from kiosk.domain.codes import CertType
from kiosk.domain.handed import Handed
from kiosk.domain.insured import (
    CardIdentity,
    Credential,
    IdCardIdentity,
    IdCardKind,
    Insurance,
    Person,
    Validity,
    VoucherIdentity,
)
from kiosk.domain.insurer import Policy
from kiosk.domain.money import ZERO, Money, Quantity, UnitPrice
from kiosk.domain.personal import CardNumber, CardSerial, Particular, PersonName, PersonNumber, ResidentId, Voucher
from kiosk.domain.policy import Limits
from kiosk.domain.settlement import Amounts, Funds, Quote, Settlement
from kiosk.domain.stay import Deferral, Deposit, DepositAsked, Scopes, Stay
from kiosk.domain.visit import Booking, FeeBatch, FeeLine, FiscalReceipt, NextStep, Redress
from kiosk.flow.offer import Bill
from kiosk.ports.clock import BEIJING
from kiosk.saga.facts import Plan

IDENTITY = CardIdentity(
    card_serial=CardSerial("000000D1560000050000000000000001"),
    region="000000",
    spec_version="2.00",
    name=PersonName("张三"),
    resident_id=ResidentId("111111198101011110"),
    card_number=CardNumber("X00000017"),
)
ID_CARD = IdCardIdentity(
    kind=IdCardKind.RESIDENT,
    name=PersonName("张三"),
    number=ResidentId("111111198101011110"),
    gender=Particular("1"),
    people=Particular("01"),
    born=Particular("1981-01-01"),
    address=Particular("示例省示例市示范街道 1 号"),
    authority="示例市公安局",
    validity=Validity(date(2016, 1, 1), None),
)
FOREIGNER = replace(ID_CARD, kind=IdCardKind.FOREIGNER, number=ResidentId("USA123456789012"), people=None, address=None)
EMPLOYEE = Insurance("310", "1101", "1", Money(20000), "000000")
RESIDENT = Insurance("390", "1501", "1", ZERO, "000000")
HOLDER = VoucherIdentity(PersonName("张三"), ResidentId("111111198101011110"), Voucher("EC000000MONI0001"), "000000")
"""Whom the e-voucher centre names for a face or a code."""
CREDENTIAL = Credential(CertType.SOCIAL_CARD, CardNumber("X00000017"), CardSerial("00AA"), PersonName("张三"))
ZHANG = Person(
    psn_no=PersonNumber("00000000000000000001"),
    name=PersonName("张三"),
    certno=ResidentId("111111198101011110"),
    credential=CREDENTIAL,
    insurances=(EMPLOYEE,),
    age=45,
)
LI = replace(
    ZHANG,
    psn_no=PersonNumber("00000000000000000002"),
    name=PersonName("李四"),
    certno=ResidentId("111111196103021118"),
    credential=replace(CREDENTIAL, number=CardNumber("X00000025"), name=PersonName("李四")),
)
MORNING = datetime(2026, 11, 23, 8, 50, tzinfo=BEIJING)
LINE = FeeLine(
    sn="1",
    name="阿莫西林胶囊",
    spec="0.25g×24粒",
    unit="盒",
    quantity=Quantity(Decimal(2)),
    price=UnitPrice(Decimal("8.52")),
    amount=Money(1704),
    category="西药费",
)
BATCH = FeeBatch(
    batch_no="B1",
    chrg_bchno="C1",
    visit_no="M1",
    med_type="11",
    department="呼吸内科门诊",
    doctor="周明",
    begun=MORNING,
    total=Money(1704),
    lines=(LINE,),
)
REGISTERED = replace(BATCH, mdtrt_id="R1")
"""The hospital registered the visit itself."""
UPLOADED = replace(REGISTERED, uploaded=True)
"""The hospital registered the visit and uploaded its lines."""
DEPOSITS = (
    Deposit(
        "D1", Money(800), datetime(2026, 11, 18, 9, 5, tzinfo=BEIJING), "wechat", "王*", "order00000000000000000d1"
    ),
    Deposit("D2", Money(300), datetime(2026, 11, 19, 15, 0, tzinfo=BEIJING), "cash", "张*"),
    Deposit(
        "D3", Money(500), datetime(2026, 11, 21, 8, 40, tzinfo=BEIJING), "alipay", "李*", "order00000000000000000d3"
    ),
)
"""Three payers, three channels; what was paid in cash goes back at the window."""
STAY = Stay(
    ward="呼吸内科病区",
    bed="12",
    admitted=datetime(2026, 11, 18, 9, 0, tzinfo=BEIJING),
    discharged=datetime(2026, 11, 23, 8, 0, tzinfo=BEIJING),
    scopes=Scopes(ZERO, ZERO, ZERO, Money(1704)),
    deposits=DEPOSITS,
)
STAYED = replace(UPLOADED, batch_no="Z1", chrg_bchno="Z1", visit_no="ZY1", med_type="21", stay=STAY)
"""A bill for a stay with deposits; the hospital registered it and uploaded its lines."""
DEPOSIT = FeeBatch(
    batch_no="Y1",
    chrg_bchno="Y1",
    visit_no="ZY1",
    med_type="21",
    department="呼吸内科病区",
    doctor="周明",
    begun=MORNING,
    total=Money(1000),
    lines=(),
    deposit=DepositAsked("呼吸内科病区", "12 床", "同病种参保患者平均个人负担约 10 元"),
)
"""A deposit that the hospital asks for."""
COLLECTED = (
    Deposit(
        "TF1-1", Money(700), datetime(2026, 11, 23, 8, 5, tzinfo=BEIJING), "wechat", "", "order00000000000000000p1"
    ),
    Deposit(
        "TF1-2", Money(600), datetime(2026, 11, 23, 8, 9, tzinfo=BEIJING), "alipay", "", "order00000000000000000p2"
    ),
)
"""What was paid for a bill of which something is taken back."""
REST = replace(
    BATCH,
    batch_no="B9",
    chrg_bchno="C9",
    visit_no="M9",
    redress=Redress("TF1", "B8", "S-8", "M8", COLLECTED, (LINE,)),
)
"""What stays of it."""
TAKEN_BACK = replace(
    BATCH,
    batch_no="B8",
    chrg_bchno="C8",
    visit_no="M8",
    redress=Redress("TF1", "B8", "S-8", "M8", COLLECTED, (LINE,), whole=True),
)
"""That very bill, where nothing stays."""
POLICY = Policy("模拟财产保险", "模拟惠民保", "****0053")
INSURED = replace(BATCH, policy=POLICY)
"""A bill of which an insurer may pay a part."""
INSURED_STAY = replace(STAYED, policy=POLICY)
OWED = DepositAsked("呼吸内科门诊", "", "模拟财产保险没有付这一部分：还在等待期内", owed=True)
DEFERRAL = Deferral(Money(300), "先诊疗后付费协议：三个月内付清")
ORDERED = AdmissionOrder("ZYZ00000001", "呼吸内科病区", "周明", MORNING)
ADMISSION = Admission("ZY1", "呼吸内科病区", "12 床", (NextStep("到病区", "呼吸内科护士站", "住院楼七层"),), DEPOSIT)
"""A stay that was ordered, and what the hospital says when it is registered."""
BOOKING = Booking("K0001", (NextStep("取药", "西药房 3 号窗口", "门诊楼一层"),))
UNBOOKED = Booking("T0001", (), FiscalReceipt("00060199", "0000000001", "0a1b2c", "https://einvoice.invalid/red"))
"""What the hospital says when a paid bill is out of its books: its number, and the red receipt."""
LIMITS = Limits(
    connect=5,
    reply={},
    reply_default=30,
    longest_request=600,
    patient_waits=60,
    payment=60,
    reversal_attempts=6,
    manual_after=900,
)


def bill(batch: FeeBatch = BATCH, person: Person = ZHANG) -> Bill:
    return Bill(person, person.insurances[0], batch)


def plan(batch: FeeBatch = BATCH) -> Plan:
    return Plan(ZHANG, EMPLOYEE, batch)


def amounts(own_part: Money, whole: Money = BATCH.total) -> Amounts:
    """The platform's figures for a bill of which `own_part` is paid in cash and the rest by the pool."""
    pool = whole - own_part
    return Amounts(
        medfee_sumamt=whole,
        fulamt_ownpay_amt=ZERO,
        overlmt_selfpay=ZERO,
        preselfpay_amt=ZERO,
        inscp_scp_amt=whole,
        act_pay_dedc=ZERO,
        fund_pay_sumamt=pool,
        funds=Funds(hifp_pay=pool),
        psn_part_amt=own_part,
        acct_pay=ZERO,
        acct_mulaid_pay=ZERO,
        psn_cash_pay=own_part,
        hosp_part_amt=ZERO,
        balc=Money(20000),
    )


BEGUN = replace(
    UPLOADED,
    batch_no="P1",
    chrg_bchno="P1",
    ordered=Settlement("S-phone", "M00000000000000000000000000001", MORNING, amounts(Money(1000))),
)
"""A bill that its patient began on a phone: the insurance's part is settled, 10.00 are left to pay."""
BEGUN_AND_MET = replace(BEGUN, ordered=Settlement("S-phone", "M00000000000000000000000000001", MORNING, amounts(ZERO)))
"""The same, and nothing is left to pay: it is to be booked alone."""


HANDED = Handed(MORNING + timedelta(hours=24), "医院公众号“待缴费”", "ORD1", "https://pay.invalid/bill/ORD1")
"""Where a bill waits that was handed to a phone."""
PHONABLE = replace(BATCH, phone=True)


def quote(own_part: Money) -> Quote:
    return Quote(amounts(own_part))
