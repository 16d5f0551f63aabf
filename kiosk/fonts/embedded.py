"""Our typeface inside a PDF: one subset a document, its words copied as they are read, its bold drawn with a pen.

Here and nowhere else, because reportlab keeps one font object for each face in a process, whatever name it is
registered under: a second registration would take the place of ours in every later document.

reportlab embeds TrueType only, 255 characters a subset and each weight its own. Nearly all of a statement is outlines,
and in the two weights they came to twice as much as this: outlines of four points a curve (`packaging/cut_paper.py`) in
a single font of two-byte codes, which are the characters' own; bold is the same outline with a line around it, as word
processors make the bold of a font that has none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import SimpleNamespace
from typing import Any, Final, Protocol
from weakref import WeakKeyDictionary

from reportlab import rl_config
from reportlab.lib.colors import Color, black
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFZCompress  # pyright: ignore[reportUnknownVariableType]
from reportlab.pdfgen.canvas import Canvas

from kiosk import fonts
from kiosk.fonts import cff, sfnt

NAME: Final = "NotoSansSC-Paper"
_PARTIAL: Final = f"AAAAAA+{NAME}"
_EM: Final = 1000
BOX: Final = (-170, -90, 390, 215)
"""What no outline leaves, in units of the font."""
_STROKE: Final = 0.032  # ems of the pen's line: it makes the stems of the regular weight those of the bold one
_MITRE: Final = 2.0
_OUTLINE_AND_LINE: Final = 2  # the text rendering mode (ISO 32000-1, table 106)
_FIRST_SURROGATE, _LAST_SURROGATE = 0xD800, 0xDFFF


@dataclass(frozen=True, slots=True)
class Type:
    """How words look; `size` in points."""

    size: float
    bold: bool = False
    colour: Color = black


def write(canvas: Canvas, x: float, y: float, words: str, look: Type, before: float = 0.0) -> None:
    """`x` and `y` in points from the lower left corner; `before` of the words' width stands left of `x`: 0, ½ or 1."""
    face = _face()
    doc: _Document = vars(canvas)["_doc"]  # whoever draws for reportlab tells a font which document it is for
    canvas.setFillColor(look.colour)
    if look.bold:
        canvas.setStrokeColor(look.colour)
        canvas.setLineWidth(round(look.size * _STROKE, 2))
        canvas.setMiterLimit(_MITRE)  # pyright: ignore[reportUnknownMemberType]
    left = round(x - before * width(words, look.size) * mm, 2)
    mode = f"{_OUTLINE_AND_LINE if look.bold else 0} Tr"
    ((subset, codes),) = face.splitString(words, doc)
    font = face.getSubsetInternalName(subset, doc)
    canvas.addLiteral(f"BT {mode} {font} {look.size} Tf {left} {round(y, 2)} Td <{codes.hex()}> Tj ET")


def width(words: str, size: float) -> float:
    """Millimetres that the words take at `size` points, in either weight."""
    return _face().stringWidth(words, size) / mm


def load() -> None:
    """Read the outlines, once a process: about 20 ms."""
    _face()


@cache
def _face() -> _Typeface:
    rl_config.useA85 = 0  # seven-bit transport went out with the modem; a quarter of each page
    face = _Typeface()
    pdfmetrics.registerFont(face)  # pyright: ignore[reportUnknownMemberType]
    return face


class _Document(Protocol):
    """The part of reportlab's document that a font sees; its stubs leave it out."""

    fontMapping: dict[str, str]  # noqa: N815
    delayedFonts: list[object]  # noqa: N815
    idToObject: dict[str, Any]  # noqa: N815

    def Reference(self, obj: object, name: str) -> object: ...  # noqa: N802


@dataclass(slots=True)
class _Used:
    """What one document wrote: the code on its pages for each character, and reportlab's name of the font."""

    name: str
    codes: dict[int, int] = field(default_factory=dict[int, int])

    def code(self, character: int) -> int:
        """Two bytes hold every character but the rarest; those take the numbers that are no character's."""
        if character in self.codes:
            return self.codes[character]
        rare = sum(_FIRST_SURROGATE <= code <= _LAST_SURROGATE for code in self.codes.values())
        self.codes[character] = code = character if character <= 0xFFFF else _FIRST_SURROGATE + rare
        return code


