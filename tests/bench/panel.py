"""The panel that is measured: 1080 × 1920 without a display, drawn by the software renderer."""

from __future__ import annotations

import json
import os
from pathlib import Path

WIDE, TALL = 1080, 1920


def environment(folder: Path) -> dict[str, str]:
    """Qt's settings for it; a file in `folder` tells the size of the screen."""
    screen = {"name": "panel", "x": 0, "y": 0, "width": WIDE, "height": TALL}
    screen |= {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    file = folder / "panel.json"
    file.write_text(json.dumps({"screens": [screen]}))
    return {
        "QT_QPA_PLATFORM": f"offscreen:configfile={file}",
        "QT_QUICK_BACKEND": "software",
        "QSG_RENDER_LOOP": "basic",
        "XDG_RUNTIME_DIR": str(folder),
        "KIOSK__SCREEN__SCALED": "false",
    }


def prepare(folder: Path) -> None:
    """The same for this process; before Qt starts."""
    os.environ.update(environment(folder))
