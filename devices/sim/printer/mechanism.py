"""Head, paper and blade of the simulated printer: each dot row moves the paper, and what happens to the paper happens
at its row.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, assert_never

from PIL import Image

from devices.sim.printer import drawing, grammar
from devices.sim.printer.grammar import Operation

# Dot rows from the head down to the blade: a slip begins with them blank, and must be fed by them before it is cut.
_BLADE_DISTANCE: Final = 96
_BLANK: Final = (drawing.WHITE, drawing.WHITE)
_TOO_MANY: Final = 100


class Characters(StrEnum):
    """Which characters the printer's ROM holds."""

    GBK = "gbk"
    GB18030 = "gb18030"


@dataclass(frozen=True, slots=True)
class Model:
    """A printer as bought: 80 mm paper is 576 dots in 640, 58 mm is 384 in 464."""

    width_mm: int = 80
    characters: Characters = Characters.GBK
    native_qr: bool = True
    cutter: bool = True

    @property
    def dots(self) -> int:
        return 576 if self.width_mm == 80 else 384

    @property
    def paper_dots(self) -> int:
        return self.width_mm * 8


class Mishap(StrEnum):
    """What can happen to paper under the head."""

    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    JAM = "jam"


@dataclass
class Sheet:
    """One piece of paper: its strips from the top, the text and codes on it, the bytes that made it."""

    strips: list[Image.Image] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    raw: bytearray = field(default_factory=bytearray)
    violations: list[str] = field(default_factory=list)
    complete: bool = False

    @property
    def dot_rows(self) -> int:
        return sum(strip.height for strip in self.strips)

    @property
    def marked(self) -> bool:
        """Whether anything was printed, blank feed apart."""
        return bool(self.rows or self.codes) or any(strip.getextrema() != _BLANK for strip in self.strips)


