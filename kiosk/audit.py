"""What must be provable afterwards: the catalogue of audit events and the chained file they go to.

A record holds who acted, on what and how it ended, by type and id; never contents of a visit. `docs/audit.md` is
generated from here.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from io import FileIO
from pathlib import Path
from typing import cast


class Source(StrEnum):
    """Who caused it."""

    PATIENT = "patient"
    STAFF = "staff"
    SYSTEM = "system"
    DEVICE = "device"


class Disposition(StrEnum):
    SUCCESS = "success"
    FAILURE = "failure"
    NONE = "na"


class AuditEvent(StrEnum):
    """Every kind of record. `MEANING` says what each proves."""

    STARTED = "started"
    STOPPED = "stopped"
    VISIT_BEGAN = "visit_began"
    VISIT_ENDED = "visit_ended"
    PAGE_SHOWN = "page_shown"
    FAULT_SHOWN = "fault_shown"
    AGENT_NAMED = "agent_named"
    FACE_CONSENTED = "face_consented"
    FACE_DECLINED = "face_declined"
    FACE_CHECKED = "face_checked"
    CASE_ATTESTED = "case_attested"
    INSURER_CONSENTED = "insurer_consented"
    MONEY_REPORTED = "money_reported"
    RESULT_DROPPED = "result_dropped"
    DEVICE_CHANGED = "device_changed"
    FAULTS_CHANGED = "faults_changed"
    SETTLEMENT_RECOVERED = "settlement_recovered"
    SETTLEMENT_RESOLVED = "settlement_resolved"
    HELP_CALLED = "help_called"
    STAFF_ENTERED = "staff_entered"
    STAFF_REFUSED = "staff_refused"
    HELPER_JOINED = "helper_joined"
    HELPER_LEFT = "helper_left"


MEANING: dict[AuditEvent, tuple[Source, str]] = {
    AuditEvent.STARTED: (Source.SYSTEM, "The kiosk began; `detail` is its version and profile."),
    AuditEvent.STOPPED: (Source.SYSTEM, "The kiosk ended in order."),
    AuditEvent.VISIT_BEGAN: (Source.PATIENT, "Somebody began a visit."),
    AuditEvent.VISIT_ENDED: (Source.PATIENT, "The visit was forgotten."),
    AuditEvent.PAGE_SHOWN: (Source.SYSTEM, "A page of another kind was shown; `detail` is its name."),
    AuditEvent.FAULT_SHOWN: (Source.SYSTEM, "A fault was shown; `detail` is its code."),
    AuditEvent.AGENT_NAMED: (
        Source.PATIENT,
        "Somebody acts for a patient: `detail` is what they say they are, `who` their ID card's number, covered.",
    ),
    AuditEvent.FACE_CONSENTED: (
        Source.PATIENT,
        "Somebody let the camera look at them; `detail` is version, language and SHA-256 of the words they agreed to.",
    ),
    AuditEvent.FACE_DECLINED: (Source.PATIENT, "Somebody chose another way than their face."),
    AuditEvent.FACE_CHECKED: (
        Source.SYSTEM,
        "A face check ended; `detail` is who judged, what came out, the model and every signal with its limit.",
    ),
    AuditEvent.CASE_ATTESTED: (
        Source.STAFF,
        "A doctor confirmed a case at this kiosk; `who` is their staff number, `detail` the case and the place.",
    ),
    AuditEvent.INSURER_CONSENTED: (
        Source.PATIENT,
        "An insurer may be told of a bill; `detail` is version, language and SHA-256 of the words that were agreed to.",
    ),
    AuditEvent.MONEY_REPORTED: (Source.SYSTEM, "A settlement told the page where it is; `sid` is its number."),
    AuditEvent.RESULT_DROPPED: (Source.SYSTEM, "A result came for a visit that no longer waits for it."),
    AuditEvent.DEVICE_CHANGED: (Source.DEVICE, "A device's state changed; `detail` is its name and state."),
    AuditEvent.FAULTS_CHANGED: (Source.SYSTEM, "The faults that stop settling changed; `detail` lists them."),
    AuditEvent.SETTLEMENT_RECOVERED: (Source.SYSTEM, "A settlement left open by a former process was taken up."),
    AuditEvent.SETTLEMENT_RESOLVED: (Source.STAFF, "Staff ended a settlement by hand; `who` is their number."),
    AuditEvent.HELP_CALLED: (Source.PATIENT, "A person was wanted; `detail` is the page and its fault code."),
    AuditEvent.STAFF_ENTERED: (Source.STAFF, "Somebody came in by a code that is on the list; `who` is their number."),
    AuditEvent.STAFF_REFUSED: (Source.STAFF, "A code for the staff entrance was nobody's."),
    AuditEvent.HELPER_JOINED: (Source.STAFF, "Staff stayed beside the person of the visit; `who` is their number."),
    AuditEvent.HELPER_LEFT: (
        Source.SYSTEM,
        "They help no more, before any money or at the visit's end; `detail` is the page that ended it.",
    ),
}


@dataclass(frozen=True, slots=True)
class Record:
    event: AuditEvent
    visit: int | None = None
    sid: str | None = None
    detail: str = ""
    disposition: Disposition = Disposition.NONE
    who: str | None = None


_GENESIS = "0" * 64
_TAIL_BYTES = 64 * 1024  # no line is nearly as long


class AuditLog:
    """Appends records to a JSON-lines file, each with the SHA-256 of itself and its predecessor's. For one thread."""

    def __init__(self, path: Path, boot: str) -> None:
        self._boot = boot
        self._file = path.open("a+b", buffering=0)
        self._seq, self._last, self._size = _tail(self._file)
        self._file.truncate(self._size)  # what a power cut left of a line; it was never a record

    def write(self, record: Record, mono: float, now: datetime) -> None:
        """Buffered by the system: audit never stops a patient, and money has its own journal.

        A record that finds no room is left out whole, and the chain goes on after it.
        """
        body = {
            "seq": self._seq + 1,
            "boot": self._boot[:8],
            "mono": round(mono, 3),
            "at": now.isoformat(timespec="milliseconds"),
            "event": record.event,
            "source": MEANING[record.event][0],
            "visit": record.visit,
            "sid": record.sid,
            "detail": record.detail,
            "disposition": record.disposition,
            "who": record.who,
        }
        text = json.dumps({k: v for k, v in body.items() if v not in {None, ""}}, ensure_ascii=False)
        link = _link(self._last, text)
        if self._append(f"{_line(text, link)}\n".encode()):
            self._seq, self._last = self._seq + 1, link

    def _append(self, line: bytes) -> bool:
        try:
            written = self._file.write(line)
            if written != len(line):
                self._file.truncate(self._size)
                return False
        except OSError:
            return False
        self._size += len(line)
        return True

    def close(self) -> None:
        """Also a second time."""
        if self._file.closed:
            return
        os.fsync(self._file.fileno())
        self._file.close()