class _Typeface:
    """What reportlab (5.1) asks of a font that is cut anew for each document: the names are reportlab's."""

    fontName = NAME  # noqa: N815
    face = SimpleNamespace(name=NAME)
    shapable = False
    _multiByte = 1  # noqa: N815
    _dynamicFont = 1  # noqa: N815

    def __init__(self) -> None:
        self._glyphs = {
            code: group.glyph + code - group.first
            for group in sfnt.groups(fonts.PAPER)
            for code in range(group.first, group.last + 1)
        }
        self._strings = cff.charstrings(sfnt.table(fonts.PAPER, "CFF "))
        self._advances = sfnt.advances(fonts.PAPER)
        self._units = self._advances[0]
        self._documents: WeakKeyDictionary[_Document, _Used] = WeakKeyDictionary()

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:  # noqa: N802
        del encoding
        return sum(map(self._advance, map(ord, text))) * size / self._units

    def splitString(self, text: str, doc: _Document, encoding: str = "utf-8") -> list[tuple[int, bytes]]:  # noqa: N802
        """The codes of a text, all of one subset; code 0 is the box of a missing character."""
        del encoding
        used = self._used(doc)
        codes = (used.code(character) if character in self._glyphs else 0 for character in map(ord, text))
        return [(0, b"".join(code.to_bytes(2, "big") for code in codes))]

    def getSubsetInternalName(self, subset: int, doc: _Document) -> str:  # noqa: N802
        del subset
        return f"/{self._used(doc).name}"

    def addObjects(self, doc: _Document) -> None:  # noqa: N802
        """Called once a document, when its pages are drawn."""
        used = self._documents.pop(doc)
        drawn = {code: self._glyphs[character] for character, code in used.codes.items()}
        file = PDFStream(content=cff.keyed(_PARTIAL, self._outlines(drawn), self._units, BOX), filters=[PDFZCompress])
        file.dictionary["Subtype"] = PDFName("CIDFontType0C")
        words = PDFStream(content=_to_unicode(used.codes), filters=[PDFZCompress])
        whole = {
            "Type": PDFName("Font"),
            "Subtype": PDFName("Type0"),
            "BaseFont": PDFName(_PARTIAL),
            "Encoding": PDFName("Identity-H"),
            "DescendantFonts": PDFArray([doc.Reference(self._font(doc, file, drawn), "outlines")]),
            "ToUnicode": doc.Reference(words, "words"),
        }
        doc.idToObject["BasicFonts"].dict[used.name] = doc.Reference(PDFDictionary(whole), used.name)

    def _used(self, doc: _Document) -> _Used:
        if doc not in self._documents:
            self._documents[doc] = _Used(f"F{len(doc.fontMapping) + 1}")
            doc.fontMapping[NAME] = f"/{self._documents[doc].name}"
            doc.delayedFonts.append(self)
        return self._documents[doc]

    def _advance(self, character: int) -> int:
        """Glyphs past the end of the list are as wide as its last."""
        glyph = self._glyphs.get(character, 0)
        return self._advances[min(glyph, len(self._advances) - 1)]

    def _outlines(self, drawn: Mapping[int, int]) -> dict[int, bytes]:
        return {0: self._strings[0]} | {code: self._strings[glyph] for code, glyph in drawn.items()}

    def _font(self, doc: _Document, file: PDFStream, drawn: Mapping[int, int]) -> PDFDictionary:
        descriptor = {
            "Type": PDFName("FontDescriptor"),
            "FontName": PDFName(_PARTIAL),
            "Flags": 4,
            "FontBBox": PDFArray([edge * _EM // self._units for edge in BOX]),
            "ItalicAngle": 0,
            "Ascent": 880,
            "Descent": -120,
            "CapHeight": 733,
            "StemV": 68,
            "FontFile3": doc.Reference(file, "file"),
        }
        last = len(self._advances) - 1
        wide = {code: self._advances[min(glyph, last)] * _EM // self._units for code, glyph in sorted(drawn.items())}
        narrow = [part for code, units in wide.items() if units != _EM for part in (code, PDFArray([units]))]
        font = {
            "Type": PDFName("Font"),
            "Subtype": PDFName("CIDFontType0"),
            "BaseFont": PDFName(_PARTIAL),
            "CIDSystemInfo": PDFDictionary({"Registry": "(Adobe)", "Ordering": "(Identity)", "Supplement": 0}),
            "FontDescriptor": doc.Reference(PDFDictionary(descriptor), "descriptor"),
            "DW": _EM,
            "W": PDFArray(narrow),
        }
        return PDFDictionary(font)


def _to_unicode(codes: Mapping[int, int]) -> bytes:
    """Codes to UTF-16BE (ISO 32000-1, 9.10.3): of most, whole rows of 256 that stand for themselves."""
    rows = sorted({code >> 8 for character, code in codes.items() if character == code})
    rare = [(code, chr(character)) for character, code in codes.items() if character != code]
    parts = ["/CIDInit /ProcSet findresource begin 12 dict begin begincmap"]
    parts += ["/CMapName /Words def /CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange"]
    for at in range(0, len(rows), 100):  # of a kind, a hundred is the most that may stand together
        some = rows[at : at + 100]
        parts += [f"{len(some)} beginbfrange", *(f"<{row:02X}00> <{row:02X}FF> <{row:02X}00>" for row in some)]
        parts += ["endbfrange"]
    for at in range(0, len(rare), 100):
        few = rare[at : at + 100]
        parts += [f"{len(few)} beginbfchar"]
        parts += [f"<{code:04X}> <{letter.encode('utf-16-be').hex().upper()}>" for code, letter in few]
        parts += ["endbfchar"]
    parts += ["endcmap CMapName currentdict /CMap defineresource pop end end"]
    return "\n".join(parts).encode("ascii")
