from devices.sim.printer import drawing
from devices.sim.printer.drawing import Cell


def columns_of_ink(text: str) -> list[int]:
    row = drawing.text_row([Cell(each, False, 2, 2) for each in text], 576, 0)
    return [x for x in range(row.width) if row.crop((x, 0, x + 1, row.height)).getextrema()[0] == 0]


def test_no_character_leaves_its_cell() -> None:
    """W and M are wider in the font than in print, where every character has the same width."""
    for text in "MWm@W医":
        width = 24 if text.isascii() else 48
        ink = columns_of_ink(text)
        assert ink
        assert max(ink) < width
        assert len(ink) > width / 2, "cut off instead of narrowed"


def test_larger_sizes_are_whole_multiples() -> None:
    rows = [drawing.text_row([Cell("医", True, size, size)], 576, 0) for size in (1, 2, 3)]
    assert [row.height for row in rows] == [30, 54, 78]


def test_a_row_may_stand_in_the_middle_or_at_the_right() -> None:
    left, centre, right = (drawing.text_row([Cell("医", False, 1, 1)], 576, side) for side in (0, 1, 2))
    glyph = left.crop((0, 0, 24, 30)).tobytes()
    assert centre.crop((276, 0, 300, 30)).tobytes() == glyph
    assert right.crop((552, 0, 576, 30)).tobytes() == glyph
