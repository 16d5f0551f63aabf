"""The document camera's thread: it judges until a picture would do, and says what was wrong when none does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.engine.clock import SystemClock
from kiosk.engine.papers import PaperWorker
from kiosk.flow.effects import TakePicture
from kiosk.flow.picture_events import PictureWasTaken
from kiosk.flow.ticket import Ticket
from kiosk.ports.camera import Frame, FrameSlot
from kiosk.ports.cancellation import Cancel
from kiosk.ports.health import DeviceState, Health
from kiosk.ports.photograph import Photograph, PictureTrouble
from tests.kiosk.engine.inbox import Inbox
from tests.support.fake_devices import FakeCamera

TICKET = Ticket(1, 7)
GOOD = Photograph(b"\xff\xd8\xff\xd9", 2, 2)


class Judge:
    """Finds the first pictures blurred."""

    def __init__(self, bad: int) -> None:
        self.bad, self.seen = bad, 0

    def judge(self, frame: Frame) -> Photograph | PictureTrouble:
        del frame
        self.seen += 1
        return GOOD if self.seen > self.bad else PictureTrouble.BLURRED


class Plate:
    """A worker with its camera and its judge."""

    def __init__(self, inbox: Inbox, bad: int = 0) -> None:
        self.camera, self.judge, self.slot = FakeCamera(), Judge(bad), FrameSlot(SystemClock())
        self.worker = PaperWorker(self.camera, self.judge, self.slot, inbox.post, SystemClock())
        self.worker.start()

    def take(self, seconds: float) -> None:
        self.worker.take(TakePicture(TICKET, seconds))


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def plates(inbox: Inbox) -> Iterator[list[Plate]]:
    made: list[Plate] = []
    yield made
    for plate in made:
        plate.worker.stop()


def taken(inbox: Inbox) -> object:
    return inbox.wait_for(PictureWasTaken).answer


def test_the_first_picture_that_would_do_is_the_answer(inbox: Inbox, plates: list[Plate]) -> None:
    plates.append(Plate(inbox, bad=3))
    plates[0].take(20.0)
    assert taken(inbox) is GOOD
    assert plates[0].judge.seen == 4


def test_when_none_would_do_the_last_ones_trouble_is_told(inbox: Inbox, plates: list[Plate]) -> None:
    plates.append(Plate(inbox, bad=10**6))
    plates[0].take(0.2)
    assert taken(inbox) is PictureTrouble.BLURRED


def test_what_is_judged_is_seen_on_the_page_too(inbox: Inbox, plates: list[Plate]) -> None:
    plates.append(Plate(inbox, bad=1))
    with plates[0].slot.look() as look:
        plates[0].take(20.0)
        taken(inbox)
        assert look.next(plates[0].worker.deadline(20), Cancel()) is not None


def test_a_camera_that_is_lost_is_no_picture(inbox: Inbox, plates: list[Plate]) -> None:
    plates.append(Plate(inbox))
    plates[0].camera.health = Health(DeviceState.OFFLINE)
    plates[0].take(20.0)
    assert taken(inbox) is None
