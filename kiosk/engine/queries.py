"""The query thread: HTTPS that moves no money (sign-in, 1101, unpaid bills)."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from kiosk.domain.benefits import OnFile, Rights
from kiosk.domain.confirming import Attestation
from kiosk.domain.insured import CardIdentity, Credential, Person, VoucherIdentity
from kiosk.domain.personal import Voucher
from kiosk.engine.ages import Ages, within_age
from kiosk.engine.face import described
from kiosk.engine.fetching import SheetDesk
from kiosk.engine.money import Parties
from kiosk.faults import FaultCode
from kiosk.flow.effects import (
    AskRights,
    AttestCase,
    FindAdmission,
    FindBills,
    FindDoctor,
    FindHolder,
    FindPaid,
    FindPerson,
    RegisterStay,
)
from kiosk.flow.events import (
    BillsWereSought,
    CaseWasAttested,
    DoctorWasSought,
    Event,
    PersonWasSought,
    RightsWereSought,
)
from kiosk.flow.identify import credential_of
from kiosk.flow.paid_events import PaidWereSought
from kiosk.flow.stay_events import AdmissionWasSought, StayWasRegistered
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.clock import Clock
from kiosk.ports.face import FaceAccepted
from kiosk.ports.hospital import Bills, Keys, PaidBills
from kiosk.ports.inquiry import Inquiring, Told
from kiosk.ports.official import NoSheet, Sheet, SheetAsked
from kiosk.ports.settlement import Accepted, PersonFound, PersonMissing

_log = logging.getLogger(__name__)
PersonAnswer = PersonFound | PersonMissing | NotSent | Refused | Unknown
Question = (
    FindPerson | FindHolder | FindBills | FindAdmission | RegisterStay | FindPaid | AskRights | FindDoctor | AttestCase
)
_SIGN_IN_RETRY = 15.0


class _Greeting:
    """A wish to have the platform's line open: its several round trips are nobody's to wait for."""


@dataclass(frozen=True, slots=True)
class Wants:
    """What the province wants asked about a person before the bills are shown, each costs a call; and how old a
    payment may be that a refund here gives back.
    """

    stays: bool = False
    chronic: bool = False
    ages: Ages = field(default_factory=dict[str, int])


NOTHING_WANTED = Wants()
_STAYS_SINCE = timedelta(days=730)
_PAPERS_KEPT = timedelta(days=180)
_REFUNDS_SINCE = timedelta(days=730)
"""Longer than any channel takes payments back: whoever has an approval is told where their money is paid out."""


class Queries:
    """`ask` and `greet` from any thread; answers go to `post`. Signs in at the start and when the platform comes back.

    `look` is called when a visit begins and about four times a minute while nobody asks anything: what must be watched
    is watched here, but not while the kiosk starts.
    """

    def __init__(
        self,
        parties: Parties,
        clock: Clock,
        post: Callable[[Event], None],
        faulted: Callable[[FaultCode, bool], None],
        sign_in_retry: float = _SIGN_IN_RETRY,
        look: Callable[[], None] = lambda: None,
        wants: Wants = NOTHING_WANTED,
    ) -> None:
        self._parties, self._clock, self._post, self._faulted = parties, clock, post, faulted
        self._retry, self._look, self._wants = sign_in_retry, look, wants
        self._reach: FaultCode | None = None
        self._questions: queue.SimpleQueue[Question | _Greeting | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="query", daemon=True)
        self._sheets = SheetDesk(parties.settlement)
        self.beat = clock.monotonic()

    def start(self) -> None:
        self._thread.start()
        self._sheets.start()

    def ask(self, question: Question) -> None:
        self._questions.put(question)

    def fetch(self, asked: SheetAsked, then: Callable[[Sheet | NoSheet], None]) -> None:
        """The official sheet of a settlement, for a printer's thread; nobody's question waits for it."""
        self._sheets.fetch(asked, then)

    def greet(self) -> None:
        """A visit begins: have the connection ready."""
        self._questions.put(_Greeting())

    def stop(self) -> None:
        self._questions.put(None)
        self._sheets.stop()
        self._thread.join(3.0)

    def _run(self) -> None:
        self._probe()
        while True:
            self.beat = self._clock.monotonic()
            try:
                question = self._questions.get(timeout=self._retry)
            except queue.Empty:
                question = _Greeting()
            if question is None:
                return
            if isinstance(question, _Greeting):
                self._watch()
                self._probe()
                continue
            self._post(self._answer(question))
            del question  # or its person would stay here until somebody else's question

    def _watch(self) -> None:
        try:
            self._look()
        except Exception:  # noqa: BLE001 - whatever it is, people are still served
            _log.exception("a watch failed")

    def _probe(self) -> None:
        """Signed in, or said why not: the home page tells, so that nobody tries in vain while nobody answers."""
        try:
            answer = self._parties.settlement.sign_in()
        except Exception:  # noqa: BLE001 - a defect of the adapter is one more way of not answering
            _log.exception("sign-in failed")
            answer = Unknown(FaultCode.REPLY_BROKEN, "defect")
        self._reached(None if isinstance(answer, Accepted) else _standing_fault(answer))

    def _reached(self, fault: FaultCode | None) -> None:
        if self._reach is not None and fault != self._reach:
            self._faulted(self._reach, False)
        if fault is not None:
            self._faulted(fault, True)
        self._reach = fault

    def _answer(self, question: Question) -> Event:
        try:
            return self._ask(question)
        except Exception:  # noqa: BLE001 - the patient must get an answer whatever the adapter does
            _log.exception("query failed")
            broken = Unknown(FaultCode.REPLY_BROKEN, "defect")
            if isinstance(question, FindPerson | FindHolder):
                return PersonWasSought(question.ticket, broken)
            if isinstance(question, AskRights):
                return RightsWereSought(question.ticket, Rights(failed=True))
            if isinstance(question, FindDoctor):
                return DoctorWasSought(question.ticket, broken)
            if isinstance(question, AttestCase):
                return CaseWasAttested(question.ticket, broken)
            if isinstance(question, FindAdmission):
                return AdmissionWasSought(question.ticket, broken)
            if isinstance(question, RegisterStay):
                return StayWasRegistered(question.ticket, broken)
            if isinstance(question, FindPaid):
                return PaidWereSought(question.ticket, broken)
            return BillsWereSought(question.ticket, broken)

    def _ask(self, question: Question) -> Event:
        if isinstance(question, FindHolder):
            return PersonWasSought(question.ticket, self._holder(question.code))
        if isinstance(question, FindPerson):
            return PersonWasSought(question.ticket, self._person(question.credential))
        if isinstance(question, AskRights):
            told = self._visits(question.person) if question.visits else self._rights(question.person)
            return RightsWereSought(question.ticket, told)
        if isinstance(question, FindDoctor | AttestCase):
            return self._confirmed(question)
        if isinstance(question, FindAdmission):
            return AdmissionWasSought(question.ticket, self._parties.hospital.admission_orders(question.person))
        if isinstance(question, RegisterStay):
            admitted = self._parties.hospital.admit(question.order, question.person, question.seen)
            return StayWasRegistered(question.ticket, admitted)
        if isinstance(question, FindPaid):
            now = self._clock.now()
            since = now.date() - (_REFUNDS_SINCE if question.refunds else _PAPERS_KEPT)
            paid = self._parties.hospital.paid(question.person, since)
            judged = within_age(paid, self._wants.ages, now) if isinstance(paid, PaidBills) else paid
            return PaidWereSought(question.ticket, judged)
        bills = self._bills(question)
        wanted = isinstance(bills, Bills) and bool(bills.batches)
        on_file = self._on_file(question.person) if wanted else OnFile()
        return BillsWereSought(question.ticket, bills, on_file)

    def _person(self, credential: Credential) -> PersonAnswer:
        answer = self._parties.settlement.find_person(credential)
        if isinstance(answer, PersonFound):  # the platform is there, whatever the last probe said
            self._reached(None)
        return answer

    def _holder(self, code: Voucher) -> PersonAnswer:
        """Its centre says whose code it is, then 1101 must mean the same person."""
        identity = self._parties.holders.find(code)
        if not isinstance(identity, VoucherIdentity | CardIdentity):
            return identity
        credential = credential_of(identity)
        if credential is None:
            return Refused(FaultCode.CARD_INCOMPLETE)
        answer = self._person(credential)
        if isinstance(answer, PersonFound) and identity.resident_id not in {None, answer.person.certno}:
            return Refused(FaultCode.PERSON_MISMATCH)
        return answer

    def _confirmed(self, question: FindDoctor | AttestCase) -> Event:
        """What is told of a look is what the audit has of it: names and figures."""
        desk, nobody = self._parties.confirming, NotSent(FaultCode.HOSPITAL_UNREACHABLE)
        if isinstance(question, FindDoctor):
            return DoctorWasSought(question.ticket, desk.doctor(question.number) if desk else nobody)
        evidence = described(FaceAccepted(question.evidence))
        attestation = Attestation(question.case_no, question.doctor, question.place, evidence)
        return CaseWasAttested(question.ticket, desk.attest(question.key, attestation) if desk else nobody)

    def _bills(self, question: FindBills) -> Bills | NotSent | Refused | Unknown:
        hospital = self._parties.hospital
        if question.code is None:
            return hospital.unpaid(question.person)
        keys = hospital.look_up(question.code, question.person)
        return hospital.unpaid(question.person, keys) if isinstance(keys, Keys) else keys

    def _visits(self, person: Person) -> Rights:
        """The newest of this year."""
        platform, row = self._parties.settlement, next(iter(person.insurances), None)
        if row is None or not isinstance(platform, Inquiring):
            return Rights(failed=True)
        today = self._clock.now().date()
        told = platform.inquiries.past_visits(person, row, today.replace(month=1, day=1), today)
        return Rights(visits=told.rows) if isinstance(told, Told) else Rights(failed=True)

    def _rights(self, person: Person) -> Rights:
        """What the platform tells of the year; an adapter behind a hospital's front may not be able to ask."""
        platform, row = self._parties.settlement, next(iter(person.insurances), None)
        if row is None or not isinstance(platform, Inquiring):
            return Rights(failed=True)
        sums = platform.inquiries.accumulators(person, row)
        chronic = platform.inquiries.chronic_registrations(person, row)
        return Rights(
            sums.rows if isinstance(sums, Told) else (),
            chronic.rows if isinstance(chronic, Told) else (),
            failed=not (isinstance(sums, Told) and isinstance(chronic, Told)),
        )

    def _on_file(self, person: Person) -> OnFile:
        """What the province wants asked first. Nobody is kept from paying because a question found no answer."""
        today = self._clock.now().date()
        platform, row = self._parties.settlement, next(iter(person.settling(today)), None)
        if row is None or not isinstance(platform, Inquiring):
            return OnFile()
        ask, wants = platform.inquiries, self._wants
        chronic = ask.chronic_registrations(person, row) if wants.chronic else None
        stays = ask.stays(person, row, today - _STAYS_SINCE, today) if wants.stays else None
        return OnFile(
            chronic.rows if isinstance(chronic, Told) else (),
            stays.rows if isinstance(stays, Told) else (),
        )


def _standing_fault(answer: NotSent | Refused | Unknown) -> FaultCode:
    if isinstance(answer, Refused):
        return FaultCode.SIGN_IN_REFUSED
    return answer.fault if isinstance(answer, NotSent) else FaultCode.PLATFORM_UNREACHABLE
