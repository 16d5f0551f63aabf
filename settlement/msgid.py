"""Numbers for our messages that no other terminal of the institution makes and that we never make twice."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from kiosk.ports.clock import BEIJING, Clock

_MSGID = re.compile(r"[0-9A-Za-z]{12}(?P<second>\d{14})\d{3}(?P<count>\d)", re.ASCII)
_SECOND = "%Y%m%d%H%M%S"
_PER_SECOND = 10


class MsgIds:
    """Makes msgids: institution code (12), `yyyyMMddHHmmss`, three digits of the terminal, one within the second.

    A lost settlement is undone by its msgid (2601 omsgid), so a number used twice could undo somebody else's. The time
    in a number never runs back, whatever the clock does: each number is above all earlier ones, `last` of the runs
    before included; more than ten in a second borrow from the next. `remember` has each number before it is used.

    Raises:
        ValueError: the code is not of 12 letters and digits, the terminal not in 0–999, or `last` is no msgid.
    """

    def __init__(
        self, fixmedins_code: str, terminal: int, last: str | None, clock: Clock, remember: Callable[[str], None]
    ) -> None:
        if not re.fullmatch(r"[0-9A-Za-z]{12}", fixmedins_code):
            raise ValueError("fixmedins_code is not of 12 letters and digits")
        if not 0 <= terminal <= 999:
            raise ValueError("terminal is not in 0-999")
        self._code = fixmedins_code
        self._terminal = f"{terminal:03d}"
        self._clock = clock
        self._remember = remember
        self._lock = threading.Lock()
        self._second, self._count = _place_of(last) if last else (datetime.min.replace(tzinfo=BEIJING), 0)

    def next(self) -> str:
        """A number above all before it; already remembered when it returns. For any thread."""
        with self._lock:
            now = self._clock.now().astimezone(BEIJING).replace(microsecond=0)
            if now > self._second:
                self._second, self._count = now, 0
            elif self._count + 1 < _PER_SECOND:
                self._count += 1
            else:
                self._second, self._count = self._second + timedelta(seconds=1), 0
            msgid = f"{self._code}{self._second.strftime(_SECOND)}{self._terminal}{self._count}"
            self._remember(msgid)
            return msgid


def _place_of(msgid: str) -> tuple[datetime, int]:
    parts = _MSGID.fullmatch(msgid)
    if parts is None:
        raise ValueError("the last msgid is damaged")
    return datetime.strptime(parts["second"], _SECOND).replace(tzinfo=BEIJING), int(parts["count"])
