"""The audit log: every record is chained to the one before, and none of them stops a patient."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.audit import MEANING, AuditEvent, AuditLog, Disposition, Record, verify
from kiosk.ports.clock import BEIJING

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=BEIJING)
RECORDS = [
    Record(AuditEvent.STARTED, detail="0.1.0 demo"),
    Record(AuditEvent.VISIT_BEGAN, visit=1),
    Record(AuditEvent.PAGE_SHOWN, visit=1, detail="Settling"),
    Record(AuditEvent.FAULT_SHOWN, visit=1, detail="S03", disposition=Disposition.FAILURE),
    Record(AuditEvent.SETTLEMENT_RESOLVED, sid="01KAMMV5RC6Z2J5N4Q8W7T3XYD", who="0417"),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "audit.jsonl"


@pytest.fixture
def log(path: Path) -> Iterator[AuditLog]:
    log = AuditLog(path, "boot-0001-long")
    yield log
    log.close()


def fill(log: AuditLog) -> None:
    for number, record in enumerate(RECORDS):
        log.write(record, float(number), NOW)


def written(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_record_tells_who_what_and_how(path: Path, log: AuditLog) -> None:
    fill(log)
    assert [(row["seq"], row["event"], row["source"], row["boot"]) for row in written(path)] == [
        (number, record.event, MEANING[record.event][0], "boot-000") for number, record in enumerate(RECORDS, start=1)
    ]
    assert written(path)[4]["who"] == "0417"
    assert "visit" not in written(path)[4]
    assert written(path)[0]["at"] == "2026-11-23T09:00:00.000+08:00"


def test_every_event_has_a_meaning() -> None:
    assert set(MEANING) == set(AuditEvent)


def test_the_chain_verifies_and_goes_on_after_a_restart(path: Path, log: AuditLog) -> None:
    fill(log)
    log.close()
    again = AuditLog(path, "boot-2")
    fill(again)
    again.close()
    assert verify(path) is None
    assert [row["seq"] for row in written(path)] == list(range(1, 11))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(data=st.data())
def test_any_byte_edited_is_found(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    path = tmp_path_factory.mktemp("audit") / "audit.jsonl"
    log = AuditLog(path, "boot")
    fill(log)
    log.close()
    raw = bytearray(path.read_bytes())
    at = data.draw(st.integers(0, len(raw) - 2))  # the last line's end apart, which is torn, not edited
    raw[at] ^= data.draw(st.integers(1, 127))
    path.write_bytes(raw)
    assert verify(path) is not None


@pytest.mark.parametrize("line", range(4))
def test_a_line_taken_out_or_swapped_is_found(path: Path, log: AuditLog, line: int) -> None:
    fill(log)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:line] + lines[line + 1 :]), encoding="utf-8")
    assert verify(path) == line + 1
    lines[line], lines[line + 1] = lines[line + 1], lines[line]
    path.write_text("".join(lines), encoding="utf-8")
    assert verify(path) == line + 1


@pytest.mark.parametrize("torn", [b'{"seq": 6, "boot', b"\0" * 700, b'{"seq": 6}', b"\xff\xfe"])
def test_a_torn_line_is_left_behind(path: Path, log: AuditLog, torn: bytes) -> None:
    """A power cut wrote half a record, or blocks of nothing; the kiosk starts all the same."""
    fill(log)
    log.close()
    with path.open("ab") as file:
        file.write(torn)
    again = AuditLog(path, "boot-2")
    again.write(RECORDS[0], 0.0, NOW)
    again.close()
    assert verify(path) is None
    assert [row["seq"] for row in written(path)] == [1, 2, 3, 4, 5, 6]


def test_a_file_that_was_never_an_audit_is_kept(path: Path) -> None:
    path.write_text("something else\n", encoding="utf-8")
    log = AuditLog(path, "boot")
    fill(log)
    log.close()
    assert path.read_text(encoding="utf-8").startswith("something else\n")
    assert verify(path) == 1


class _Full(io.FileIO):
    """A disk with room for so many bytes more."""

    room = 10_000

    def write(self, line: Any) -> int:
        if not self.room:
            raise OSError(28, "No space left on device")
        taken = line[: self.room]
        self.room -= len(taken)
        return super().write(taken)


def test_a_full_disk_costs_records_and_never_the_chain(path: Path, log: AuditLog) -> None:
    log._file.close()
    log._file = disk = _Full(str(path), "ab")
    log.write(RECORDS[0], 0.0, NOW)
    disk.room = 40
    log.write(RECORDS[1], 1.0, NOW)
    disk.room = 0
    log.write(RECORDS[2], 2.0, NOW)
    disk.room = 10_000
    log.write(RECORDS[3], 3.0, NOW)
    assert verify(path) is None
    assert [row["event"] for row in written(path)] == ["started", "fault_shown"]


def test_a_long_audit_opens_by_its_end_alone(path: Path, log: AuditLog) -> None:
    for number in range(1_500):
        log.write(Record(AuditEvent.PAGE_SHOWN, visit=number, detail="Home"), 0.0, NOW)
    log.close()
    again = AuditLog(path, "boot")
    again.write(RECORDS[0], 0.0, NOW)
    again.close()
    assert written(path)[-1]["seq"] == 1_501
    assert verify(path) is None
