"""Whether a living person stands before the kiosk, and whether it is the one a picture shows: three ways, one answer.

The words are those of ISO/IEC 30107-3 (presentation attack detection) and ISO/IEC 2382-37 (comparison), so that a
report about this kiosk and one about another can be read side by side.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from kiosk.domain.insured import Person, VoucherIdentity
from kiosk.domain.personal import Portrait, Voucher
from kiosk.faults import FaultCode
from kiosk.ports.camera import FrameSlot
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic
from kiosk.ports.health import Health


class Provider(StrEnum):
    """Who says so. The law gives the first two a say in settlements; what our own camera finds is a hint for people."""

    CERTIFIED = "certified"
    PLATFORM = "platform"
    LOCAL = "local"

    @property
    def authorises(self) -> bool:
        """Whether a settlement may rest on the answer."""
        return self is not Provider.LOCAL


class Purpose(StrEnum):
    """What the answer is for; it stands in the audit and in the consent."""

    PRESENCE = "presence"
    ADMISSION = "admission"
    PROXY = "proxy"
    DOCTOR = "doctor"
    SETTLING = "settling"


class Challenge(StrEnum):
    """What the person is asked to do. Left and right are the person's own. Never the mouth: masks hide it."""

    TURN_LEFT = "turn_left"
    TURN_RIGHT = "turn_right"
    NOD = "nod"
    CLOSER = "closer"
    BLINK = "blink"


class Need(StrEnum):
    """What somebody tells about themselves beforehand, so that nothing is asked that they cannot do."""

    GLASSES = "glasses"
    STIFF_NECK = "stiff_neck"
    KEEPS_PLACE = "keeps_place"


class Hint(StrEnum):
    """Why the picture does not do yet, as something the person can change."""

    NOBODY = "nobody"
    SEVERAL = "several"
    CLOSER = "closer"
    BACK = "back"
    DARK = "dark"
    BRIGHT = "bright"
    BLURRED = "blurred"
    COVERED = "covered"
    LOOK_HERE = "look_here"
    TO_THE_MIDDLE = "to_the_middle"


class Refusal(StrEnum):
    """Why not, in the standards' words.

    `attack_presentation`: taken for a picture, a screen or a mask (30107-3, 3.1.1). `non_response`: no classification,
    because what was asked for did not come (3.2.6). `comparison_non_match`: somebody else than the picture shows
    (2382-37). `failure_to_acquire`: no usable picture of one person.
    """

    ATTACK_PRESENTATION = "attack_presentation"
    NON_RESPONSE = "non_response"
    COMPARISON_NON_MATCH = "comparison_non_match"
    FAILURE_TO_ACQUIRE = "failure_to_acquire"


@dataclass(frozen=True, slots=True)
class Light:
    """A colour that the kiosk's own display shows round the picture, 0 to 255 each; the face must take it on."""

    red: int
    green: int
    blue: int


@dataclass(frozen=True, slots=True)
class FaceTask:
    """`reference` is the picture to compare with, None for liveness alone. `whose`: who the person says they are.

    `seconded`: they gave the second consent, without which nothing of them is asked or told outside the kiosk.
    """

    purpose: Purpose
    reference: Portrait | None = None
    needs: frozenset[Need] = frozenset()
    whose: Person | None = None
    seconded: bool = False


@dataclass(frozen=True, slots=True)
class FaceProgress:
    """Where the check is, for the page: `done` of `of` challenges, what is asked now, what is in the way, the light."""

    done: int
    of: int
    asked: Challenge | None = None
    hint: Hint | None = None
    light: Light | None = None


@dataclass(frozen=True, slots=True)
class Signal:
    """One measurement behind an answer: what it is called, what was found, what was demanded. None: not applicable."""

    name: str
    found: float | None
    demanded: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an inspector may be shown: who judged, with which model, what came out. Numbers and names, never a picture.

    `compared` False: there was no picture to compare with, so nothing is said about whose face it is. `certified_pad`
    would claim a detection of attacks tested by a laboratory; nothing of ours has been.
    """

    provider: Provider
    model: str
    asked: tuple[Challenge, ...]
    signals: tuple[Signal, ...]
    compared: bool
    seconds: float
    certified_pad: bool = False


@dataclass(frozen=True, slots=True)
class FaceAccepted:
    """A living person; the one of the picture if `evidence.compared`.

    `auth_no` is the number on which a settlement may rest; it comes with a provider that `authorises`, never with ours.
    `holder` is whom the e-voucher centre names for it, with the token that stands for them in every later message: only
    where the face was shown for a settlement.
    """

    evidence: Evidence
    auth_no: Voucher | None = None
    holder: VoucherIdentity | None = None

    def __post_init__(self) -> None:
        """What our own camera finds cannot become an authorisation, whatever somebody writes beside it."""
        authorised = self.auth_no is not None or self.holder is not None
        if authorised and not self.evidence.provider.authorises:
            raise ValueError(f"{self.evidence.provider} authorises nothing")


@dataclass(frozen=True, slots=True)
class FaceRefused:
    """No. `fault` is what the person is told."""

    refusal: Refusal
    fault: FaultCode
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class FaceNotTried:
    """Nothing was judged: no camera, a frozen picture, no models."""

    fault: FaultCode


FaceAnswer = FaceAccepted | FaceRefused | FaceNotTried


class FaceVerifier(Protocol):
    """Used by one thread; only `Cancel` crosses threads.

    `open` loads nothing: models are large, and the home page comes first. `warm` loads them while the person reads the
    consent. Pictures and templates are the verifier's for the length of one `verify` and wiped before it returns.
    """

    def open(self) -> None: ...

    def close(self) -> None: ...

    def status(self) -> Health: ...

    def warm(self) -> None: ...

    def verify(
        self,
        task: FaceTask,
        frames: FrameSlot,
        tell: Callable[[FaceProgress], None],
        deadline: Monotonic,
        cancel: Cancel,
    ) -> FaceAnswer | None:
        """One try. `tell` is called on each change the page should show; None when cancelled."""
        ...
