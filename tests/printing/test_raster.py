from __future__ import annotations

import numpy as np
import pytest
import zxingcpp

from kiosk.domain.paper import Align, Line, PaperShape, Raster
from printing import raster
from tests.support.paid_bills import MM58, MM80

RARE = "䶮㛃𬭎喆堃𠅤镕珺赟翀𫖮𬀩𬸚"


def dots(picture: Raster) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    """1 is black."""
    packed = np.frombuffer(picture.bits, np.uint8).reshape(picture.height, picture.width // 8)
    return np.unpackbits(packed, axis=1)


def test_drawn_row_is_as_wide_as_the_paper_and_little_higher_than_its_letters() -> None:
    assert [(row.width, row.height) for row in (raster.row(Line("姓名"), shape) for shape in (MM58, MM80))] == [
        (384, 30),
        (576, 30),
    ]
    assert raster.row(Line("姓名", scale=2), MM58).height == 60


@pytest.mark.parametrize("bold", [False, True])
def test_rare_characters_are_each_drawn_and_none_as_a_box(bold: bool) -> None:
    pictures = {character: raster.row(Line(character, bold), MM58) for character in RARE}
    assert len({picture.bits for picture in pictures.values()}) == len(RARE)
    for character, picture in pictures.items():
        inner = dots(picture)[8:22, 5:19]
        assert 20 < inner.sum() < inner.size - 20, character


def test_ink_keeps_to_its_columns() -> None:
    picture = dots(raster.row(Line("  国W  "), MM58))
    assert picture[:, :23].sum() == picture[:, 62:].sum() == 0
    assert picture[:, 24:48].any()
    assert picture[:, 48:61].any()


def test_centred_row_has_equal_margins() -> None:
    inked = np.flatnonzero(dots(raster.row(Line("补打补", align=Align.CENTRE), MM80)).any(axis=0))
    assert abs(inked[0] - (575 - inked[-1])) <= 3


def test_bold_is_blacker() -> None:
    plain, bold = (dots(raster.row(Line("本人支付", bold), MM58)).sum() for bold in (False, True))
    assert bold > plain * 1.2


@pytest.mark.parametrize("line", [Line("国" * 17), Line("李𠀀")])
def test_what_does_not_fit_paper_or_font_is_a_defect(line: Line) -> None:
    with pytest.raises(ValueError, match="fit"):
        raster.row(line, MM58)


@pytest.mark.parametrize("shape", [MM58, MM80])
@pytest.mark.parametrize("content", ["P4NF-YRGF-Y", "https://receipt.example/00010126/0012345678?check=a1b2c3"])
def test_drawn_code_reads_back(shape: PaperShape, content: str) -> None:
    picture = raster.qr(content, shape, 6)
    assert picture.width == shape.dots
    grey = np.pad((1 - dots(picture)) * np.uint8(255), 24, constant_values=255)
    assert [code.text for code in zxingcpp.read_barcodes(grey)] == [content]


def test_code_too_large_for_its_modules_gets_smaller_ones() -> None:
    picture = raster.qr("x" * 800, MM58, 6)
    assert picture.width == 384
    grey = np.pad((1 - dots(picture)) * np.uint8(255), 24, constant_values=255).repeat(3, 0).repeat(3, 1)
    assert [code.text for code in zxingcpp.read_barcodes(grey)] == ["x" * 800]
