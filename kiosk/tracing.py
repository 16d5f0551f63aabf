"""`kiosk journal show`: what became of one settlement, step by step, with the pages that its patient saw meanwhile."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from kiosk.audit import AuditEvent
from kiosk.domain.money import Money, text
from kiosk.domain.sid import is_sid, is_spoken_number, spoken_number
from kiosk.faults import CATALOGUE, FaultCode
from kiosk.journal.book import Book
from kiosk.ports.clock import BEIJING
from kiosk.saga.facts import Answered, Fact, Resolved
from kiosk.terminal import OK, OTHER_END, WRONG_USE, complain, say, say_json

_TOLD = ("act", "verdict", "fault", "key", "amount", "whole", "method", "channel", "stands", "printed")
"""What of a fact hospital IT may read: nobody's name or number, and no sentence that a far party wrote."""
_OF_STAFF = ("resolution", "by", "reason")
_RECORDED = ("detail", "who")


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that was noted; `source` is the file it stands in."""

    at: datetime
    source: str
    what: str
    told: dict[str, str]

    def as_data(self) -> dict[str, Any]:
        return {"at": self.at.isoformat(timespec="milliseconds"), "source": self.source, "what": self.what} | self.told

    def as_line(self) -> str:
        told = "  ".join(f"{key}={value}" for key, value in self.told.items())
        code = self.told.get("fault") or (self.told.get("detail", "") if self.what == "fault_shown" else "")
        cause = f"  ({CATALOGUE[FaultCode(code)].cause})" if code in set(FaultCode) else ""
        return (
            f"{self.at:%m-%d %H:%M:%S}.{self.at.microsecond // 1000:03d}  {self.source:<7}  {self.what}  {told}{cause}"
        )


def show(folder: Path, number: str, *, as_json: bool) -> int:
    """By the number of the settlement or the one on the slip; 1 when this kiosk's journal has none of that number."""
    number = number.strip().upper()
    if not is_sid(number) and not is_spoken_number(number):
        complain(f"{number}: 不是凭条上的编号或结算号，是不是抄错了 · no such number can be; was it copied wrong?")
        return WRONG_USE
    sid, moments = _facts(folder, number.replace("-", ""))
    if not moments:
        complain(
            f"{number}: 这台自助机的账本里没有 · not in this kiosk's journal (another kiosk's, or older than 180 days)"
        )
        return OTHER_END
    moments += _records(folder / "audit.jsonl", sid)
    moments.sort(key=lambda moment: moment.at)
    if as_json:
        rows = [moment.as_data() for moment in moments]
        say_json({"schema": 1, "sid": sid, "number": spoken_number(sid), "moments": rows})
        return OK
    say(f"{sid}  凭条上的编号 {spoken_number(sid)}")
    for moment in moments:
        say(moment.as_line())
    return OK


def _facts(folder: Path, number: str) -> tuple[str, list[Moment]]:
    """The sid of that number, and its facts."""
    book = Book(folder, writable=False)
    try:
        found = [
            (row.sid, Moment(datetime.fromtimestamp(at.wall, BEIJING), "journal", type(fact).__name__, _told(fact)))
            for row, fact, at in book.facts()
            if number in {row.sid, spoken_number(row.sid).replace("-", "")}
        ]
    finally:
        book.close()
    return found[0][0] if found else "", [moment for _, moment in found]


def _told(fact: Fact) -> dict[str, str]:
    names = _TOLD + (_OF_STAFF if isinstance(fact, Resolved) else ())
    told = {name: _written(getattr(fact, name, None)) for name in names}
    if isinstance(fact, Answered) and fact.settlement is not None:
        told |= {"setl_id": fact.settlement.setl_id, "own": text(fact.settlement.amounts.psn_cash_pay)}
    return {name: value for name, value in told.items() if value}


def _written(value: object) -> str:
    return text(value) if isinstance(value, Money) else "" if value is None else str(value)


def _records(path: Path, sid: str) -> list[Moment]:
    """The visits in which this settlement told a page where it was, as the audit has them."""
    lines = list(_lines(path))
    visits = {_visit(run, line) for run, line in lines if line.get("sid") == sid and line.get("visit")}
    return [_moment(line) for run, line in lines if line.get("sid") == sid or _visit(run, line) in visits]


def _visit(run: int, line: dict[str, Any]) -> tuple[int, int | None]:
    """Visits are counted anew whenever the kiosk begins."""
    return run, line.get("visit")


def _moment(line: dict[str, Any]) -> Moment:
    told = {name: str(line[name]) for name in _RECORDED if line.get(name)}
    return Moment(datetime.fromisoformat(line["at"]), "audit", line["event"], told)


def _lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each record, and the how manieth run of the kiosk it is of; what a power cut left half-written is passed by."""
    run = 0
    if not path.exists():
        return
    with path.open(encoding="utf-8", errors="replace") as file:
        for line in file:
            try:
                found = json.loads(line)
            except ValueError:
                continue
            if isinstance(found, dict) and "at" in found and "event" in found:
                record = cast("dict[str, Any]", found)
                run += record["event"] == AuditEvent.STARTED
                yield run, record
