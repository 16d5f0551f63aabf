"""ESC/POS: the only encoder of slips, and the decoder of a printer's real-time status.

Text is sent in the printer's Chinese mode as GBK or GB18030; a character outside its set has to arrive as a raster, so
one here is a defect of the caller. Commands come out one by one, because a status question may only be asked between
two of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, assert_never

from kiosk.domain.paper import Align, CharacterSet, Cut, Feed, Line, PaperItem, PaperShape, Qr, Raster, Rule, Slip

INITIALISE: Final = b"\x1b@\x1c&"
"""Reset what an earlier job may have left, then Chinese mode."""

ASK_IN_ORDER: Final = b"\x1dr\x01"
"""GS r 1: answered only when everything before it has been worked off."""

FORGET_JOB: Final = bytes.fromhex("10 14 08 01 03 14 01 06 02 08")
"""DLE DC4 fn 8: drop what waits in the buffers, so that a new roll does not bring out the rest of an earlier person's
slip.
"""

_CUT: Final = b"\x1dVB\x00"
_TO_TEAR_BAR: Final = b"\x1bd\x05"
# Rows of one GS v 0: small enough for the smallest buffers met (4 KB at 80 mm holds 56), and a place to ask the status
# in between.
_BAND: Final = 48
_CODECS: Final = {CharacterSet.GBK: "gbk", CharacterSet.GB18030: "gb18030", CharacterSet.NONE: "ascii"}


def encode(slip: Slip) -> Iterator[bytes]:
    """The slip as commands, beginning with the reset. ValueError where an item does not fit the slip's shape."""
    yield INITIALISE
    look = _Look()
    for item in slip.items:
        yield from _encode_item(item, slip.shape, look)


def part_leftover(shape: PaperShape) -> bytes:
    """Part what a failed job left on the paper from the next slip."""
    return _cut(shape)


@dataclass(slots=True)
class _Look:
    """What the printer was last told of alignment, weight and size, so that it is told again only what changes.

    The reset before each slip makes it true; nothing else is sent inside of one.
    """

    align: Align = Align.LEFT
    bold: bool = False
    scale: int = 1

    def aligned(self, align: Align) -> bytes:
        if align is self.align:
            return b""
        self.align = align
        return b"\x1ba\x01" if align is Align.CENTRE else b"\x1ba\x00"

    def turned(self, line: Line) -> bytes:
        """The commands that make the printer set this row as it is meant."""
        told = self.aligned(line.align)
        if line.bold is not self.bold:
            self.bold = line.bold
            told += b"\x1bE\x01" if line.bold else b"\x1bE\x00"
        if line.scale != self.scale:
            self.scale = line.scale
            told += b"\x1d!" + bytes(((line.scale - 1) * 0x11,))
        return told


def _encode_item(item: PaperItem, shape: PaperShape, look: _Look) -> Iterator[bytes]:
    match item:
        case Line():
            yield look.turned(item) + _line(item, shape)
        case Rule():
            yield look.aligned(Align.CENTRE) + _rule(shape.dots, item.heavy)
        case Qr():
            yield look.aligned(Align.CENTRE) + _qr(item, shape)
        case Raster():
            yield from _raster(item, shape, look)
        case Feed():
            yield b"\x1bd" + bytes((item.lines,))
        case Cut():
            yield _cut(shape)
        case _ as never:
            assert_never(never)


def _cut(shape: PaperShape) -> bytes:
    return _CUT if shape.cutter else _TO_TEAR_BAR


def text_columns(text: str) -> int:
    """Columns at scale 1: a printer gives every character outside ASCII the width of two."""
    return 2 * len(text) - len(text.encode("ascii", "ignore"))


def _line(line: Line, shape: PaperShape) -> bytes:
    if not line.text.isprintable():
        raise ValueError("a line holds printable characters only")
    taken = text_columns(line.text)
    if taken * line.scale > shape.columns:
        raise ValueError(f"a line of {taken} columns at scale {line.scale} does not fit {shape.columns}")
    return line.text.encode(_CODECS[shape.characters]) + b"\n"


