"""What CUPS says of a queue and of a job, in the words of the printer's port."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from devices.wire.ipp import Attributes, Group, Response
from kiosk.faults import FaultCode

ASKED_OF_PRINTER: Final = ("printer-state", "printer-state-reasons", "printer-is-accepting-jobs", "device-uri")
ASKED_OF_JOB: Final = ("job-state", "job-printer-state-reasons", "job-k-octets")

_BLOCKING: Final = {
    "media-empty": FaultCode.PAGE_PAPER_OUT,
    "media-needed": FaultCode.PAGE_PAPER_OUT,
    "input-tray-missing": FaultCode.PAGE_PAPER_OUT,
    "media-jam": FaultCode.PAGE_PRINTER_JAMMED,
    "cover-open": FaultCode.PAGE_PRINTER_OPEN,
    "door-open": FaultCode.PAGE_PRINTER_OPEN,
    "interlock-open": FaultCode.PAGE_PRINTER_OPEN,
    "output-area-full": FaultCode.PAGE_PRINTER_JAMMED,
    "toner-empty": FaultCode.PAGE_INK_OUT,
    "marker-supply-empty": FaultCode.PAGE_INK_OUT,
    "offline": FaultCode.PAGE_PRINTER_GONE,
    "shutdown": FaultCode.PAGE_PRINTER_GONE,
    "timed-out": FaultCode.PAGE_PRINTER_GONE,
}
_LOW: Final = frozenset({"media-low", "toner-low", "marker-supply-low"})
_NOWHERE: Final = ("file:", "/dev/null")


class PrinterState(IntEnum):
    IDLE = 3
    PROCESSING = 4
    STOPPED = 5


class JobState(IntEnum):
    PENDING = 3
    HELD = 4
    PROCESSING = 5
    STOPPED = 6
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9

    @property
    def over(self) -> bool:
        return self >= JobState.CANCELED


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue as it is now. `blocking` is what keeps paper from coming, `low` that something will soon.

    A queue to a file or to nowhere calls every job completed and prints none; `prints` is False of it.
    """

    stopped: bool
    busy: bool
    accepting: bool
    prints: bool
    blocking: FaultCode | None
    low: bool


@dataclass(frozen=True, slots=True)
class Job:
    """A job as it is now; `kilobytes` is how much of it the server has, begun ones counted whole."""

    state: JobState
    kilobytes: int | None
    blocking: FaultCode | None


def queue(response: Response) -> Queue:
    """ValueError where the answer says nothing of the state."""
    said = response.first(Group.PRINTER)
    state = PrinterState(_number(said, "printer-state"))
    uri = _texts(said, "device-uri")
    reasons = _texts(said, "printer-state-reasons")
    return Queue(
        stopped=state is PrinterState.STOPPED,
        busy=state is PrinterState.PROCESSING,
        accepting=said.get("printer-is-accepting-jobs") != [False],
        prints=not any(each.startswith(_NOWHERE) for each in uri),
        blocking=blocking(reasons),
        low=any(_plain(reason) in _LOW for reason in reasons),
    )


def job(response: Response) -> Job:
    """ValueError where the answer says nothing of the state."""
    said = response.first(Group.JOB)
    size = said.get("job-k-octets", [None])[0]
    return Job(
        JobState(_number(said, "job-state")),
        size if isinstance(size, int) else None,
        blocking(_texts(said, "job-printer-state-reasons")),
    )


def job_number(response: Response) -> int:
    """What a new job is called; ValueError where there is none."""
    return _number(response.first(Group.JOB), "job-id")


def job_named(response: Response, label: str) -> int | None:
    """Which of the jobs listed bears this name."""
    jobs = [said for tag, said in response.groups if tag == Group.JOB]
    return next((_number(said, "job-id") for said in jobs if label in _texts(said, "job-name")), None)


def blocking(reasons: Iterable[str]) -> FaultCode | None:
    """The first reason that keeps paper from coming.

    RFC 8011, 5.4.12: a reason without suffix is an error. `offline` keeps it even as a report, as which CUPS has it.
    """
    for reason in reasons:
        plain = _plain(reason)
        if plain == "offline" or not reason.endswith(("-report", "-warning")):
            fault = _BLOCKING.get(plain)
            if fault is not None:
                return fault
    return None


def _plain(reason: str) -> str:
    for suffix in ("-error", "-warning", "-report"):
        if reason.endswith(suffix):
            return reason.removesuffix(suffix)
    return reason


def _number(said: Attributes, name: str) -> int:
    value = said.get(name, [None])[0]
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"no {name}")
    return value


def _texts(said: Attributes, name: str) -> tuple[str, ...]:
    return tuple(value for value in said.get(name, ()) if isinstance(value, str))
