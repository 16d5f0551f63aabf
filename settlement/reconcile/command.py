"""`kiosk reconcile --day D`: closes the institution's day.

Runs on one machine beside the hospital's front, never on each kiosk. It asks, compares and writes three files (JSON,
CSV, PDF); it moves no money and repeats nothing.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import logging
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING

from kiosk import account_file
from kiosk.account_file import AccountsUnreadable, DayAccounts
from kiosk.building import Builder, CannotStart, FaultBoard, Foundation, lay_foundation
from kiosk.domain.accounts import AccountRow
from kiosk.domain.policy import Limits, Reach
from kiosk.engine.clock import SystemClock
from kiosk.faults import FaultCode
from kiosk.journalling import day_accounts
from kiosk.logs import log_to
from kiosk.settings import Profile, Settings, SettingsWrong, read_options, read_settings, settings_file
from kiosk.terminal import NOT_POSSIBLE, OK, OTHER_END, complain, day, say, say_json
from kiosk.workdir import AlreadyRunning, Workdir
from settlement.access import Access
from settlement.direct.platform import Platform
from settlement.face import Face
from settlement.hospital import HospitalSettings
from settlement.payment import AggregateSettings
from settlement.reconcile.books import Books
from settlement.reconcile.cashiers import as_csv
from settlement.reconcile.handed_in import handed_in
from settlement.reconcile.placeholders import refuse_placeholders
from settlement.reconcile.platform import Comparison, StatementCodes
from settlement.reconcile.posted import PostedOnce, Postings
from settlement.reconcile.report import Report, as_json, report
from settlement.reconcile.rows import Group, InstitutionRow, PlatformView
from settlement.reconcile.sources import Sources, SourceSilent
from settlement.reconcile.spoken import as_lines, day_close
from settlement.transport import Line

if TYPE_CHECKING:
    from kiosk.ports.documents import Documents

_DAY = timedelta(days=1)
_NOBODY = (
    "没有任何一台自助机的账，[reconcile] kiosks 也没有写：用 --rows 指明收账的文件夹"
    " · nothing of any kiosk, and no [reconcile] kiosks: name the folder of their accounts by --rows"
)
"""A day on which nobody is compared would pass for balanced."""


class ReconcileCommand:
    """Announced as an entry point of `kiosk.commands`."""

    name = "reconcile"
    help = "compare kiosks, hospital, platform and payment service for one day, and close it"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--day", type=day, required=True, metavar="YYYY-MM-DD")
        parser.add_argument(
            "--rows", type=Path, metavar="DIR", help="accounts of the kiosks, *.jsonl of `kiosk journal export`"
        )
        parser.add_argument("--backend", metavar="URL", help="a running reference backend")
        parser.add_argument("--in-detail", action="store_true", help="ask for the list of differences (3202) always")
        parser.add_argument("--json", action="store_true", help="answer as JSON")

    def run(self, arguments: argparse.Namespace) -> int:
        log_to(sys.stderr, SystemClock())
        workdir = Workdir(Path(arguments.workdir))
        fill = {"workdir": str(workdir.root)} | ({"backend.url": arguments.backend} if arguments.backend else {})
        try:
            file = settings_file(arguments.config)
            settings = read_settings(file, fill, dict(os.environ))
            refuse_placeholders(settings, file)
            rows = _folder(arguments.rows or settings.reconcile.rows)
            office = Office(lay_foundation(settings, Profile.DEMO, workdir, SystemClock()))
            result = office.close(arguments.day, rows, in_detail=arguments.in_detail)
        except (SettingsWrong, CannotStart, SourceSilent, AccountsUnreadable, AlreadyRunning, OSError) as problem:
            complain(f"reconcile: {problem}")
            return NOT_POSSIBLE
        office.write(result)
        if arguments.json:
            say_json(as_json(result))
        else:
            for line in as_lines(result, _language(settings)):
                say(line)
            say(office.where(result, _language(settings)))
        return OK if result.balanced else OTHER_END


command = ReconcileCommand()


def _folder(rows: Path | None) -> Path | None:
    """AccountsUnreadable when it is not there: a slip of the pen is no day without kiosks."""
    if rows is not None and not rows.is_dir():
        raise AccountsUnreadable(f"{rows}: 没有这个文件夹，看看 --rows 或 [reconcile] rows · no such folder")
    return rows


class Numbers:
    """The newest msgid of this machine, in a file of its own."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "last_msgid"

    def last_msgid(self) -> str | None:
        return self._file.read_text(encoding="ascii").strip() if self._file.exists() else None

    def remember_msgid(self, msgid: str) -> None:
        fresh = self._file.with_suffix(".new")
        with fresh.open("w", encoding="ascii") as file:
            file.write(msgid)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._file)


