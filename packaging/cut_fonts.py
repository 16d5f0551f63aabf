"""Cuts the two static weights in `kiosk/fonts` from the variable Noto Sans SC. Run once a font release, by hand.

The variable file cannot be shipped as it is: Qt loads it at its default weight (Thin), reportlab embeds that weight,
and neither makes a true bold of it. A static TrueType cut serves screen, PDF and receipt alike.

    pip download --no-deps justmytype-intl-cjk==0.1.0 && unzip justmytype_intl_cjk-*.whl
    python packaging/cut_fonts.py 'justmytype_intl_cjk/fonts/ofl/notosanssc/NotoSansSC[wght].ttf' kiosk/fonts

Equal input and fontTools give equal bytes: no timestamp of the run is written.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FAMILY = "Noto Sans SC"
STYLES = {400: "Regular", 700: "Bold"}
_WINDOWS_ENGLISH = (3, 1, 0x409)
_REGULAR_BIT, _BOLD_BIT, _FIRST_FREE_NAME = 1 << 6, 1 << 5, 256


def cut(variable: Path, folder: Path, weight: int) -> Path:
    """Write the static cut of one weight and return its path."""
    font = TTFont(variable, recalcTimestamp=False)
    static = instancer.instantiateVariableFont(font, {"wght": weight}, inplace=True)
    _name(static, STYLES[weight])
    _flag(static, weight)
    target = folder / f"NotoSansSC-{STYLES[weight]}.ttf"
    static.save(target)
    return target


def _name(font: TTFont, style: str) -> None:
    """Regular and Bold are the pair every system links by name ids 1 and 2, so the typographic ids 16 and 17 go."""
    names = font["name"]
    revision = names.getDebugName(5).partition(";")[0].removeprefix("Version ")
    for number in {record.nameID for record in names.names}:
        if number in {16, 17, 25} or number >= _FIRST_FREE_NAME:
            names.removeNames(nameID=number)
    postscript = f"NotoSansSC-{style}"
    full = f"{FAMILY} {style}"
    for number, text in ((1, FAMILY), (2, style), (3, f"{revision};{postscript}"), (4, full), (6, postscript)):
        names.setName(text, number, *_WINDOWS_ENGLISH)
    del font["STAT"]  # describes the axis that is gone, by the names that are gone


def _flag(font: TTFont, weight: int) -> None:
    bold = weight == 700
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~(_REGULAR_BIT | _BOLD_BIT)) | (
        _BOLD_BIT if bold else _REGULAR_BIT
    )
    font["head"].macStyle = 1 if bold else 0


def main() -> None:
    variable, folder = (Path(argument) for argument in sys.argv[1:3])
    for weight in STYLES:
        print(cut(variable, folder, weight))


if __name__ == "__main__":
    main()
