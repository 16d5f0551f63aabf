"""Frames of closed devices: what goes in comes out, whatever lies around it and however it is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.wire.sealed_frame import LONGEST, FrameReader, Noise, encode

FIELD = st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\x7f"), max_size=20)
FRAMES = st.lists(FIELD, min_size=1, max_size=5).map(tuple)


def frames(reader: FrameReader, data: bytes) -> list[tuple[str, ...]]:
    return [found for found in reader.feed(data) if not isinstance(found, Noise)]


def test_the_vector_of_the_documentation() -> None:
    assert encode(("7", "S")).hex() == "020003371c530378"
    assert FrameReader().feed(bytes.fromhex("020003371c530378")) == [("7", "S")]


@given(FRAMES, FRAMES)
def test_two_frames_come_out_whole_cut_anywhere(first: tuple[str, ...], second: tuple[str, ...]) -> None:
    data = encode(first) + encode(second)
    reader = FrameReader()
    assert [found for byte in data for found in reader.feed(bytes((byte,)))] == [first, second]
    assert not reader.pending


@given(st.binary(max_size=40), FRAMES)
def test_noise_before_a_frame_hides_it_from_nobody(noise: bytes, frame: tuple[str, ...]) -> None:
    assert frames(FrameReader(), noise + encode(frame))[-1:] == [frame]


@given(FRAMES, st.integers(0, 10_000), st.integers(1, 255), FRAMES)
def test_a_spoilt_frame_is_no_frame_and_the_next_one_is_found(
    frame: tuple[str, ...], place: int, flip: int, following: tuple[str, ...]
) -> None:
    data = bytearray(encode(frame))
    data[place % len(data)] ^= flip
    reader = FrameReader()
    found = frames(reader, bytes(data)) + frames(reader, encode(following) * (LONGEST // 2))
    assert frame not in found or frame == following
    assert following in found


def test_a_length_that_no_device_may_say_makes_no_frame_of_the_answers_behind_it() -> None:
    """Noise that reads as STX and 602 bytes, before nine answers whose ends and checks happen to fit it."""
    answer = ("1", "D", "a" * 26, "2450", "unionpay", "000000000001", "0056")
    assert frames(FrameReader(), b"\x02\x06\x02\x06" + encode(answer) * 9) == [answer] * 9


@given(st.binary(max_size=2000))
def test_whatever_comes_little_is_kept(data: bytes) -> None:
    reader = FrameReader()
    reader.feed(data)
    reader.feed(b"\x00" * (LONGEST + 8))
    assert len(reader._held) <= LONGEST + 8


@pytest.mark.parametrize("fields", [("a\x1cb",), ("\x02",), ("x" * (LONGEST + 1),)])
def test_what_a_frame_cannot_carry_is_a_defect(fields: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=r"control|long"):
        encode(fields)
