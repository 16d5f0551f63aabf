"""Whose answer it is: a front that crosses two answers shows nobody what somebody else asked for."""

from __future__ import annotations

import json
import logging
import re
import ssl
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.personal import Particular, Voucher
from kiosk.faults import FaultCode
from kiosk.ports.answers import Refused, Unknown
from kiosk.ports.hospital import Bills, HospitalPort, Keys, Orders, PaidBills
from settlement.access import Access
from settlement.hospital import HospitalSettings, make
from settlement.wire import hospital as wire
from settlement.wire import paid
from settlement.wire.codec import decode, encode, read
from settlement.wire.questions import Answered, Question, answers, fresh_number, mark, repeated
from tests.settlement.sample_bill import BATCH, wire_bill
from tests.support.faces import ScriptedFace
from tests.support.far_end import FarEnd
from tests.support.parties import PERSON, Ear, HandClock, party_host

OURS, THEIRS = PERSON.certno.reveal(), "111111197303033331"
CODE = "DZD202600000101"
FOREIGN = Unknown(FaultCode.REPLY_BROKEN, "answers another question")
QUERIES: dict[str, dict[str, Any]] = {
    wire.BILLS: {"bills": [wire_bill()]},
    paid.PAID: {"bills": []},
    wire.ADMISSIONS: {"orders": []},
    wire.LOOK_UP: {"kind": "slip", "patient_nos": ["P1"], "name": "张*"},
}
TOLD = {
    wire.BILLS: Bills((BATCH,)),
    paid.PAID: PaidBills(()),
    wire.ADMISSIONS: Orders(()),
    wire.LOOK_UP: Keys((Particular("P1"),)),
}
AT_FAULT = pytest.mark.expected_log("kiosk.party", logging.ERROR, "does not repeat its question")

Open = Callable[[str, dict[str, Any], str], HospitalPort]


@pytest.fixture
def front(server_context: ssl.SSLContext, access_to: Callable[[str], Access]) -> Iterator[Open]:
    far_ends: list[FarEnd] = []

    def opened(path: str, more: dict[str, Any], contract: str) -> HospitalPort:
        far_ends.append(FarEnd(server_context, ScriptedFace({path: QUERIES[path] | more})).__enter__())
        access = access_to(far_ends[-1].url).model_dump()
        return make(HospitalSettings(**access, contract=contract), party_host(HandClock(), Ear()))

    yield opened
    for far in far_ends:
        far.stop()


def ask(port: HospitalPort, path: str) -> object:
    match path:
        case wire.BILLS:
            return port.unpaid(PERSON)
        case paid.PAID:
            return port.paid(PERSON, date(2026, 11, 1))
        case wire.ADMISSIONS:
            return port.admission_orders(PERSON)
        case _:
            return port.look_up(Voucher(CODE), PERSON)


def _number(asked: dict[str, Any]) -> str:
    return str(asked["query"])


def _of(asked: dict[str, Any]) -> str:
    return mark(asked["query"], asked.get("certno") or asked["code"])


def _of_theirs(asked: dict[str, Any]) -> str:
    return mark(asked["query"], THEIRS)


REPEATED = {"query": _number, "of": _of}
CROSSED: dict[str, dict[str, Any]] = {
    "whole": {"query": "0" * 32, "of": mark("0" * 32, THEIRS)},
    "what lies behind the number": {"query": _number, "of": _of_theirs},
    "number alone": {"query": "0" * 32, "of": _of},
    "the number without the rest": {"query": _number},
    "the rest without the number": {"of": _of},
}


@pytest.mark.parametrize("contract", ["1.2", "1.3"])
@pytest.mark.parametrize("path", QUERIES)
def test_an_answer_that_repeats_its_question_is_taken(front: Open, path: str, contract: str) -> None:
    assert ask(front(path, REPEATED, contract), path) == TOLD[path]


