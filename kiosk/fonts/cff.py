"""Compact Font Format, as much as a PDF needs: outlines taken out of one font, and a few of them made into another.

After Adobe's technical note 5176. Outlines ("charstrings") pass through untouched; what is written is a font keyed by
CID (ISO 32000-1, 9.7.4.2): a reader finds an outline by the number that stands in the page.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence

Box = tuple[int, int, int, int]
"""What all outlines of a font stay within: left, bottom, right, top, in its units."""

_CHARSTRINGS, _CHARSET, _PRIVATE, _BOX = 17, 15, 18, 5
_ROS, _MATRIX, _COUNT, _FONTS, _SELECT = (12, 30), (12, 7), (12, 34), (12, 36), (12, 37)
_DEFAULT_WIDTH, _NOMINAL_WIDTH = 20, 21
_FIRST_FREE_STRING = 391  # numbers below it are the specification's own
_HEADER = bytes((1, 0, 4, 4))
_NUMBER = 5  # bytes of an offset in a dictionary, always written long: so its size does not depend on its value


def charstrings(font: bytes) -> tuple[bytes, ...]:
    """The outline of each glyph of a CFF table, in the order of the glyphs."""
    _, after_names = _index(font, font[2])
    tops, _ = _index(font, after_names)
    (offset,) = dict(_entries(tops[0]))[_CHARSTRINGS]
    return _index(font, offset)[0]


def _index(font: bytes, at: int) -> tuple[tuple[bytes, ...], int]:
    """The parts of an INDEX, and where it ends."""
    count = int(struct.unpack_from(">H", font, at)[0])
    if not count:
        return (), at + 2
    size, first = font[at + 2], at + 3
    table = font[first : first + (count + 1) * size]
    ends = [int.from_bytes(table[n : n + size], "big") for n in range(0, len(table), size)]
    data = first + len(table) - 1
    return tuple(font[data + ends[n] : data + ends[n + 1]] for n in range(count)), data + ends[-1]


def _entries(dictionary: bytes) -> Iterator[tuple[int | tuple[int, int], list[int]]]:
    """Operators with their whole numbers; reals are passed over, because nothing here asks for one."""
    at, operands = 0, list[int]()
    while at < len(dictionary):
        lead = dictionary[at]
        match lead:
            case 12:
                yield (12, dictionary[at + 1]), operands
                at, operands = at + 2, []
            case _ if lead < 22:
                yield lead, operands
                at, operands = at + 1, []
            case 28:
                operands.append(int.from_bytes(dictionary[at + 1 : at + 3], "big", signed=True))
                at += 3
            case 29:
                operands.append(int.from_bytes(dictionary[at + 1 : at + 5], "big", signed=True))
                at += 5
            case 30:
                while dictionary[at] & 0xF != 0xF:
                    at += 1
                at += 1
            case _ if lead < 247:
                operands.append(lead - 139)
                at += 1
            case _:
                high, low = lead - 247, dictionary[at + 1]
                operands.append(high * 256 + low + 108 if lead < 251 else -(high - 4) * 256 - low - 108)
                at += 2


def keyed(name: str, outlines: Mapping[int, bytes], units: int, box: Box) -> bytes:
    """A font of these outlines by CID; CID 0 is what stands for a missing one.

    `units` go on an em; an outline without a width of its own is an em wide. Equal outlines give equal bytes.
    """
    numbers = sorted(outlines)
    strings = _joined((b"Adobe", b"Identity"))
    names, subroutines = _joined((name.encode("ascii"),)), _joined(())
    before = len(_HEADER) + len(names) + len(_joined((_top(0, 0, 0, 0, units, box),))) + len(strings) + len(subroutines)
    charset = b"\x00" + b"".join(struct.pack(">H", number) for number in numbers[1:])
    select = b"\x03" + struct.pack(">HHBH", 1, 0, 0, len(numbers))
    glyphs = _joined([outlines[number] for number in numbers])
    private = _entry(_DEFAULT_WIDTH, units) + _entry(_NOMINAL_WIDTH, 0)
    charset_at = before
    select_at = charset_at + len(charset)
    glyphs_at = select_at + len(select)
    private_at = glyphs_at + len(glyphs)
    fonts = _joined((_entry(_PRIVATE, len(private), private_at),))
    top = _top(charset_at, select_at, glyphs_at, private_at + len(private), units, box)
    return b"".join((_HEADER, names, _joined((top,)), strings, subroutines, charset, select, glyphs, private, fonts))


def _top(charset: int, select: int, glyphs: int, fonts: int, units: int, box: Box) -> bytes:
    scale = _real(f"{1 / units:.6f}".strip("0"))
    return b"".join(
        (
            _entry(_ROS, _FIRST_FREE_STRING, _FIRST_FREE_STRING + 1, 0),
            scale + _number(0) + _number(0) + scale + _number(0) + _number(0) + bytes(_MATRIX),
            _entry(_BOX, *box),
            _entry(_COUNT, 0xFFFF),
            _entry(_CHARSET, charset),
            _entry(_SELECT, select),
            _entry(_CHARSTRINGS, glyphs),
            _entry(_FONTS, fonts),
        )
    )


def _entry(operator: int | tuple[int, int], *operands: int) -> bytes:
    sign = bytes(operator) if isinstance(operator, tuple) else bytes((operator,))
    return b"".join(map(_number, operands)) + sign


def _number(value: int) -> bytes:
    return b"\x1d" + value.to_bytes(_NUMBER - 1, "big", signed=True)


def _real(decimal: str) -> bytes:
    """Two signs a byte: digits as they are, the point as ten, the end as fifteen."""
    signs = ["0123456789.".index(sign) for sign in decimal] + [15]
    signs += [15] * (len(signs) % 2)
    return b"\x1e" + bytes(high << 4 | low for high, low in zip(signs[::2], signs[1::2], strict=True))


def _joined(parts: Sequence[bytes]) -> bytes:
    """An INDEX."""
    if not parts:
        return b"\x00\x00"
    ends = [1]
    for part in parts:
        ends.append(ends[-1] + len(part))
    size = (ends[-1].bit_length() + 7) // 8
    offsets = b"".join(end.to_bytes(size, "big") for end in ends)
    return struct.pack(">HB", len(parts), size) + offsets + b"".join(parts)
