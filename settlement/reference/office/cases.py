"""How the reference office decides. Its rules are those of the fictional area and nobody's policy."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import date, timedelta

from sqlalchemy import select

from settlement.reference.benefit.areas import shipped_areas
from settlement.reference.benefit.entitlement import filing_counts
from settlement.reference.benefit.rules import Filing
from settlement.reference.confirming import told
from settlement.reference.hospital.errand import Declined, Errand
from settlement.reference.ledger.office import AssistedCase, CaseConfirmation, CaseScore, Draft, FiledCase, FiledPart
from settlement.reference.ledger.parties import Insurance, Person
from settlement.reference.ledger.rights import CareElsewhere, ChronicDisease, FamilyGrant
from settlement.reference.office import drafts, notices, offers, photographs, records
from settlement.reference.platform.rights import filing_for
from settlement.wire import codec, office
from settlement.wire.office import State

_HANDOVER_KEY = b"reference office, handover codes, of no secrecy"
_EMPLOYEES = "310"
_UNSERVED_AREA = "000200"
_AWAY = "away-filing"
_AT_ONCE = frozenset({_AWAY, "family-bind", "info-change", "two-diseases", "chronic-cross"})
_NAMES_ITS_DAY = frozenset({"transfer"})
"""Items for which this office names the last day itself; else a kiosk reckons it by the catalogue's limit."""
_OWN_DAY = timedelta(days=14)
_GENUINE_RECEIPT = "1"
"""E-receipt codes of the fictional area begin with it; all others are nobody's."""


def prepare(errand: Errand, wish: office.Prepare) -> office.PrepareReply:
    """Phone and bank card on file, e-receipts and certificates from other departments, and an unfinished draft."""
    _known_person(errand, wish.applicant)
    draft = drafts.opened(errand, wish)
    digits = f"{int(hashlib.sha256(wish.applicant.certno.encode()).hexdigest(), 16) % 10**8:08d}"
    return office.PrepareReply(
        known=(office.Answer(field="mobile", value=f"139{digits}"),),
        fetched=("records", "einvoice", "list", "identity"),
        draft=tuple(_answers(draft.answers)) if draft else (),
        offers=offers.offered(errand, wish.applicant.psn_no, wish.item),
    )


def submit(errand: Errand, wish: office.Submit) -> office.CaseReply:
    """One case a key, whatever comes under it afterwards."""
    session = errand.session
    body = hashlib.sha256(codec.encode(wish.model_dump(mode="json"))).hexdigest()
    found = session.get(FiledCase, wish.key, with_for_update=True)
    if found is not None:
        if found.body != body:
            raise Declined("同一流水号下已有另一份申请")
        return office.CaseReply(key=wish.key, case=_told(errand, found))
    _known_person(errand, wish.applicant)
    records.check_place(errand, wish)
    photographs.check(errand, wish)
    case = _accept(errand, wish, body)
    notices.of_submission(errand, case, wish)
    if (draft := session.get(Draft, (wish.applicant.certno, wish.item))) is not None:
        session.delete(draft)
    return office.CaseReply(key=wish.key, case=_told(errand, case))


def _accept(errand: Errand, wish: office.Submit, body: str) -> FiledCase:
    today = errand.now.date()
    number = _case_no(wish.key, today)
    items = wish.parts or (wish.item,)
    decided = {item: _decide(errand, item, wish) for item in items}
    state, reason = _together(list(decided.values()))
    case = FiledCase(
        key=wish.key,
        case_no=number,
        certno=wish.applicant.certno,
        item=wish.item,
        pack=wish.pack,
        state=state,
        reason=reason,
        accepted=today,
        at=errand.now,
        due=today + _OWN_DAY if wish.item in _NAMES_ITS_DAY and state is State.UNDER_REVIEW else None,
        body=body,
        answers=json.dumps([[row.field, row.value] for row in wish.answers]),
    )
    errand.session.add(case)
    errand.session.flush()
    if wish.helper:
        errand.session.add(AssistedCase(case_no=number, helper=wish.helper))
    for place, item in enumerate(wish.parts, start=1):
        part_state, part_reason = decided[item]
        errand.session.add(
            FiledPart(case_no=f"{number}-{place}", whole=number, item=item, state=part_state, reason=part_reason)
        )
    errand.session.flush()
    return case


def _together(decided: list[tuple[State, str]]) -> tuple[State, str]:
    """One part under review keeps the whole under review; it is refused when every part is."""
    if len(decided) == 1:
        return decided[0]
    states = {state for state, _ in decided}
    if states <= {State.REFUSED, State.NOT_SERVED}:
        return State.REFUSED, "各项均未受理，请看分项说明"
    return (State.UNDER_REVIEW if State.UNDER_REVIEW in states else State.IN_FORCE), ""


