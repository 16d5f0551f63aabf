"""`kiosk journal`: look into the journal, recover what is open, let staff resolve what the kiosk could not."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import date, datetime
from math import ceil
from pathlib import Path
from typing import Any

from kiosk import account_file, tracing
from kiosk.account_file import DayAccounts
from kiosk.audit import AuditEvent, AuditLog, Disposition, Record
from kiosk.audit import verify as verify_audit
from kiosk.building import Builder, CannotStart, FaultBoard, lay_foundation
from kiosk.domain.policy import Limits
from kiosk.engine.clock import SystemClock, boot_id, stamp
from kiosk.engine.till import Listeners, Till
from kiosk.journal.book import Book
from kiosk.journal.unreadable import UNREADABLE, told
from kiosk.logs import log_to
from kiosk.ports.clock import BEIJING
from kiosk.ports.obstacle import Obstacle
from kiosk.saga.accounting import Account
from kiosk.saga.acts import lands_within
from kiosk.saga.entry import Course, Entry
from kiosk.saga.facts import Opened, Resolution, Resolved
from kiosk.settings import Profile, SettingsWrong, read_settings, settings_file
from kiosk.terminal import NOT_POSSIBLE, OK, OTHER_END, WRONG_USE, complain, say, say_json
from kiosk.workdir import AlreadyRunning, Workdir

_RECOVER_SECONDS = 60.0
_MAY_ARRIVE = (
    "已关闭的付款或已撤销的结算还可能晚到，自助机开着会自己退回。约 {minutes} 分钟后再办；到时仍不行，"
    "先运行 kiosk journal recover · what was closed or undone may still arrive, and goes back by itself while the "
    "kiosk is on; resolve it in about {minutes} minutes, or run kiosk journal recover first"
)


def run(arguments: argparse.Namespace, root: Path) -> int:
    """One action of `kiosk journal`."""
    log_to(sys.stderr, SystemClock())
    workdir = Workdir(root)
    try:
        match arguments.action:
            case "list":
                return _list(workdir, as_json=arguments.json)
            case "show":
                return _show_one(workdir, arguments)
            case "verify":
                return _verify(workdir, as_json=arguments.json)
            case "recover":
                return _recover(workdir, arguments)
            case "resolve":
                return _resolve(workdir, arguments)
            case "export":
                return _export(workdir, arguments)
            case _:
                return WRONG_USE
    except (AlreadyRunning, CannotStart, SettingsWrong) as problem:
        complain(f"{problem}")
        return NOT_POSSIBLE
    except UNREADABLE as problem:
        complain(told(problem, workdir.root / "kiosk"))
        return NOT_POSSIBLE


class NoJournal(Obstacle):
    """Nothing to look at: a mistyped work directory must not read as a day without debts."""


def _journal_of(workdir: Workdir) -> Path:
    """The folder with the journal; looking at one makes none."""
    folder = workdir.root / "kiosk"
    if not (folder / "journal.db").exists():
        raise NoJournal(f"{folder}: 这里没有账本，看看 --workdir · no journal here; is the work directory right?")
    return folder


def _read(workdir: Workdir) -> dict[str, Entry]:
    book = Book(_journal_of(workdir), writable=False)
    try:
        return book.entries()
    finally:
        book.close()


def _list(workdir: Workdir, *, as_json: bool) -> int:
    return _show(_read(workdir), as_json=as_json)


def _show(entries: dict[str, Entry], *, as_json: bool) -> int:
    listing = describe(entries)
    if as_json:
        say_json(listing)
    else:
        for row in listing["open"] + listing["watched"]:
            say(f"{row['sid']}  {row['state']:<16} {row['since']}")
        say(f"open {len(listing['open'])}, watched {len(listing['watched'])}, closed {listing['closed']}")
    return OTHER_END if listing["open"] else OK


def describe(entries: dict[str, Entry]) -> dict[str, Any]:
    """The listing, schema 1. Watched settlements are over for everybody but the kiosk and are not open."""
    still = [e for e in entries.values() if e.course not in {Course.CLOSED, Course.WATCHED}]
    watched = [e for e in entries.values() if e.course is Course.WATCHED]
    closed = sum(e.course is Course.CLOSED for e in entries.values())
    return {"schema": 1, "open": [_row(e) for e in still], "watched": [_row(e) for e in watched], "closed": closed}


def _show_one(workdir: Workdir, arguments: argparse.Namespace) -> int:
    if not arguments.sid:
        complain("show SID: 结算号或凭条上的编号 · the number of the settlement, or the one on the slip")
        return WRONG_USE
    return tracing.show(_journal_of(workdir), arguments.sid, as_json=arguments.json)


def _row(entry: Entry) -> dict[str, str]:
    since = datetime.fromtimestamp(entry.opened.wall, BEIJING).isoformat(timespec="seconds")
    return {"sid": entry.sid, "state": entry.state_name(), "since": since}


def _export(workdir: Workdir, arguments: argparse.Namespace) -> int:
    """One day's rows for the institution's books, without anybody's data."""
    if arguments.day is None:
        complain("export --day 2026-11-26：要写哪一天 · which day?")
        return WRONG_USE
    settings = read_settings(settings_file(arguments.config), {"workdir": str(workdir.root)}, dict(os.environ))
    accounts = day_accounts(workdir, f"{settings.kiosk.number:03d}", arguments.day)
    sys.stdout.write(account_file.write(accounts))
    return OK


