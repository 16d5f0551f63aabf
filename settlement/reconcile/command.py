"""`kiosk reconcile --day D`: closes the institution's day.

Runs on one machine beside the hospital's front, never on each kiosk. It asks, compares and writes three files (JSON,
CSV, PDF); it moves no money and repeats nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk import account_file
from kiosk.account_file import AccountsUnreadable, DayAccounts
from kiosk.building import Builder, CannotStart, FaultBoard, Foundation, lay_foundation
from kiosk.domain.accounts import AccountRow
from kiosk.domain.policy import Reach
from kiosk.engine.clock import SystemClock
from kiosk.faults import FaultCode
from kiosk.journalling import day_accounts
from kiosk.logs import log_to
from kiosk.settings import Profile, Settings, SettingsWrong, read_options, read_settings, settings_file
from kiosk.terminal import NOT_POSSIBLE, OK, OTHER_END, complain, say, say_json
from kiosk.workdir import Workdir
from settlement.direct.platform import Platform
from settlement.face import Face
from settlement.hospital import HospitalSettings
from settlement.payment import AggregateSettings
from settlement.reconcile.closing import as_csv
from settlement.reconcile.matching import Books
from settlement.reconcile.platform import Comparison, StatementCodes
from settlement.reconcile.report import Report, as_json, as_lines, day_close, report
from settlement.reconcile.rows import Group, InstitutionRow, PaidOrder, PlatformView
from settlement.reconcile.sources import Sources, SourceSilent
from settlement.transport import Line

if TYPE_CHECKING:
    from kiosk.ports.documents import Documents

_DAY = timedelta(days=1)


class ReconcileCommand:
    """Announced as an entry point of `kiosk.commands`."""

    name = "reconcile"
    help = "compare kiosks, hospital, platform and payment service for one day, and close it"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--day", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD")
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
            settings = read_settings(settings_file(arguments.config), fill, dict(os.environ))
            office = Office(lay_foundation(settings, Profile.DEMO, workdir, SystemClock()))
            result = office.close(arguments.day, arguments.rows, in_detail=arguments.in_detail)
        except (SettingsWrong, CannotStart, SourceSilent, AccountsUnreadable, OSError) as problem:
            complain(f"reconcile: {problem}")
            return NOT_POSSIBLE
        office.write(result)
        if arguments.json:
            say_json(as_json(result))
        else:
            for line in as_lines(result, _language(settings)):
                say(line)
        return OK if result.balanced else OTHER_END


command = ReconcileCommand()


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
        self._builder = Builder(foundation, Numbers(self._folder), FaultBoard(lambda _faults: None))

    def close(self, day: date, rows: Path | None, *, in_detail: bool) -> Report:
        """
        Raises:
            SettingsWrong: this machine would make the same msgids as a kiosk.
            SourceSilent: hospital or payment service did not tell its rows.
            AccountsUnreadable: a kiosk's file is damaged.
        """
        settings = self._at.settings
        if settings.kiosk.number in settings.reconcile.kiosks:
            raise SettingsWrong("[kiosk] number: the machine that closes the day needs a number that no kiosk has")
        accounts = list(self._accounts(day, rows or settings.reconcile.rows))
        told = {account.terminal for account in accounts if account.day == day}
        expected = {f"{number:03d}" for number in settings.reconcile.kiosks}
        sources = self._sources(settings)
        institution = list(sources.institution(day))
        kiosks = [row for account in accounts if account.day == day for row in account.rows]
        away = frozenset(row.sid for row in kiosks if self._is_away(row))
        sent = [row for row in kiosks if row.msgid and row.sid not in away]
        books = Books(
            deposits=sources.deposits(day),
            day=day,
            terminals=frozenset(told | expected),
            kiosks=kiosks,
            institution=institution,
            platform=self._platform(day, institution, sent, in_detail=in_detail),
            orders=list(self._orders(sources, day)),
            neighbours=[row for account in accounts if account.day != day for row in account.rows],
            away=away,
            acquirers=frozenset(settings.reconcile.acquirer_channels),
        )
        return report(books, tuple(sorted(expected - told)))

    def _accounts(self, day: date, folder: Path | None) -> Iterable[DayAccounts]:
        """The files of the three days, and what this machine's own journal has where it is itself a kiosk."""
        days = {day - _DAY, day, day + _DAY}
        if folder is not None:
            for path in sorted(folder.glob("*.jsonl")):
                try:
                    account = account_file.read(path.read_text(encoding="utf-8"))
                except AccountsUnreadable as problem:
                    raise AccountsUnreadable(f"{path.name}: {problem}") from None
                if account.day in days:
                    yield account
        if (self._at.workdir.root / "kiosk" / "journal.db").exists():
            terminal = f"{self._at.settings.kiosk.number:03d}"
            yield from (day_accounts(self._at.workdir, terminal, near) for near in sorted(days))

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
        )

    def _orders(self, sources: Sources, day: date) -> Iterable[PaidOrder]:
        for near in (day - _DAY, day, day + _DAY):
            yield from sources.orders(near)

    def _is_away(self, row: AccountRow) -> bool:
        return self._at.pack.settlement.reach_of(row.insuplc_admdvs) in {Reach.CROSS_PROVINCE, None}

    def _platform(
        self, day: date, institution: list[InstitutionRow], sent: list[AccountRow], *, in_detail: bool
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
        return Comparison(port.files, words, day).view(institution, expected, in_detail=in_detail)

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


def _language(settings: Settings) -> str:
    """Staff read the differences in the kiosk's language where we have them in it."""
    return settings.kiosk.language if settings.kiosk.language == "zh" else "en"
