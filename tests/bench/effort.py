"""What handing something in asks of a person: taps, and seconds at the stated pace of somebody of 75 (kiosk.pace).

`.venv/bin/python -m tests.bench.effort` plays real visits against simulators and the reference backend.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from tests.bench.figures import Figure, tell
from tests.kiosk.flow.clerk import clerk

_VISITS, _MOST_TAPS, _MOST_SECONDS, _MOST_SHARE = 5, 8, 60.0, 0.6
_AWAY, _WHOLE = "away-filing", "one-thing"


def _efforts(folder: Path) -> list[dict[str, float]]:
    """Whole visits, each a process of its own."""
    command = [sys.executable, "-m", "kiosk", "visit", _AWAY, "--json", "--workdir", str(folder)]
    ended = [subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True) for _ in range(_VISITS)]
    return [json.loads(one.stdout.splitlines()[-1])["effort"] for one in ended]


def away_filing() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        efforts = _efforts(Path(folder))
    note = "模型见 kiosk/pace.py：每点一下 3 s，插卡 8 s，加自助机自己的时间；没有拿真人量过"
    taps, seconds = max(one["taps"] for one in efforts), median(one["seconds"] for one in efforts)
    return [
        Figure("异地就医备案，首页 → 办好，点几下", taps, "", _VISITS, _MOST_TAPS, note=note),
        Figure("异地就医备案，75 岁的人，中位", seconds, "s", _VISITS, _MOST_SECONDS, note=note),
    ]


def one_thing() -> Figure:
    """Touches of one form for five items beside those of the five by themselves; a field counts as one."""
    whole = clerk().to_filing(_WHOLE).hand_in().taps
    parts = clerk().state.rules.services.items[_WHOLE].parts
    apart = sum(clerk().to_filing(part).hand_in().taps for part in parts)
    return Figure("一件事，一张表点几下", whole, "", 1, _MOST_SHARE * apart, "五项分开办", apart)


if __name__ == "__main__":
    tell([*away_filing(), one_thing()])
