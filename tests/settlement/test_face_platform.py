"""The province's face service over TLS: what leaves the kiosk, and what each answer comes to."""

from __future__ import annotations

import base64
import io
import ssl
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from kiosk.domain.personal import Voucher
from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.camera import Frame
from kiosk.ports.clock import Monotonic
from kiosk.ports.face import Purpose
from kiosk.ports.face_platform import FacePlatform, PortraitFound, Vouched
from settlement.access import Access
from settlement.face_platform import make, png_of
from settlement.wire.face_platform import JUDGE, PORTRAIT
from tests.support.faces import ScriptedFace
from tests.support.far_end import FarEnd, hangs_up, says
from tests.support.parties import Ear, HandClock, party_host
from tests.support.people import ZHANG

Open = Callable[[dict[str, Any]], tuple[FacePlatform, ScriptedFace]]
FRAMES = tuple(Frame(bytes([number]) * 12, 2, 2, number, Monotonic(number)) for number in range(3))


@pytest.fixture
def front(server_context: ssl.SSLContext, access_to: Callable[[str], Access]) -> Iterator[Open]:
    far_ends: list[FarEnd] = []

    def opened(replies: dict[str, Any]) -> tuple[FacePlatform, ScriptedFace]:
        face = ScriptedFace(replies)
        far_ends.append(FarEnd(server_context, face).__enter__())
        return make(access_to(far_ends[-1].url), party_host(HandClock(), Ear())), face

    yield opened
    for far in far_ends:
        far.stop()


def test_the_enrolled_photograph_comes_as_it_is(front: Open) -> None:
    port, face = front({PORTRAIT: {"portrait": base64.b64encode(b"a picture").decode()}})
    found = port.portrait(ZHANG)
    assert isinstance(found, PortraitFound)
    assert found.portrait.reveal() == b"a picture"
    ((_, asked),) = face.heard
    assert (asked["psn_no"], asked["certno"]) == (ZHANG.psn_no.reveal(), ZHANG.certno.reveal())


def test_three_pictures_and_who_is_meant_leave_the_kiosk_and_nothing_else(front: Open) -> None:
    port, face = front({JUDGE: {"auth_no": "ano1"}})
    assert port.judge(ZHANG, Purpose.ADMISSION, FRAMES) == Vouched(Voucher("ano1"))
    ((_, asked),) = face.heard
    assert set(asked) == {"psn_no", "certno", "purpose", "frames", "terminal"}
    assert asked["purpose"] == "admission"
    assert [Image.open(io.BytesIO(base64.b64decode(frame))).size for frame in asked["frames"]] == [(2, 2)] * 3


@pytest.mark.parametrize(
    ("reply", "answer"),
    [
        ({"refused": "不是本人"}, Refused(FaultCode.FACE_NOT_AUTHORISED, "不是本人")),
        (hangs_up, Unknown),
        (says(b"not json"), Unknown),
    ],
)
def test_every_other_reply_is_no_yes(front: Open, reply: Any, answer: object) -> None:
    told = front({JUDGE: reply})[0].judge(ZHANG, Purpose.ADMISSION, FRAMES)
    assert told == answer if isinstance(answer, Refused) else isinstance(told, Unknown)


def test_a_service_that_is_not_there_was_not_asked(access_to: Callable[[str], Access]) -> None:
    port = make(access_to("https://127.0.0.1:9"), party_host(HandClock(), Ear()))
    assert port.portrait(ZHANG) == NotSent(FaultCode.PLATFORM_UNREACHABLE)


@given(st.data())
def test_a_frame_is_the_same_picture_to_another_library(data: st.DataObject) -> None:
    width, height = data.draw(st.integers(1, 9)), data.draw(st.integers(1, 9))
    pixels = data.draw(st.binary(min_size=width * height * 3, max_size=width * height * 3))
    read = Image.open(io.BytesIO(png_of(Frame(pixels, width, height, 0, Monotonic(0)))))
    assert (read.size, read.mode) == ((width, height), "RGB")
    red, green, blue = read.split()
    assert Image.merge("RGB", (blue, green, red)).tobytes() == pixels