def _decide(errand: Errand, item: str, wish: office.Submit) -> tuple[State, str]:
    answers = {row.field: row.value for row in wish.answers}
    match item:
        case "away-filing":
            return _away(errand, wish.applicant, answers)
        case "family-bind":
            return _family(errand, wish.applicant, answers)
        case "claim-precheck" | "claim-direct" | "maternity-benefit" | "maternity-direct":
            return _claim(errand, wish, answers)
        case "chronic-application":
            return _chronic(errand, wish.applicant, answers)
        case "newborn-enrol":
            return offers.enrol(errand, wish.applicant.psn_no, answers)
        case "proxy-filing":
            return offers.act_for(errand, wish.applicant.psn_no, answers)
        case "referral-out":
            return offers.refer(errand, wish.applicant.psn_no, answers)
        case "rx-forward":
            return offers.forward(errand, wish.applicant.psn_no, answers)
        case "account-premium":
            return offers.collect(errand, wish.applicant.psn_no, answers, _case_no(wish.key, errand.now.date()))
        case _:
            return (State.IN_FORCE, "") if item in _AT_ONCE else (State.UNDER_REVIEW, "")


def _away(errand: Errand, applicant: office.Applicant, answers: dict[str, str]) -> tuple[State, str]:
    """A filing in force changes what the next quote says: the platform reads the same table."""
    area = answers.get("care-area", "")
    if area == _UNSERVED_AREA:
        return State.NOT_SERVED, "该地区请通过国家异地就医备案小程序办理"
    kind = answers.get("care-kind", Filing.TEMPORARY)
    if kind == Filing.EMERGENCY:
        return State.UNDER_REVIEW, "急诊备案需要核对急诊病历，审核后短信告知"
    since = date.fromisoformat(_iso(answers.get("since", errand.now.date().isoformat())))
    errand.session.add(
        CareElsewhere(psn_no=applicant.psn_no, area=area, kind=kind, since=since, until=None, from_file=False)
    )
    return State.IN_FORCE, ""


def _family(errand: Errand, owner: office.Applicant, answers: dict[str, str]) -> tuple[State, str]:
    """Only the owner of an employees' account binds, and never to themselves."""
    session = errand.session
    query = select(Insurance).where(Insurance.psn_no == owner.psn_no, Insurance.insutype == _EMPLOYEES)
    if session.scalar(query.limit(1)) is None:
        return State.REFUSED, "您没有职工医保个人账户，不能办理家庭共济"
    member = session.scalar(select(Person).where(Person.certno == answers.get("member-id", "")))
    if member is None or member.psn_no == owner.psn_no:
        return State.REFUSED, "没有找到这位家人的参保信息，请核对身份证号"
    bound = select(FamilyGrant).where(FamilyGrant.psn_no == member.psn_no, FamilyGrant.owner == owner.psn_no)
    grant = session.scalar(bound.limit(1))
    if answers.get("bind-act") == "unbind":
        if grant is None:
            return State.REFUSED, "没有绑定过这位家人"
        session.delete(grant)
    elif grant is None:
        since = errand.now.date()
        session.add(FamilyGrant(psn_no=member.psn_no, owner=owner.psn_no, relation="", since=since, from_file=False))
    return State.IN_FORCE, ""


def _claim(errand: Errand, wish: office.Submit, answers: dict[str, str]) -> tuple[State, str]:
    """The preliminary verdict is complete or incomplete, never how much is paid."""
    receipt = _receipt(answers)
    if not receipt.startswith(_GENUINE_RECEIPT):
        return State.REFUSED, "材料不完整：电子票据没有查到，请核对票据代码和号码"
    others = errand.session.scalars(select(FiledCase).where(FiledCase.key != wish.key)).all()
    for other in others:
        if _receipt(dict(json.loads(other.answers))) == receipt and other.state != State.REFUSED:
            return State.REFUSED, f"这张票据已经申请过报销（受理号 {other.case_no}）"
    return State.UNDER_REVIEW, "材料完整，等待审核；报销金额以审核结果为准"


def _receipt(answers: dict[str, str]) -> str:
    return f"{answers.get('receipt-code', '')}/{answers.get('receipt-number', '')}"


def _chronic(errand: Errand, applicant: office.Applicant, answers: dict[str, str]) -> tuple[State, str]:
    query = select(ChronicDisease).where(
        ChronicDisease.psn_no == applicant.psn_no, ChronicDisease.code == answers.get("disease", "")
    )
    if errand.session.scalar(query.limit(1)) is not None:
        return State.REFUSED, "这个病种已经认定过，不用再申请"
    return State.UNDER_REVIEW, "已转医生确认病情，确认后由经办机构认定"


def attach(errand: Errand, wish: office.Attach) -> office.AttachReply:
    _known_person(errand, wish.applicant)
    return photographs.attach(errand, wish)


def find(errand: Errand, wish: office.Find) -> office.CaseReply:
    found = errand.session.get(FiledCase, wish.key)
    if found is None:
        return office.CaseReply(key=wish.key, absent=True)
    return office.CaseReply(key=wish.key, case=_told(errand, found))


def keep(errand: Errand, wish: office.Keep) -> office.KeptReply:
    _known_person(errand, wish.applicant)
    return drafts.keep(errand, wish)


