"""The whole course of one application: what its facts add up to, and what is to be done next.

An answer that is missing is never a refusal. It is sought by the key under which the application left, and the same
application may leave again only under that key, and only while its person stands there: whoever has left with a slip
may meanwhile have gone to the window.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from kiosk.domain.filing import Answers, Application, Case, Score
from kiosk.domain.personal import ResidentId
from kiosk.faults import FaultCode
from kiosk.filing.facts import (
    Act,
    Answered,
    Begun,
    Confirmed,
    Ended,
    Fact,
    Filled,
    Intended,
    Rated,
    Recovered,
    Verdict,
)
from kiosk.saga.facts import Stamp


class Stage(StrEnum):
    """Where an application is.

    DRAFT: being filled in. GOING: confirmed, nothing is known to have left. SOUGHT: bytes left and no answer came.
    LODGED: the office has a case. LOST: the office has none, and nobody is here to send it again. OVER.
    """

    DRAFT = "draft"
    GOING = "going"
    SOUGHT = "sought"
    LODGED = "lodged"
    DECLINED = "declined"
    LOST = "lost"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Dossier:
    """One application as its facts left it. `attended`: its person still stands before this kiosk."""

    sid: str
    item: str
    certno: ResidentId
    begun: Stamp
    stage: Stage = Stage.DRAFT
    answers: Answers = ()
    application: Application | None = None
    open_act: Act | None = None
    attended: bool = True
    case: Case | None = None
    fault: FaultCode | None = None
    reason: str = ""
    misses: int = 0
    tries: int = 0
    left: Stamp | None = None
    """When bytes last may have left."""
    score: Score | None = None
    score_sent: bool = False

    @property
    def key(self) -> str:
        """Under which the office knows the submission; made once, with the application."""
        return f"F{self.sid}"

    @property
    def score_key(self) -> str:
        return f"R{self.sid}"

    @property
    def scoring(self) -> bool:
        return self.score is not None and not self.score_sent


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: `longest` is how long a request may still be on its way, `draft` how long an unfinished one is kept."""

    longest: float = 600.0
    first: float = 1.0
    most: float = 60.0
    draft: float = 24 * 3600.0
    misses: int = 2
    """So many searches in vain, after `longest`, prove that nothing came."""


DEFAULT_PATIENCE = Patience()
_MOST_DOUBLINGS = 20


def begun(sid: str, fact: Begun, at: Stamp) -> Dossier:
    return Dossier(sid, fact.item, fact.certno, at)


def apply(dossier: Dossier, fact: Fact, at: Stamp) -> Dossier:
    """The application after one more fact. Pure."""
    match fact:
        case Begun():
            return dossier
        case Filled(answers):
            return replace(dossier, answers=answers)
        case Confirmed(application):
            return replace(dossier, application=application, stage=Stage.GOING, attended=True)
        case Intended(act):
            left = at if act is Act.SUBMIT else dossier.left
            return replace(dossier, open_act=act, tries=dossier.tries + 1, left=left)
        case Answered():
            return _answered(dossier, fact)
        case Rated(score):
            return replace(dossier, score=score)
        case Recovered():
            return _recovered(dossier)
        case Ended():
            return replace(dossier, stage=Stage.OVER)


def _recovered(dossier: Dossier) -> Dossier:
    """An intent without an answer may have left; whoever confirmed is gone."""
    stage = dossier.stage
    if stage is Stage.GOING:
        stage = Stage.SOUGHT if dossier.open_act is Act.SUBMIT or dossier.left else Stage.LOST
    return replace(dossier, stage=stage, open_act=None, attended=False, tries=0)


def _answered(dossier: Dossier, fact: Answered) -> Dossier:
    dossier = replace(dossier, open_act=None)
    if fact.act is Act.RATE:
        return replace(dossier, score_sent=fact.verdict in {Verdict.YES, Verdict.NO})
    match fact.verdict:
        case Verdict.YES:
            return replace(dossier, stage=Stage.LODGED, case=fact.case, fault=None, reason="", tries=0)
        case Verdict.NO if fact.act is Act.SUBMIT:
            return replace(dossier, stage=Stage.DECLINED, fault=fact.fault, reason=fact.reason)
        case Verdict.NONE:
            return replace(dossier, misses=dossier.misses + 1)
        case Verdict.UNKNOWN if fact.act is Act.SUBMIT:
            return replace(dossier, stage=Stage.SOUGHT, fault=fact.fault, misses=0)
        case _:
            return replace(dossier, fault=fact.fault)


@dataclass(frozen=True, slots=True)
class Do:
    """Call now, or when so many seconds have passed since the last try."""

    act: Act
    delay: float = 0.0


@dataclass(frozen=True, slots=True)
class End:
    """Nothing more will come of it."""

    why: str


@dataclass(frozen=True, slots=True)
class Rest:
    """Nothing to do before `seconds`; None: before somebody does something."""

    seconds: float | None = None


Next = Do | End | Rest


def next_act(dossier: Dossier, now: Stamp, patience: Patience) -> Next:
    """What is to be done for the application. Pure, and total over everything that facts can add up to."""
    doublings = min(max(0, dossier.tries - 1), _MOST_DOUBLINGS)
    wait = min(patience.first * 2**doublings, patience.most) if dossier.tries else 0.0
    match dossier.stage:
        case Stage.DRAFT:
            left = patience.draft - now.elapsed(dossier.begun)
            return End("draft expired") if left <= 0 else Rest(left)
        case Stage.GOING if not dossier.attended:
            return End("nobody waits")
        case Stage.GOING:
            return Do(Act.SUBMIT, wait)
        case Stage.SOUGHT:
            return _seek(dossier, now, patience, wait)
        case Stage.LODGED if dossier.scoring:
            return Do(Act.RATE, wait)
        case Stage.LODGED | Stage.DECLINED | Stage.LOST:
            return Rest() if dossier.attended else End(dossier.stage.value)
        case Stage.OVER:
            return Rest()


def _seek(dossier: Dossier, now: Stamp, patience: Patience, wait: float) -> Next:
    """Ask under the key. Not found: sent again while its person waits, else proved absent when nothing can come."""
    if not dossier.misses:
        return Do(Act.FIND, wait)
    if dossier.attended:
        return Do(Act.SUBMIT, wait)
    on_its_way = patience.longest - (now.elapsed(dossier.left) if dossier.left else patience.longest)
    if on_its_way > 0 or dossier.misses < patience.misses:
        return Do(Act.FIND, max(wait, min(on_its_way, patience.most)))
    return End("never arrived")


@dataclass(frozen=True, slots=True)
class Report:
    """What the person may be told: the case, a refusal, or that the answer is still sought."""

    sid: str
    stage: Stage
    case: Case | None = None
    fault: FaultCode | None = None
    reason: str = ""


def report_of(dossier: Dossier) -> Report | None:
    """None while there is nothing to tell."""
    if dossier.stage in {Stage.DRAFT, Stage.OVER}:
        return None
    if dossier.stage is Stage.GOING and dossier.fault is None:
        return None
    return Report(dossier.sid, dossier.stage, dossier.case, dossier.fault, dossier.reason)
