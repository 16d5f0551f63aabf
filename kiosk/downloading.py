"""`kiosk packs codes`: what a province's platform says of its codes today (1901), as the codes.toml beside its pack."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from kiosk.building import Builder, CannotStart, FaultBoard, lay_foundation
from kiosk.domain.dictionaries import Dictionary
from kiosk.engine.clock import SystemClock
from kiosk.journal.book import Book
from kiosk.logs import log_to
from kiosk.packs.codes import read_national
from kiosk.ports.inquiry import Defining, Inquiring
from kiosk.ports.settlement import Accepted
from kiosk.settings import Profile, SettingsWrong, read_settings, settings_file
from kiosk.terminal import NOT_POSSIBLE, OK, OTHER_END, complain, say, say_json
from kiosk.workdir import AlreadyRunning, Workdir

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def codes_toml(dictionaries: Iterable[Dictionary], head: str) -> str:
    """The file's text; dictionaries without terms are left out, for an empty one would forbid every code."""
    parts = [f"# {line}" for line in head.splitlines()]
    for dictionary in dictionaries:
        if dictionary.terms:
            parts += ["", f"[{_key(dictionary.name)}]"]
            parts += [f"{_key(code)} = {_text(name)}" for code, name in sorted(_newest(dictionary).items())]
    return "\n".join(parts) + "\n"


def _newest(dictionary: Dictionary) -> dict[str, str]:
    """One meaning a code: of several the platform's last word."""
    return {term.code: term.name for term in dictionary.terms}


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def _text(value: str) -> str:
    """A TOML basic string; JSON escapes as it does, save DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def download_codes(arguments: argparse.Namespace, root: Path) -> int:
    """Ask for each dictionary and print the file; 1 when the platform refuses or does not answer for one of them."""
    log_to(sys.stderr, SystemClock())
    workdir = Workdir(root)
    try:
        workdir.lock()
        fill = {"workdir": str(workdir.root)} | ({"backend.url": arguments.backend} if arguments.backend else {})
        settings = read_settings(settings_file(arguments.config), fill, dict(os.environ))
        foundation = lay_foundation(settings, Profile.DEMO, workdir, SystemClock())
        book = Book(workdir.kiosk)
    except (AlreadyRunning, CannotStart, SettingsWrong) as problem:
        complain(f"{problem}")
        return NOT_POSSIBLE
    try:
        builder = Builder(foundation, book, FaultBoard(lambda _faults: None))
        section = foundation.settings.settlement
        settlement = builder.build("settlements", "settlement", section, builder.party("settlement"))
        asked = _defining(settlement)
        if asked is None:
            complain("this settlement driver cannot ask the platform for its codes")
            return NOT_POSSIBLE
        greeted = settlement.sign_in()
        if not isinstance(greeted, Accepted):
            complain(f"no sign-in: {greeted.fault}")
            return OTHER_END
        return _ask(asked, arguments, foundation.pack.area)
    finally:
        book.close()


def _defining(settlement: object) -> Defining | None:
    """Behind a hospital's front the platform cannot be asked."""
    asked: object = settlement.inquiries if isinstance(settlement, Inquiring) else None
    return asked if isinstance(asked, Defining) else None


def _ask(platform: Defining, arguments: argparse.Namespace, area: str) -> int:
    today = SystemClock().now().date()
    found: list[Dictionary] = []
    for name in arguments.type or sorted(read_national().by_name):
        answer = platform.dictionary(name, today)
        if not isinstance(answer, Dictionary):
            complain(f"{name}: {answer.fault}")
            return OTHER_END
        found.append(answer)
    if arguments.json:
        rows = {one.name: _newest(one) for one in found}
        say_json({"schema": 1, "area": area, "day": today.isoformat(), "codes": rows})
    else:
        head = f"医保平台 1901 的回答，{area}，{today.isoformat()}。放在 pack.toml 旁边，文件名 codes.toml。"
        say(codes_toml(found, head).rstrip())
    return OK
