"""What adapters of far parties are given in tests: a clock set by hand, an invented institution, an open ear."""

import dataclasses
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kiosk.domain.codes import CertType
from kiosk.domain.insured import Credential, Insurance, Person
from kiosk.domain.money import Money
from kiosk.domain.personal import CardNumber, CardSerial, PersonName, PersonNumber, ResidentId
from kiosk.domain.policy import Gateway, Limits, Phrases, SettlementProfile
from kiosk.packs.codes import read_national
from kiosk.ports.clock import BEIJING, Monotonic
from kiosk.ports.driver import PartyHost

LIMITS = Limits(
    connect=5,
    reply={},
    reply_default=5,
    longest_request=600,
    patient_waits=60,
    payment=60,
    reversal_attempts=6,
    manual_after=900,
)
PHRASES = Phrases(
    already_undone=("退费结算标志不为未退费", "已撤销"),
    not_signed_in=("请重新签到",),
    person_unknown=("未查询到参保人员",),
    insurance_stopped=("暂停参保",),
)
PROFILE = SettlementProfile(
    mdtrtarea_admvs="000000",
    recer_sys_code="YBXT",
    gateway=Gateway.SINGLE,
    limits=LIMITS,
    fund_total_includes_account=False,
    acct_pay_includes_mulaid=True,
    phrases=PHRASES,
    dictionaries=read_national(),
)


@dataclass
class HandClock:
    """Wall time moves when a test says so."""

    shown: datetime = datetime(2026, 11, 22, 9, 30, tzinfo=BEIJING)

    def now(self) -> datetime:
        return self.shown

    def monotonic(self) -> Monotonic:
        return Monotonic(0.0)


@dataclass
class Ear:
    """Keeps what adapters tell their host."""

    msgids: list[str] = field(default_factory=list)
    offsets: list[float] = field(default_factory=list)
    certificates: list[Callable[[], datetime]] = field(default_factory=list)


def party_host(clock: HandClock, ear: Ear, profile: SettlementProfile = PROFILE, **changes: Any) -> PartyHost:
    host = PartyHost(
        clock=clock,
        log=logging.getLogger("kiosk.party"),
        profile=profile,
        fixmedins_code="H00000000001",
        fixmedins_name="模拟医院",
        terminal="007",
        terminal_name="一层1号自助机",
        last_msgid=None,
        remember_msgid=ear.msgids.append,
        clock_offset=ear.offsets.append,
        watch_certificate=ear.certificates.append,
    )
    return dataclasses.replace(host, **changes)


CARD = Credential(CertType.SOCIAL_CARD, CardNumber("M00000019"), CardSerial("0" * 31 + "1"), PersonName("张三"))
INSURANCE = Insurance("310", "1101", "1", Money(137815), "000000")
PERSON = Person(
    psn_no=PersonNumber("00000000000000000001"),
    name=PersonName("张三"),
    certno=ResidentId("111111198101011110"),
    credential=CARD,
    insurances=(INSURANCE,),
    age=45,
)