@cache
def _rule(dots: int, heavy: bool) -> bytes:
    """Drawn, because dashes of a font leave gaps: 8 rows, of which 2 (heavy: 4) are black.

    As a picture that the printer doubles both ways (m = 3), whose dots are all of a row: a quarter of the bytes.
    """
    stride = dots // 16
    rows = (b"\xff" if black else b"\x00" for black in (False, True, heavy, False))
    return b"\x1dv0\x03" + stride.to_bytes(2, "little") + b"\x04\x00" + b"".join(row * stride for row in rows)


def _raster(raster: Raster, shape: PaperShape, look: _Look) -> Iterator[bytes]:
    if raster.width > shape.dots:
        raise ValueError(f"a raster of {raster.width} dots does not fit {shape.dots}")
    stride = raster.width // 8
    for top in range(0, raster.height, _BAND):
        rows = min(_BAND, raster.height - top)
        band = _defused(raster.bits[top * stride : (top + rows) * stride])
        size = stride.to_bytes(2, "little") + rows.to_bytes(2, "little")
        yield look.aligned(Align.CENTRE) + b"\x1dv0\x00" + size + band


def _defused(bits: bytes) -> bytes:
    """Without DLE EOT, DLE ENQ and DLE DC4, which printers obey even inside a picture: the dot of a DLE gets a
    neighbour.
    """
    for second in (b"\x04", b"\x05", b"\x14"):
        bits = bits.replace(b"\x10" + second, b"\x18" + second)
    return bits


def _qr(qr: Qr, shape: PaperShape) -> bytes:
    """GS ( k: model 2, module size, error correction M, store, print (functions 165, 167, 169, 180, 181)."""
    if not shape.native_qr:
        raise ValueError("this printer draws no QR codes: it wants a raster")
    functions = (b"1A2\x00", b"1C" + bytes((qr.module,)), b"1E1", b"1P0" + qr.content.encode(), b"1Q0")
    framed = (b"\x1d(k" + len(function).to_bytes(2, "little") + function for function in functions)
    return b"".join(framed)


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """What a printer said of itself in real time; None is what it did not say. Silence is not "no paper"."""

    offline: bool | None = None
    cover_open: bool | None = None
    paper_out: bool | None = None
    paper_low: bool | None = None
    jammed: bool | None = None
    broken: bool | None = None

    @property
    def silent(self) -> bool:
        return self == PrinterStatus()


QUESTIONS: Final = (1, 2, 3, 4)
"""The `n` of DLE EOT n: printer, cause of offline, cause of error, paper."""


def ask(question: int) -> bytes:
    return b"\x10\x04" + bytes((question,))


def is_status(byte: int) -> bool:
    """Whether a byte has the fixed bits 0xx1xx10 of an answer to DLE EOT; an answer to GS r has bit 4 clear."""
    return byte & 0x93 == 0x12


def is_in_order_answer(byte: int) -> bool:
    """Whether a byte can be the answer to GS r 1 (0xx0xxxx). Its paper bits are worth nothing on cheap printers; that
    it came is.
    """
    return byte & 0x90 == 0x00


def status(answers: dict[int, int | None]) -> PrinterStatus:
    """Join the answers to DLE EOT, by question; None or a byte without the fixed bits says nothing."""
    printer, offline, error, paper = (_believed(answers.get(question)) for question in QUESTIONS)
    return PrinterStatus(
        offline=_bit(printer, 0x08),
        cover_open=_bit(offline, 0x04),
        paper_out=_any(_bit(paper, 0x60), _bit(offline, 0x20)),
        paper_low=_bit(paper, 0x0C),
        jammed=_bit(error, 0x08),
        broken=_bit(error, 0x20),
    )


def _believed(byte: int | None) -> int | None:
    return byte if byte is not None and is_status(byte) else None


def _bit(byte: int | None, mask: int) -> bool | None:
    return None if byte is None else bool(byte & mask)


def _any(*said: bool | None) -> bool | None:
    known = [word for word in said if word is not None]
    return any(known) if known else None


def commands_within(commands: Iterator[bytes], size: int) -> Iterator[bytes]:
    """Commands joined into pieces of at least `size` bytes, cut between commands: fewer questions on a slow line."""
    while piece := b"".join(_until(commands, size)):
        yield piece


def _until(commands: Iterator[bytes], size: int) -> Iterator[bytes]:
    taken = 0
    for command in commands:
        yield command
        taken += len(command)
        if taken >= size:
            return
