"""Packs in a folder of their own, changed as a test wants them."""

import shutil
from pathlib import Path

from kiosk.installed import config_dir
from kiosk.packing import make_trust

PACKS = config_dir() / "packs"
PAPERS = ("220000", "370400", "411300", "421000", "530000")
DEMO = make_trust(None, strict=False)
PRODUCTION = make_trust(None, strict=True)


def copy(folder: Path, area: str = "000000") -> Path:
    """A pack and its lender, to be damaged."""
    for name in {area, "000000"}:
        shutil.copytree(PACKS / name, folder / name, dirs_exist_ok=True)
    return folder / area


def change(pack: Path, old: str, new: str, file: str = "services.toml") -> Path:
    """Replaces the first `old`, which must be there."""
    path = pack / file
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return pack


def line_with(pack: Path, words: str, file: str = "services.toml") -> int:
    lines = (pack / file).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if words in line)
