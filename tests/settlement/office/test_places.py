"""Whose an application is: the place of insurance's, one file with window and phone, an institution's by its agent."""

from __future__ import annotations

from dataclasses import replace

from kiosk.domain.filing import Application, Case, CaseState
from kiosk.domain.personal import Typed
from kiosk.ports.answers import Refused
from kiosk.ports.filing import Cases, Prepared
from settlement.reference.counter import Counter
from settlement.wire import codec, office
from tests.settlement.office.lines import Open, applicant, key
from tests.support.parties import PERSON

PHONE = (("new-mobile", Typed("13900000001")),)
CHANGE = Application("info-change", "MN007", "000000 2026.11", PERSON, PHONE)


def test_an_application_goes_to_the_office_of_the_place_of_insurance(line: Open) -> None:
    """Whoever is insured in another pool is told which office has it; a place they are not insured in is refused."""
    port, _ = line()
    shen = applicant("shenyuan")
    away = port.submit(key(80), replace(CHANGE, person=shen))
    assert isinstance(away, Case)
    assert away.taken_by == "模拟乙省模拟乙市（虚构）医疗保障经办机构"
    here = port.submit(key(81), replace(CHANGE, person=applicant("lihong")))
    assert isinstance(here, Case)
    assert here.taken_by == ""
    for number, place in ((82, "000000"), (92, "0002"), (93, "乙市")):
        elsewhere = (replace(PERSON.insurances[0], insuplc_admdvs=place),)
        told = port.submit(key(number), replace(CHANGE, person=replace(shen, insurances=elsewhere)))
        assert isinstance(told, Refused), "a code that is none is the office's to refuse"


def test_what_was_filed_on_a_phone_or_at_a_window_is_one_file_with_what_was_filed_here(
    line: Open, desk: Counter
) -> None:
    """The office's own HTTP, as a window or a phone's service would speak it, and this kiosk: each sees the other's."""
    port, _ = line()
    tejin = applicant("tejin")
    them = office.Applicant(certno=tejin.certno.reveal(), psn_name=tejin.name.reveal(), psn_no=tejin.psn_no.reveal())

    def at_a_window(path: str, wish: office.Submit | office.CasesQuery) -> dict[str, object]:
        return codec.decode(desk.answer(path, codec.encode(wish.model_dump(mode="json"))).body)

    said = {"care-kind": "temporary", "care-area": "000100", "since": "2026-11-26"}
    answers = tuple(office.Answer(field=name, value=value) for name, value in said.items())
    filed = office.Submit(key=key(83), applicant=them, item="away-filing", pack="window", answers=answers)
    theirs = codec.read(office.CaseReply, at_a_window(office.SUBMIT, filed)).case
    seen = port.cases(tejin)
    assert theirs is not None
    assert isinstance(seen, Cases)
    assert theirs.case_no in {row.case_no for row in seen.rows}
    assert any("模拟甲市" in row.place and row.kind == "temporary" for row in seen.away)
    ours = port.submit(key(84), replace(CHANGE, person=tejin))
    assert isinstance(ours, Case)
    rows = codec.read(office.CasesReply, at_a_window(office.CASES, office.CasesQuery(applicant=them))).cases
    assert {theirs.case_no, ours.case_no} <= {row.case_no for row in rows}


def test_an_institution_enrols_a_child_by_the_agent_it_has_registered_alone(line: Open) -> None:
    port, _ = line()
    told = port.prepare(applicant("sunli"), "newborn-enrol")
    assert isinstance(told, Prepared)
    (home,) = told.offers

    def enrol(number: int, who: str, guardian: str, institution: str) -> CaseState:
        said = {"guardian": guardian, "institution": institution, "birth-letter": "M", "birth-number": "123456789"}
        answers = tuple((name, Typed(value)) for name, value in said.items() if value)
        case = port.submit(key(number), Application("newborn-enrol", "MN005", "000000 1", applicant(who), answers))
        assert isinstance(case, Case)
        return case.state

    assert enrol(85, "sunli", "institution", home.key) is CaseState.UNDER_REVIEW
    assert enrol(86, "sunli", "institution", home.key) is CaseState.UNDER_REVIEW, "as often as there are children"
    assert enrol(87, "lihong", "institution", home.key) is CaseState.REFUSED
    assert enrol(88, "sunli", "institution", home.key[:-1] + "0") is CaseState.REFUSED
    assert enrol(89, "sunli", "institution", "") is CaseState.REFUSED
    assert enrol(90, "zhaomin", "mother", home.key) is CaseState.REFUSED
    assert enrol(91, "zhaomin", "mother", "") is CaseState.UNDER_REVIEW
