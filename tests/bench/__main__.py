"""`make bench`: every figure measured beside a peer, on this machine, in this run. Nothing here is a test.

Each figure is measured by a process of its own (`python -m tests.bench.starting` gives one alone), one after another.
The table goes to the terminal, the same as JSON to var/bench.json.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

from kiosk.engine.clock import SystemClock
from tests.bench import machine
from tests.bench.figures import Figure, told
from tests.bench.table import table

MEASURES = (
    "starting",
    "taps",
    "preview",
    "pages",
    "card",
    "card_pcsc",
    "id_card",
    "scanning",
    "faces",
    "settling",
    "papers",
    "reconciling",
    "packs",
    "effort",
    "memory",
    "backend",
    "backend_load",
)
_OPTIONAL = {"card_pcsc", "faces", "backend", "backend_load"}
"""Need what a machine may not have: a C compiler, pcscd, a network namespace; face models; a PostgreSQL server."""

_SECONDS = 600.0
_RESULT = Path("var") / "bench.json"


def _measured(name: str) -> list[Figure] | None:
    """None, with the reason on stderr, when there is no figure."""
    sys.stderr.write(f"bench: {name} …\n")
    command = [sys.executable, "-m", f"tests.bench.{name}"]
    try:
        ended = subprocess.run(command, stdout=subprocess.PIPE, text=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        sys.stderr.write(f"bench: {name} took more than {_SECONDS:.0f} s\n")
        return None
    lines = ended.stdout.splitlines()
    return told(lines[-1]) if ended.returncode == 0 and lines else None


def main() -> int:
    load, at, began = machine.load(), SystemClock().now(), time.monotonic()
    measured = {name: _measured(name) for name in MEASURES}
    figures = [figure for found in measured.values() for figure in found or ()]
    about = machine.description() | {"load_before": load, "load_after": machine.load()}
    result = {
        "schema": 1,
        "at": at.isoformat(timespec="seconds"),
        "seconds": round(time.monotonic() - began),
        "machine": about,
        "figures": [figure.as_json() for figure in figures],
    }
    _RESULT.parent.mkdir(exist_ok=True)
    _RESULT.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"{table(figures)}\n\n")
    sys.stdout.writelines(f"{name}: {value}\n" for name, value in about.items())
    sys.stdout.write(f"{result['seconds']} s; the same in {_RESULT}\n")
    return 0 if all(measured[name] for name in MEASURES if name not in _OPTIONAL) else 1


if __name__ == "__main__":
    sys.exit(main())
