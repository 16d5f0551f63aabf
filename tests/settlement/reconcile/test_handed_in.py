"""The newest word of each kiosk counts, and who has not spoken is named as that."""

import logging
import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.account_file import DayAccounts
from kiosk.cli import main
from kiosk.domain.accounts import AccountRow, Standing
from kiosk.domain.money import ZERO
from kiosk.ports.clock import BEIJING
from kiosk.terminal import NOT_POSSIBLE
from settlement.reconcile.findings import Kind
from settlement.reconcile.handed_in import HandedIn, handed_in
from settlement.reconcile.matching import compare
from settlement.reconcile.report import report
from tests.settlement.reconcile.invented import plain_day
from tests.settlement.reconcile.single import DAY, settlement_row

MORNING_AFTER = datetime(2026, 11, 27, 2, 0, tzinfo=BEIJING)
ROW = settlement_row("003", 1, ZERO, undone=False)


def account(
    *rows: AccountRow, terminal: str = "003", day: date = DAY, until: datetime | None = MORNING_AFTER
) -> DayAccounts:
    return DayAccounts(terminal, day, rows, until)


def together(*accounts: DayAccounts, expected: tuple[str, ...] = ("003",), over: bool = True) -> HandedIn:
    return handed_in(accounts, DAY, expected, over=over)


def test_a_file_that_was_copied_twice_counts_once() -> None:
    assert together(account(ROW), account(ROW)).rows == (ROW,)


def test_of_two_files_about_a_day_the_later_one_counts() -> None:
    """A report that came late, after `kiosk journal recover` had ended what was open."""
    early, late = replace(ROW, standing=Standing.OPEN), account(ROW, until=MORNING_AFTER + timedelta(hours=8))
    assert together(late, account(early)).rows == (ROW,)
    assert together(account(early), late).rows == (ROW,)
    assert together(account(early, until=None), account(ROW)).rows == (ROW,)


def test_what_was_open_at_midnight_and_settled_after_it_is_of_the_day_after() -> None:
    open_then, tomorrow = replace(ROW, standing=Standing.OPEN), DAY + timedelta(days=1)
    later = account(ROW, day=tomorrow, until=MORNING_AFTER + timedelta(days=1))
    told = together(account(open_then), later)
    assert (told.rows, told.beside) == ((), (ROW,))


def test_a_kiosk_that_is_off_is_named_and_so_is_one_that_told_half_a_day() -> None:
    noon = datetime(2026, 11, 26, 12, 0, tzinfo=BEIJING)
    told = together(account(), account(terminal="004", until=noon), expected=("003", "004", "005"))
    assert told.silent == {"004", "005"}
    assert told.terminals == {"003", "004", "005"}


def test_two_journals_of_one_number_are_both_counted_and_named() -> None:
    """A disk was cloned, and the number in it was not changed."""
    other = replace(ROW, sid="S2")
    told = together(account(ROW), account(other, until=MORNING_AFTER + timedelta(hours=1)))
    assert set(told.rows) == {ROW, other}
    assert told.doubled == {"003"}
    before = account(ROW, day=DAY - timedelta(days=1))
    told = together(before, replace(before, rows=(other,)), account())
    assert told.rows == ()
    assert {row.sid for row in told.beside} == {ROW.sid, "S2"}
    assert told.doubled == {"003"}


def test_one_journal_is_no_two() -> None:
    """Rows come and are corrected; an open one settles on a day that is not handed in yet."""
    open_then, more = replace(ROW, standing=Standing.OPEN), replace(ROW, sid="S2")
    undone = replace(ROW, standing=Standing.UNDONE)
    for early, late in (((ROW,), (ROW, more)), ((open_then,), ()), ((ROW,), (undone,)), ((undone,), ())):
        told = together(account(*early), account(*late, until=MORNING_AFTER + timedelta(hours=1)))
        assert (told.rows, told.doubled) == (late, frozenset())
    assert together(account(ROW), account(more, terminal="004")).doubled == frozenset()


def test_before_the_day_is_over_nobody_can_have_told_all_of_it() -> None:
    noon = datetime(2026, 11, 26, 12, 0, tzinfo=BEIJING)
    told = together(account(until=noon), over=False)
    assert (told.silent, told.silent_after) == (frozenset(), frozenset())


def test_a_kiosk_whose_next_day_is_not_there_may_have_the_half_of_a_visit_in_it() -> None:
    assert together(account()).silent_after == {"003"}
    assert together(account(), account(day=DAY + timedelta(days=1))).silent_after == set()


def test_a_refund_of_any_later_day_explains_this_one() -> None:
    later = replace(ROW, sid="LATER", cancels="S1")
    told = together(account(ROW), account(later, day=DAY + timedelta(days=20)))
    assert told.beside == (later,)
    assert together(account(ROW, day=DAY - timedelta(days=2))).beside == ()


def test_an_order_paid_before_midnight_is_no_kiosks_until_the_day_after_is_told() -> None:
    day = plain_day(random.Random(4), kiosks=1, each=8, windows=0)
    late = next(row for row in day.rows.values() if row.kept)
    del day.rows[late.sid], day.booked[late.sid]
    books = replace(day.books(), silent_beside=frozenset({"001"}))
    [waiting] = compare(books).waiting
    assert (waiting.kind, waiting.order) == (Kind.NOT_REPORTED, late.orders[0].order)
    assert not report(books).balanced
    assert compare(replace(books, silent_beside=frozenset(), neighbours=[late])).findings == ()
    [strange] = compare(replace(books, silent_beside=frozenset())).findings
    assert strange.kind is Kind.PAID_WITHOUT_KIOSK


def test_a_folder_that_is_not_there_is_no_day_without_kiosks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = logging.getLogger()
    handlers = root.handlers[:]
    given = ["--workdir", str(tmp_path), "--rows", str(tmp_path / "nowhere"), "--backend", "https://127.0.0.1:1"]
    try:
        assert main(["reconcile", "--day", "2026-11-26", *given]) == NOT_POSSIBLE
    finally:
        root.handlers[:] = handlers
    assert "nowhere: 没有这个文件夹" in capsys.readouterr().err
