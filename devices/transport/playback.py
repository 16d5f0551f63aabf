"""A sound player as a child that can be killed at once: samples go in, sound comes out."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import time
from collections.abc import Iterable
from contextlib import suppress
from typing import Final, Protocol

from kiosk.ports.cancellation import Cancel

_LATE_SECONDS: Final = 5.0
"""How long a sound card may take beyond the length of what it plays; one that takes longer hangs."""


class Player(Protocol):
    """Plays samples of `devices.wire.pcm`."""

    def found(self) -> bool:
        """Whether there is such a player at all."""
        ...

    def play(self, sounds: Iterable[bytes], device: str, cancel: Cancel) -> bool:
        """Whether all was played, or we cut it off; False when the player or its sound device failed or hung."""
        ...


class ChildPlayer:
    """`program` is `aplay` of alsa-utils, or anything that takes its options and reads standard input."""

    def __init__(self, program: str, rate: int) -> None:
        self._program, self._rate = program, rate

    def found(self) -> bool:
        return shutil.which(self._program) is not None

    def play(self, sounds: Iterable[bytes], device: str, cancel: Cancel) -> bool:
        form = ("--quiet", "--file-type", "raw", "--format", "S16_LE", "--channels", "1", "--rate", str(self._rate))
        command = (self._program, *form, "--device", device, "-")
        quiet = subprocess.DEVNULL
        try:
            child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet)
        except OSError:
            return False
        with child, cancel.wake(child.kill):
            fed = self._feed(child, sounds)
            child.kill()  # an ended one has its exit code already
        return cancel.cancelled or (fed and child.returncode == 0)

    def _feed(self, child: subprocess.Popen[bytes], sounds: Iterable[bytes]) -> bool:
        """Whether the child took everything and ended in time. A broken pipe is a child that ended, or was killed."""
        stream = child.stdin
        if stream is None:
            return False
        os.set_blocking(stream.fileno(), False)
        until = time.monotonic() + _LATE_SECONDS
        try:
            for sound in sounds:
                until += len(sound) / (2 * self._rate)
                if not _write(stream.fileno(), sound, until):
                    return False
        except OSError:
            pass
        with suppress(OSError):
            stream.close()
        try:
            child.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            return False
        return True


def _write(fd: int, data: bytes, until: float) -> bool:
    """All of it before `until`; OSError when nobody reads any more."""
    poll = select.poll()
    poll.register(fd, select.POLLOUT)
    while data:
        left = until - time.monotonic()
        if left <= 0 or not poll.poll(left * 1000):
            return False
        with suppress(BlockingIOError):
            data = data[os.write(fd, data) :]
    return True
