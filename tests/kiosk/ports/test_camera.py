"""The slot between the camera's thread and those who look: the newest frame, nothing old, nothing for nobody."""

from __future__ import annotations

import logging
import pickle
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.engine.clock import SystemClock
from kiosk.ports.camera import BYTES_A_PIXEL, Frame, FrameSlot, Look
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic

CLOCK = SystemClock()


def frame(serial: int) -> Frame:
    return Frame(bytes([serial % 256]) * 2 * BYTES_A_PIXEL, 2, 1, serial, CLOCK.monotonic())


def soon(seconds: float) -> Monotonic:
    return Monotonic(CLOCK.monotonic() + seconds)


@pytest.fixture
def slot() -> FrameSlot:
    return FrameSlot(CLOCK)


def taken(look: Look) -> int | None:
    got = look.next(soon(0), Cancel())
    return got.serial if got else None


def test_a_frame_shows_nothing_of_itself(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    logging.getLogger("kiosk.test").info("seen %s %r", frame(65), frame(65))
    assert "AA" not in caplog.text
    assert repr(frame(65)) == "Frame(2x1)"
    with pytest.raises(TypeError):
        pickle.dumps(frame(1))


@pytest.mark.parametrize(("length", "width", "height"), [(5, 2, 1), (7, 2, 1), (0, 0, 1), (0, 1, 0), (6, -2, -1)])
def test_a_frame_of_another_size_than_its_pixels_is_a_defect(length: int, width: int, height: int) -> None:
    with pytest.raises(ValueError, match="Frame: "):
        Frame(bytes(length), width, height, 0, CLOCK.monotonic())


def test_only_the_newest_frame_is_seen_and_only_once_by_next(slot: FrameSlot) -> None:
    with slot.look() as look:
        for serial in range(3):
            slot.put(frame(serial))
        assert taken(look) == 2
        assert taken(look) is None
        newest = look.newest()
        assert newest is not None
        assert newest.serial == 2


def test_two_who_look_take_nothing_from_one_another(slot: FrameSlot) -> None:
    with slot.look() as one, slot.look() as other:
        slot.put(frame(1))
        assert (taken(one), taken(other)) == (1, 1)


def test_what_nobody_looks_at_is_not_kept(slot: FrameSlot) -> None:
    slot.put(frame(1))
    assert slot.newest() is None
    with slot.look() as look:
        assert look.newest() is None
        slot.put(frame(2))
    with slot.look() as look:
        assert look.newest() is None


def test_a_look_that_goes_on_keeps_the_frame_for_itself(slot: FrameSlot) -> None:
    with slot.look() as stays:
        with slot.look():
            slot.put(frame(1))
        assert taken(stays) == 1


def test_a_cleared_slot_is_empty_until_the_next_frame(slot: FrameSlot) -> None:
    with slot.look() as look:
        slot.put(frame(1))
        slot.clear()
        assert look.newest() is None
        assert taken(look) is None
        slot.put(frame(2))
        assert taken(look) == 2


def test_whoever_looks_is_told_of_each_change_until_it_leaves(slot: FrameSlot) -> None:
    told: list[int] = []
    look = slot.look(lambda: told.append(1))
    slot.put(frame(1))
    slot.clear()
    assert len(told) == 2
    look.close()
    look.close()
    slot.put(frame(2))
    assert len(told) == 2


def test_the_camera_is_woken_by_the_first_who_looks(slot: FrameSlot) -> None:
    woken: list[bool] = []
    slot.wake_by(lambda: woken.append(slot.wanted))
    assert not slot.wanted
    with slot.look(), slot.look():
        assert woken == [True]
    assert not slot.wanted
    slot.look().close()
    assert woken == [True, True]


def test_waiting_ends_with_a_frame_of_another_thread(slot: FrameSlot) -> None:
    with slot.look() as look:
        thread = threading.Timer(0.05, slot.put, [frame(7)])
        thread.start()
        got = look.next(soon(20), Cancel())
        thread.join()
    assert got is not None
    assert got.serial == 7


def test_waiting_ends_when_it_is_cancelled(slot: FrameSlot) -> None:
    cancel = Cancel()
    with slot.look() as look:
        thread = threading.Timer(0.05, cancel.cancel)
        thread.start()
        assert look.next(soon(600), cancel) is None
        slot.put(frame(1))
        assert look.next(soon(600), cancel) is None
        thread.join()


@given(st.lists(st.sampled_from(["put", "clear", "next", "other"]), max_size=40))
def test_next_never_gives_a_frame_twice_nor_an_older_one(steps: list[str]) -> None:
    slot, given_out, serial = FrameSlot(CLOCK), list[int](), 0
    with slot.look() as look, slot.look() as other:
        for step in steps:
            if step == "put":
                serial += 1
                slot.put(frame(serial))
            elif step == "clear":
                slot.clear()
            elif step == "other":
                taken(other)
            else:
                got = taken(look)
                given_out += [got] if got is not None else []
    assert given_out == sorted(set(given_out))
