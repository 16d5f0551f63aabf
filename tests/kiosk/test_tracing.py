"""`kiosk journal show`: one settlement step by step, for whoever answers a telephone, and nobody's name in it."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from kiosk.audit import AuditEvent, AuditLog, Record
from kiosk.cli import main
from kiosk.domain.sid import new_sid, spoken_number
from kiosk.engine.clock import SystemClock
from kiosk.faults import FaultCode
from kiosk.journal.book import Book
from kiosk.saga.facts import ActKind, Answered, Intended, Opened, Resolution, Resolved, Stamp, Verdict
from kiosk.terminal import OK, OTHER_END, WRONG_USE
from tests.kiosk.saga import scenarios
from tests.kiosk.saga.history import History
from tests.support.people import plan

AT = Stamp("boot", 1.0, 1_795_000_000.0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "kiosk").mkdir()
    return tmp_path / "kiosk"


def shown(folder: Path, capsys: pytest.CaptureFixture[str], number: str) -> dict[str, Any]:
    assert main(["journal", "show", number, "--workdir", str(folder.parent), "--json"]) == OK
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def written(folder: Path, *facts: Any) -> str:
    book, sid = Book(folder), new_sid(1)
    for fact in (Opened(plan()), *facts):
        book.append(sid, fact, AT)
    book.close()
    return sid


def recorded(folder: Path, *records: Record) -> None:
    """By one run of the kiosk."""
    log, clock = AuditLog(folder / "audit.jsonl", "boot"), SystemClock()
    for record in (Record(AuditEvent.STARTED), *records):
        log.write(record, clock.monotonic(), clock.now())
    log.close()


def test_a_settlement_is_found_by_its_number_and_by_that_of_the_slip(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sid = written(
        folder, Intended(ActKind.HOLD, "k1"), Answered(ActKind.HOLD, Verdict.NO, FaultCode.BILL_TAKEN, "张三")
    )
    answer = shown(folder, capsys, sid)
    for number in (spoken_number(sid), spoken_number(sid).replace("-", "").lower()):
        assert shown(folder, capsys, number) == answer
    assert (answer["sid"], answer["number"]) == (sid, spoken_number(sid))
    assert [moment["what"] for moment in answer["moments"]] == ["Opened", "Intended", "Answered"]
    assert answer["moments"][2]["fault"] == FaultCode.BILL_TAKEN
    assert "张三" not in str(answer), "what a far party wrote may name somebody"


def test_the_pages_of_its_visit_stand_beside_it_and_those_of_another_run_do_not(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Visits are counted anew by each run: the first of today is not the first of yesterday."""
    sid = written(folder)
    recorded(folder, Record(AuditEvent.PAGE_SHOWN, 1, detail="Yesterday"))
    told = Record(AuditEvent.MONEY_REPORTED, 1, sid, "QuoteReady")
    recorded(
        folder, Record(AuditEvent.PAGE_SHOWN, 1, detail="Home"), told, Record(AuditEvent.PAGE_SHOWN, 2, detail="Next")
    )
    pages = [moment["detail"] for moment in shown(folder, capsys, sid)["moments"] if moment["source"] == "audit"]
    assert pages == ["Home", "QuoteReady"]


def test_what_staff_wrote_is_told_with_their_number(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sid = written(folder, Resolved(Resolution.REFUNDED, "0417", "窗口已退"))
    assert main(["journal", "show", sid, "--workdir", str(folder.parent)]) == OK
    assert "Resolved  resolution=refunded  by=0417  reason=窗口已退" in capsys.readouterr().out


def test_no_history_tells_whose_it_is(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book, sids = Book(folder), dict[str, None]()
    for scenario in (*islice(scenarios.undisturbed(), 3), *islice(scenarios.at_random(11), 2)):
        history = History(scenario)
        history.play()
        for sid, fact, at in history.book.rows:
            book.append(sid, fact, at)
            sids[sid] = None
    book.close()
    for sid in sids:
        said = str(shown(folder, capsys, sid))
        assert "张三" not in said
        assert "111111198101011110" not in said


@pytest.mark.parametrize(
    ("number", "code", "told"),
    [("K7PM-42XQ-0", WRONG_USE, "抄错"), (new_sid(2), OTHER_END, "这台自助机的账本里没有")],
    ids=["copied wrongly", "not of this machine"],
)
def test_a_number_that_is_nobodys_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str], number: str, code: int, told: str
) -> None:
    written(folder)
    assert main(["journal", "show", number, "--workdir", str(folder.parent)]) == code
    assert told in capsys.readouterr().err


def test_a_line_of_the_audit_that_somebody_changed_is_found(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(folder)
    recorded(folder, Record(AuditEvent.PAGE_SHOWN, 1, detail="Home"), Record(AuditEvent.VISIT_ENDED, 1))
    place = ["--workdir", str(folder.parent)]
    assert main(["journal", "verify", *place]) == OK
    audit = folder / "audit.jsonl"
    audit.write_text(audit.read_text(encoding="utf-8").replace("Home", "Hole"), encoding="utf-8")
    assert main(["journal", "verify", *place]) == OTHER_END
    assert "audit.jsonl, broken at line 2" in capsys.readouterr().out


def test_what_a_power_cut_left_of_the_audits_last_line_is_no_finding(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sid = written(folder)
    recorded(folder, Record(AuditEvent.MONEY_REPORTED, 1, sid, "QuoteReady"), Record(AuditEvent.VISIT_ENDED, 1))
    audit = folder / "audit.jsonl"
    audit.write_bytes(audit.read_bytes()[:-30])
    assert main(["journal", "verify", "--workdir", str(folder.parent)]) == OK
    capsys.readouterr()
    assert [moment["what"] for moment in shown(folder, capsys, sid)["moments"]] == ["Opened", "money_reported"]
