"""What commands write and how they end; the one place that writes to the terminal."""

from __future__ import annotations

import argparse
import json
import os
import sys
from datetime import date
from typing import Any

OK, OTHER_END, WRONG_USE, NOT_POSSIBLE, DEFECT = 0, 1, 2, 3, 70


def say(text: str) -> None:
    """A line of answer."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def day(text: str) -> date:
    """An option that names a day, as argparse calls it."""
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise argparse.ArgumentTypeError(f"{text}: 日期写成 2026-11-26 这样 · a day, as 2026-11-26") from problem


def say_json(value: Any) -> None:
    """One JSON document as one line of answer."""
    say(json.dumps(value, ensure_ascii=False))


def complain(text: str) -> None:
    """A line of complaint, named as ours."""
    sys.stderr.write(f"kiosk: {text}\n")


def has_display() -> bool:
    """Whether a window can be opened here."""
    named = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return bool(named) or os.environ.get("QT_QPA_PLATFORM", "") not in {"", "xcb", "wayland"}
