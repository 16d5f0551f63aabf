"""The driver's encoder and the simulator's decoder share no code; what one writes the other prints."""

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from devices.sim.printer import drawing
from devices.sim.printer.mechanism import Characters, Model, Sheet
from devices.sim.printer.printer import Printer
from devices.wire import escpos
from kiosk.domain.paper import Align, CharacterSet, Cut, Feed, Line, PaperItem, PaperShape, Qr, Raster, Rule, Slip

SHAPE = PaperShape(80, 576, 48, CharacterSet.GB18030)
MODEL = Model(80, Characters.GB18030)

text = st.text(st.characters(min_codepoint=0x20, exclude_categories=("C", "Z")), max_size=12)
lines = st.builds(Line, text, st.booleans(), st.sampled_from([1, 2]), st.sampled_from(Align))
codes = st.builds(Qr, st.text("ABCDEFabcdef0123456789:/.?=", min_size=1, max_size=60), st.integers(3, 6))
rasters = st.integers(1, 9).flatmap(
    lambda stride: st.builds(
        lambda rows: Raster(stride * 8, len(rows), b"".join(rows)),
        st.lists(st.binary(min_size=stride, max_size=stride), min_size=1, max_size=60),
    )
)
items: st.SearchStrategy[PaperItem] = (
    lines | codes | rasters | st.builds(Rule, st.booleans()) | st.builds(Feed, st.integers(1, 3))
)


def printed(slip: Slip) -> Sheet:
    """The one sheet that comes out, without a complaint of the printer."""
    sheets: list[Sheet] = []
    waiting: list[object] = []
    printer = Printer(MODEL, sheets.append, lambda _, act: waiting.append(act))
    printer.receive(b"".join(escpos.encode(slip)), lambda _: None)
    while waiting:
        act = waiting.pop(0)
        assert callable(act)
        act()
    assert printer.violations == []
    (sheet,) = sheets
    return sheet


@given(st.lists(items, max_size=8))
def test_every_slip_is_understood_and_printed_as_meant(content: list[PaperItem]) -> None:
    sheet = printed(Slip(SHAPE, (Line("头"), *content, Cut())))
    assert sheet.rows == ["头", *(item.text for item in content if isinstance(item, Line))]
    assert sheet.codes == [item.content for item in content if isinstance(item, Qr)]


@given(rasters)
def test_a_raster_comes_out_dot_by_dot(raster: Raster) -> None:
    sheet = printed(Slip(SHAPE, (raster, Line("尾"), Cut())))
    paper = drawing.stacked(sheet.strips, SHAPE.dots)
    left = (SHAPE.dots - raster.width) // 2
    picture = paper.crop((left, 96, left + raster.width, 96 + raster.height)).convert("1")
    dots = bytes(byte ^ 0xFF for byte in picture.tobytes())
    assert all(sent & out == sent for sent, out in zip(raster.bits, dots, strict=True))


@pytest.mark.parametrize(("heavy", "rows"), [(False, [2, 3]), (True, [2, 3, 4, 5])])
def test_a_rule_is_eight_rows_high_and_black_across_the_paper(heavy: bool, rows: list[int]) -> None:
    sheet = printed(Slip(SHAPE, (Rule(heavy), Line("尾"), Cut())))
    rule = drawing.stacked(sheet.strips, SHAPE.dots).crop((0, 96, SHAPE.dots, 104))
    assert rule.getcolors() == [(len(rows) * SHAPE.dots, 0), ((8 - len(rows)) * SHAPE.dots, 255)]
    assert [y for y in range(8) if rule.getpixel((0, y)) == 0] == rows


def test_a_printed_qr_code_is_read_by_a_telephone() -> None:
    content = "https://example.invalid/v/8K2M4P7Q"
    sheet = printed(Slip(SHAPE, (Line("扫码看明细"), Qr(content), Feed(1), Cut())))
    photo = drawing.photograph(drawing.stacked(sheet.strips, SHAPE.dots), MODEL.paper_dots)
    assert [code.text for code in zxingcpp.read_barcodes(photo)] == [content]
