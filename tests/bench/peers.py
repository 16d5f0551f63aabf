"""Programs of others that we measure beside us, in an environment of their own outside of the repository."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

_SECONDS = 120.0


def interpreter_with(package: str) -> Path | None:
    """A Python that can import `package` (`name==version`), made at the first call; None where it cannot be had."""
    folder = Path(tempfile.gettempdir()) / f"kiosk-bench-{package.replace('==', '-')}"
    python, done = folder / "bin" / "python", folder / "done"
    if done.exists():
        return python
    steps = [[sys.executable, "-m", "venv", str(folder)], [str(python), "-m", "pip", "install", "--quiet", package]]
    try:
        for step in steps:
            subprocess.run(step, check=True, capture_output=True, timeout=_SECONDS)
    except (OSError, subprocess.SubprocessError):
        return None
    done.touch()
    return python
