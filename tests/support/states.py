"""What the screen can be showing, with invented people: at least one sample of every state, and its awkward cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from kiosk.domain.admission import Admission, AdmissionOrder, Seen
from kiosk.domain.benefits import NOTHING_ON_FILE
from kiosk.domain.catalogue import Advice, Document, Services, Source
from kiosk.domain.codes import CertType
from kiosk.domain.insured import CardIdentity, Credential, Insurance, Person
from kiosk.domain.insurer import Claim, Outcome, Pledge
from kiosk.domain.money import ZERO, Money
from kiosk.domain.pages import Words
from kiosk.domain.personal import CardNumber, CardSerial, PersonName, PersonNumber, ResidentId
from kiosk.domain.settlement import Amounts, Quote, Settlement
from kiosk.domain.visit import Booking, ByStaff, FeeBatch, NextStep
from kiosk.faults import FaultCode
from kiosk.flow import states as at
from kiosk.flow.access_states import Access, Helping, StaffDoor, StaffInside
from kiosk.flow.agent import relations
from kiosk.flow.asking import AskingWhose
from kiosk.flow.face_states import (
    Agreed,
    Asks,
    FaceAgain,
    FaceAgent,
    FaceChecking,
    FaceConsent,
    FaceDone,
    FaceElsewhere,
)
from kiosk.flow.insurer_states import AskingInsurer, InsurerConsent, InsurerRefused
from kiosk.flow.offer import Bill, CareAway, Offer, Quoted
from kiosk.flow.phrases import Phrasebook
from kiosk.flow.rules import Door, PayMethod, Rules
from kiosk.flow.sheets import PaperState
from kiosk.flow.stay_states import (
    AdmissionOffered,
    Admitted,
    Admitting,
    AgentCard,
    AgentRelation,
    DepositOffered,
    FindingAdmission,
)
from kiosk.flow.ticket import Ticket
from kiosk.installed import config_dir
from kiosk.messages import Catalogue
from kiosk.ports.clock import BEIJING
from kiosk.ports.face import Challenge, FaceProgress, Hint, Light
from kiosk.ports.health import DeviceState, Health
from kiosk.ports.page_printer import PageNotPrinted, PagePrinted
from kiosk.ports.payment import Way
from kiosk.ports.receipt_printer import SlipNotPrinted, SlipPrinted, SlipUnknown
from kiosk.saga.report import Completed, SettledBill, Stuck, Undone
from tests.support import paid_bills, phone_states
from tests.support.account_states import accounts
from tests.support.paid_bills import line
from tests.support.people import HOLDER
from tests.support.reprints import reprints

NOW = datetime(2026, 11, 23, 9, 41, 5, tzinfo=BEIJING)
NUMBER = "K7PM-42XQ-9"
SID = paid_bills.SID
T = Ticket(1, 1)

IDENTITY = CardIdentity(
    card_serial=CardSerial("000000D1560000050000000000000001"),
    region="000000",
    spec_version="2.00",
    name=PersonName("张三"),
    resident_id=ResidentId("111111198101011110"),
    card_number=CardNumber("X00000017"),
)
EMPLOYEE = Insurance("310", "1101", "1", Money(137815), "000000")
RESIDENT = Insurance("390", "1501", "1", ZERO, "000000")


def person(name: str = "张三", *insurances: Insurance) -> Person:
    return Person(
        psn_no=PersonNumber("00000000000000000001"),
        name=PersonName(name),
        certno=ResidentId("111111198101011110"),
        credential=Credential(CertType.SOCIAL_CARD, CardNumber("X00000017"), name=PersonName(name)),
        insurances=insurances or (EMPLOYEE,),
        age=45,
    )


ZHANG = person()
LONG_NAME = person("阿卜杜喀迪尔·买买提艾力·热合曼")

BATCH = paid_bills.BATCH
CHRONIC = replace(
    BATCH,
    batch_no="B20261123000124",
    med_type="14",
    department="内分泌与代谢病科门诊",
    doctor="欧阳文华",
    disease="糖尿病伴并发症",
    begun=BATCH.begun - timedelta(days=1),
    total=Money(128646),
    lines=tuple(
        line(sn, name, spec, "2", "盒", "53.600000", "107.20", "西药费")
        for sn, (name, spec) in enumerate(
            (
                ("盐酸二甲双胍缓释片", "0.5g×60片"),
                ("阿卡波糖片", "50mg×30片"),
                ("甘精胰岛素注射液（预填充笔芯）", "3ml:300单位"),
                ("阿托伐他汀钙片", "20mg×28片"),
                ("氨氯地平贝那普利片（Ⅱ）", "5mg/10mg×14片"),
                ("硫酸氢氯吡格雷片", "75mg×28片"),
                ("甲钴胺片", "0.5mg×100片"),
                ("血糖试纸", "50片"),
                ("糖化血红蛋白测定（色谱法）", ""),
                ("尿微量白蛋白与肌酐比值测定", ""),
                ("眼底照相（双侧）", ""),
                ("普通门诊诊察费（主任医师）", ""),
            ),
            start=1,
        )
    ),
)
REGISTRATION = replace(
    BATCH, batch_no="B3", med_type="12", department="骨科", doctor="", total=Money(2500), lines=BATCH.lines[3:]
)
HUGE = replace(
    paid_bills.MANY_FUNDS,
    medfee_sumamt=Money(98765432),
    fulamt_ownpay_amt=Money(97580977),
    psn_part_amt=Money(97778977),
    psn_cash_pay=Money(97618977),
)
NOTHING_OWED = replace(paid_bills.AMOUNTS, acct_pay=Money(5125), psn_cash_pay=ZERO)
ALL_OWED = replace(
    paid_bills.AMOUNTS,
    fulamt_ownpay_amt=Money(9940),
    preselfpay_amt=ZERO,
    inscp_scp_amt=ZERO,
    act_pay_dedc=ZERO,
    fund_pay_sumamt=ZERO,
    funds=replace(paid_bills.AMOUNTS.funds, hifp_pay=ZERO),
    psn_part_amt=Money(9940),
    acct_pay=ZERO,
    psn_cash_pay=Money(9940),
)


NOT_READY = replace(
    paid_bills.STAYED,
    batch_no="Z2",
    stay=replace(paid_bills.STAY, obstacles=("病区还没有办理出院", "还有 1 种药品没有退回药房")),
)
AT_WINDOW = replace(paid_bills.STAYED, batch_no="Z3", stay=replace(paid_bills.STAY, window=True))


def bill(batch: FeeBatch = BATCH, who: Person = ZHANG) -> Bill:
    return Bill(who, EMPLOYEE, batch)


def offer(amounts: Amounts = paid_bills.AMOUNTS, of: Bill | None = None) -> Offer:
    return Offer((Quoted(of or bill(), SID, NUMBER, Quote(amounts)),))


FILED = CareAway(before=offer(ALL_OWED).bills, case_no="MN2026112600000001")
OTHER_NUMBER = "W3HT-8QKD-C"
SEVERAL = Offer(
    (
        Quoted(bill(CHRONIC), SID, NUMBER, Quote(paid_bills.MANY_FUNDS)),
        Quoted(bill(), "01KAMMV5RC6Z2J5N4Q8W7T3XYE", OTHER_NUMBER, Quote(NOTHING_OWED)),
    ),
    unquoted=(Undone("01KAMMV5RC6Z2J5N4Q8W7T3XYF", "9KXM-3TTA-W", FaultCode.UPLOAD_REFUSED),),
    others=1,
)
"""Two bills paid together; a third could not be quoted."""


def explaining(amounts: Amounts = paid_bills.AMOUNTS, of: Bill | None = None) -> at.Explaining:
    return at.Explaining(T, T, offer(amounts, of))


def confirming(amounts: Amounts = paid_bills.AMOUNTS) -> at.Confirming:
    return at.Confirming(T, T, offer(amounts))


def awaiting_code(amounts: Amounts = paid_bills.AMOUNTS, again: FaultCode | None = None) -> at.AwaitingCode:
    return at.AwaitingCode(T, T, T, offer(amounts), again)


def paid(
    of: Bill | None = None,
    settlement: Settlement = paid_bills.SETTLEMENT,
    booking: Booking | None = paid_bills.BOOKING,
    statement: Ticket | None = T,
) -> at.Paid:
    payment = paid_bills.BILL.payment
    return at.Paid(of or bill(), SID, NUMBER, settlement, payment, booking, T, statement)


def deposit_offer() -> Offer:
    of = replace(bill(paid_bills.ASKED), insurance=EMPLOYEE)
    return Offer((Quoted(of, SID, NUMBER, None),))


def deposited() -> at.Paid:
    """A deposit that was taken; it has a slip and no statement."""
    of = paid_bills.DEPOSIT_PAID
    return at.Paid(bill(paid_bills.ASKED), SID, NUMBER, None, of.payment, of.booking, T, None)


def insured(pledge: Pledge | None = None, no: FaultCode | None = None, of: FeeBatch = paid_bills.INSURED) -> Offer:
    return Offer((replace(offer(of=bill(of)).bills[0], pledge=pledge, unpledged=no),))


def refused(owed: FeeBatch | None = paid_bills.OWED) -> InsurerRefused:
    claim = Claim(paid_bills.PLEDGE, Outcome.REFUSED, reason="还在等待期内")
    done = SettledBill(SID, NUMBER, "B1", paid_bills.SETTLEMENT, None, paid_bills.BOOKING, claim=claim, owed=owed)
    return InsurerRefused(T, insured(paid_bills.PLEDGE), Completed((replace(done, refused=claim.pledge.amount),)))


def claimed(outcome: Outcome, of: FeeBatch = paid_bills.INSURED) -> at.Paid:
    return replace(paid(bill(of)), claim=Claim(paid_bills.PLEDGE, outcome))


def next_steps(
    of: Bill | None = None,
    settlement: Settlement = paid_bills.SETTLEMENT,
    booking: Booking | None = paid_bills.BOOKING,
    statement: Ticket | None = T,
) -> at.NextSteps:
    return at.NextSteps(T, (paid(of, settlement, booking, statement),))


def discharged() -> at.Paid:
    """A stay whose deposits met it, with three surpluses at three places."""
    of = paid_bills.STAY_BILL
    return replace(paid(bill(paid_bills.STAYED), of.settlement, of.booking), payment=None, returns=of.returns)


def with_paper(page: at.NextSteps, paper: PaperState) -> at.NextSteps:
    return replace(page, paid=tuple(replace(one, paper=paper) for one in page.paid))


METHODS = (PayMethod("scan"), PayMethod("show", Way.SHOWN), PayMethod("terminal", Way.TERMINAL))
SHOWN_CODE = "https://pay.example/q/0123456789abcdef01234567"
RULES = Rules(languages=("en", "zh"), account_choice=True, family_choice=True, insurers=True)
WORKING = {name: Health(DeviceState.ONLINE) for name in ("card_reader", "scanner", "receipt_printer", "page_printer")}
FIXTURES = at.Fixtures(card_in=True, health=WORKING)
PRINTERS_DOWN = {
    **WORKING,
    "receipt_printer": Health(DeviceState.USER_ERROR, (FaultCode.PAPER_OUT,)),
    "page_printer": Health(DeviceState.OFFLINE),
}
SON = ResidentId("111111198007121170")
BOOK = Phrasebook.of(Catalogue.read(config_dir() / "texts"))
NEWBORN = replace(BATCH, batch_no="N1", med_type="21", newborn="张*之女", department="新生儿科病区")
UNTOLD_BIRTH = replace(paid_bills.STAYED, batch_no="N2", med_type="52", department="产科病区")
ORDERED = AdmissionOrder("ZYZ00000001", "心血管内科病区", "徐静", NOW)
WAITING = replace(ORDERED, obstacles=("病区还没有安排床位", "住院证还没有盖章"))
ADMISSION = Admission(
    "ZY2026112300017", "心血管内科病区", "12 床", (NextStep("到病区", "心血管内科护士站", "住院楼七层"),)
)
MANY_STEPS = (
    *paid_bills.STEPS,
    NextStep("做检查", "超声医学科 2 号检查室", "医技楼三层", "", "请先喝水憋尿，凭凭条到分诊台取号"),
)


_PAPER = Document("paper", "模拟统筹区医保经办服务事项清单", "", "模拟医保局", date(2026, 1, 1))
POLICY = tuple(
    Advice(
        f"card-{number}",
        Words(f"个人账户的钱能怎么用？（{number}）", (("en", f"What may the account pay for? ({number})"),)),
        Words(
            "“三个允许、一个共享”：定点医院、定点诊所、本人长护险和退休大病救助金，还能给指定家人用。",
            (("en", "Designated hospitals and clinics, your own long-term care fee, and named relatives."),),
        ),
        Source(_PAPER, "三个允许、一个共享"),
        card=number < 3,
    )
    for number in (1, 2, 3)
)
"""Two are cards of the home page, the third is not."""


def kiosk(screen: at.Screen, lang: str = "zh", fixtures: at.Fixtures = FIXTURES) -> at.Kiosk:
    return at.Kiosk(RULES, screen, fixtures, T, lang)


def samples() -> dict[str, at.Kiosk]:
    """Every state by name, in the order of a visit; `--` marks a further case of a state."""
    shown = {name: kiosk(screen) for name, screen in (_before_the_bill() | _the_bill() | _the_end()).items()}
    home = at.Fixtures(card_in=False, health=WORKING)
    shown["home"] = kiosk(at.Home(), fixtures=home)
    shown["home--down"] = kiosk(at.Home(), fixtures=replace(home, health=PRINTERS_DOWN, simulated=True))
    unpayable = replace(home, faults=frozenset({FaultCode.PAYMENT_UNREACHABLE}))
    both = replace(RULES, doors=(Door.OUTPATIENT, Door.ADMISSION))
    shown["home--shut"] = replace(kiosk(at.Home(), fixtures=unpayable), rules=both)
    every = replace(kiosk(at.Home(), fixtures=home), rules=replace(RULES, doors=tuple(Door)[:5]))
    shown["home--doors"] = every
    told = replace(RULES, doors=(Door.OUTPATIENT, Door.SERVICES, Door.RIGHTS), services=Services(advice=POLICY))
    shown["home--policy"] = replace(every, rules=told)
    with_plate = replace(home, health={**WORKING, "id_reader": Health(DeviceState.ONLINE)})
    shown["home--id-card"] = kiosk(at.Home(), fixtures=with_plate)
    shown["awaiting-card--id-card"] = kiosk(shown["awaiting-card--id-card"].screen, fixtures=with_plate)
    shown["awaiting-card"] = kiosk(shown["awaiting-card"].screen, fixtures=replace(home, simulated=True))
    return shown


def aided() -> dict[str, at.Kiosk]:
    """What lies over a page, and a page with the buttons that only a machine with a voice has."""
    shown = samples()
    speaker = {"speaker": Health(DeviceState.ONLINE)}
    voiced = replace(FIXTURES, health=WORKING | speaker)
    doubtful = replace(FIXTURES, health=PRINTERS_DOWN | speaker, faults=frozenset({FaultCode.PLATFORM_UNREACHABLE}))
    return {
        "helping": replace(shown["explaining"], aid=Helping(T)),
        "staff-door": replace(shown["home"], aid=StaffDoor(T, T)),
        "staff-door--wait": replace(shown["home"], aid=StaffDoor(T, T, refused=True, wait=75.0)),
        "staff-inside--beside": replace(shown["explaining"], aid=StaffInside(T, "0417"), fixtures=doubtful),
        "explaining--helped": replace(shown["explaining"], helper="0417"),
        "staff-inside": replace(shown["out-of-service"], aid=StaffInside(T, "0417"), fixtures=doubtful),
        "choosing-bill--spoken": replace(
            shown["choosing-bill"], access=Access(speaking=True, offered=True), fixtures=voiced
        ),
    }


def _before_the_bill() -> dict[str, at.Screen]:
    return {
        "home": at.Home(),
        "home--down": at.Home(),
        "home--shut": at.Home(),
        "home--doors": at.Home(),
        "home--policy": at.Home(),
        "home--id-card": at.Home(),
        "out-of-service": at.OutOfService(FaultCode.PLATFORM_UNREACHABLE),
        "asking-whose": AskingWhose(T, Door.OUTPATIENT),
        "awaiting-card": at.AwaitingCard(T, Door.OUTPATIENT),
        "awaiting-card--id-card": at.AwaitingCard(T, Door.OUTPATIENT, FaultCode.ID_CARD_LIFTED),
        "awaiting-card--again": at.AwaitingCard(T, Door.OUTPATIENT, FaultCode.CARD_UNREADABLE),
        "reading-card": at.ReadingCard(T, Door.OUTPATIENT, T),
        "entering-pin": at.EnteringPin(T, Door.OUTPATIENT, IDENTITY, T),
        "entering-pin--again": at.EnteringPin(T, Door.OUTPATIENT, IDENTITY, T, tries=2),
        "reading-id-card": at.ReadingIdCard(T, Door.OUTPATIENT, T),
        "finding-person": at.FindingPerson(T, Door.OUTPATIENT, IDENTITY, T),
        "finding-bills": at.FindingBills(T, ZHANG, T),
        "choosing-bill": at.ChoosingBill(T, ZHANG, (BATCH,)),
        "choosing-bill--many": at.ChoosingBill(T, LONG_NAME, (CHRONIC, BATCH, REGISTRATION)),
        "choosing-bill--doctor": at.ChoosingBill(T, ZHANG, (replace(BATCH, back_to_doctor=True), CHRONIC)),
        "choosing-bill--by-staff": at.ChoosingBill(T, ZHANG, (replace(BATCH, by_staff=ByStaff.WORK_INJURY), CHRONIC)),
        "choosing-bill--stay": at.ChoosingBill(T, ZHANG, (paid_bills.STAYED, NOT_READY)),
        "choosing-bill--newborn": at.ChoosingBill(T, ZHANG, (NEWBORN, UNTOLD_BIRTH)),
        "choosing-bill--deposit": at.ChoosingBill(T, ZHANG, (paid_bills.ASKED,)),
        "choosing-bill--stay-at-window": at.ChoosingBill(T, ZHANG, (AT_WINDOW,)),
        "scanning-key": at.ScanningKey(T, T, ZHANG, (BATCH,)),
        "scanning-key--again": at.ScanningKey(T, T, ZHANG, (), again=FaultCode.NO_BILL),
        "choosing-insurance": at.ChoosingInsurance(T, ZHANG, (BATCH,), (EMPLOYEE, RESIDENT)),
        "quoting": at.Quoting(T, (bill(),), T),
    }


def _the_bill() -> dict[str, at.Screen]:
    return {
        "explaining": explaining(),
        "explaining--many-funds": explaining(paid_bills.MANY_FUNDS, bill(CHRONIC, LONG_NAME)),
        "explaining--huge": explaining(HUGE),
        "explaining--all": explaining(ALL_OWED),
        "explaining--several": at.Explaining(T, T, SEVERAL),
        "explaining--queue": at.Explaining(T, T, replace(offer(), queue=(bill(CHRONIC),))),
        **accounts(explaining(ALL_OWED)),
        "explaining--stay": explaining(paid_bills.STAY_AMOUNTS, bill(paid_bills.STAYED)),
        "explaining--stay-topped": explaining(paid_bills.STAY_TOPPED, bill(paid_bills.STAYED)),
        "explaining--filed": replace(explaining(), offer=replace(offer(), away=FILED)),
        "explaining--unfiled": replace(explaining(), offer=replace(offer(), away=CareAway(missing=True))),
        "deposit-offered": DepositOffered(T, T, deposit_offer()),
        "deposit-offered--owed": DepositOffered(T, T, Offer((Quoted(bill(paid_bills.OWED), SID, NUMBER, None),))),
        "explaining--insurable": at.Explaining(T, T, insured()),
        "explaining--pledged": at.Explaining(T, T, insured(paid_bills.PLEDGE, of=paid_bills.WAITS)),
        "explaining--unpledged": at.Explaining(T, T, insured(no=FaultCode.INSURER_REFUSED)),
        "insurer-consent": InsurerConsent(T, T, insured()),
        "asking-insurer": AskingInsurer(T, insured(), T),
        "insurer-refused": refused(),
        "insurer-refused--slip": refused(None),
        "confirming": confirming(),
        "confirming--several": at.Confirming(T, T, SEVERAL),
        "confirming--huge": confirming(HUGE),
        "confirming--nothing": confirming(NOTHING_OWED),
        "awaiting-code": awaiting_code(),
        "awaiting-code--again": awaiting_code(HUGE, FaultCode.CODE_NOT_FOR_PAYMENT),
        "awaiting-code--others": replace(awaiting_code(), others=True),
        "choosing-method": at.ChoosingMethod(T, T, offer(), METHODS),
        "choosing-method--again": at.ChoosingMethod(T, T, offer(HUGE), METHODS, FaultCode.PAYMENT_NOT_MADE),
        "showing-code": at.ShowingCode(T, offer(), METHODS[1], T, SHOWN_CODE, others=True),
        "showing-code--coming": at.ShowingCode(T, offer(HUGE), METHODS[1], T),
        "at-terminal": at.AtTerminal(T, offer(), METHODS[2], T, others=True),
        "collecting": at.Collecting(T, offer(), T),
        "collecting--stopped": at.Collecting(T, offer(), T, "show", stopped=True),
        "settling": at.Settling(T, offer(), T),
        "settling--deposit": at.Settling(T, deposit_offer(), T),
        "still-asking": at.StillAsking(T, T, offer(), SID, FaultCode.SETTLEMENT_UNKNOWN),
        "cancelling": at.Cancelling(T, T, offer()),
        "cancelling--fault": at.Cancelling(T, T, offer(), FaultCode.PAYMENT_NOT_MADE),
    }


def _by_face() -> dict[str, at.Screen]:
    moving = FaceProgress(1, 2, Challenge.TURN_LEFT, None, Light(110, 190, 255))
    waiting = FaceProgress(0, 2, None, Hint.COVERED)
    return phone_states.samples() | {
        "face-agent": FaceAgent(T, ZHANG),
        "face-agent--patients": FaceAgent(T, ZHANG, patients=True),
        "face-agent--again": FaceAgent(T, ZHANG, again=FaultCode.ID_CARD_LIFTED),
        "face-agent--reading": FaceAgent(T, ZHANG, reading=T),
        "face-consent--agent": FaceConsent(T, ZHANG, asks=Asks.AGENT),
        "face-done--agent": FaceDone(T, ZHANG, compared=True, agent=True),
        "face-consent": FaceConsent(T, ZHANG),
        "face-consent--second": FaceConsent(T, ZHANG, asks=Asks.SECOND),
        "face-consent--certified": FaceConsent(T, ZHANG, asks=Asks.CERTIFIED),
        "face-checking--certified": FaceChecking(T, T, ZHANG, FaceProgress(0, 0), elsewhere=True),
        "face-checking": FaceChecking(T, T, ZHANG, waiting),
        "face-checking--moving": FaceChecking(T, T, ZHANG, moving),
        "face-again": FaceAgain(T, ZHANG, FaultCode.FACE_NOT_DONE),
        "face-done": FaceDone(T, ZHANG, compared=True),
        "face-consent--settling": FaceConsent(T, ZHANG, asks=Asks.SETTLING),
        "face-again--settling": FaceAgain(T, ZHANG, FaultCode.FACE_NOT_DONE, agreed=Agreed(settling=True)),
        "face-done--settling": FaceDone(T, ZHANG, compared=True, authorised=True, holder=HOLDER),
        "face-done--there": FaceDone(T, ZHANG, compared=False),
        "agent-card": AgentCard(T, ZHANG, (paid_bills.STAYED,)),
        "agent-card--patients": AgentCard(T, ZHANG, (paid_bills.STAYED,), patients=True),
        "agent-card--reading": AgentCard(T, ZHANG, (paid_bills.STAYED,), reading=T),
        "agent-relation": AgentRelation(
            T, ZHANG, (paid_bills.STAYED,), NOTHING_ON_FILE, PersonName("李四"), SON, relations(BOOK)
        ),
        "finding-admission": FindingAdmission(T, ZHANG, T, Seen.CARD),
        "admission-offered": AdmissionOffered(T, ZHANG, ORDERED, Seen.COMPARED),
        "admission-offered--not-yet": AdmissionOffered(T, ZHANG, WAITING, Seen.CARD),
        "admitting": Admitting(T, ZHANG, ORDERED, T, Seen.CARD),
        "admitted": Admitted(T, ZHANG, replace(ADMISSION, deposit=paid_bills.ASKED), T),
        "admitted--free": Admitted(T, ZHANG, replace(ADMISSION, deposit=None), T, SlipPrinted()),
        "admitted--missing": Admitted(T, ZHANG, ADMISSION, T, SlipNotPrinted(FaultCode.PAPER_OUT, started=False)),
        "face-elsewhere": FaceElsewhere(T, ZHANG),
        "face-elsewhere--goes-on": FaceElsewhere(T, ZHANG, goes_on=True),
        "face-elsewhere--fault": FaceElsewhere(T, ZHANG, FaultCode.FACE_NOT_SAME),
    }


def _the_end() -> dict[str, at.Screen]:
    done, missing = next_steps(), SlipNotPrinted(FaultCode.PAPER_RAN_OUT, started=True)
    longer = replace(paid_bills.BOOKING, steps=MANY_STEPS)
    undone = Undone(SID, NUMBER, FaultCode.BOOKING_REFUSED, "", Money(1345))
    doubtful = Stuck("01KAMMV5RC6Z2J5N4Q8W7T3XYE", OTHER_NUMBER, FaultCode.SETTLEMENT_UNKNOWN)
    sheet = replace(done, paid=(replace(paid(), official=T),))
    official = PaperState(SlipPrinted(), statement=True, official=PagePrinted("1"))
    return (
        _by_face()
        | reprints(T)
        | {
            "next-steps": done,
            "next-steps--printed": with_paper(done, PaperState(SlipPrinted(), statement=True)),
            "next-steps--missing": replace(
                with_paper(next_steps(booking=longer), PaperState(missing, statement=False)), others=2
            ),
            "next-steps--silent": with_paper(next_steps(statement=None), PaperState(SlipUnknown())),
            "next-steps--unbooked": next_steps(booking=None),
            "next-steps--several": replace(
                done, paid=(paid(), paid(bill(CHRONIC))), undone=(undone,), doubtful=(doubtful,)
            ),
            "next-steps--official": with_paper(sheet, official),
            "next-steps--no-official": with_paper(
                sheet, replace(official, official=PageNotPrinted(FaultCode.OFFICIAL_BROKEN))
            ),
            "next-steps--stay": replace(done, paid=(discharged(),)),
            "next-steps--deposit": replace(done, paid=(deposited(),)),
            "next-steps--insurer": replace(done, paid=(claimed(Outcome.PAID, paid_bills.WAITS),)),
            "next-steps--insurer-open": replace(done, paid=(claimed(Outcome.OPEN),)),
            "next-steps--queue": replace(done, queue=(bill(CHRONIC),)),
            "at-window": at.AtWindow(T, (bill(), bill(CHRONIC)), T),
            "at-window--newborn": at.AtWindow(T, (bill(NEWBORN),), T, newborn=True),
            "at-window--doctor": at.AtWindow(T, (bill(),), T, SlipPrinted(), doctor=True),
            "at-window--taken": at.AtWindow(T, (bill(AT_WINDOW),), T, SlipPrinted()),
            "at-window--missing": at.AtWindow(T, (bill(),), T, missing),
            "failed": at.Failed(T, FaultCode.NO_BILL),
            "failed--retry": at.Failed(T, FaultCode.HOSPITAL_UNREACHABLE, can_retry=True),
            "failed--reason": at.Failed(
                T,
                FaultCode.SETTLEMENT_REFUSED,
                NUMBER,
                reason="该人员当日已在其他机构结算，请核实后重试",
                amount=Money(1345),
            ),
            "failed--slip": at.Failed(T, FaultCode.SETTLEMENT_UNKNOWN, NUMBER, slip=T),
            "still-there": at.StillThere(T, explaining()),
            "farewell": at.Farewell(T, card_in=False),
            "farewell--card": at.Farewell(T, card_in=True),
            "farewell--reminded": at.Farewell(T, card_in=True, reminded=True),
        }
    )
