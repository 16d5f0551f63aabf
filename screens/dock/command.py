"""`kiosk dock` as the kiosk's command line finds it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

_COULD_NOT_START = 3


class DockCommand:
    """Announced to `kiosk` under `kiosk.commands`; Qt is loaded only when the window is wanted."""

    name = "dock"
    help = "a window to play the patient of the simulated devices: cards, payment codes, paper"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--control", type=Path, help="the simulator's socket (default: WORKDIR/sim/control.sock)")

    def run(self, arguments: argparse.Namespace) -> int:
        """Until the window is closed or SIGTERM comes; the simulator may start later or come again."""
        if not _has_display(os.environ.get):
            print("kiosk dock: 没有显示器，操作台打不开（no display）", file=sys.stderr)
            return _COULD_NOT_START
        from screens.dock.window import run

        return run(arguments.control or arguments.workdir.absolute() / "sim" / "control.sock")


def _has_display(variable: Callable[[str], str | None]) -> bool:
    """A server to show windows on, or a platform of Qt that needs none (offscreen, vnc, eglfs …)."""
    platform = (variable("QT_QPA_PLATFORM") or "").partition(":")[0]
    needs_none = platform not in {"", "xcb", "wayland"}
    return needs_none or bool(variable("DISPLAY") or variable("WAYLAND_DISPLAY"))


command = DockCommand()
