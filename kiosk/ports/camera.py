"""A camera that looks at the person or at a paper, and the one place where its newest frame lies.

Frames do not pass the loop: the camera's thread fills a `FrameSlot`, the vision thread and the preview look into it,
and flows see only what was judged. A camera takes pictures only while somebody looks.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import TracebackType
from typing import NoReturn, Protocol, Self, final

from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Clock, Monotonic
from kiosk.ports.health import Health

BYTES_A_PIXEL = 3


@final
class Frame:
    """One picture: 8-bit blue, green, red, row after row from the top left, nothing between rows.

    `taken` is the moment the driver had it; `serial` counts the frames of one driver from 0 and never runs back. A
    frame may show a person, so it hides as a `Portrait` does: its repr tells the size alone, it is not pickled, and it
    is compared by identity. Keep it in memory, and no longer than it is looked at.
    """

    __slots__ = ("__weakref__", "_pixels", "height", "serial", "taken", "width")

    def __init__(self, pixels: bytes, width: int, height: int, serial: int, taken: Monotonic) -> None:
        if min(width, height) < 1 or len(pixels) != width * height * BYTES_A_PIXEL:
            raise ValueError(f"Frame: {len(pixels)} bytes are not {width} by {height}")
        self._pixels, self.width, self.height, self.serial, self.taken = pixels, width, height, serial, taken

    def reveal(self) -> bytes:
        """The pixels, for whoever judges or shows them; `width * height * BYTES_A_PIXEL` bytes, not copied."""
        return self._pixels

    def __repr__(self) -> str:
        return f"Frame({self.width}x{self.height})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("Frame is not pickled")


class Camera(Protocol):
    """Used by one thread; only `Cancel` crosses threads.

    `open` twice, `close` twice and `open` after `close` are allowed; a camera that is not there opens all the same and
    is found when it comes. Losing it is no event: `frame` returns None early and `status` tells. What `status` says of
    the picture (frozen, dark, blurred) holds for the frames taken since the last `rest`.
    """

    def open(self) -> None: ...

    def close(self) -> None: ...

    def status(self) -> Health: ...

    def frame(self, deadline: Monotonic, cancel: Cancel) -> Frame | None:
        """The next picture, never one that waited in a buffer; None at the deadline, when cancelled, or when lost."""
        ...

    def rest(self) -> None:
        """Take no pictures until `frame` is called again; the camera's lamp goes out."""
        ...


class FrameSlot:
    """Holds the newest frame only. One thread puts, any number of threads look.

    What nobody looks at is not kept: with the last look the frame is let go, so that none of one visit is seen in the
    next. `wanted` says whether anybody looks; `wake` is called, in the looking thread, when the first one begins.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._changed = threading.Condition()
        self._frame: Frame | None = None
        self._looks: list[Look] = []
        self._wake: Callable[[], None] = _nothing

    @property
    def wanted(self) -> bool:
        return bool(self._looks)

    def wake_by(self, wake: Callable[[], None]) -> None:
        """Have the camera's thread woken by this; it must not block."""
        self._wake = wake

    def put(self, frame: Frame) -> None:
        """Replace the frame. Whoever looks is told in this thread; nobody does: it is dropped."""
        with self._changed:
            if not self._looks:
                return
            self._frame = frame
            looks = tuple(self._looks)
            self._changed.notify_all()
        for look in looks:
            look.told()

    def clear(self) -> None:
        """Let go of the frame: the person left, or the camera is lost. Whoever looks is told, and sees none."""
        with self._changed:
            self._frame = None
            looks = tuple(self._looks)
        for look in looks:
            look.told()

    def look(self, told: Callable[[], None] | None = None) -> Look:
        """Begin to look; to be closed, best by `with`. `told` is called after each change and must not block."""
        look = Look(self, told or _nothing)
        with self._changed:
            first = not self._looks
            self._looks.append(look)
        if first:
            self._wake()
        return look

    def newest(self) -> Frame | None:
        return self._frame

    def after(self, serial: int, deadline: Monotonic, cancel: Cancel) -> Frame | None:
        """The newest frame once it is a later one than `serial`; None at the deadline or when cancelled."""

        def later() -> Frame | None:
            return self._frame if self._frame is not None and self._frame.serial > serial else None

        with cancel.wake(self._stir), self._changed:
            seconds = max(0.0, deadline - self._clock.monotonic())
            self._changed.wait_for(lambda: cancel.cancelled or later() is not None, seconds)
            return None if cancel.cancelled else later()

    def leave(self, look: Look) -> None:
        with self._changed:
            if look in self._looks:
                self._looks.remove(look)
            if not self._looks:
                self._frame = None

    def _stir(self) -> None:
        with self._changed:
            self._changed.notify_all()


class Look:
    """Somebody who looks into a slot. Used by one thread; what it was given once, `next` does not give again.

    It remembers the frame's number and not the frame, which is the slot's alone to keep.
    """

    def __init__(self, slot: FrameSlot, told: Callable[[], None]) -> None:
        self._slot, self.told = slot, told
        self._seen = -1

    def newest(self) -> Frame | None:
        """What lies there now, seen before or not; None before the first frame and after the last."""
        return self._slot.newest()

    def next(self, deadline: Monotonic, cancel: Cancel) -> Frame | None:
        """The newest frame once there is one that this look has not given; frames in between are passed over."""
        frame = self._slot.after(self._seen, deadline, cancel)
        if frame is not None:
            self._seen = frame.serial
        return frame

    def close(self) -> None:
        self._slot.leave(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def _nothing() -> None:
    pass
