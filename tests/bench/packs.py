"""A policy pack: from its files to checked values, signature included; and an answer of its questions, of very many."""

from __future__ import annotations

import sqlite3
import time
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from kiosk.flow.events import Continued, Event, OptionPicked
from kiosk.flow.states import Kiosk
from kiosk.flow.step import step
from kiosk.installed import config_dir
from kiosk.packing import make_trust
from kiosk.packs.forms import read_calendar, read_forms
from kiosk.packs.loading import read_pack
from tests.bench.figures import Figure, percentile, tell
from tests.kiosk.flow.clerk import clerk

_ROUNDS, _GOAL_MS = 40, 100.0
_QUESTIONS = 2000
_TODAY = date(2026, 11, 26)
_AREAS = ("000000", "220000", "370400", "411300", "421000", "530000")


def _timed(act: Callable[[Path], None], folder: Path) -> float:
    began = time.perf_counter()
    act(folder)
    return (time.perf_counter() - began) * 1000


def _load(folder: Path) -> None:
    """As a start of the kiosk does: nothing that packs share is remembered."""
    read_forms.cache_clear()
    read_calendar.cache_clear()
    make_trust(None, strict=False).check(folder, read_pack(folder, today=_TODAY))


def _parse(folder: Path) -> None:
    """The same files, parsed and not looked at."""
    for path in (*folder.glob("*.toml"), *folder.parent.glob("*.toml")):
        tomllib.loads(path.read_text(encoding="utf-8"))


def packs() -> Figure:
    """Of the largest pack; by turns with its peer, so that both meet the same load."""
    every = [config_dir() / "packs" / area for area in _AREAS]
    folder = max(every, key=lambda one: sum(path.stat().st_size for path in one.rglob("*") if path.is_file()))
    _load(folder)
    both = [(_timed(_load, folder), _timed(_parse, folder)) for _ in range(_ROUNDS)]
    ours, theirs = [one for one, _ in both], [one for _, one in both]
    return Figure(
        f"策略包，最大的一个（{folder.name}），文件 → 核对过的值，p95",
        percentile(ours, 0.95),
        "ms",
        len(ours),
        _GOAL_MS,
        "tomllib，只解析同样的文件",
        percentile(theirs, 0.95),
    )


def answers() -> Figure:
    """From the tap on a question to the page with its answer, and back to the list of all of them."""
    kiosk = clerk().to_guide("advice").state
    first = kiosk.rules.services.advice[0]
    many = tuple(replace(first, key=f"q{number}") for number in range(_QUESTIONS))
    services = replace(kiosk.rules.services, advice=many)
    kiosk = replace(kiosk, rules=replace(kiosk.rules, services=services))
    keys = [many[number].key for number in range(0, _QUESTIONS, _QUESTIONS // 200)]
    store = sqlite3.connect(":memory:")
    store.execute("create table advice (key text primary key, question text, answer text)")
    store.executemany(
        "insert into advice values (?, ?, ?)", [(one.key, one.question.zh, one.answer.zh) for one in many]
    )
    ours, theirs = [_tapped(kiosk, key) for key in keys], [_selected(store, key) for key in keys]
    return Figure(
        f"政策问答，{_QUESTIONS} 条里点一条 → 答案和回到列表，p95",
        percentile(ours, 0.95),
        "ms",
        len(ours),
        _GOAL_MS,
        "sqlite3，同样的条目，按键取一条再取全部",
        percentile(theirs, 0.95),
    )


def _tapped(kiosk: Kiosk, key: str) -> float:
    events: tuple[Event, ...] = (OptionPicked(key), Continued())
    began = time.perf_counter()
    for event in events:
        kiosk = step(kiosk, event).state
    return (time.perf_counter() - began) * 1000


def _selected(store: sqlite3.Connection, key: str) -> float:
    began = time.perf_counter()
    store.execute("select question, answer from advice where key = ?", (key,)).fetchall()
    store.execute("select key, question from advice").fetchall()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    tell([packs(), answers()])
