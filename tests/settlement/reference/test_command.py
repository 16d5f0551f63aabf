"""`kiosk backend` on the command line: exit codes, what is said where, and the audit's stable report."""

from __future__ import annotations

import argparse
import json
import socket
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import insert

from kiosk.ports.clock import BEIJING
from settlement.reference.command import backend
from settlement.reference.ledger.dealings import PayOrder
from settlement.reference.ledger.store import Ledger, sqlite_url
from tests.settlement.reference.house import House

ORDER = "order0000000000000001"
BAD_CHANCE = '[[chance]]\nspoil = "2207@1:half"\nshare = 0.5'


def run(workdir: Path, *arguments: str) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--workdir", type=Path, default=workdir)
    backend.add_arguments(parser)
    return backend.run(parser.parse_args(arguments))


@pytest.mark.parametrize(
    "arguments",
    [
        ("--misbehave", "2207:explode"),
        ("--listen", "nowhere"),
        ("--listen", "127.0.0.1:99999"),
        ("--script", "/no/such/file.toml"),
        ("--people", "/no/such/folder"),
    ],
)
def test_wrong_use_is_said_and_nothing_starts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    assert run(tmp_path, *arguments) == 2
    said = capsys.readouterr()
    assert said.err.startswith("backend: ")
    assert said.out == ""


@pytest.mark.parametrize(
    "line", ["unknown_key = 1", "misbehave = 7", 'misbehave = "2207:explode"', "[people.nobody]", BAD_CHANCE]
)
def test_a_script_that_does_not_fit_is_wrong_use(tmp_path: Path, line: str) -> None:
    script = tmp_path / "script.toml"
    script.write_text(line, encoding="utf-8")
    assert run(tmp_path, "--script", str(script)) == 2


def test_an_address_in_use_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        assert run(tmp_path, "--listen", address) == 3
    assert address in capsys.readouterr().err


@pytest.mark.parametrize("database", ["sqlite:////no/such/folder/ledger.db", "nosuchdatabase://", "not a url"])
def test_a_ledger_that_cannot_be_opened_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], database: str
) -> None:
    assert run(tmp_path, "--listen", "127.0.0.1:0", "--db", database) == 3
    assert "cannot open the ledger" in capsys.readouterr().err


def test_an_audit_of_nothing_is_no_audit(tmp_path: Path) -> None:
    assert run(tmp_path / "nothing", "audit") == 3


@pytest.mark.parametrize("json_", [True, False])
def test_an_audit_says_what_it_counted(
    house: House, database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], json_: bool
) -> None:
    house.visit("qianduo", "covered").finished()
    assert run(tmp_path, "audit", "--db", database, *(["--json"] if json_ else [])) == 0
    said = capsys.readouterr().out
    counts = {"settled": 1, "reversed": 0, "refunded": 0, "booked": 1, "open": 0}
    if json_:
        assert json.loads(said) == {"schema": 1, **counts, "violations": []}
    else:
        assert said == "settled 1, reversed 0, refunded 0, booked 1, open 0, violations 0\n"


def test_an_audit_with_findings_exits_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "backend").mkdir()
    ledger = Ledger(sqlite_url(tmp_path / "backend" / "ledger.db"))
    texts = dict.fromkeys(("terminal", "subject", "channel", "behaviour", "trade_no", "reason"), "")
    order = texts | {"order_no": ORDER, "amount": 1, "state": "paid", "queries": 0, "landed": False}
    with ledger.transact() as session:
        session.execute(insert(PayOrder).values(**order, created_at=datetime(2026, 1, 1, tzinfo=BEIJING)))
    ledger.close()
    assert run(tmp_path, "audit", "--json") == 1
    assert json.loads(capsys.readouterr().out)["violations"] == [
        {"invariant": "I1", "sid": ORDER, "text": f"order {ORDER} keeps 1 fen for nothing"}
    ]
