"""Every fact comes back from the journal as it went in."""

from __future__ import annotations

import json
import typing
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.insured import CardField, CardIdentity, Credential
from kiosk.domain.money import Money
from kiosk.domain.personal import CardNumber, Personal, PersonName, ResidentId
from kiosk.journal.codec import Undecodable, decode, encode
from kiosk.ports.clock import BEIJING
from kiosk.saga.facts import Fact, Opened, Stamp
from tests.support.people import IDENTITY, STAYED, ZHANG, plan

KINDS = typing.get_args(Fact)

st.register_type_strategy(Money, st.integers(-(10**16) + 1, 10**16 - 1).map(Money))
st.register_type_strategy(float, st.floats(allow_nan=False))
st.register_type_strategy(Decimal, st.decimals(allow_nan=False, allow_infinity=False, places=6))
st.register_type_strategy(datetime, st.datetimes(timezones=st.just(BEIJING)))
for kind in Personal.__subclasses__():
    st.register_type_strategy(kind, st.text(min_size=1, max_size=40).map(kind))


def through_json(value: object, wanted: Any) -> object:
    return decode(wanted, json.loads(json.dumps(encode(value), ensure_ascii=False)))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@settings(max_examples=40)
@given(data=st.data())
def test_every_fact_comes_back(kind: type[Fact], data: st.DataObject) -> None:
    fact = data.draw(st.from_type(kind))
    assert through_json(fact, Fact) == fact


def test_a_stay_with_its_deposits_comes_back() -> None:
    fact = Opened(plan(STAYED))
    assert through_json(fact, Fact) == fact


@given(st.from_type(Stamp))
def test_every_stamp_comes_back(at: Stamp) -> None:
    assert through_json(at, Stamp) == at


@pytest.mark.parametrize("number", [ResidentId("111111198101011110"), CardNumber("X00000017"), None])
def test_a_credential_keeps_the_kind_of_its_number(number: ResidentId | CardNumber | None) -> None:
    credential = Credential(ZHANG.credential.cert_type, number)
    assert through_json(credential, Credential) == credential


@given(st.from_type(CardIdentity))
@settings(max_examples=30)
def test_sets_bytes_and_dates_come_back(identity: CardIdentity) -> None:
    assert through_json(identity, CardIdentity) == identity


@pytest.mark.parametrize(
    ("wanted", "tree"),
    [
        (Fact, None),
        (Fact, {}),
        (Fact, {"_": "Nonsense"}),
        (Fact, {"_": "Accepted", "more": 1}),
        (Fact, {"_": "PaperDone"}),
        (Fact, {"_": "PaperDone", "printed": "yes"}),
        (Fact, {"_": "PaperDone", "printed": True, "fault": "X99"}),
        (Fact, "Accepted"),
        (Money, 1.5),
        (Money, True),
        (Decimal, "twelve"),
        (date, "2026-13-01"),
        (bytes, "&&&"),
        (PersonName, "张三"),
        (PersonName, {"_": "ResidentId", "text": "张三"}),
        (PersonName, {"_": "PersonName", "text": 3}),
        (frozenset[CardField], "name"),
        (ResidentId | CardNumber | None, "X00000017"),
        (Stamp, {"_": "Stamp", "boot": "b", "mono": "1", "wall": 2.0}),
    ],
    ids=str,
)
def test_what_is_not_ours_is_refused(wanted: Any, tree: object) -> None:
    with pytest.raises(Undecodable):
        decode(wanted, tree)


def test_an_error_of_reading_tells_nothing_of_the_person() -> None:
    with pytest.raises(Undecodable) as caught:
        decode(PersonName, {"_": "PersonName", "text": "张三" * 300})
    assert "张" not in str(caught.value)


def test_what_has_no_place_in_the_journal_is_refused() -> None:
    with pytest.raises(TypeError, match="dict is not stored"):
        encode({"a": 1})
    with pytest.raises(TypeError, match="object is not stored"):
        encode((object(),))


def test_amounts_are_fen_and_people_are_in_the_open_before_sealing() -> None:
    tree = json.dumps(encode(plan()), ensure_ascii=False)
    assert '"total": 1704' in tree
    assert "张三" in tree
    assert IDENTITY.name is not None
    assert encode(IDENTITY.name) == {"_": "PersonName", "text": "张三"}