@pytest.mark.parametrize("path", QUERIES)
def test_a_refused_question_is_no_empty_answer(front: Open, path: str) -> None:
    """Whoever is told that nothing is owed goes home. What stands beside the refusal is nobody's to see."""
    refused = {"refused": "病历正在合并", **({"kind": None} if path == wire.LOOK_UP else {})}
    fault = FaultCode.KEY_UNKNOWN if path == wire.LOOK_UP else FaultCode.QUERY_REFUSED
    assert ask(front(path, REPEATED | refused, "1.3"), path) == Refused(fault, "病历正在合并")


@AT_FAULT
@pytest.mark.parametrize("crossed", CROSSED)
@pytest.mark.parametrize("path", QUERIES)
def test_an_answer_to_another_question_is_none_whatever_the_contract(front: Open, path: str, crossed: str) -> None:
    """Nothing of it is in what the port says: neither page nor paper can show it."""
    assert ask(front(path, CROSSED[crossed], "1.2"), path) == FOREIGN
    assert ask(front(path, CROSSED[crossed], "1.3"), path) == FOREIGN


@AT_FAULT
@pytest.mark.parametrize("path", QUERIES)
def test_a_hospital_of_before_repeats_nothing_and_works_where_its_site_says_so(front: Open, path: str) -> None:
    assert ask(front(path, {}, "1.2"), path) == TOLD[path]
    assert ask(front(path, {"query": None, "of": ""}, "1.2"), path) == TOLD[path]
    assert ask(front(path, {}, "1.3"), path) == FOREIGN
    assert ask(front(path, {}, "1.10"), path) == FOREIGN


def test_every_question_has_a_number_of_its_own_which_says_nothing_of_the_person(
    server_context: ssl.SSLContext, access_to: Callable[[str], Access]
) -> None:
    face = ScriptedFace({wire.BILLS: {"bills": []}})
    with FarEnd(server_context, face) as far:
        port = make(HospitalSettings(**access_to(far.url).model_dump()), party_host(HandClock(), Ear()))
        assert port.unpaid(PERSON) == port.unpaid(PERSON) == Bills(())
    one, other = (asked["query"] for _, asked in face.heard)
    assert one != other
    assert re.fullmatch(r"[0-9a-f]{32}", one)


CERTNOS = st.text(min_size=1, max_size=20)


@given(CERTNOS, CERTNOS, st.booleans())
def test_only_its_own_question_is_ever_answered(ours: str, theirs: str, must: bool) -> None:
    asked, other = (wire.BillsQuery(query=fresh_number(), certno=certno) for certno in (ours, theirs))
    own, crossed = (
        read(wire.Bills, decode(encode(wire.Bills().model_copy(update=repeated(one))))) for one in (asked, other)
    )
    inside = crossed.model_copy(update={"query": asked.query, "of": mark(asked.query or "", theirs)})
    assert answers(own, asked, must=must)
    assert not answers(crossed, asked, must=must)
    assert answers(inside, asked, must=must) == (ours == theirs)


@given(st.text(max_size=80), st.text(max_size=80))
def test_whatever_is_repeated_is_taken_only_when_it_is_the_questions(query: str, of: str) -> None:
    asked = wire.LookUp(query=fresh_number(), code=CODE)
    assert answers(Answered(query=query, of=of), asked, must=False) == (not query and not of)
    assert not answers(Answered(query=query, of=of), asked, must=True)


def test_the_mark_is_read_in_either_case_and_as_the_document_works_it_out() -> None:
    document = (Path(__file__).parents[2] / "docs" / "his-interface.md").read_text(encoding="utf-8")
    query = "00112233445566778899aabbccddeeff"
    assert query in document
    assert mark(query, OURS) in document
    told = Answered(query=query, of=mark(query, OURS).upper())
    assert answers(told, wire.BillsQuery(query=query, certno=OURS), must=True)


def test_an_older_kiosk_is_answered_as_it_was() -> None:
    assert repeated(read(wire.BillsQuery, json.loads(f'{{"certno": "{OURS}"}}'))) == {}


def test_a_question_says_what_it_is_about() -> None:
    with pytest.raises(NotImplementedError):
        _ = Question().subject
