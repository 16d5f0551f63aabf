"""A policy pack: from its files to checked values, signature included."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path

from kiosk.installed import config_dir
from kiosk.packing import make_trust
from kiosk.packs.loading import read_pack
from kiosk.packs.services import read_calendar, read_forms
from tests.bench.figures import Figure, percentile, tell

_ROUNDS, _GOAL_MS = 40, 100.0
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
    folders = [config_dir() / "packs" / area for area in _AREAS] * (_ROUNDS // len(_AREAS))
    for folder in folders[: len(_AREAS)]:
        _load(folder)
    ours, theirs = [_timed(_load, folder) for folder in folders], [_timed(_parse, folder) for folder in folders]
    return Figure(
        "策略包，文件 → 核对过的值，p95",
        percentile(ours, 0.95),
        "ms",
        len(ours),
        _GOAL_MS,
        "tomllib，只解析同样的文件",
        percentile(theirs, 0.95),
    )


if __name__ == "__main__":
    tell([packs()])
