"""Active liveness as a pure machine: rest, pause, a challenge, back to rest, the next. Glances in, the next state out.

A recording answers no question: what is asked, when and in which order is drawn for this try (`challenges`), a movement
made before it was asked for ends the try, and so does another movement than the one asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import assert_never

from devices.face.challenges import Plan
from devices.face.glance import Glance
from devices.face.mesh import Mesh
from devices.face.moves import Amplitudes, Rest, at_rest, extents, mistaken, rest_of
from kiosk.ports.face import Challenge, Hint


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds. `reaction` is faster than any person; `answer` and `back` are for slow ones."""

    acquire: float = 8.0
    lost: float = 0.8
    reaction: float = 0.12
    answer: float = 6.0
    back: float = 4.0
    pause: float = 5.0


@dataclass(frozen=True, slots=True, eq=False)
class Settling:
    """Waiting for the person to look ahead. `glances` are the last good ones."""

    glances: tuple[Glance, ...] = ()


@dataclass(frozen=True, slots=True)
class Pausing:
    """Nothing is asked yet; whoever moves makes it longer."""

    since: float
    until: float


@dataclass(frozen=True, slots=True)
class Asking:
    """`eased`: the movement was seen on its way, as no cut from one picture to another shows it. `last`: the moment of
    the glance before.
    """

    since: float
    eased: bool = False
    last: float | None = None


@dataclass(frozen=True, slots=True)
class Returning:
    """The movement was made; looking ahead ends it. Where pictures came too seldom to see it on its way there, it must
    be seen on its way back: `eased` is False until then, and what was seen on neither is asked for once more. `last`:
    the moment of the glance before.
    """

    since: float
    eased: bool = True
    last: float | None = None


@dataclass(frozen=True, slots=True)
class Finished:
    """Everything asked for was done."""


@dataclass(frozen=True, slots=True)
class Ended:
    """No: `why` is for the log, `hint` what was in the way last."""

    why: str
    hint: Hint | None = None


