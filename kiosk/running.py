"""Runs the kiosk: for patients, for a demonstration, or for one scripted visit."""

from __future__ import annotations

import difflib
import os
import random
import shutil
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kiosk import garbage
from kiosk.app import Application, make_frontend, show_out_of_service
from kiosk.building import CannotStart, Foundation, lay_foundation
from kiosk.children import Child, ChildFailed
from kiosk.demo import Surroundings, surroundings
from kiosk.endings import ended_by_signals
from kiosk.engine.clock import SystemClock
from kiosk.faults import FaultCode
from kiosk.filing.course import Stage
from kiosk.flow.frontend import Frontend
from kiosk.flow.states import Kiosk
from kiosk.installed import config_dir
from kiosk.journal.book import Book
from kiosk.journal.filings import dossiers_in
from kiosk.journal.store import JournalUnwritable
from kiosk.journal.unreadable import UNREADABLE, told
from kiosk.logs import log_to
from kiosk.ports.documents import Site
from kiosk.power_cut import PowerCut, entries_in, lose_power
from kiosk.saga.entry import Entry
from kiosk.settings import Profile, Settings, SettingsWrong, read_settings, read_toml, settings_file
from kiosk.terminal import NOT_POSSIBLE, OK, OTHER_END, WRONG_USE, complain, has_display, say, say_json
from kiosk.visited import outcome_of_visit, papers, summary
from kiosk.visits import Outcome, Player, Script
from kiosk.workdir import AlreadyRunning, Workdir

_NO_CHANGES: Mapping[str, Any] = {}
_PAPER_SECONDS = 3.0
_OF_A_VISIT = ("[0-9][0-9]-*.png", "receipt-*", "statement-*", "journal.db")


def run_production(config: Path | None, root: Path) -> int:
    """The kiosk of a hospital. What keeps it from starting is said on its screen until somebody mends it."""
    log_to(sys.stderr, SystemClock())
    workdir = Workdir(root)
    settings: Settings | None = None
    try:
        workdir.lock()
        settings = read_settings(settings_file(config), {"workdir": str(workdir.root)})
        foundation = lay_foundation(settings, Profile.PRODUCTION, workdir, SystemClock())
        return _serve(foundation)
    except AlreadyRunning:
        complain("another process holds this work directory")
        return NOT_POSSIBLE
    except SettingsWrong as problem:
        return _say_out_of_service(FaultCode.SETTINGS_WRONG, str(problem), settings)
    except CannotStart as problem:
        return _say_out_of_service(problem.fault, str(problem), settings)


def _serve(foundation: Foundation) -> int:
    """Run until a signal ends it, in order."""
    frontend = make_frontend(foundation.settings.kiosk.frontend)
    application = Application(foundation, frontend)
    garbage.take_up()
    with ended_by_signals(lambda: frontend.stop(OK)):
        return application.run()


def _say_out_of_service(fault: FaultCode, why: str, settings: Settings | None) -> int:
    complain(f"{fault}: {why}")
    if not has_display():
        return NOT_POSSIBLE
    site = Site("医保自助终端", "", "", "", settings.site.help_phone if settings else "", simulated=False)
    width = settings.screen.width_mm if settings else 336.0
    with suppress(CannotStart):
        frontend = make_frontend("screens")
        garbage.take_up()
        with ended_by_signals(lambda: frontend.stop(NOT_POSSIBLE)):
            show_out_of_service(fault, frontend, site, width)
    return NOT_POSSIBLE


def run_demo(config: Path | None, root: Path, *, backend: str | None = None, sim: Path | None = None) -> int:
    """Simulator, backend, window and dock; without a display one visit into ./out instead.

    A simulator that is given has its own operator, so it gets no dock.
    """
    if not has_display():
        say("没有显示器：改为无屏演示，结果写入 ./out\nno display: playing one visit headless into ./out")
        return _play_into_out(config, root, backend, sim)
    workdir = Workdir(root)
    try:
        workdir.lock()
    except AlreadyRunning:
        complain("another process holds this work directory")
        return NOT_POSSIBLE
    log_file = (workdir.out / "kiosk.log").open("a", encoding="utf-8")
    log_to(log_file, SystemClock())
    try:
        with surroundings(workdir, backend=backend, sim=sim) as around, _dock(workdir, wanted=sim is None):
            foundation = _demo_foundation(config, around)
            return _serve(foundation)
    except (CannotStart, SettingsWrong) as problem:
        fault = problem.fault if isinstance(problem, CannotStart) else FaultCode.SETTINGS_WRONG
        return _say_out_of_service(fault, str(problem), None)
    except ChildFailed as problem:
        complain(f"{problem}")
        return NOT_POSSIBLE


@contextmanager
def _dock(workdir: Workdir, *, wanted: bool) -> Iterator[None]:
    with ExitStack() as stack:
        if wanted:
            stack.callback(Child(["dock", "--workdir", str(workdir.root)], workdir.out / "dock.log").end)
        yield


