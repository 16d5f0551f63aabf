"""The structures of V4L2: what is asked, and what an answer means."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.wire import v4l2
from devices.wire.v4l2 import Filled, Ioctl, PixelFormat, Shape

U32 = st.integers(0, 2**32 - 1)


def capability(whole: int, node: int) -> bytes:
    return struct.pack("=16s32s32sIIII12x", b"uvcvideo", b"Kiosk", b"usb-1", 6 << 16, whole, node, 0)[:104]


@pytest.mark.parametrize(
    ("whole", "node", "takes"),
    [
        (0x84A00001, 0x04200001, True),
        (0x84A00001, 0x04A00000, False),
        (0x04000001, 0, True),
        (0x00000001, 0, False),
        (0x04000000, 0, False),
    ],
    ids=["a camera's first node", "its node for metadata", "an old driver", "no streaming", "no pictures"],
)
def test_which_node_takes_pictures(whole: int, node: int, *, takes: bool) -> None:
    assert v4l2.takes_pictures(capability(whole, node)) is takes


@given(st.integers(1, 10_000), st.integers(1, 10_000), st.sampled_from(PixelFormat))
def test_a_camera_that_gives_what_was_asked_says_so(width: int, height: int, form: PixelFormat) -> None:
    assert v4l2.shape(v4l2.wanted_shape(width, height, form)) == Shape(width, height, form, 0)


@given(st.floats(1, 60, allow_nan=False))
def test_a_rate_is_asked_for_as_the_length_of_a_picture(fps: float) -> None:
    kind, _, _, over, under, *_ = struct.unpack("=7I176x", v4l2.wanted_rate(fps))
    assert kind == 1
    assert under / over == pytest.approx(fps, abs=0.001)


@given(U32, U32, st.booleans(), st.booleans(), st.integers(0, 2**40), st.integers(0, 999_999))
def test_a_filled_buffer(index: int, used: int, broken: bool, said: bool, seconds: int, micros: int) -> None:
    flags = (0x40 if broken else 0) | (0x2000 if said else 0)
    answer = struct.pack("=5I4x2q16x2IQ2Ii4x", index, 1, used, flags, 1, seconds, micros, 0, 1, 0, 0, 0, 0)
    moment = seconds + micros / 1e6 if said else None
    assert v4l2.filled(answer) == Filled(index, used, broken, moment)


@given(U32, st.integers(0, 2**32 - 1))
def test_where_a_buffer_lies(length: int, offset: int) -> None:
    answer = struct.pack("=5I4x2q16x2IQ2Ii4x", 0, 1, 0, 0, 0, 0, 0, 0, 1, offset, length, 0, 0)
    assert v4l2.place(answer) == (length, offset)


@given(st.integers(0, 32))
def test_buffers_are_asked_for_and_granted(count: int) -> None:
    assert v4l2.granted_buffers(v4l2.wanted_buffers(count)) == count


@given(st.integers(0, 31))
def test_a_buffer_is_named_by_its_number(index: int) -> None:
    assert v4l2.filled(v4l2.buffer(index)).index == index


def test_a_request_carries_the_size_of_what_it_fills() -> None:
    assert len(v4l2.blank_capability()) == Ioctl.QUERYCAP >> 16 & 0x3FFF
    assert len(v4l2.capture()) == Ioctl.STREAMON >> 16 & 0x3FFF
