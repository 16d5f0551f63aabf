"""What an insurance office lets a person know of their cases, and what of it is shown to them.

An office may deliver a notice late, twice, in any order, or to the wrong person: what is shown goes by its own numbers
and by the cases that are this person's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from kiosk.domain.filing import Case, CaseState


class NoticeKind(StrEnum):
    """A case was taken, something is still to be brought, the office has decided."""

    ACCEPTED = "accepted"
    MISSING = "missing"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Notice:
    """`number` rises with every notice of an office. `text` is its own sentence; `due` is when what is missing must be
    there. `over`: the case has gone on since, and nothing more is to be done about it.
    """

    key: str
    number: int
    case_no: str
    kind: NoticeKind
    at: datetime
    text: str = field(default="", repr=False)
    due: date | None = None
    over: bool = False


@dataclass(frozen=True, slots=True)
class Sorted:
    """`mine` are to be shown, newest first; `strange` counts those of cases that are not this person's."""

    mine: tuple[Notice, ...] = ()
    strange: int = 0


def sort(notices: Sequence[Notice], cases: Sequence[Case]) -> Sorted:
    """Each once however often it came; what is missing from a case that is decided is missing no more."""
    known = {case.case_no: case for case in cases}
    each = {one.key: one for one in notices}
    mine = [_as_it_stands(one, known[one.case_no]) for one in each.values() if one.case_no in known]
    newest_first = sorted(mine, key=lambda one: one.number, reverse=True)
    return Sorted(tuple(newest_first), len(each) - len(mine))


def _as_it_stands(one: Notice, case: Case) -> Notice:
    decided = case.state is not CaseState.UNDER_REVIEW
    return replace(one, over=True) if one.kind is NoticeKind.MISSING and decided else one
