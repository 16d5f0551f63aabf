"""Somebody who files at the kiosk: the walker's ways to an item of the fictional catalogue, and an office's answers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from kiosk.domain.catalogue import Question
from kiosk.domain.filing import Case, CaseState, Certificate, CertifiedTime, Offer
from kiosk.domain.insured import Person
from kiosk.domain.pages import Entry
from kiosk.domain.personal import Typed
from kiosk.faults import FaultCode
from kiosk.filing.course import Report, Stage
from kiosk.flow.events import (
    CardWasRead,
    Continued,
    Entered,
    Event,
    FieldFilled,
    FilingOpened,
    FilingReported,
    OptionPicked,
    PersonWasSought,
    Signed,
)
from kiosk.flow.phrases import Phrasebook
from kiosk.flow.rules import Door, Rules
from kiosk.flow.served_states import Choosing, Committing, Filling, Reviewing
from kiosk.flow.services.desk import Filing
from kiosk.flow.states import Kiosk
from kiosk.installed import config_dir
from kiosk.messages import Catalogue
from kiosk.packs.loading import read_pack
from kiosk.ports.card_reader import CardInserted, CardRead
from kiosk.ports.filing import Prepared
from kiosk.ports.settlement import PersonFound
from tests.kiosk.flow.walker import SID, Walker
from tests.support.people import IDENTITY, ZHANG

TODAY = date(2026, 11, 26)
BOOK = Phrasebook.of(Catalogue.read(config_dir() / "texts"))
OFFERED = ("referral", "prescription", "pharmacy", "principal", "premium")
PREPARED = Prepared(
    (("mobile", Typed("13900000000")),),
    frozenset({"records", "einvoice", "list"}),
    offers=tuple(Offer(field, f"{field}-{number}", "模拟", "模拟") for field in OFFERED for number in (1, 2)),
)
CASE = Case("MN2026112600000001", "info-change", CaseState.IN_FORCE, TODAY, handover="YB1.x.y")
CERTIFICATE = Certificate(
    "CBPZ1", TODAY, "张* 111***********1110", "YBC1.x.y",
    (
        CertifiedTime("310", "模拟甲市", date(2012, 7, 1), date(2020, 6, 30), 96),
        CertifiedTime("310", "模拟统筹区", TODAY, None, 1),
    ),
)  # fmt: skip


def rules(area: str = "000000") -> Rules:
    pack = read_pack(config_dir() / "packs" / area)
    return Rules(doors=tuple(Door), services=pack.services, book=BOOK, pack=f"{area} 1", hospital_area="000000")


ANSWERS = {
    Entry.DATE: "2026-11-26",
    Entry.IDENTITY: "111111200106101174",
    Entry.AMOUNT: "1.00",
}
DIGITS = {
    "birth-number": "000000001",
    "receipt-code": "11000001",
    "receipt-number": "1234567890",
    "bank-card": "6200000000000000000",
    "mobile": "13900000001",
    "new-mobile": "13900000001",
}


def answer(question: Question) -> Typed:
    """One that will do."""
    if question.options:
        return Typed(question.options[0].key)
    return Typed(DIGITS.get(question.key) or ANSWERS[question.entry])


@dataclass
class Clerk(Walker):
    """`asked` are the fields, parts and materials the person was asked for; `taps` counts what they touched."""

    fields: list[str] = field(default_factory=list[str])
    taps: int = 0

    def touch(self, *events: Event) -> Clerk:
        self.taps += len(events)
        self.send(*events)
        return self

    def to_guide(self, item: str) -> Clerk:
        self.touch(Entered(Door.SERVICES), OptionPicked(item))
        return self

    def to_filing(self, item: str, person: Person = ZHANG, told: Prepared = PREPARED) -> Clerk:
        self.to_guide(item).touch(Continued())
        self.send(CardInserted())
        identity = replace(IDENTITY, resident_id=person.certno)
        self.send(CardWasRead(self.ticket("ticket"), CardRead(identity)))
        self.send(PersonWasSought(self.ticket("ticket"), PersonFound(person)))
        self.send(FilingOpened(self.ticket("ticket"), SID, told, TODAY))
        return self

    def fill(self) -> Clerk:
        """Whatever is asked is answered, until everything is shown once more."""
        for _ in range(60):
            screen = self.screen
            if isinstance(screen, Reviewing):
                return self
            self.fill_one()
        raise AssertionError("asked for ever")

    def fill_one(self) -> None:
        screen = self.screen
        if isinstance(screen, Filling) and isinstance(screen.desk, Filing):
            question = next(one for one in screen.desk.questions if one.key == screen.desk.asked)
            self.fields.append(question.key)
            self.touch(FieldFilled(question.key, answer(question)))
        elif isinstance(screen, Choosing):
            self.fields.append(getattr(screen.desk, "asked", ""))
            self.touch(OptionPicked(screen.page.options[0].key))
        else:
            raise AssertionError(type(screen).__name__)

    def hand_in(self) -> Clerk:
        self.fill().touch(Continued())
        return self.hand_in_promised()

    def hand_in_promised(self) -> Clerk:
        if isinstance(self.screen, Committing):
            self.touch(Signed())
        return self

    def told(
        self, stage: Stage, case: Case | None = None, *, fault: FaultCode | None = None, reason: str = ""
    ) -> Clerk:
        self.send(FilingReported(self.ticket("ticket"), Report(SID, stage, case, fault, reason)))
        return self


def clerk(area: str = "000000") -> Clerk:
    return Clerk(Kiosk(rules(area)))
