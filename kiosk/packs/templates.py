"""A province's own lines on paper: `templates/case.txt` beside the pack, printed on the slip of every application.

Lines are Chinese, as the paper is; `{number}` and the other names of FIELDS stand for what the application has.
"""

from __future__ import annotations

import string
from pathlib import Path

from kiosk.packs.complaints import PackWrong

FOLDER, CASE = "templates", "case.txt"
FIELDS = frozenset({"number", "item", "accepted", "due", "receiver", "phone"})
_LONGEST, _MOST = 120, 20


def read_case(folder: Path) -> tuple[str, ...]:
    """Empty when the pack has none; PackWrong names the line that cannot be printed."""
    path = folder / FOLDER / CASE
    if not path.exists():
        return ()
    name = f"{folder.name}/{FOLDER}/{CASE}"
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as problem:
        raise PackWrong(f"{name}: no UTF-8") from problem
    for number, line in enumerate(lines, 1):
        if wrong := _wrong(line):
            raise PackWrong(f"{name}: {wrong} (line {number})")
    if len(lines) > _MOST:
        raise PackWrong(f"{name}: more than {_MOST} lines (line {_MOST + 1})")
    return tuple(lines)


def _wrong(line: str) -> str:
    try:
        parts = list(string.Formatter().parse(line))
    except ValueError as problem:
        return str(problem)
    for _, field, shape, conversion in parts:
        if field is not None and (field not in FIELDS or shape or conversion):
            return f"nothing is called {{{field}}}"
    return "longer than a slip is wide" if len(line) > _LONGEST else ""
