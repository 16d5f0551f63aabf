"""What the ledger promises: nothing half-done is kept, nothing acknowledged is lost, and a reader sees one moment."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import create_mock_engine, func, select, text
from sqlalchemy.orm import Session
from sqlalchemy.schema import CreateTable

from settlement.reference.ledger.dealings import SignIn
from settlement.reference.ledger.row import Row
from settlement.reference.ledger.store import Ledger, sqlite_url


@pytest.fixture
def empty(tmp_path: Path) -> Ledger:
    return Ledger(sqlite_url(tmp_path / "empty.db"))


def add(session: Session, number: str) -> None:
    session.add(SignIn(sign_no=number, opter=number, day=date(2026, 7, 1)))


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(SignIn)) or 0


def fail_half_way(ledger: Ledger) -> None:
    with ledger.transact() as session:
        add(session, "1")
        session.flush()
        raise LookupError


def test_a_failed_transaction_leaves_nothing(empty: Ledger) -> None:
    with pytest.raises(LookupError):
        fail_half_way(empty)
    with empty.look() as session:
        assert count(session) == 0
    empty.close()


def test_commits_survive_a_power_cut(empty: Ledger) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    with empty.transact() as session:
        assert {name: session.scalar(text(f"PRAGMA {name}")) for name in wanted} == wanted
    empty.close()


def test_a_reader_sees_one_moment_while_others_write(empty: Ledger, tmp_path: Path) -> None:
    other = Ledger(sqlite_url(tmp_path / "empty.db"))
    with empty.look() as session:
        assert count(session) == 0
        with other.transact() as writing:
            add(writing, "1")
        assert count(session) == 0
    with empty.look() as session:
        assert count(session) == 1
    empty.close()
    other.close()


def test_the_tables_exist_for_postgresql_too() -> None:
    dialect = create_mock_engine("postgresql+psycopg://", lambda _: None).dialect
    assert Row.metadata.sorted_tables
    for table in Row.metadata.sorted_tables:
        assert str(CreateTable(table).compile(dialect=dialect)).strip().startswith("CREATE TABLE")


def test_rows_do_not_show_what_they_hold() -> None:
    assert "13800138000" not in repr(SignIn(sign_no="13800138000", opter="1"))
