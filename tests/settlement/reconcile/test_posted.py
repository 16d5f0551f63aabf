"""What was posted about a day is posted once: run twice, killed anywhere between, an answer lost on its way."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import pytest

from kiosk.faults import FaultCode
from kiosk.ports.answers import Refused
from kiosk.ports.clock import BEIJING
from kiosk.ports.settlement import Failure
from settlement.reconcile.platform import Comparison, StatementCodes
from settlement.reconcile.posted import PostedOnce, Postings
from settlement.reconcile.rows import PlatformView
from settlement.wire import codec
from settlement.wire.files import UploadOutput
from settlement.wire.reconciliation import Details, DetailsFile, Totals, Verdict
from tests.settlement.reconcile.invented import quiet_day
from tests.settlement.reconcile.single import DAY
from tests.settlement.reconcile.test_platform import SILENT, Platform

NOW = datetime(2026, 11, 27, 2, 0, tzinfo=BEIJING)
ROWS = [row for row in quiet_day(random.Random(1), kiosks=3, each=5, windows=10).books().institution if not row.undone]
DIFFERS = ["P1", "M1", ROWS[0].setl_id, ROWS[0].msgid, "103", "0", "", "50.00", "1.00", "20.00"]


AnswerT = TypeVar("AnswerT")


class Killed(BaseException):
    """The process, at this very place."""


class NoSuchFile(Platform):
    def compare_details(self, details: Details) -> DetailsFile | Failure:
        return Refused(FaultCode.INQUIRY_REFUSED, "文件不存在或已过期")


@dataclass
class Far:
    """A platform that counts what reaches it, by what it says. `dies` kills us before (even) or after (odd) a call;
    `loses` the answers of these calls, counted from 0.
    """

    dies: int = -1
    loses: frozenset[int] = frozenset()
    heard: Counter[tuple[str, bytes]] = field(default_factory=Counter[tuple[str, bytes]])
    calls: int = 0
    platform: Platform = field(default_factory=lambda: Platform(verdict="1", table=[DIFFERS]))

    def _hear(self, what: str, words: bytes, answer: Callable[[], AnswerT | Failure]) -> AnswerT | Failure:
        number, self.calls = self.calls, self.calls + 1
        if self.dies == 2 * number:
            raise Killed
        told = answer()
        self.heard[what, words] += 1
        if self.dies == 2 * number + 1:
            raise Killed
        return SILENT if number in self.loses else told

    def compare_totals(self, totals: Totals) -> Verdict | Failure:
        return self._hear("3201", codec.encode(totals), lambda: self.platform.compare_totals(totals))

    def upload(self, name: str, content: bytes) -> UploadOutput | Failure:
        return self._hear("9101", content, lambda: self.platform.upload(name, content))

    def compare_details(self, details: Details) -> DetailsFile | Failure:
        return self._hear("3202", codec.encode(details), lambda: self.platform.compare_details(details))

    def download(self, file_qury_no: str, name: str) -> bytes | Failure:
        return self.platform.download(file_qury_no, name)


def run(far: Far, folder: Path, *, dies_at_the_end: bool = False) -> tuple[PlatformView, Postings]:
    """One process; another one reads what it wrote."""
    postings = Postings(folder / "2026-11-26.posted.jsonl", lambda: NOW)
    view = Comparison(PostedOnce(far, postings), StatementCodes(), DAY).view(ROWS)
    if not dies_at_the_end:
        postings.finish()
    return view, postings


def test_a_close_posts_each_total_and_the_list_once(tmp_path: Path) -> None:
    far = Far()
    view, _ = run(far, tmp_path)
    assert view.differences
    assert set(far.heard.values()) == {1}
    assert Counter(what for what, _ in far.heard) == {"3201": 2, "9101": 1, "3202": 1}


def test_a_close_that_died_before_it_wrote_its_report_posts_nothing_more(tmp_path: Path) -> None:
    far = Far()
    first, _ = run(far, tmp_path, dies_at_the_end=True)
    second, postings = run(far, tmp_path)
    assert second == first
    assert (set(far.heard.values()), postings.sent, len(postings.kept)) == ({1}, 0, 4)


def test_another_close_says_the_same_words_and_uploads_nothing(tmp_path: Path) -> None:
    """Whoever closes a day again wants to know how things are now; the platform gets no second list."""
    far = Far()
    run(far, tmp_path)
    far.platform.verdict = "0"
    assert all(total.agrees for total in run(far, tmp_path)[0].totals)
    far.platform.verdict = "1"
    assert run(far, tmp_path)[0].differences
    heard = {what: count for (what, _), count in far.heard.items()}
    assert (len(far.heard), heard["9101"]) == (4, 1)


def test_a_list_that_the_platform_has_lost_is_uploaded_anew(tmp_path: Path) -> None:
    far = Far()
    run(far, tmp_path)
    refused = Far(platform=NoSuchFile(verdict="1"))
    assert not run(refused, tmp_path)[0].complete
    assert refused.platform.uploaded == []
    assert run(far, tmp_path)[0].complete
    assert len(far.platform.uploaded) == 2


@pytest.mark.parametrize("place", range(8))
def test_a_run_that_was_killed_is_taken_up_where_it_was(place: int, tmp_path: Path) -> None:
    """Only what was under way when it died may have arrived, and is said once more in the same words."""
    far = Far(dies=place)
    with pytest.raises(Killed):
        run(far, tmp_path)
    far.dies = -1
    view, _ = run(far, tmp_path)
    (undisturbed := tmp_path / "undisturbed").mkdir()
    assert view == run(Far(), undisturbed)[0]
    assert sorted(far.heard.values()) == [1, 1, 1, 1 + place % 2]


@pytest.mark.parametrize("lost", range(4))
def test_an_answer_that_was_lost_is_asked_for_again_and_no_other(lost: int, tmp_path: Path) -> None:
    far = Far(loses=frozenset({lost}))
    run(far, tmp_path)
    view, _ = run(far, tmp_path)
    assert view.complete
    assert all(total.agrees is not None for total in view.totals)
    assert sorted(far.heard.values()) == [1, 1, 1, 2]


def test_a_line_that_was_cut_off_is_no_answer(tmp_path: Path) -> None:
    far = Far()
    run(far, tmp_path, dies_at_the_end=True)
    [file] = tmp_path.iterdir()
    lines = file.read_text(encoding="utf-8").rstrip("\n")
    file.write_text(lines[:-3], encoding="utf-8")
    run(far, tmp_path)
    assert sorted(far.heard.values()) == [1, 1, 1, 2]


def test_rows_that_came_late_are_posted_and_nothing_else(tmp_path: Path) -> None:
    far = Far(platform=Platform())
    run(far, tmp_path, dies_at_the_end=True)
    postings = Postings(tmp_path / "2026-11-26.posted.jsonl", lambda: NOW)
    more = [*ROWS, replace(ROWS[0], setl_id="late")]
    Comparison(PostedOnce(far, postings), StatementCodes(), DAY).view(more)
    assert (postings.sent, len(postings.kept)) == (1, 1)


def test_nobodys_number_is_kept(tmp_path: Path) -> None:
    run(Far(), tmp_path)
    [file] = tmp_path.iterdir()
    kept = file.read_text(encoding="utf-8")
    assert "1000000000000001" not in kept
    assert "P1" not in kept
