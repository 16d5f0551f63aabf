"""What is wrong with a pack, named by file, key and line."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kiosk.packs.lines import line_of


class PackWrong(Exception):
    """The pack is missing, damaged, not trusted or not in force; the text names the file, the key and the line."""


def read_toml_tree(path: Path, name: str) -> dict[str, Any]:
    """The file as it is written, unchecked; PackWrong when it is no TOML, with the line where it stops being some."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as problem:
        raise PackWrong(f"{name}: TOMLDecodeError: {problem}") from problem
    except (OSError, UnicodeDecodeError) as problem:
        raise PackWrong(f"{name}: {type(problem).__name__}") from problem


def complaint(problem: ValidationError, path: Path, name: str) -> PackWrong:
    """The first thing that is wrong, with its key and, where the file shows one, its line."""
    error = problem.errors(include_input=False, include_url=False, include_context=False)[0]
    said = f"{name}: {'.'.join(str(part) for part in error['loc'])}: {error['msg']}"
    try:
        line = line_of(path.read_text(encoding="utf-8"), error["loc"])
    except (OSError, UnicodeDecodeError):
        line = None
    return PackWrong(said if line is None else f"{said} (line {line})")
