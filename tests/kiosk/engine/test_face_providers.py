"""Certified terminal and province's service answer as our own camera does, and only they may carry a settlement."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import pytest

from kiosk.domain.insured import Person, VoucherIdentity
from kiosk.domain.personal import Portrait, ResidentId, Voucher
from kiosk.engine.clock import SystemClock
from kiosk.engine.face import face_record
from kiosk.engine.face_providers import CertifiedFaces, SecondedFaces, Services
from kiosk.faults import FaultCode
from kiosk.flow.events import FaceWasChecked
from kiosk.flow.ticket import Ticket
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.camera import Frame, FrameSlot
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic
from kiosk.ports.face import (
    Evidence,
    FaceAccepted,
    FaceAnswer,
    FaceNotTried,
    FaceProgress,
    FaceRefused,
    FaceTask,
    Provider,
    Purpose,
    Refusal,
)
from kiosk.ports.face_platform import Failure, PortraitFound, Vouched
from kiosk.ports.face_terminal import (
    Errand,
    FaceAuthorised,
    HolderFound,
    NotAuthorised,
    SettleNotice,
)
from kiosk.ports.face_terminal import Failure as CentreFailure
from kiosk.ports.health import DeviceState, Health
from tests.support.people import ZHANG

CLOCK = SystemClock()
NUMBER = Voucher("ano1")
PICTURE = Portrait(b"\x89PNG enrolled")
HIMSELF = HolderFound(VoucherIdentity(ZHANG.name, ZHANG.certno, Voucher("EC1")))
ANOTHER = HolderFound(VoucherIdentity(ZHANG.name, ResidentId("111111195103021124"), Voucher("EC2")))
OURS = Evidence(Provider.LOCAL, "fb143eea0783", (), (), compared=True, seconds=4.0)
TASK = FaceTask(Purpose.ADMISSION, whose=ZHANG, seconded=True)


@dataclass
class Terminal:
    """One answer; keeps the errands it was given."""

    told: FaceAuthorised | NotAuthorised | None
    errands: list[Errand] = field(default_factory=list)

    def open(self) -> None: ...

    def close(self) -> None: ...

    def status(self) -> Health:
        return Health(DeviceState.UNKNOWN)

    def authorise(self, errand: Errand, deadline: Monotonic, cancel: Cancel) -> FaceAuthorised | NotAuthorised | None:
        self.errands.append(errand)
        return self.told

    def read_voucher(self, errand: Errand, deadline: Monotonic, cancel: Cancel) -> HolderFound | NotAuthorised | None:
        return None

    def show(self, errand: Errand, notice: SettleNotice, deadline: Monotonic, cancel: Cancel) -> bool:
        return False


@dataclass
class Centre:
    told: HolderFound | CentreFailure
    asked: list[tuple[Errand, Voucher]] = field(default_factory=list)

    def holder_of_code(self, errand: Errand, code: Voucher) -> HolderFound | CentreFailure:
        return self.told

    def holder_of_face(self, errand: Errand, auth_no: Voucher) -> HolderFound | CentreFailure:
        self.asked.append((errand, auth_no))
        return self.told

    def notify(self, errand: Errand, notice: SettleNotice) -> bool:
        return False


def certified(
    told: FaceAuthorised | NotAuthorised | None, holder: HolderFound | CentreFailure = HIMSELF, task: FaceTask = TASK
) -> FaceAnswer | None:
    verifier = CertifiedFaces(Terminal(told), Centre(holder), CLOCK)
    return verifier.verify(task, FrameSlot(CLOCK), lambda _: None, _soon(), Cancel())


def _soon() -> Monotonic:
    return Monotonic(CLOCK.monotonic() + 5.0)


def test_a_face_the_terminal_vouches_for_is_accepted_with_its_number() -> None:
    answer = certified(FaceAuthorised(NUMBER))
    assert isinstance(answer, FaceAccepted)
    assert answer.auth_no == NUMBER
    assert answer.evidence.provider is Provider.CERTIFIED
    assert answer.evidence.provider.authorises


def test_only_a_face_shown_for_a_settlement_brings_the_token_to_settle_with() -> None:
    assert isinstance(HIMSELF, HolderFound)
    shown = certified(FaceAuthorised(NUMBER), task=replace(TASK, purpose=Purpose.SETTLING))
    assert isinstance(shown, FaceAccepted)
    assert (shown.auth_no, shown.holder) == (NUMBER, HIMSELF.identity)
    admitted = certified(FaceAuthorised(NUMBER))
    assert isinstance(admitted, FaceAccepted)
    assert admitted.holder is None


def test_the_number_is_asked_about_under_the_terminals_own_errand_and_each_try_has_another() -> None:
    terminal, centre = Terminal(FaceAuthorised(NUMBER)), Centre(HIMSELF)
    verifier = CertifiedFaces(terminal, centre, CLOCK)
    for _ in range(2):
        verifier.verify(TASK, FrameSlot(CLOCK), lambda _: None, _soon(), Cancel())
    assert [errand for errand, _ in centre.asked] == terminal.errands
    assert terminal.errands[0].number != terminal.errands[1].number


@pytest.mark.parametrize(
    ("told", "holder", "fault"),
    [
        (FaceAuthorised(NUMBER), ANOTHER, FaultCode.FACE_NOT_SAME),
        (FaceAuthorised(NUMBER), Refused(FaultCode.FACE_NOT_AUTHORISED), FaultCode.FACE_NOT_AUTHORISED),
        (NotAuthorised(FaultCode.FACE_NOT_AUTHORISED), HIMSELF, FaultCode.FACE_NOT_AUTHORISED),
    ],
)
def test_somebody_else_is_refused(
    told: FaceAuthorised | NotAuthorised, holder: HolderFound | CentreFailure, fault: FaultCode
) -> None:
    answer = certified(told, holder)
    assert isinstance(answer, FaceRefused)
    assert (answer.refusal, answer.fault) == (Refusal.COMPARISON_NON_MATCH, fault)


@pytest.mark.parametrize(
    ("told", "holder", "fault"),
    [
        (NotAuthorised(FaultCode.FACE_TERMINAL_GONE), HIMSELF, FaultCode.FACE_TERMINAL_GONE),
        (FaceAuthorised(NUMBER), NotSent(FaultCode.PLATFORM_UNREACHABLE), FaultCode.PLATFORM_UNREACHABLE),
        (FaceAuthorised(NUMBER), Unknown(FaultCode.REPLY_BROKEN), FaultCode.REPLY_BROKEN),
        (None, HIMSELF, FaultCode.FACE_NOT_DONE),
    ],
)
def test_what_nobody_judged_is_said_to_be_that(
    told: FaceAuthorised | NotAuthorised | None, holder: HolderFound | CentreFailure, fault: FaultCode
) -> None:
    assert certified(told, holder) == FaceNotTried(fault)


def test_a_number_without_a_person_to_match_is_no_yes() -> None:
    assert isinstance(certified(FaceAuthorised(NUMBER), task=FaceTask(Purpose.ADMISSION)), FaceRefused)


@dataclass
class Own:
    """Our own camera, of one opinion; keeps its tasks."""

    answer: FaceAnswer | None
    tasks: list[FaceTask] = field(default_factory=list)

    def open(self) -> None: ...

    def close(self) -> None: ...

    def status(self) -> Health:
        return Health(DeviceState.ONLINE)

    def warm(self) -> None: ...

    def verify(
        self,
        task: FaceTask,
        frames: FrameSlot,
        tell: Callable[[FaceProgress], None],
        deadline: Monotonic,
        cancel: Cancel,
    ) -> FaceAnswer | None:
        self.tasks.append(task)
        return self.answer


@dataclass
class Platform:
    enrolled: PortraitFound | Failure = field(default_factory=lambda: PortraitFound(PICTURE))
    word: Vouched | Failure = field(default_factory=lambda: Vouched(NUMBER))
    asked: list[str] = field(default_factory=list)
    seen: list[Frame] = field(default_factory=list)

    def portrait(self, person: Person) -> PortraitFound | Failure:
        self.asked.append("portrait")
        return self.enrolled

    def judge(self, person: Person, purpose: Purpose, frames: Sequence[Frame]) -> Vouched | Failure:
        self.asked.append("judge")
        self.seen += frames
        return self.word


class Filming(FrameSlot):
    """A camera that has its next picture half a second later whenever somebody wants one."""

    serial = 0

    def after(self, serial: int, deadline: Monotonic, cancel: Cancel) -> Frame | None:
        self.serial += 1
        return Frame(bytes(12), 2, 2, self.serial, Monotonic(self.serial * 0.2))


def seconded(own: Own, platform: Platform, services: Services, task: FaceTask = TASK) -> FaceAnswer | None:
    verifier = SecondedFaces(own, platform, services, CLOCK)
    return verifier.verify(task, Filming(CLOCK), lambda _: None, _soon(), Cancel())


@pytest.mark.parametrize("services", [Services(), Services(judges=True), Services(photographs=False, judges=True)])
def test_without_the_second_consent_nothing_of_anybody_leaves_the_kiosk(services: Services) -> None:
    own, platform = Own(FaceAccepted(OURS)), Platform()
    task = replace(TASK, seconded=False)
    assert seconded(own, platform, services, task) == FaceAccepted(OURS)
    assert own.tasks == [task]
    assert platform.asked == []


def test_the_enrolled_photograph_is_compared_with_where_the_card_gave_none() -> None:
    own, platform = Own(FaceAccepted(OURS)), Platform()
    assert seconded(own, platform, Services()) == FaceAccepted(OURS)
    assert own.tasks[0].reference == PICTURE
    own, platform = Own(FaceAccepted(OURS)), Platform()
    card = Portrait(b"\x89PNG card")
    seconded(own, platform, Services(), replace(TASK, reference=card))
    assert (own.tasks[0].reference, platform.asked) == (card, [])


@pytest.mark.parametrize(
    "enrolled",
    [Refused(FaultCode.FACE_NOT_SEEN), NotSent(FaultCode.PLATFORM_UNREACHABLE), Unknown(FaultCode.REPLY_BROKEN)],
)
def test_without_a_photograph_liveness_alone_is_judged(enrolled: Failure) -> None:
    own = Own(FaceAccepted(replace(OURS, compared=False)))
    seconded(own, Platform(enrolled=enrolled), Services())
    assert own.tasks[0].reference is None


def test_the_provinces_word_comes_with_a_number_after_our_own_look() -> None:
    platform = Platform()
    answer = seconded(Own(FaceAccepted(OURS)), platform, Services(judges=True))
    assert isinstance(answer, FaceAccepted)
    assert (answer.auth_no, answer.evidence.provider) == (NUMBER, Provider.PLATFORM)
    assert answer.evidence.model == OURS.model, "what our own look found stays in the record"
    assert len(platform.seen) == 3
    moments = [frame.taken for frame in platform.seen]
    assert all(later - earlier >= 0.3 for earlier, later in pairwise(moments))


def test_whoever_fails_here_is_not_sent_on() -> None:
    refused = FaceRefused(Refusal.ATTACK_PRESENTATION, FaultCode.FACE_NOT_LIVE, OURS)
    platform = Platform()
    assert seconded(Own(refused), platform, Services(photographs=False, judges=True)) == refused
    assert platform.asked == []


@pytest.mark.parametrize(
    ("word", "fault"),
    [
        (NotSent(FaultCode.PLATFORM_UNREACHABLE), FaultCode.PLATFORM_UNREACHABLE),
        (Unknown(FaultCode.REPLY_BROKEN), FaultCode.REPLY_BROKEN),
    ],
)
def test_a_service_that_does_not_answer_has_not_judged(word: Failure, fault: FaultCode) -> None:
    assert seconded(Own(FaceAccepted(OURS)), Platform(word=word), Services(judges=True)) == FaceNotTried(fault)


def test_a_service_that_says_no_means_no() -> None:
    no = Platform(word=Refused(FaultCode.FACE_NOT_AUTHORISED))
    answer = seconded(Own(FaceAccepted(OURS)), no, Services(judges=True))
    assert isinstance(answer, FaceRefused)
    assert answer.fault is FaultCode.FACE_NOT_AUTHORISED


def test_the_audit_tells_who_judged_and_never_the_number() -> None:
    answer = certified(FaceAuthorised(NUMBER))
    detail = face_record(FaceWasChecked(Ticket(1, 1), answer), 1).detail
    assert detail.startswith("accepted certified compared ")
    assert "  " not in detail
    assert NUMBER.reveal() not in detail