Phase = Settling | Pausing | Asking | Returning | Finished | Ended
_REST_GLANCES = 5
_EASED = 0.35
_SELDOM = 0.055
"""Seconds in which a brisk movement passes from there to far enough: two glances farther apart may both miss it. Who
turns by 29 degrees in 0.3 s, gently at both ends, passes from 4.6 to 13 of them in 0.058 s.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """One try under way. `turned` are meshes at the height of turns; `compare` asks for whose face it is now.

    `moves` counts glances after the first rest, `covered` those of them that showed part of a face only.
    """

    plan: Plan
    amplitudes: Amplitudes = field(default_factory=Amplitudes)
    patience: Patience = field(default_factory=Patience)
    phase: Phase = field(default_factory=Settling)
    began: float | None = None
    seen: float | None = None
    hint: Hint | None = None
    rest: Rest | None = None
    done: int = 0
    farthest: float = 0.0
    turned: tuple[Mesh, ...] = ()
    compare: bool = False
    moves: int = 0
    covered: int = 0

    @property
    def asked(self) -> Challenge | None:
        """What the page asks for now."""
        return self.plan.challenges[self.done] if isinstance(self.phase, Asking) else None


def follow(course: Course, glance: Glance) -> Course:
    """The course after one more glance."""
    began = glance.at if course.began is None else course.began
    course = replace(course, began=began, hint=glance.hint, compare=False)
    if isinstance(course.phase, Settling):
        return _settle(course, course.phase, glance, began)
    if isinstance(course.phase, Finished | Ended):
        return course
    if glance.hint in {Hint.NOBODY, Hint.SEVERAL}:
        return _lost(course, glance)
    hidden = course.covered + (glance.hint is Hint.COVERED)
    return _whole(_move(replace(course, seen=glance.at, moves=course.moves + 1, covered=hidden), glance))


def _whole(course: Course) -> Course:
    """Everything was done, but by somebody half of whose face was hidden most of the time."""
    if isinstance(course.phase, Finished) and course.covered * 2 > course.moves:
        return replace(course, phase=Ended("covered", Hint.COVERED))
    return course


def _lost(course: Course, glance: Glance) -> Course:
    """Nobody, or somebody else as well: for a moment a hand or the picture may be to blame."""
    since = glance.at if course.seen is None else course.seen
    if glance.at - since < course.patience.lost:
        return course
    return replace(course, phase=Ended("lost", glance.hint))


def _settle(course: Course, phase: Settling, glance: Glance, began: float) -> Course:
    if glance.at - began > course.patience.acquire:
        return replace(course, phase=Ended("not acquired", glance.hint or Hint.LOOK_HERE))
    if glance.hint is not None:
        return replace(course, phase=Settling())
    if abs(glance.yaw) > 15.0:
        return replace(course, phase=Settling(), hint=Hint.LOOK_HERE)
    glances = (*phase.glances, glance)[-_REST_GLANCES:]
    rest = rest_of(glances) if len(glances) == _REST_GLANCES else None
    if rest is None:
        return replace(course, phase=Settling(glances))
    return replace(_pause(course, glance.at), rest=rest, seen=glance.at, compare=True)


def _pause(course: Course, at: float) -> Course:
    return replace(course, phase=Pausing(at, at + course.plan.pauses[course.done]))


def _move(course: Course, glance: Glance) -> Course:
    rest, phase = course.rest, course.phase
    if rest is None:
        raise TypeError("nobody moves before they rested")
    found = extents(glance, rest, course.amplitudes)
    match phase:
        case Pausing():
            return _wait(course, phase, found, glance.at)
        case Asking():
            return _watch(course, phase, found, glance)
        case Returning():
            return _return(course, phase, found, glance)
        case Settling() | Finished() | Ended():
            return course
        case _ as never:
            assert_never(never)


def _wait(course: Course, phase: Pausing, found: dict[Challenge, float], at: float) -> Course:
    asked = course.plan.challenges[course.done]
    if at - phase.since > course.patience.pause:
        return replace(course, phase=Ended("never at rest", Hint.LOOK_HERE))
    if not at_rest(found) or found[asked] >= 0.5:
        return replace(course, phase=replace(phase, until=max(phase.until, at + course.plan.pauses[course.done])))
    return course if at < phase.until else replace(course, phase=Asking(at), farthest=0.0)


def _watch(course: Course, phase: Asking, found: dict[Challenge, float], glance: Glance) -> Course:
    asked, waited = course.plan.challenges[course.done], glance.at - phase.since
    if mistaken(found, asked, course.amplitudes):
        return replace(course, phase=Ended("another movement"))
    if waited > course.patience.answer:
        return replace(course, phase=Ended("no answer"))
    extent = found[asked]
    if extent < 1.0:
        return replace(course, phase=replace(phase, eased=phase.eased or extent >= _EASED, last=glance.at))
    if waited < course.patience.reaction:
        return replace(course, phase=Ended("before it was asked for"))
    eased = phase.eased or asked is Challenge.BLINK
    if not eased and glance.at - (phase.last or phase.since) <= _SELDOM:
        return replace(course, phase=Ended("a leap"))
    return _peak(replace(course, phase=Returning(glance.at, eased)), extent, glance)


def _peak(course: Course, extent: float, glance: Glance) -> Course:
    """Keep the mesh of the farthest moment of this movement, the last in `turned`."""
    if glance.mesh is None or extent <= course.farthest:
        return course
    kept = course.turned[: course.done]
    return replace(course, farthest=extent, turned=(*kept, glance.mesh))


def _return(course: Course, phase: Returning, found: dict[Challenge, float], glance: Glance) -> Course:
    asked = course.plan.challenges[course.done]
    if glance.at - phase.since > course.patience.back:
        return replace(course, phase=Ended("never back"))
    if mistaken(found, asked, course.amplitudes) and not at_rest(found):
        return replace(course, phase=Ended("another movement"))
    if not at_rest(found) or found[asked] >= 0.5:
        eased = phase.eased or _EASED <= found[asked] < 1.0
        return _peak(replace(course, phase=replace(phase, eased=eased, last=glance.at)), found[asked], glance)
    if not phase.eased and found[asked] < _EASED:
        seldom = glance.at - (phase.last or phase.since) > _SELDOM
        return _pause(course, glance.at) if seldom else replace(course, phase=Ended("a leap"))
    done = course.done + 1
    after = replace(course, done=done, compare=True)
    return replace(after, phase=Finished()) if done == len(course.plan.challenges) else _pause(after, glance.at)
