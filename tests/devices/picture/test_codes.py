"""Codes on drawn papers: read from the top, however the paper lies, and never what is none."""

from __future__ import annotations

import io

import cv2
import numpy as np
import pytest
import segno
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from devices.picture.codes import codes_on
from devices.picture.pixels import Pixels
from kiosk.domain.personal import Voucher

SIZE = (640, 480)


def paper(*contents: str, scale: int = 4) -> Pixels:
    """Codes one beneath the other on a white sheet."""
    sheet, y = Image.new("RGB", SIZE, "white"), 20
    for content in contents:
        file = io.BytesIO()
        segno.make_qr(content, error="m", encoding="utf-8").save(file, kind="png", scale=scale, border=4)
        code = Image.open(file).convert("RGB")
        sheet.paste(code, (200, y))
        y += code.height + 10
    return np.asarray(cv2.cvtColor(np.asarray(sheet), cv2.COLOR_RGB2BGR), np.uint8)


def read(pixels: Pixels) -> list[str]:
    return [code.reveal() for code in codes_on(pixels)]


def test_codes_are_read_from_the_top() -> None:
    both = ["01,10,044031900111,12345678", "第二张 invoice"]
    assert read(paper(*both)) == both
    assert read(paper(*reversed(both))) == both[::-1]


def test_a_barcode_is_read() -> None:
    bars = zxingcpp.create_barcode("A1B2C3D4", zxingcpp.BarcodeFormat.Code128)
    drawn = np.asarray(zxingcpp.write_barcode_to_image(bars, scale=3))
    sheet = np.full((480, 640), 255, np.uint8)
    sheet[100 : 100 + drawn.shape[0], 100 : 100 + drawn.shape[1]] = drawn
    assert read(np.asarray(cv2.cvtColor(sheet, cv2.COLOR_GRAY2BGR), np.uint8)) == ["A1B2C3D4"]


@pytest.mark.parametrize("degrees", [90, 180, 20])
def test_a_paper_may_lie_as_it_likes(degrees: float) -> None:
    turn = cv2.getRotationMatrix2D((SIZE[0] / 2, SIZE[1] / 2), degrees, 0.9)
    turned = cv2.warpAffine(paper("aslant", scale=6), turn, SIZE, borderValue=(200, 200, 200))
    assert read(np.asarray(turned, np.uint8)) == ["aslant"]


def test_a_little_out_of_focus_it_is_read_all_the_same() -> None:
    assert read(np.asarray(cv2.GaussianBlur(paper("soft", scale=6), (0, 0), 2.5), np.uint8)) == ["soft"]


@pytest.mark.parametrize("content", ["\x1b[A", "a\nb", "9" * 600, "   "])
def test_what_no_scanner_may_send_is_no_code(content: str) -> None:
    assert read(paper(content, scale=3)) == []


def test_a_code_hides_itself() -> None:
    (code,) = codes_on(paper("4240123456789012345678901234"))
    assert isinstance(code, Voucher)
    assert "4240" not in repr(code)


def test_an_empty_sheet_has_none() -> None:
    assert codes_on(np.full((480, 640, 3), 255, np.uint8)) == ()


@settings(max_examples=20)
@given(st.integers(1, 60), st.integers(1, 60), st.binary(min_size=1, max_size=200))
def test_any_picture_can_be_looked_through(width: int, height: int, noise: bytes) -> None:
    size = width * height * 3
    pixels = np.frombuffer((noise * (size // len(noise) + 1))[:size], np.uint8).reshape(height, width, 3)
    assert all(isinstance(code, Voucher) for code in codes_on(pixels))
