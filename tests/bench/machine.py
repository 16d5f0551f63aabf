"""What the figures were measured on, and how busy it was with other things."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Any


def description() -> dict[str, Any]:
    return {
        "system": _system(),
        "processor": _processor(),
        "processors": os.cpu_count(),
        "graphics": "none: Qt Quick's software renderer, offscreen, 1080 x 1920",
        "python": platform.python_version(),
        "qt": version("PySide6-Essentials"),
        "commit": _commit(),
    }


def load() -> float:
    """How many processes wanted a processor in the last minute, ours included."""
    return round(os.getloadavg()[0], 1)


def _system() -> str:
    lines = Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    return next((line.split("=")[1].strip('"') for line in lines if line.startswith("PRETTY_NAME=")), platform.system())


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def _commit() -> str:
    """The newest commit, with a plus when files differ from it."""
    try:
        told = subprocess.run(["git", "describe", "--always", "--dirty=+"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return told.stdout.strip()
