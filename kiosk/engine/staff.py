"""Who may come in: codes and badges as scrypt hashes, and a lock that closes for longer with each wrong one.

Six digits are guarded by the lock, not by the hash. It stands in a file, so that pulling the plug does not open it.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from kiosk.passcodes import matches
from kiosk.ports.clock import Clock

_FREE: Final = 3
_FIRST_WAIT: Final = 30.0
_LONGEST_WAIT: Final = 3600.0


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the staff: a number for the audit, never a name, and the hash of a code or of what a badge says."""

    number: str
    hash: str


@dataclass(frozen=True, slots=True)
class Checked:
    """Whose code it was, or nobody's; `wait` are the seconds until the next may be tried."""

    who: str | None
    wait: float = 0.0


class StaffList:
    """From any thread. Every member's hash is tried, whoever it is, so that the time tells nothing."""

    def __init__(self, members: Sequence[Member], lock_file: Path, clock: Clock) -> None:
        self._members, self._file, self._clock = tuple(members), lock_file, clock
        self._one_by_one = threading.Lock()
        self._wrong = _read(lock_file)
        # anew after a start: the clock of before is gone
        self._until = self._clock.monotonic() + _wait_after(self._wrong)

    def check(self, code: str) -> Checked:
        """Whose code it is. While the lock is closed no code is looked at, and a right one does not open it."""
        with self._one_by_one:
            left = self._until - self._clock.monotonic()
            if left > 0:
                return Checked(None, left)
            found = [member.number for member in self._members if matches(code, member.hash)]
            self._note(0 if found else self._wrong + 1)
            return Checked(found[0]) if found else Checked(None, _wait_after(self._wrong))

    def _note(self, wrong: int) -> None:
        """On disk before the answer: who pulls the plug has not tried for nothing."""
        if wrong == self._wrong:
            return
        self._wrong = wrong
        self._until = self._clock.monotonic() + _wait_after(wrong)
        new = self._file.with_suffix(".new")
        with new.open("w") as file:
            json.dump({"wrong": wrong}, file)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self._file)


def _wait_after(wrong: int) -> float:
    """Nothing for a slip of the finger, then 30 s, a minute, two … up to an hour."""
    return 0.0 if wrong < _FREE else min(_LONGEST_WAIT, _FIRST_WAIT * 2.0 ** min(wrong - _FREE, 12))


def _read(path: Path) -> int:
    """How often in a row; a file that cannot be read counts as many: whoever spoilt it gains nothing."""
    try:
        wrong = cast("dict[str, int]", json.loads(path.read_text()))["wrong"]
        return max(0, int(wrong))
    except FileNotFoundError:
        return 0
    except (OSError, ValueError, KeyError, TypeError):
        return _FREE