def cases(errand: Errand, wish: office.CasesQuery) -> office.CasesReply:
    """Of whoever was identified, and of nobody else: number and document must be one person's."""
    person = errand.session.scalar(select(Person).where(Person.certno == wish.applicant.certno))
    if person is None or person.psn_no != wish.applicant.psn_no:
        return office.CasesReply()
    query = select(FiledCase).where(FiledCase.certno == person.certno).order_by(FiledCase.at.desc())
    rows = errand.session.scalars(query.limit(20)).all()
    return office.CasesReply(
        cases=tuple(_told(errand, row) for row in rows),
        away=records.filed_away(errand, person.psn_no),
        shared=records.shared(errand, person.psn_no),
        dues=records.dues(errand, person.psn_no),
    )


def standing(errand: Errand, wish: office.StandingQuery) -> office.StandingReply:
    person = errand.session.scalar(select(Person).where(Person.certno == wish.certno))
    if person is None or wish.psn_name not in {"", person.name}:
        raise Declined("没有查到参保记录")
    rows = errand.session.scalars(select(Insurance).where(Insurance.psn_no == person.psn_no)).all()
    return office.StandingReply(
        rows=tuple(
            office.StandingRow(
                insutype=row.insutype,
                active=row.status == "1" and row.paused is None,
                since=row.since,
                stopped=row.paused,
            )
            for row in rows
        )
    )


def away(errand: Errand, wish: office.AwayQuery) -> office.AwayReply:
    """Nothing filed for that place and nothing under review, where some filing would lower what a person pays."""
    person = _known_person(errand, wish.applicant)
    session, today = errand.session, errand.now.date()
    if filing_for(session, person.psn_no, wish.area, today) is not Filing.NONE:
        return office.AwayReply(missing=False)
    under_review = select(FiledCase).where(
        FiledCase.certno == person.certno, FiledCase.item == _AWAY, FiledCase.state == State.UNDER_REVIEW
    )
    if session.scalar(under_review.limit(1)) is not None:
        return office.AwayReply(missing=False)
    rows = session.scalars(select(Insurance).where(Insurance.psn_no == person.psn_no)).all()
    areas = shipped_areas()
    care = areas.at(wish.area, today)
    insured = [area for row in rows if (area := areas.at(row.area, today)) is not None]
    return office.AwayReply(missing=care is not None and any(filing_counts(area, care) for area in insured))


def rate(errand: Errand, wish: office.Rate) -> office.NotedReply:
    """Once a case, however often it is told, and once more after a low one; only of a case that is there."""
    session = errand.session
    if session.get(CaseScore, wish.key) is not None:
        return office.NotedReply(key=wish.key, noted=True)
    if session.scalar(select(FiledCase).where(FiledCase.case_no == wish.case_no)) is None:
        raise Declined("没有这个受理号")
    given = _scores(errand, wish.case_no)
    if given and not records.may_rate_again(given):
        raise Declined("这次办理已经评价过")
    labels = ",".join(map(str, wish.labels))
    session.add(CaseScore(key=wish.key, case_no=wish.case_no, level=wish.level, labels=labels))
    return office.NotedReply(key=wish.key, noted=True)


def _known_person(errand: Errand, applicant: office.Applicant) -> Person:
    person = errand.session.get(Person, applicant.psn_no)
    if person is None or person.certno != applicant.certno or person.name != applicant.psn_name:
        raise Declined("申请人身份核对不一致")
    return person


def _told(errand: Errand, case: FiledCase) -> office.Case:
    parts = errand.session.scalars(
        select(FiledPart).where(FiledPart.whole == case.case_no).order_by(FiledPart.case_no)
    ).all()
    scores = _scores(errand, case.case_no)
    return office.Case(
        case_no=case.case_no,
        item=case.item,
        state=State(case.state),
        accepted=case.accepted,
        due=case.due,
        reason=case.reason,
        handover=handover_of(case.case_no),
        parts=tuple(
            office.Part(item=row.item, case_no=row.case_no, state=State(row.state), reason=row.reason) for row in parts
        ),
        rated=bool(scores),
        confirmed=_confirmed(errand, case.case_no),
        again=records.may_rate_again(scores),
        certificate=records.certificate(errand, case),
        taken_by=records.taken_by(errand, case),
    )


def _scores(errand: Errand, case_no: str) -> list[CaseScore]:
    return list(errand.session.scalars(select(CaseScore).where(CaseScore.case_no == case_no)))


def _confirmed(errand: Errand, case_no: str) -> office.Attested | None:
    row = errand.session.get(CaseConfirmation, case_no)
    return told(errand, row) if row else None


def handover_of(case_no: str) -> str:
    """A code for the window: the case's number and a tag that the office alone can make. It names nobody."""
    tag = hmac.new(_HANDOVER_KEY, case_no.encode(), hashlib.sha256).hexdigest()[:20]
    return f"YB1.{case_no}.{tag}"


def _case_no(key: str, today: date) -> str:
    return f"MN{today:%Y%m%d}{int(hashlib.sha256(key.encode()).hexdigest(), 16) % 10**8:08d}"


def _answers(text: str) -> list[office.Answer]:
    return [office.Answer(field=field, value=value) for field, value in json.loads(text)]


def _iso(text: str) -> str:
    digits = text.replace("-", "")
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
