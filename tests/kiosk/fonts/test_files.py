from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont

from kiosk import fonts


@pytest.mark.parametrize(("weight", "style"), [(400, "Regular"), (700, "Bold")])
def test_file_is_a_static_truetype_cut_that_systems_link_as_one_family(weight: int, style: str) -> None:
    font = TTFont(fonts.path(weight))
    assert "fvar" not in font
    assert "glyf" in font
    assert [font["name"].getDebugName(number) for number in (1, 2, 6)] == [fonts.FAMILY, style, f"NotoSansSC-{style}"]
    assert getattr(font["OS/2"], "usWeightClass") == weight  # noqa: B009  (fontTools makes its tables' attributes at run time)


def test_licence_lies_beside_the_fonts() -> None:
    licence = fonts.path(400).with_name("OFL.txt").read_text()
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence


def test_unknown_weight_is_refused() -> None:
    with pytest.raises(KeyError):
        fonts.path(500)
