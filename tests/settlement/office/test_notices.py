"""What the reference office lets people know, over the adapter: their own, until read, however spoiled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kiosk.domain.filing import Application, Case, CaseState
from kiosk.domain.insured import Person
from kiosk.domain.notices import NoticeKind, sort
from kiosk.domain.personal import Typed
from kiosk.ports.filing import Cases, FilingPort, Noted, Notices
from settlement.reference.counter import Counter
from settlement.reference.misbehaviour import Change
from settlement.reference.spoiling import changed
from settlement.wire import codec, office
from settlement.wire import notices as wire
from tests.settlement.office.lines import Open, applicant, key
from tests.support.parties import PERSON

FROM = (("from-area", Typed("000100")),)
LIHONG = applicant("lihong")


@pytest.fixture
def port(line: Open) -> FilingPort:
    made, _ = line()
    return made


def filed(port: FilingPort, number: int, person: Person = PERSON, item: str = "transfer") -> Case:
    case = port.submit(key(number), Application(item, "MN009", "000000 1", person, FROM))
    assert isinstance(case, Case)
    return case


def unread(port: FilingPort, person: Person, case: Case) -> list[tuple[NoticeKind, str, date | None]]:
    told = port.notices(person)
    assert isinstance(told, Notices)
    return [(one.kind, one.text, one.due) for one in told.rows if one.case_no == case.case_no]


def decide(desk: Counter, case: Case, state: CaseState, reason: str = "", due: str | None = None) -> None:
    wish = {"case_no": case.case_no, "state": state, "reason": reason, "due": due}
    assert codec.decode(desk.answer(wire.DEMO_DECIDE, codec.encode(wish)).body)["noted"] is True


def test_each_change_of_a_case_is_told_to_its_person_alone(port: FilingPort, desk: Counter) -> None:
    case = filed(port, 201)
    decide(desk, case, CaseState.UNDER_REVIEW, "还差转出地的缴费凭证", "2026-12-11")
    decide(desk, case, CaseState.IN_FORCE)
    assert unread(port, PERSON, case) == [
        (NoticeKind.ACCEPTED, "已经受理", None),
        (NoticeKind.MISSING, "还差转出地的缴费凭证", date(2026, 12, 11)),
        (NoticeKind.DECIDED, "已经办好", None),
    ]
    assert unread(port, LIHONG, case) == []
    mixed = replace(LIHONG, psn_no=PERSON.psn_no)
    assert port.notices(mixed) == Notices(()), "number and document of two people"


def test_what_was_read_is_told_no_more_and_reading_it_twice_is_the_same(port: FilingPort) -> None:
    case = filed(port, 202)
    told = port.notices(PERSON)
    assert isinstance(told, Notices)
    read = tuple(one.key for one in told.rows)
    assert port.read("N2020000", LIHONG, read) == Noted(), "somebody else's are none of theirs"
    assert unread(port, PERSON, case) != []
    for _ in range(2):
        assert port.read("N2020001", PERSON, read) == Noted()
    assert port.notices(PERSON) == Notices(())


@pytest.mark.parametrize("change", [Change.TWICE, Change.OUT_OF_ORDER, Change.SOMEBODY_ELSES])
def test_a_spoiled_delivery_is_shown_like_a_good_one(port: FilingPort, desk: Counter, change: Change) -> None:
    case = filed(port, {"twice": 203, "out-of-order": 204, "somebody-elses": 205}[change])
    decide(desk, case, CaseState.REFUSED, "缴费月数不够")
    good, mine = port.notices(PERSON), port.cases(PERSON)
    assert isinstance(good, Notices)
    assert isinstance(mine, Cases)
    who = {"certno": PERSON.certno.reveal(), "psn_name": PERSON.name.reveal(), "psn_no": PERSON.psn_no.reveal()}
    reply = desk.answer(wire.NOTICES, codec.encode({"version": "1", "applicant": who})).body
    spoiled = codec.read(wire.NoticesReply, codec.decode(changed(reply, change)))
    assert [one.notice for one in spoiled.notices] != [one.key for one in good.rows]
    rows = [replace(good.rows[0], key=one.notice, number=one.number, case_no=one.case_no) for one in spoiled.notices]
    found, straight = sort(rows, mine.rows), sort(good.rows, mine.rows)
    assert [one.key for one in found.mine] == [one.key for one in straight.mine]
    assert found.strange == (len(good.rows) if change is Change.SOMEBODY_ELSES else 0)


@pytest.mark.parametrize(("change", "wrong"), [(Change.DUE_BEFORE, -3), (Change.DUE_LATE, 800)])
def test_the_office_names_its_day_and_may_be_made_to_name_a_wrong_one(
    port: FilingPort,
    desk: Counter,
    change: Change,
    wrong: int,
) -> None:
    case = filed(port, 206 if wrong < 0 else 207)
    assert case.due is not None
    assert (case.due - case.accepted).days == 14
    found = desk.answer(office.FIND, codec.encode({"version": "1", "key": key(206 if wrong < 0 else 207)})).body
    told = codec.decode(changed(found, change))["case"]
    assert (date.fromisoformat(told["due"]) - case.accepted).days == wrong


def test_an_item_whose_day_the_office_leaves_open_has_none(port: FilingPort) -> None:
    assert filed(port, 208, item="registration").due is None
