"""Closing a day: 100,000 settlements of a large institution compared at four parties; seconds of one processor."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Sequence

from settlement.reconcile.books import Books
from settlement.reconcile.report import as_json, report
from tests.bench.figures import Figure, tell
from tests.settlement.reconcile.invented import quiet_day
from tests.settlement.reconcile.spoiling import spoilable, spoilings

_KIOSKS, _EACH, _WINDOWS, _SPOILED = 500, 100, 50_000, 1_000
_GOAL_S = 10.0


def _day() -> Books:
    chance = random.Random(1)
    day = quiet_day(chance, kiosks=_KIOSKS, each=_EACH, windows=_WINDOWS)
    for row in chance.sample(spoilable(day), _SPOILED):
        chance.choice(spoilings(row))(day, row)
    return day.books()


def _joined(books: Books) -> int:
    """The peer: the same rows in SQLite, loaded and joined twice by their keys; it names no differences."""
    with sqlite3.connect(":memory:") as db:
        _fill(db, "kiosk", [(row.sid, row.setl_id, *(share.order for share in row.orders[:1])) for row in books.kiosks])
        _fill(db, "hospital", [(row.setl_id, row.msgid, row.terminal) for row in books.institution])
        _fill(db, "payment", [(order.order, order.terminal, order.amount.fen) for order in books.orders])
        joined = (
            "SELECT count(*) FROM kiosk LEFT JOIN hospital ON kiosk.b = hospital.a "
            "LEFT JOIN payment ON kiosk.c = payment.a"
        )
        return int(db.execute(joined).fetchone()[0])


def _fill(db: sqlite3.Connection, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    db.execute(f"CREATE TABLE {table} (a, b, c)")
    db.executemany(f"INSERT INTO {table} VALUES (?, ?, ?)", [(*row, None)[:3] if len(row) < 3 else row for row in rows])
    db.execute(f"CREATE INDEX {table}_a ON {table} (a)")


def main() -> None:
    books = _day()
    began = time.process_time()
    found = as_json(report(books))
    ours = time.process_time() - began
    began = time.process_time()
    _joined(books)
    theirs = time.process_time() - began
    count = (
        len(books.kiosks) + len(books.institution) - sum(row.terminal in books.terminals for row in books.institution)
    )
    note = f"{len(found['findings'])} differences named"
    tell([Figure("reconciliation of a day", ours, "s", count, _GOAL_S, "SQLite, loaded and joined", theirs, note)])


if __name__ == "__main__":
    main()
