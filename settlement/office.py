"""`front` of `kiosk.filings`: the insurance office by its HTTPS face."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

from kiosk.domain.filing import Answers, Application, Case, Offer, Score, StandingRow
from kiosk.domain.insured import Person
from kiosk.domain.personal import PersonName, ResidentId, Typed
from kiosk.faults import FaultCode
from kiosk.ports.answers import Refused, Unknown
from kiosk.ports.driver import Driver, Host
from kiosk.ports.filing import (
    Attached,
    Away,
    Cases,
    Failure,
    FilingPort,
    Kept,
    Noted,
    Notices,
    NotLodged,
    Prepared,
    Standing,
)
from kiosk.ports.photograph import Photograph
from settlement.access import Access, party_host
from settlement.face import Face
from settlement.office_reading import read_case, read_cases, read_notice
from settlement.transport import Line
from settlement.wire import notices as notice_wire
from settlement.wire import office as wire

_FOREIGN = Unknown(FaultCode.REPLY_BROKEN, "answers another key")


class OfficeFront:
    """`FilingPort`. Every reply to a key must repeat it."""

    def __init__(self, face: Face, terminal: str, institution: str) -> None:
        self._face, self._terminal, self._institution = face, terminal, institution

    def prepare(self, person: Person, item: str, code: str = "") -> Prepared | Failure:
        wish = wire.Prepare(applicant=_applicant(person), item=item, code=code)
        told = self._face.ask(wire.PREPARE, wish, wire.PrepareReply)
        if not isinstance(told, wire.PrepareReply):
            return told
        if told.refused is not None:
            return Refused(FaultCode.FILING_REFUSED, told.refused)
        offers = tuple(Offer(row.field, row.key, row.label, row.note) for row in told.offers)
        return Prepared(_answers(told.known), frozenset(told.fetched), _answers(told.draft), offers)

    def submit(self, key: str, application: Application) -> Case | Failure:
        told = self._face.ask(wire.SUBMIT, self._submission(key, application), wire.CaseReply, key)
        answer = self._case(told, key)
        return _FOREIGN if isinstance(answer, NotLodged) else answer

    def _submission(self, key: str, application: Application) -> wire.Submit:
        return wire.Submit(
            key=key,
            applicant=_applicant(application.person),
            item=application.item,
            code=application.code,
            pack=application.pack,
            answers=_said(application.answers),
            materials=tuple(
                wire.Material(material=one.material, way=wire.Way(one.way), pictures=one.pictures)
                for one in application.materials
            ),
            promised=application.promised,
            parts=application.parts,
            helper=application.helper,
            terminal=self._terminal,
            institution=self._institution,
            insured_at=next((row.insuplc_admdvs for row in application.person.insurances), ""),
        )

    def attach(self, person: Person, item: str, material: str, photograph: Photograph) -> Attached | Failure:
        jpeg = photograph.reveal()
        wish = wire.Attach(
            applicant=_applicant(person),
            item=item,
            material=material,
            sha256=sha256(jpeg).hexdigest(),
            jpeg=b64encode(jpeg).decode("ascii"),
        )
        told = self._face.ask(wire.ATTACH, wish, wire.AttachReply)
        if not isinstance(told, wire.AttachReply):
            return told
        if told.picture is None:
            return Refused(FaultCode.FILING_REFUSED, told.refused or "")
        return Attached(told.picture)

    def find(self, key: str) -> Case | NotLodged | Failure:
        return self._case(self._face.ask(wire.FIND, wire.Find(key=key), wire.CaseReply, key), key)

    def _case(self, told: wire.CaseReply | Failure, key: str) -> Case | NotLodged | Failure:
        if not isinstance(told, wire.CaseReply):
            return told
        if told.key != key:
            return _FOREIGN
        if told.case is not None:
            return read_case(told.case)
        return NotLodged() if told.absent else Refused(FaultCode.FILING_REFUSED, told.refused or "")

    def keep(self, key: str, person: Person, item: str, answers: Answers) -> Kept | Failure:
        wish = wire.Keep(key=key, applicant=_applicant(person), item=item, answers=_said(answers))
        told = self._face.ask(wire.KEEP, wish, wire.KeptReply, key)
        if not isinstance(told, wire.KeptReply):
            return told
        if told.key != key:
            return _FOREIGN
        return Kept(told.code, told.until) if told.noted else Refused(FaultCode.FILING_REFUSED, told.refused or "")

    def cases(self, person: Person) -> Cases | Failure:
        told = self._face.ask(wire.CASES, wire.CasesQuery(applicant=_applicant(person)), wire.CasesReply)
        if not isinstance(told, wire.CasesReply):
            return told
        if told.refused is not None:
            return Refused(FaultCode.INQUIRY_REFUSED, told.refused)
        return read_cases(told)

    def notices(self, person: Person) -> Notices | Failure:
        wish = notice_wire.NoticesQuery(applicant=_applicant(person))
        told = self._face.ask(notice_wire.NOTICES, wish, notice_wire.NoticesReply)
        if not isinstance(told, notice_wire.NoticesReply):
            return told
        if told.refused is not None:
            return Refused(FaultCode.INQUIRY_REFUSED, told.refused)
        return Notices(tuple(map(read_notice, told.notices)))

    def read(self, key: str, person: Person, notices: tuple[str, ...]) -> Noted | Failure:
        wish = notice_wire.Read(key=key, applicant=_applicant(person), notices=notices)
        return _noted(self._face.ask(notice_wire.READ, wish, wire.NotedReply, key), key)

    def standing(self, certno: ResidentId, name: PersonName | None) -> Standing | Failure:
        wish = wire.StandingQuery(certno=certno.reveal(), psn_name=name.reveal() if name else "")
        told = self._face.ask(wire.STANDING, wish, wire.StandingReply)
        if not isinstance(told, wire.StandingReply):
            return told
        if told.refused is not None:
            return Refused(FaultCode.INQUIRY_REFUSED, told.refused)
        return Standing(tuple(StandingRow(row.insutype, row.active, row.since, row.stopped) for row in told.rows))

    def care_away(self, person: Person, area: str) -> Away | Failure:
        wish = wire.AwayQuery(applicant=_applicant(person), area=area)
        told = self._face.ask(wire.AWAY, wish, wire.AwayReply)
        if not isinstance(told, wire.AwayReply):
            return told
        if told.refused is not None:
            return Refused(FaultCode.INQUIRY_REFUSED, told.refused)
        return Away(missing=bool(told.missing))

    def rate(self, key: str, score: Score) -> Noted | Failure:
        wish = wire.Rate(key=key, case_no=score.case_no, level=score.level, labels=score.labels)
        return _noted(self._face.ask(wire.RATE, wish, wire.NotedReply, key), key)


def _noted(told: wire.NotedReply | Failure, key: str) -> Noted | Failure:
    if not isinstance(told, wire.NotedReply):
        return told
    if told.key != key:
        return _FOREIGN
    return Noted() if told.noted else Refused(FaultCode.FILING_REFUSED, told.refused or "")


def _applicant(person: Person) -> wire.Applicant:
    return wire.Applicant(certno=person.certno.reveal(), psn_name=person.name.reveal(), psn_no=person.psn_no.reveal())


def _said(answers: Answers) -> tuple[wire.Answer, ...]:
    return tuple(wire.Answer(field=key, value=value.reveal()) for key, value in answers)


def _answers(rows: tuple[wire.Answer, ...]) -> Answers:
    return tuple((row.field, Typed(row.value)) for row in rows)


def make(settings: Access, host: Host) -> FilingPort:
    """The office behind `settings.url`; connects when it is first asked something."""
    party = party_host(host, settings)
    line = Line(settings, FaultCode.OFFICE_UNREACHABLE, party.log)
    return OfficeFront(Face(line, party.profile.limits), party.terminal, party.fixmedins_code)


DRIVER: Driver[FilingPort] = Driver(settings=Access, simulated=False, make=make)
