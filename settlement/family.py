"""家庭共济 on the wire: fields that a province adds to the national ones, all of them named by its profile."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, cast

from kiosk.domain.family import FamilyRules, FamilyShare, believable
from kiosk.domain.money import Money
from kiosk.domain.personal import PersonName
from kiosk.domain.policy import SettlementProfile
from kiosk.ports.settlement import SettleRequest
from settlement.wire.values import Exact

_MOST_OWNERS = 20
_LONGEST_NAME = 200
_YUAN = Exact(16, 2)


def family_field(request: SettleRequest, profile: SettlementProfile) -> dict[str, str]:
    """What quote and settlement say of a relative's account: nothing where the province has no field for it."""
    choice = profile.family.choice
    if choice is None:
        return {}
    return {choice.field: choice.used if request.use_family else choice.unused}


def family_of(output: Mapping[str, Any], acct_mulaid_pay: Money, rules: FamilyRules) -> tuple[FamilyShare, ...]:
    """Whose accounts paid, as far as the answer can be read: it names people and moves no money, so that whatever is
    wrong with it is only not shown.
    """
    if not rules.rows:
        return ()
    told = (_share(row, rules) for row in _rows(output, rules.rows)[:_MOST_OWNERS])
    return believable([share for share in told if share is not None], acct_mulaid_pay)


def _rows(output: Mapping[str, Any], way: str) -> list[object]:
    """One owner or several. Extensions (exp_content) travel as an object or as its text."""
    place: object = output
    for name in way.split("."):
        place = _opened(place)
        if not isinstance(place, dict):
            return []
        place = cast("dict[str, object]", place).get(name)
    place = _opened(place)
    return cast("list[object]", place) if isinstance(place, list) else [place]


def _opened(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value, parse_float=Decimal)
    except (ValueError, RecursionError):
        return None


def _share(row: object, rules: FamilyRules) -> FamilyShare | None:
    if not isinstance(row, dict):
        return None
    told = cast("dict[str, object]", row)
    name = told.get(rules.name)
    if not isinstance(name, str) or not 0 < len(name.strip()) <= _LONGEST_NAME:
        return None
    relation = rules.relations.get(str(told.get(rules.relation)))
    return FamilyShare(PersonName(name.strip()), relation, _amount(told.get(rules.amount)))


def _amount(value: object) -> Money | None:
    """None for what is no whole number of fen, or no amount at all."""
    try:
        return Money.from_yuan(_YUAN(value))
    except ValueError:
        return None