class Office:
    """Whoever closes the day: knows where everybody is, and keeps what came of it under WORKDIR/reconcile."""

    def __init__(self, foundation: Foundation) -> None:
        self._at = foundation
        self._folder = foundation.workdir.root / "reconcile"
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._held = _hold(self._folder)
        self._builder = Builder(foundation, Numbers(self._folder), FaultBoard(lambda _faults: None))

    def close(self, day: date, rows: Path | None, *, in_detail: bool) -> Report:
        """
        Raises:
            SettingsWrong: this machine would make the same msgids as a kiosk.
            SourceSilent: hospital, payment service or insurers did not tell their rows.
            AccountsUnreadable: a kiosk's file is damaged, or nothing is there of any kiosk.
        """
        settings = self._at.settings
        if settings.kiosk.number in settings.reconcile.kiosks:
            raise SettingsWrong("[kiosk] number: the machine that closes the day needs a number that no kiosk has")
        over = self._at.clock.now().date() > day
        expected = [f"{number:03d}" for number in settings.reconcile.kiosks]
        told = handed_in(self._accounts(day, rows), day, expected, over=over)
        if not told.terminals:
            raise AccountsUnreadable(_NOBODY)
        sources = self._sources(settings)
        hospital, payment = sources.institution(day), sources.payment(day)
        away = frozenset(row.sid for row in told.rows if self._is_away(row))
        sent = [row for row in told.rows if row.msgid and row.sid not in away]
        postings = Postings(self._folder / f"{day.isoformat()}.posted.jsonl", self._at.clock.now)
        books = Books(
            day=day,
            terminals=told.terminals,
            kiosks=told.rows,
            institution=hospital.rows,
            platform=self._platform(day, hospital.rows, sent, postings, in_detail=in_detail),
            orders=payment.orders,
            neighbours=told.beside,
            away=away,
            deposits=hospital.deposits,
            acquirers=frozenset(settings.reconcile.acquirer_channels),
            silent=told.silent,
            silent_beside=told.silent_after,
            doubled=told.doubled,
            refunds=payment.refunds,
            returned=hospital.returned,
            taken_back=hospital.taken_back,
            claims=sources.claims(day),
            handed=hospital.handed,
        )
        return replace(report(books), over=over, kept=tuple(sorted(postings.kept)))

    def _accounts(self, day: date, folder: Path | None) -> Iterable[DayAccounts]:
        """All files about the day before it and later, and what this machine's own journal has if it is a kiosk too."""
        if folder is not None:
            if not folder.is_dir():
                raise AccountsUnreadable(f"{folder}: 没有这个文件夹 · no such folder")
            for path in sorted(folder.glob("*.jsonl")):
                try:
                    account = account_file.read(path.read_text(encoding="utf-8"))
                except (AccountsUnreadable, UnicodeDecodeError) as problem:
                    raise AccountsUnreadable(f"{path.name}: {problem}") from None
                if account.day >= day - _DAY:
                    yield account
        if (self._at.workdir.root / "kiosk" / "journal.db").exists():
            terminal = f"{self._at.settings.kiosk.number:03d}"
            yield from (day_accounts(self._at.workdir, terminal, near) for near in (day - _DAY, day, day + _DAY))

    def _sources(self, settings: Settings) -> Sources:
        limits = self._at.pack.settlement.limits
        hospital = read_options(HospitalSettings, settings.hospital.options, "hospital")
        aggregate = [(name, section) for name, section in settings.payments.items() if section.driver == "aggregate"]
        services = [read_options(AggregateSettings, section.options, f"payments.{name}") for name, section in aggregate]
        distinct = {service.url: service for service in services}
        log = self._builder.host("reconcile").log
        return Sources(
            Face(Line(hospital, FaultCode.HOSPITAL_UNREACHABLE, log), limits),
            tuple(Face(Line(each, FaultCode.PAYMENT_UNREACHABLE, log), limits) for each in distinct.values()),
            self._at.pack.settlement,
            self._insurers(settings, limits, log),
        )

    def _insurers(self, settings: Settings, limits: Limits, log: logging.Logger) -> Face | None:
        section = settings.insurer
        if section is None or section.driver != "front" or not settings.reconcile.insurer_list:
            return None
        access = read_options(Access, section.options, "insurer")
        return Face(Line(access, FaultCode.INSURER_UNREACHABLE, log), limits)

    def _is_away(self, row: AccountRow) -> bool:
        return self._at.pack.settlement.reach_of(row.insuplc_admdvs) in {Reach.CROSS_PROVINCE, None}

    def _platform(
        self,
        day: date,
        institution: Sequence[InstitutionRow],
        sent: list[AccountRow],
        postings: Postings,
        *,
        in_detail: bool,
    ) -> PlatformView:
        """Not asked where the HIS or its front settles: it compares with the platform itself."""
        section = self._at.settings.settlement
        port = self._builder.build("settlements", "settlement", section, self._builder.party("settlement"))
        if not isinstance(port, Platform):
            return PlatformView(asked=False)
        codes = self._at.settings.reconcile
        words = StatementCodes(codes.agrees, codes.platform_only, codes.institution_only, codes.amounts)
        agency = self._at.pack.settlement.mdtrtarea_admvs
        expected = {Group(row.insutype, codes.clr_type, agency): None for row in sent}
        view = Comparison(PostedOnce(port.files, postings), words, day).view(institution, expected, in_detail=in_detail)
        postings.finish()
        return view

    def where(self, result: Report, lang: str) -> str:
        """Which files came of it, for whoever ran it by hand."""
        files = [f"{result.books.day}.{ending}" for ending in ("csv", "pdf", "json")]
        return f"写在 {self._folder}：{'、'.join(files)}" if lang == "zh" else f"in {self._folder}: {', '.join(files)}"

    def write(self, result: Report) -> None:
        """The day's three files: for machines, for finance's spreadsheet, for finance's signature."""
        name = result.books.day.isoformat()
        lang = _language(self._at.settings)
        documents: Documents = self._builder.build(
            "documents", "documents", self._at.settings.documents, self._builder.host("documents")
        )
        sheet = documents.day_close(day_close(result, self._at.clock.now(), lang), self._builder.site())
        (self._folder / f"{name}.json").write_text(json.dumps(as_json(result), ensure_ascii=False), encoding="utf-8")
        (self._folder / f"{name}.csv").write_text(as_csv(result.cashiers), encoding="utf-8")
        (self._folder / f"{name}.pdf").write_bytes(sheet)


def _hold(folder: Path) -> IO[str]:
    """Nobody else closes a day here as long as the file is open.

    Raises:
        AlreadyRunning: somebody does.
    """
    file = (folder / "lock").open("a", encoding="ascii")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise AlreadyRunning("another `kiosk reconcile` is at work here") from None
    return file


def _language(settings: Settings) -> str:
    """Staff read the differences in the kiosk's language where we have them in it."""
    return settings.kiosk.language if settings.kiosk.language == "zh" else "en"