def day_accounts(workdir: Workdir, terminal: str, day: date) -> DayAccounts:
    """What the journal of this kiosk knows of a day, in the order in which its settlements were opened."""
    now = SystemClock().now()
    accounts: dict[str, Account] = {}
    if (workdir.kiosk / "journal.db").exists():
        book = Book(workdir.kiosk, writable=False)
        try:
            for row, fact, at in book.facts():
                if isinstance(fact, Opened):
                    accounts[row.sid] = Account(row.sid, fact, at)
                else:
                    accounts[row.sid].add(fact, at)
        finally:
            book.close()
    rows = (account.row(terminal) for account in accounts.values())
    return DayAccounts(terminal, day, tuple(row for row in rows if row.moment.date() == day), now)


def _verify(workdir: Workdir, *, as_json: bool) -> int:
    """The journal's chain, and the audit's beside it."""
    folder = _journal_of(workdir)
    book = Book(folder, writable=False)
    broken, rows = book.verify(), book.last_seq
    book.close()
    audit = folder / "audit.jsonl"
    line = verify_audit(audit) if audit.exists() else None
    if as_json:
        told = None if broken is None else {"seq": broken.seq, "why": broken.why}
        say_json({"schema": 1, "rows": rows, "broken": told, "audit_broken": line})
    else:
        say(f"{rows} rows, " + ("chain whole" if broken is None else f"broken at {broken.seq}: {broken.why}"))
        say("audit.jsonl, " + ("chain whole" if line is None else f"broken at line {line}"))
    return OK if broken is None and line is None else OTHER_END


def _recover(workdir: Workdir, arguments: argparse.Namespace) -> int:
    """Do what a starting kiosk would do with what is open, and wait for it."""
    workdir.lock()
    clock = SystemClock()
    fill = {"workdir": str(workdir.root), "sim": str(workdir.root / "sim")}  # a simulated card terminal is asked too
    if arguments.backend:
        fill["backend.url"] = arguments.backend
    settings = read_settings(settings_file(arguments.config), fill, dict(os.environ))
    foundation = lay_foundation(settings, Profile.DEMO, workdir, clock)
    board = FaultBoard(lambda _faults: None)
    book = Book(workdir.kiosk)
    builder = Builder(foundation, book, board)
    parties = builder.parties(builder.terminal())
    listeners = Listeners(lambda _event: None, board.set)
    till = Till(book, parties, foundation.pack.settlement.limits, clock, boot_id(), listeners)
    till.start()
    till.wait_until_quiet(_RECOVER_SECONDS)
    till.stop()
    entries = book.entries()
    book.close()
    return _show(entries, as_json=arguments.json)


def _limits(workdir: Workdir, arguments: argparse.Namespace, clock: SystemClock) -> Limits:
    fill = {"workdir": str(workdir.root), "sim": str(workdir.root / "sim")}
    settings = read_settings(settings_file(arguments.config), fill, dict(os.environ))
    return lay_foundation(settings, Profile.DEMO, workdir, clock).pack.settlement.limits


def _resolve(workdir: Workdir, arguments: argparse.Namespace) -> int:
    """Staff found or made true how a settlement ended; appended, never edited."""
    if not (arguments.sid and arguments.resolution and arguments.by and arguments.reason):
        complain("resolve SID --as settled|reversed|refunded --by 工号 --reason 原因：四样都要写 · all four are needed")
        return WRONG_USE
    workdir.lock()
    clock, boot = SystemClock(), boot_id()
    limits = _limits(workdir, arguments, clock)
    book = Book(workdir.kiosk)
    entry = book.entries().get(arguments.sid)
    if entry is None or entry.course is Course.CLOSED:
        complain(f"{arguments.sid}: 没有这个结算号，或者已经了结（journal list 列出没了结的） · no open settlement")
        book.close()
        return OTHER_END
    left = lands_within(entry, stamp(clock, boot), limits)
    if left:
        complain(f"{entry.sid}: {_MAY_ARRIVE.format(minutes=ceil(left / 60) + 1)}")
        book.close()
        return OTHER_END
    fact = Resolved(Resolution(arguments.resolution), arguments.by, arguments.reason)
    book.append(entry.sid, fact, stamp(clock, boot))
    audit = AuditLog(workdir.kiosk / "audit.jsonl", boot)
    record = Record(
        AuditEvent.SETTLEMENT_RESOLVED, None, entry.sid, arguments.resolution, Disposition.SUCCESS, arguments.by
    )
    audit.write(record, clock.monotonic(), clock.now())
    audit.close()
    book.close()
    return _list(workdir, as_json=arguments.json)
