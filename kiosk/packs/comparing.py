"""What changes when one policy pack takes the place of another, key by key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from kiosk.packs.loading import read_pack, read_tree


@dataclass(frozen=True, slots=True)
class Difference:
    """One key with its value in either pack as text; None where a pack does not have it."""

    key: str
    old: str | None
    new: str | None


def differences(old: Path, new: Path) -> tuple[Difference, ...]:
    """Both packs must be whole; PackWrong says which is not, and where."""
    read_pack(old)
    read_pack(new)
    before, after = dict(_leaves(read_tree(old))), dict(_leaves(read_tree(new)))
    keys = [*before, *(key for key in after if key not in before)]
    pairs = ((key, before.get(key), after.get(key)) for key in keys)
    return tuple(Difference(key, was, now) for key, was, now in pairs if was != now)


def _leaves(tree: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in tree.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            yield from _leaves(cast("dict[str, Any]", value), f"{name}.")
        else:
            yield name, str(value)