class Mechanism:
    """Carries out operations until something physical stops it. `moved` counts dot rows. `delivered` gets each sheet
    that leaves the printer, `violated` each sentence about what a driver must not send.
    """

    def __init__(self, model: Model, delivered: Callable[[Sheet], None], violated: Callable[[str], None]) -> None:
        self.model = model
        self._delivered = delivered
        self._violated = violated
        self.cover_open = False
        self.paper_out = False
        self.paper_low = False
        self.jammed = False
        self.blade_stuck = False
        self.moved = 0
        self.sheet = self._new_sheet()
        self._mishap: tuple[Mishap, int] | None = None
        self._reset()

    def _reset(self) -> None:
        self.chinese = False
        self._cells: list[drawing.Cell] = []
        self._bold = False
        self._width, self._height, self._side = 1, 1, 0
        self._qr_content, self._qr_module, self._qr_level = b"", 3, "L"

    @property
    def stopped(self) -> bool:
        return self.cover_open or self.paper_out or self.jammed

    def arm(self, mishap: Mishap, millimetres: float) -> None:
        """Let it happen after so much more paper; at once for 0."""
        self._mishap = (mishap, int(millimetres * 8))
        if millimetres <= 0:
            self._strike()

    def load_paper(self, *, low: bool) -> None:
        """A new roll: what hung from the old one is torn off."""
        self._mishap = None
        self.paper_out, self.paper_low = False, low
        self.tear_off()

    def tear_off(self) -> None:
        """Somebody takes the paper that hangs out, finished or not."""
        if self.sheet.marked:
            self._deliver(self.sheet, complete=not self.model.cutter and not self.stopped and not self._cells)
        self.sheet = self._new_sheet()

    def forget(self) -> None:
        """Drop the row being set; what is on paper stays there."""
        self._cells = []

    def execute(self, operation: Operation, raw: bytes) -> int | None:
        """Carry out one operation; the byte to answer with, when it asks for one."""
        if isinstance(operation, grammar.TellInOrder):
            return 0x03 if self.paper_low else 0x00
        self.sheet.raw += raw
        match operation:
            case grammar.Violation():
                self._violate(f"{operation.why}: {raw[:8].hex(' ')}")
            case grammar.Character():
                self._set(operation)
            case grammar.EndRow() | grammar.FeedRows() | grammar.CutHere() | grammar.Picture() | grammar.QrDraw():
                self._move(operation)
            case grammar.QrModel() | grammar.QrModule() | grammar.QrLevel() | grammar.QrContent():
                self._prepare_qr(operation)
            case _:
                self._style(operation)
        return None

    def _style(
        self,
        operation: grammar.Reset | grammar.ChineseMode | grammar.Justify | grammar.Embolden | grammar.Magnify,
    ) -> None:
        match operation:
            case grammar.Reset():
                self._reset()
            case grammar.ChineseMode():
                self.chinese = operation.on
            case grammar.Justify():
                if self._cells:
                    self._violate("justification inside a row")
                self._side = operation.side
            case grammar.Embolden():
                self._bold = operation.on
            case grammar.Magnify():
                self._width, self._height = operation.width, operation.height
            case _ as never:
                assert_never(never)

    def _prepare_qr(self, operation: grammar.QrModel | grammar.QrModule | grammar.QrLevel | grammar.QrContent) -> None:
        match operation:
            case grammar.QrModel():
                if operation.number != 2:
                    self._violate("QR model 1 is not read by telephones")
            case grammar.QrModule():
                self._qr_module = operation.dots
            case grammar.QrLevel():
                self._qr_level = operation.level
            case grammar.QrContent():
                self._qr_content = operation.content
            case _ as never:
                assert_never(never)

    def _set(self, character: grammar.Character) -> None:
        if character.size == 4 and self.model.characters is Characters.GBK:
            self._violate("a four-byte character on a printer that has GBK only")
            return
        cell = drawing.Cell(character.text, self._bold, self._width, self._height)
        if sum(each.dots for each in self._cells) + cell.dots > self.model.dots:
            self._violate("a row wider than the paper")
            self._end_row()
        self._cells.append(cell)

    def _move(
        self,
        operation: grammar.EndRow | grammar.FeedRows | grammar.CutHere | grammar.Picture | grammar.QrDraw,
    ) -> None:
        if self._cells and not isinstance(operation, grammar.EndRow):
            self._violate("a row was not ended")
            self._end_row()
        match operation:
            case grammar.EndRow():
                self._end_row()
            case grammar.FeedRows():
                self._feed(operation.count * drawing.ROW_HEIGHT)
            case grammar.CutHere():
                self._cut(operation)
            case grammar.Picture():
                self._print_picture(operation)
            case grammar.QrDraw():
                self._print_qr()
            case _ as never:
                assert_never(never)

    def _end_row(self) -> None:
        cells, self._cells = self._cells, []
        if self._advance(drawing.text_row(cells, self.model.dots, self._side)):
            self.sheet.rows.append("".join(cell.text for cell in cells))

    def _feed(self, rows: int) -> None:
        if rows:
            self._advance(drawing.blank_rows(self.model.dots, rows))

    def _print_picture(self, picture: grammar.Picture) -> None:
        if picture.stride * 8 * picture.scale > self.model.dots:
            self._violate("a picture wider than the paper")
            return
        self._advance(drawing.picture_rows(picture, self.model.dots, self._side))

    def _print_qr(self) -> None:
        if not self.model.native_qr or not self._qr_content:
            self._violate("this printer draws no QR codes" if self._qr_content else "a QR code without content")
            return
        image = drawing.qr_rows(self._qr_content, self._qr_level, self._qr_module, self.model.dots, self._side)
        if self._advance(image):
            self.sheet.codes.append(self._qr_content.decode("utf-8", errors="replace"))

    def _cut(self, cut: grammar.CutHere) -> None:
        if not self.model.cutter:
            self._violate("this printer has no cutter")
            return
        if cut.feed:
            self._feed(_BLADE_DISTANCE)
        if self.stopped:
            return
        if self.blade_stuck:
            self.jammed = True
            return
        self._part()

    def _part(self) -> None:
        """The blade stands below the head: what was printed since lies between them and begins the next slip."""
        parted, self.sheet = self.sheet, self._new_sheet()
        whole = drawing.stacked(parted.strips, self.model.dots)
        at = max(0, whole.height - _BLADE_DISTANCE)
        inside = whole.crop((0, at, whole.width, whole.height))
        parted.strips, self.sheet.strips = [whole.crop((0, 0, whole.width, at))], [inside]
        if inside.getextrema() != _BLANK:
            self._violated("cut through what was just printed")
        if parted.marked or parted.violations:
            self._deliver(parted, complete=True)

    def _new_sheet(self) -> Sheet:
        return Sheet([drawing.blank_rows(self.model.dots, _BLADE_DISTANCE)])

    def _deliver(self, sheet: Sheet, *, complete: bool) -> None:
        sheet.complete = complete
        self._delivered(sheet)

    def _advance(self, image: Image.Image) -> bool:
        """Print down this image, as far as paper and cover allow; whether all of it is on paper."""
        if self.stopped:
            return False
        rows = image.height
        if self._mishap is not None:
            mishap, left = self._mishap
            rows = min(rows, left)
            self._mishap = (mishap, left - rows)
        self.moved += rows
        if rows:
            self.sheet.strips.append(image.crop((0, 0, image.width, rows)))
        if self._mishap is not None and self._mishap[1] <= 0:
            self._strike()
        return rows == image.height

    def _strike(self) -> None:
        mishap, self._mishap = self._mishap, None
        match mishap:
            case (Mishap.COVER_OPEN, _):
                self.cover_open = True
            case (Mishap.PAPER_OUT, _):
                self.paper_out = True
            case (Mishap.JAM, _):
                self.jammed = True
            case _:
                pass

    def _violate(self, why: str) -> None:
        self._violated(why)
        if len(self.sheet.violations) < _TOO_MANY:
            self.sheet.violations.append(why)
