"""What is known to have happened to one application, in the order it became known. Each is one row of its journal."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.filing import Answers, Application, Case, Score
from kiosk.domain.personal import ResidentId
from kiosk.faults import FaultCode


class Act(StrEnum):
    """Everything that is asked of the office for an application."""

    SUBMIT = "submit"
    FIND = "find"
    RATE = "rate"


class Verdict(StrEnum):
    """The answer of a call: YES with a case, NONE of a search that found nothing, and what any far party can say."""

    YES = "yes"
    NONE = "none"
    NO = "no"
    NOT_SENT = "not_sent"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Begun:
    """Somebody began to fill in an item. A later `Begun` of the same person and item takes its place."""

    item: str
    certno: ResidentId


@dataclass(frozen=True, slots=True)
class Filled:
    """All that is filled in so far; the newest counts."""

    answers: Answers


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The person has read everything once more and wants it handed in."""

    application: Application


@dataclass(frozen=True, slots=True)
class Intended:
    """About to call; on the disk before the first byte leaves. `digest` is of the bytes."""

    act: Act
    key: str
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """What the call said."""

    act: Act
    verdict: Verdict
    fault: FaultCode | None = None
    reason: str = ""
    case: Case | None = None


@dataclass(frozen=True, slots=True)
class Rated:
    """The person gave a score; it goes out when there is a line."""

    score: Score


@dataclass(frozen=True, slots=True)
class Recovered:
    """Another start of the program took it up: nobody stands before it any more."""


@dataclass(frozen=True, slots=True)
class Ended:
    """Nothing more will be done for it."""

    why: str = ""


Fact = Begun | Filled | Confirmed | Intended | Answered | Rated | Recovered | Ended
