"""家庭共济 as each province words it: whose account, of what the profile names, and nothing that is not told."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.agent import Relation
from kiosk.domain.family import NATIONAL, FamilyChoice, FamilyRules, FamilyShare, First, believable
from kiosk.domain.money import Money, total
from kiosk.domain.personal import PersonName
from kiosk.domain.policy import Area
from settlement.direct import composing as direct
from settlement.family import family_of
from settlement.his import composing as his
from tests.settlement.sample_bill import REQUEST
from tests.support.parties import PROFILE
from tests.support.people import STAY, STAYED, quote

RULES = FamilyRules(
    rows="setlinfo.exp_content.owners",
    name="owner",
    relation="kin",
    amount="paid",
    relations={"1": Relation.SPOUSE, "2": Relation.PARENT},
)
MOTHER = {"owner": "钱多", "kin": "2", "paid": "20.00"}
HUSBAND = {"owner": "石*", "kin": 1, "paid": Decimal("31.52")}


def told(content: object, paid: int = 5152) -> tuple[FamilyShare, ...]:
    return family_of({"setlinfo": {"exp_content": content}}, Money(paid), RULES)


def test_two_owners_are_told_with_what_each_paid() -> None:
    first, second = told({"owners": [MOTHER, HUSBAND]})
    assert (first.owner.masked(), first.relation, first.amount) == ("钱*", Relation.PARENT, Money(2000))
    assert (second.owner.masked(), second.relation, second.amount) == ("石*", Relation.SPOUSE, Money(3152))


def test_one_owner_may_come_alone_and_as_a_text() -> None:
    alone = MOTHER | {"paid": None, "kin": "9"}
    for content in ({"owners": alone}, json.dumps({"owners": [alone]}), {"owners": json.dumps(alone)}):
        assert told(content) == (FamilyShare(PersonName("钱多")),)


def test_parts_that_are_not_the_sum_are_left_out_and_the_owners_stay() -> None:
    shares = told({"owners": [MOTHER, HUSBAND]}, paid=5153)
    assert [(share.owner.masked(), share.amount) for share in shares] == [("钱*", None), ("石*", None)]


def test_whose_account_it_is_is_not_told_where_it_paid_nothing_or_nobody_says() -> None:
    assert told({"owners": [MOTHER]}, paid=0) == ()
    nothing: tuple[object, ...] = (None, "", "{", [], {"owners": None}, {"owners": [None, 7, {"owner": ""}]})
    assert [told(content) for content in nothing] == [()] * len(nothing)
    assert family_of({"setlinfo": {"exp_content": {"owners": [MOTHER]}}}, Money(2000), NATIONAL) == ()


JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.decimals(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["owners", "owner", "paid"]), inner),
    max_leaves=8,
)


@given(JSON, st.integers(0, 10**9))
def test_whatever_stands_there_is_read_or_left_out(content: Any, paid: int) -> None:
    amounts = [share.amount for share in told(content, paid)]
    assert None in amounts or total(amount for amount in amounts if amount) == Money(paid if amounts else 0)


@given(st.lists(st.integers(0, 10**9) | st.none(), max_size=4), st.integers(0, 10**9))
def test_only_parts_that_add_up_are_believed(parts: list[int | None], paid: int) -> None:
    shares = [FamilyShare(PersonName("钱多"), None, None if fen is None else Money(fen)) for fen in parts]
    believed = believable(shares, Money(paid))
    assert len(believed) == (len(shares) if paid else 0)
    adds_up = None not in parts and sum(fen or 0 for fen in parts) == paid
    assert [share.amount for share in believed] == [share.amount if adds_up else None for share in shares] or not paid


CHOICE = replace(PROFILE, family=FamilyRules(choice=FamilyChoice("mulaid_flag", "Y", "N")))
STAYS = replace(REQUEST, batch=replace(STAYED, parts=REQUEST.batch.parts))


@pytest.mark.parametrize(("use", "flag"), [(True, "Y"), (False, "N")])
def test_a_choice_is_the_provinces_own_field_in_quote_and_settlement(use: bool, flag: str) -> None:
    asked, stay = replace(REQUEST, use_family=use), replace(STAYS, use_family=use)
    bodies = (
        direct.quote(asked, CHOICE).data,
        direct.settle(asked, quote(Money(0)), CHOICE).data,
        direct.quote_stay(stay, STAY, CHOICE).data,
        direct.settle_stay(stay, STAY, CHOICE).data,
    )
    assert [body.model_dump()["mulaid_flag"] for body in bodies] == [flag] * 4
    assert his.quote(asked, CHOICE)["extra"] == his.settle(asked, quote(Money(0)), CHOICE)["extra"]
    assert his.quote(asked, CHOICE)["extra"] == {"mulaid_flag": flag}


def test_without_a_field_nothing_is_said_of_it() -> None:
    assert "mulaid_flag" not in direct.quote(replace(REQUEST, use_family=False), PROFILE).data.model_dump()
    assert his.quote(replace(REQUEST, use_family=False), PROFILE)["extra"] is None


def test_ones_own_account_is_first_unless_the_profile_says_otherwise() -> None:
    pools = {"000000": Area("000000", "000000"), "000100": Area("000100", "000000", First.OWNER)}
    assert replace(PROFILE, pools=pools).owner_first_areas == {"000100"}
    assert replace(PROFILE, pools={}).owner_first_areas == frozenset()
    swapped = {"000000": Area("000000", "000000"), "000100": Area("000100", "000000", First.OWN)}
    everywhere = replace(PROFILE, pools=swapped, family=FamilyRules(First.OWNER))
    assert everywhere.owner_first_areas == {"000000"}
