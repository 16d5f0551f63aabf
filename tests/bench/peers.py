"""Programs of others that we measure beside us, in an environment of their own outside of the repository."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

_LOCK = Path(__file__).resolve().parents[2] / "requirements" / "bench.txt"
_SECONDS = 240.0


@cache
def interpreter() -> Path | None:
    """A Python with all that requirements/bench.txt locks, made at the first call; None where that cannot be had.

    It is named after its lock: another lock makes another environment.
    """
    lock = hashlib.sha256(_LOCK.read_bytes()).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / f"kiosk-bench-{lock}"
    python, done = folder / "bin" / "python", folder / "done"
    if done.exists():
        return python
    install = [str(python), "-m", "pip", "install", "--quiet", "--require-hashes", "--requirement", str(_LOCK)]
    try:
        for step in ([sys.executable, "-m", "venv", str(folder)], install):
            subprocess.run(step, check=True, capture_output=True, timeout=_SECONDS)
    except (OSError, subprocess.SubprocessError):
        return None
    done.touch()
    return python