def _shipped(file: Path) -> bool:
    """One of ours: the demo's, or that of a hospital whose HIS settles."""
    return file.resolve().is_relative_to(config_dir().resolve())


def _demo_foundation(
    config: Path | None,
    around: Surroundings,
    pack: str | None = None,
    doors: Sequence[str] = (),
    changes: Mapping[str, Any] = _NO_CHANGES,
) -> Foundation:
    """`changes` are a script's to the shipped settings: a file that somebody wrote is played as it is."""
    environment = dict(os.environ)
    if pack is not None:
        environment["KIOSK__KIOSK__PACK"] = f'"{pack}"'
    if doors:
        environment["KIOSK__RULES__DOORS"] = str([str(door) for door in doors])
    file = settings_file(config)
    settings = read_settings(file, around.fill, environment, changes if _shipped(file) else _NO_CHANGES)
    return lay_foundation(settings, Profile.DEMO, around.workdir, SystemClock())


def _play_into_out(config: Path | None, root: Path, backend: str | None, sim: Path | None) -> int:
    """The visit of the README: pages, receipt, statement and journal, all to be looked at."""
    garbage.take_up()
    out = Path("out").absolute()
    out.mkdir(exist_ok=True)
    for old in (path for pattern in _OF_A_VISIT for path in out.glob(pattern)):
        old.unlink()
    options = VisitOptions(name="outpatient", config=config, workdir=root, screens=out, backend=backend, sim=sim)
    code = run_visit(options, as_json=True, collect=out)
    say(f"{out.name}/: " + " ".join(sorted(path.name for path in out.iterdir())))
    return code


@dataclass(frozen=True, slots=True)
class VisitOptions:
    """What `kiosk visit` was asked for."""

    name: str
    workdir: Path
    config: Path | None = None
    pack: str | None = None
    screens: Path | None = None
    misbehave: str | None = None
    backend: str | None = None
    sim: Path | None = None
    seed: int = 1


def read_script(name: str) -> Script:
    """A script by name or path; SettingsWrong names what is wrong with it."""
    path, ours = Path(name), config_dir() / "visits"
    if path.suffix != ".toml":
        path = ours / f"{name}.toml"
        if not path.exists():
            near = difflib.get_close_matches(name, [each.stem for each in ours.glob("*.toml")], n=3)
            raise SettingsWrong(f"{name}: 没有这个脚本 · no such script{': ' if near else ''}{', '.join(near)}")
    return read_toml(path, Script)


def run_visit(options: VisitOptions, *, as_json: bool, collect: Path | None = None) -> int:
    """Play one visit; the last line of output is its summary. 0 when it ended as its script names."""
    workdir = Workdir(options.workdir)
    random.seed(options.seed)
    try:
        script = read_script(options.name)
        workdir.lock()
    except SettingsWrong as problem:
        complain(f"{problem}")
        return WRONG_USE
    except AlreadyRunning:
        complain("another process holds this work directory")
        return NOT_POSSIBLE
    if script.before is not None:
        workdir.unlock()
        run_visit(replace(options, name=script.before, screens=None), as_json=as_json)
        workdir.lock()
    log_file = (workdir.out / "kiosk.log").open("a", encoding="utf-8")
    log_to(log_file, SystemClock())
    try:
        wrongs = ";".join(spec for spec in (script.misbehave, options.misbehave) if spec)
        pack = config_dir() / "packs" / options.pack if options.pack else None
        with surroundings(
            workdir, backend=options.backend, sim=options.sim, misbehave=wrongs or None, pack=pack
        ) as around:
            known = _lose_power(options, script.power_cut, around) if script.power_cut else None
            return _play(options, script, around, known, as_json=as_json, collect=collect)
    except (CannotStart, SettingsWrong, ChildFailed) as problem:
        complain(f"{problem}")
        return NOT_POSSIBLE
    finally:
        workdir.unlock()


def _lose_power(options: VisitOptions, cut: PowerCut, around: Surroundings) -> set[str]:
    """What the journal held before: what the visit left behind whose kiosk was killed is this visit's too."""
    workdir = around.workdir
    Book(workdir.kiosk).close()  # there is one to look into, whoever comes first
    known, given = set(entries_in(workdir.kiosk)), ["--workdir", str(workdir.root), "--json"]
    given += ["--backend", around.backend_url, "--sim", str(around.control)]
    given += ["--config", str(options.config)] if options.config else []
    given += ["--pack", options.pack] if options.pack else []
    workdir.unlock()
    try:
        lose_power(cut, given, workdir.kiosk, workdir.out / "cut.log")
    finally:
        workdir.lock()
    return known