def _link(previous: str, text: str) -> str:
    return hashlib.sha256(f"{previous}{text}".encode()).hexdigest()


def _line(text: str, link: str) -> str:
    return f'{text[:-1]}, "hash": "{link}"}}'


def _split(line: str) -> tuple[str, str]:
    body, _, tail = line.rpartition(', "hash": "')
    return f"{body}}}", tail[:-2]


def _tail(file: FileIO) -> tuple[int, str, int]:
    """Number and hash of the last whole record, and where it ends; a file without any keeps what it holds."""
    size = file.seek(0, os.SEEK_END)
    start = max(0, size - _TAIL_BYTES)
    file.seek(start)
    end = size
    for line in reversed(file.read().splitlines(keepends=True)):
        seq = _seq_of(line)
        if seq is not None:
            return seq, _split(line.decode().rstrip("\n"))[1], end
        end -= len(line)
    return 0, _GENESIS, size


def _seq_of(line: bytes) -> int | None:
    """None for what is not a whole record."""
    if not line.endswith(b"\n"):
        return None
    try:
        record = json.loads(line)
    except ValueError:
        return None
    if not isinstance(record, dict) or "hash" not in record:
        return None
    seq = cast("dict[str, object]", record).get("seq")
    return seq if isinstance(seq, int) else None


def verify(path: Path) -> int | None:
    """The number of the first line that does not follow from those before it; None when all do."""
    previous = _GENESIS
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if not line.endswith(b"\n"):
                return None  # what a power cut left of the last one; it was never a record, and the next start drops it
            text = line.decode(errors="replace").removesuffix("\n")
            body, _ = _split(text)
            previous = _link(previous, body)
            if text != _line(body, previous):
                return number
    return None
