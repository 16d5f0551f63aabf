"""What changes when one policy pack takes the place of another, key by key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from kiosk.packs.complaints import read_toml_tree
from kiosk.packs.loading import read_pack, read_tree
from kiosk.packs.services import FILE


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
    before, after = dict(_leaves(_whole(old))), dict(_leaves(_whole(new)))
    keys = [*before, *(key for key in after if key not in before)]
    pairs = ((key, before.get(key), after.get(key)) for key in keys)
    return tuple(Difference(key, was, now) for key, was, now in pairs if was != now)


def _whole(folder: Path) -> dict[str, Any]:
    """Both files of a pack as one tree; their tables have different names."""
    services = folder / FILE
    return read_tree(folder) | (read_toml_tree(services, f"{folder.name}/{FILE}") if services.exists() else {})


def _leaves(tree: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in tree.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            yield from _leaves(cast("dict[str, Any]", value), f"{name}.")
        else:
            yield name, str(value)