def _play(
    options: VisitOptions,
    script: Script,
    around: Surroundings,
    known: set[str] | None,
    *,
    as_json: bool,
    collect: Path | None,
) -> int:
    foundation = _demo_foundation(options.config, around, options.pack, script.doors, script.settings)
    simulator = around.simulator()
    try:
        simulator.ask("reset")
        for request in script.prepare:
            if isinstance(request, dict):
                simulator.ask(**request)
        batches = _fresh_bills(script, around)
        began = time.time()  # noqa: TID251 - compared with file times only
        if options.screens is not None:
            os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        frontend = make_frontend("screens" if options.screens else "headless")
        visit = _Visit(foundation, frontend)
        known = set(visit.application.book.entries()) if known is None else known
        handed = _stages_of(around.workdir)
        paper_in_hand = around.control.parent / "paper"
        player = Player(script, simulator, visit.application.send, batches, foundation.texts, around, paper_in_hand)
        finished = visit.run(player, options.screens)
        slips = simulator.ask("printed")["papers"]
    finally:
        simulator.close()
    paper = papers(around.workdir.root, slips, began)
    try:
        entries = _settlements_of(around.workdir, known)
        dossiers = [one for one in dossiers_in(around.workdir.kiosk) if handed.get(one.sid, Stage.DRAFT) is Stage.DRAFT]
    except UNREADABLE as problem:
        return _tell_unread(problem, around.workdir.kiosk, script, player, paper, as_json=as_json)
    outcome = outcome_of_visit(entries, dossiers, player.trail)
    result = summary(entries, player.trail, outcome, paper, dossiers)
    if collect is not None:
        _collect(around.workdir.root, result["paper"], collect)
    if as_json:
        say_json(result)
    else:
        say(f"{script.title}: {outcome}")
    if player.error is not None:
        complain(f"{type(player.error).__name__}: {player.error}")
    if not finished:
        return NOT_POSSIBLE
    expected = outcome is script.outcome and (script.fault is None or script.fault == player.trail.fault)
    return OK if expected else OTHER_END


def _tell_unread(
    problem: Exception, folder: Path, script: Script, player: Player, paper: list[str], *, as_json: bool
) -> int:
    """What was seen of the visit, and that nobody can say now what it came to."""
    complain(told(problem, folder))
    full = isinstance(problem, JournalUnwritable)
    player.trail.fault = FaultCode.JOURNAL_FULL if full else FaultCode.JOURNAL_BROKEN
    if as_json:
        say_json(summary([], player.trail, Outcome.FAILED, paper))
    else:
        say(f"{script.title}: {Outcome.FAILED}")
    return NOT_POSSIBLE


def _stages_of(workdir: Workdir) -> dict[str, Stage]:
    """How far each application was before the visit. Where that cannot be read, reading at the end says so."""
    try:
        return {one.sid: one.stage for one in dossiers_in(workdir.kiosk)}
    except UNREADABLE:
        return {}


def _settlements_of(workdir: Workdir, known: set[str]) -> list[Entry]:
    """The visit's settlements as the journal has them; the till forgets what is over."""
    book = Book(workdir.kiosk, writable=False)
    try:
        return [entry for sid, entry in book.entries().items() if sid not in known]
    finally:
        book.close()


def _fresh_bills(script: Script, around: Surroundings) -> list[str]:
    person: Mapping[str, object] = read_toml(config_dir() / "people" / f"{script.person}.toml")
    certno = str(person["certno"])
    paid = script.paid_at, script.days_ago
    return [around.fresh_bill(certno, scenario, script.record, *paid) for scenario in script.fresh]


class _Visit:
    """The application with a player beside it, ended when the visit is over and the till is quiet."""

    def __init__(self, foundation: Foundation, frontend: Frontend) -> None:
        self._frontend = frontend
        self._player: Player | None = None
        self.application = Application(foundation, frontend, self._watch)

    def _watch(self, state: Kiosk) -> None:
        if self._player is not None:
            self._player.watch(state)

    def run(self, player: Player, screens: Path | None) -> bool:
        self._player = player
        ended: list[bool] = []

        def conduct() -> None:
            ended.append(player.wait())
            self._settle_down()
            self._frontend.stop(0)

        threading.Thread(target=conduct, name="conductor", daemon=True).start()
        self.application.run(screens)
        return bool(ended and ended[0])

    def _settle_down(self) -> None:
        """Let the last facts of paper reach the journal; what is undone for minutes is left to recovery."""
        self.application.till.wait_until_quiet(_PAPER_SECONDS)
        if self.application.registry is not None:
            self.application.registry.wait_until_quiet(_PAPER_SECONDS)


def _collect(root: Path, paper: list[str], out: Path) -> None:
    """Copies of paper and journal beside the pictures."""
    for name in paper:
        source = root / name
        prefix = "receipt" if source.suffix in {".png", ".escpos"} else "statement"
        shutil.copy(source, out / f"{prefix}-{source.name}")
    shutil.copy(root / "kiosk" / "journal.db", out / "journal.db")
