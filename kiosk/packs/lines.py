"""Finds the line of a TOML file that a complaint is about: whoever mends a pack should not have to search."""

from __future__ import annotations

import re
from collections.abc import Sequence

_TABLE = re.compile(r"^\s*(\[\[?)([^\]]+)\]\]?")
_ASSIGNED = re.compile(r"^\s*((?:\"[^\"]*\"|[A-Za-z0-9_.-])+)\s*=")


def line_of(text: str, where: Sequence[int | str]) -> int | None:
    """The number of the line that holds the key, or else the nearest table around it; None when there is none.

    `where` is a path of keys and indexes, as pydantic tells one. A table of tables counts its appearances.
    """
    wanted = [part for part in where if isinstance(part, str | int)]
    best, best_depth = None, 0
    for number, path in _paths(text):
        depth = _common(path, wanted)
        if depth > best_depth and depth == len(path):
            best, best_depth = number, depth
    return best


def _paths(text: str) -> list[tuple[int, list[int | str]]]:
    found: list[tuple[int, list[int | str]]] = []
    table: list[int | str] = []
    counts: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        header = _TABLE.match(line)
        if header:
            table = _opened(header[1], _split(header[2]), counts)
            found.append((number, table))
            continue
        assigned = _ASSIGNED.match(line)
        if assigned:
            found.append((number, [*table, *_split(assigned[1])]))
    return found


def _opened(bracket: str, keys: list[str], counts: dict[str, int]) -> list[int | str]:
    name = ".".join(keys)
    if bracket == "[[":
        counts[name] = counts.get(name, -1) + 1
    path: list[int | str] = []
    for depth, key in enumerate(keys, start=1):
        path.append(key)
        index = counts.get(".".join(keys[:depth]))
        if index is not None:
            path.append(index)
    return path


def _split(name: str) -> list[str]:
    return [part.strip().strip('"') for part in re.findall(r'"[^"]*"|[^.]+', name.strip())]


def _common(path: Sequence[int | str], wanted: Sequence[int | str]) -> int:
    depth = 0
    for mine, theirs in zip(path, wanted, strict=False):
        if mine != theirs:
            break
        depth += 1
    return depth
