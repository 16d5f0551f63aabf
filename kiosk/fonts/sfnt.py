"""What our font files hold, read as the OpenType specification lays them out and without a font library.

A kiosk starts without the quarter of a second that a general parser takes, and needs three tables of it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_SEGMENTED_COVERAGE = 12  # cmap format 12: groups (first code, last code, first glyph), sorted


@dataclass(frozen=True, slots=True)
class Group:
    """Codes from `first` to `last`, whose glyphs follow one another from `glyph` on."""

    first: int
    last: int
    glyph: int


def table(path: Path, wanted: str) -> bytes:
    """One table of a font file; ValueError where the font has none of that tag."""
    with path.open("rb") as font:
        header = font.read(12 + 16 * 64)
        for at in range(struct.unpack_from(">H", header, 4)[0]):
            tag, _, offset, length = struct.unpack_from(">4sIII", header, 12 + 16 * at)
            if tag == wanted.encode().ljust(4):
                font.seek(offset)
                return font.read(length)
    raise ValueError(f"{path.name} has no table {wanted}")


def groups(path: Path) -> Iterator[Group]:
    """The character map, in the order of the codes."""
    cmap = table(path, "cmap")
    for at in range(struct.unpack_from(">H", cmap, 2)[0]):
        start = int(struct.unpack_from(">HHI", cmap, 4 + 8 * at)[2])
        if struct.unpack_from(">H", cmap, start)[0] == _SEGMENTED_COVERAGE:
            count = struct.unpack_from(">I", cmap, start + 12)[0]
            rows = (struct.unpack_from(">III", cmap, start + 16 + 12 * row) for row in range(count))
            yield from (Group(*row) for row in rows if row[2])
            return
    raise ValueError(f"{path.name} has no character map of format 12")


def advances(path: Path) -> tuple[int, ...]:
    """How far each glyph moves on, in units of the font; the last of them goes for all that follow."""
    count = int(struct.unpack_from(">H", table(path, "hhea"), 34)[0])
    return struct.unpack_from(">" + "H2x" * count, table(path, "hmtx"))
