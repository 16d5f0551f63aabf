"""The measures of an A4 statement, in millimetres, and its types."""

from __future__ import annotations

from printing.statement.pen import WIDTH, Ink, Style

LEFT = 18.0
CONTENT = WIDTH - 2 * LEFT
TOP = 15.0
TOP_AGAIN = 22.0
"""Where the blocks begin on the second page and after, under its short heading."""
FOOT = 288.0
"""Where the last row of the foot ends."""
FOOT_GAP = 3.0

# Bold is kept for titles and figures: each weight of a hanzi adds 150 bytes to the file
HOSPITAL = Style(10.5, 14, ink=Ink.GREY)
TITLE = Style(20, 26, bold=True)
TAG = Style(9.5, 14, bold=True, ink=Ink.WHITE)
SECTION = Style(11, 16, bold=True, ink=Ink.ACCENT)
BODY = Style(9, 13)
STRONG = Style(9, 13, bold=True)
LABEL = Style(9, 13, ink=Ink.GREY)
HEAD = Style(8.5, 12, ink=Ink.GREY)
FINE = Style(8, 12)
FINE_STRONG = Style(8, 12, bold=True)
FINE_HEAD = Style(8, 11, ink=Ink.GREY)
SMALL = Style(7.5, 11, ink=Ink.GREY)
FIGURE = Style(17, 22, bold=True)
OWN_FIGURE = Style(17, 22, bold=True, ink=Ink.ACCENT)
NUMBER = Style(10.5, 14, bold=True)
STEP = Style(9, 16, ink=Ink.GREY)
PLACE = Style(11.5, 16)
NOTICE = Style(9, 13)
