"""What stands on a PDF and where, so that another program can set the same page."""

from __future__ import annotations

from ctypes import c_uint
from typing import Any

import pypdfium2
from pypdfium2 import raw

_THICKEST_RULE = 2.5  # points: what is thinner was drawn as a line


def pages(pdf: bytes) -> list[dict[str, list[dict[str, Any]]]]:
    """Of each page the words and the filled boxes, in points from its top left corner, colours as #rrggbb."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_page(page) for page in document]
    finally:
        document.close()


def _page(page: pypdfium2.PdfPage) -> dict[str, list[dict[str, Any]]]:
    height, textpage = page.get_height(), page.get_textpage()
    words = [_word(each, height) for each in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], textpage=textpage)]
    boxes = [_box(each, height) for each in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH])]
    return {"words": words, "boxes": boxes}


def _word(found: Any, height: float) -> dict[str, Any]:
    """`y` is the baseline's."""
    matrix = found.get_matrix()
    return {
        "x": round(matrix.e, 2),
        "y": round(height - matrix.f, 2),
        "size": found.get_font_size(),
        "bold": raw.FPDFTextObj_GetTextRenderMode(found) == raw.FPDF_TEXTRENDERMODE_FILL_STROKE,
        "ink": _ink(found),
        "text": found.extract(),
    }


def _box(found: Any, height: float) -> dict[str, Any]:
    left, bottom, right, top = found.get_bounds()
    return {
        "x": round(left, 2),
        "y": round(height - top, 2),
        "width": round(right - left, 2),
        "height": round(top - bottom, 2),
        "ink": _ink(found, is_rule=top - bottom < _THICKEST_RULE),
    }


def _ink(found: Any, *, is_rule: bool = False) -> str:
    parts = [c_uint() for _ in range(4)]
    ask = raw.FPDFPageObj_GetStrokeColor if is_rule else raw.FPDFPageObj_GetFillColor
    ask(found, *parts)
    return "#" + "".join(f"{part.value:02x}" for part in parts[:3])
