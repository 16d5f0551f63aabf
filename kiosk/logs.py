"""Operational logs: one JSON object a line, built from a list of what may be seen; everything else stays out.

The message is a constant of the code, never composed with data. Exceptions show their type and where they were
raised, without text, because libraries put data into exception texts.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
import traceback
from types import TracebackType
from typing import TextIO

from kiosk.ports.clock import Clock

SEEN = frozenset(
    "sid fact act state count device error infno field msgid_tail status ms fault reader sw apdu order_tail "  # noqa: SIM905
    "told_mm set_mm batch_no".split()
)
"""Names of `extra` attributes that are written; a test feeds every other name and finds nothing."""


_PLACE = re.compile(r"%[a-z]")
"""Where a library, or a test of ours, reads an argument in the message; the log has it as a field or not at all."""


class JsonFormatter(logging.Formatter):
    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    def format(self, record: logging.LogRecord) -> str:
        body: dict[str, object] = {
            "at": self._clock.now().isoformat(timespec="milliseconds"),
            "mono": round(self._clock.monotonic(), 3),
            "level": record.levelname,
            "from": record.name,
            "thread": record.threadName,
            "text": _PLACE.sub("…", record.msg) if isinstance(record.msg, str) else type(record.msg).__name__,
        }
        body.update({name: str(value) for name, value in record.__dict__.items() if name in SEEN})
        if record.exc_info and record.exc_info[0]:
            body["error"] = record.exc_info[0].__name__
            frames = traceback.extract_tb(record.exc_info[2])
            body["where"] = [f"{frame.filename.rsplit('/', 2)[-1]}:{frame.lineno} {frame.name}" for frame in frames]
        return json.dumps(body, ensure_ascii=False)


def log_to(stream: TextIO, clock: Clock, level: int = logging.INFO) -> None:
    """Send all logging to `stream` as JSON lines, uncaught exceptions of every thread included."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter(clock))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    logging.raiseExceptions = False  # a full disk is said on the screen, not once a line on stderr
    for noisy in ("httpcore2", "httpx2", "httpcore", "httpx"):
        logging.getLogger(noisy).setLevel(logging.ERROR)
    sys.excepthook = _log_uncaught
    threading.excepthook = _log_uncaught_in_thread


def _log_uncaught(kind: type[BaseException], value: BaseException, trace: TracebackType | None) -> None:
    logging.getLogger("kiosk").critical("uncaught", exc_info=(kind, value, trace))


def _log_uncaught_in_thread(thrown: threading.ExceptHookArgs) -> None:
    if thrown.exc_value is not None:
        _log_uncaught(thrown.exc_type, thrown.exc_value, thrown.exc_traceback)
