"""What was posted to the platform about one day, so that nothing of a close is posted twice.

Each posting is written down before it leaves and again when it is answered. A run that died, or lost an answer, is
taken up where it was: what was answered is not sent again, and what may have arrived is sent with the same words. Once
all is answered the close is finished, and another run asks how things are by then; but the same list of rows is
uploaded no second time, however often the day is closed. 3201, 9101 and 3202 compare and store, and move no money.
Nobody's number is kept: the list of differences is fetched anew.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.settlement import Failure
from settlement.reconcile.platform import PlatformFiles
from settlement.wire import codec
from settlement.wire.codec import BrokenMessage, Message
from settlement.wire.files import UploadOutput
from settlement.wire.reconciliation import Details, DetailsFile, Totals, Verdict

AnswerT = TypeVar("AnswerT", bound=Message)

_UPLOAD, _FINISHED, _LOST = "9101", "finished", "lost"


@dataclass
class Postings:
    """The answers of one day, a line each in a file of its own. `now` tells the time for people who read it."""

    file: Path
    now: Callable[[], datetime]
    sent: int = 0
    kept: list[str] = field(default_factory=list[str])
    """When the answers that were not asked for again were given."""
    _answers: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    _in_vain: bool = False

    def __post_init__(self) -> None:
        for line in self.file.read_text(encoding="utf-8").splitlines() if self.file.exists() else ():
            told = _read(line)
            if told.get("answer") is not None:
                self._answers[told["digest"]] = told
            elif told.get("what") == _FINISHED:
                self._keep(_UPLOAD)
            elif told.get("what") == _LOST:
                self._keep("")

    def _keep(self, what: str) -> None:
        self._answers = {digest: told for digest, told in self._answers.items() if told["what"] == what}

    def finish(self) -> None:
        """The next run is a close of its own, unless it has to take this one up: something was asked in vain."""
        if not self._in_vain:
            self._write({"what": _FINISHED, "digest": ""})

    def lose(self) -> None:
        """The platform does not know our list any more."""
        self._write({"what": _LOST, "digest": ""})
        self._keep("")

    def once(self, what: str, words: bytes, model: type[AnswerT], send: Callable[[], AnswerT | Failure]) -> Any:
        """The answer that is known to these words, else that of `send`."""
        digest = hashlib.sha256(what.encode() + b"\n" + words).hexdigest()
        if (known := self._answers.get(digest)) is not None and (answer := _answer(model, known)) is not None:
            self.kept.append(known["at"])
            return answer
        self._write({"what": what, "digest": digest})
        self.sent += 1
        told = send()
        self._in_vain = self._in_vain or isinstance(told, NotSent | Unknown)
        if isinstance(told, model):
            written = codec.decode(codec.encode(told, "string"))
            self._write({"what": what, "digest": digest, "answer": written})
        return told

    def _write(self, told: dict[str, Any]) -> None:
        """On disk before whatever comes next. A line of which only a part is there is no line."""
        line = json.dumps({"at": self.now().isoformat(timespec="seconds")} | told, ensure_ascii=False)
        with self.file.open("a", encoding="utf-8") as file:
            file.write(f"\n{line}\n")
            file.flush()
            os.fsync(file.fileno())
        if told.get("answer") is not None:
            self._answers[told["digest"]] = _read(line)


def _read(line: str) -> dict[str, Any]:
    """Nothing where a kill cut it off."""
    try:
        told = codec.decode(line.encode())
    except BrokenMessage:
        return {}
    return told if {"digest", "at", "what"} <= told.keys() else {}


def _answer(model: type[AnswerT], known: dict[str, Any]) -> AnswerT | None:
    try:
        return codec.read(model, known["answer"])
    except BrokenMessage:  # of another version of this program
        return None


@dataclass(frozen=True, slots=True)
class PostedOnce:
    """`PlatformFiles` in front of those that ask."""

    files: PlatformFiles
    postings: Postings

    def upload(self, name: str, content: bytes) -> UploadOutput | Failure:
        words = name.encode() + b"\n" + content
        told: UploadOutput | Failure = self.postings.once(
            _UPLOAD, words, UploadOutput, lambda: self.files.upload(name, content)
        )
        return told

    def download(self, file_qury_no: str, name: str) -> bytes | Failure:
        return self.files.download(file_qury_no, name)

    def compare_totals(self, totals: Totals) -> Verdict | Failure:
        words = codec.encode(totals, "string")
        told: Verdict | Failure = self.postings.once("3201", words, Verdict, lambda: self.files.compare_totals(totals))
        return told

    def compare_details(self, details: Details) -> DetailsFile | Failure:
        """A refusal may mean that the list uploaded before has gone: the next run uploads it anew."""
        words = codec.encode(details, "string")
        told: DetailsFile | Failure = self.postings.once(
            "3202", words, DetailsFile, lambda: self.files.compare_details(details)
        )
        if isinstance(told, Refused):
            self.postings.lose()
        return told
