"""Whether panel and site mean the same size: a wrong figure makes every letter smaller than it has to be."""

from __future__ import annotations

import logging

from PySide6.QtGui import QScreen

APART = 0.15
"""Panels say their size in whole centimetres, bezels hide a little; more than this is another panel."""

_log = logging.getLogger(__name__)


def disagree(told_mm: float, set_mm: float) -> bool:
    """A panel that does not know its size says none, and nothing follows from that."""
    return told_mm > 0 and abs(told_mm - set_mm) > APART * set_mm


def compare(panel: QScreen, set_mm: float) -> None:
    """Say so in the log, where the panel's own data (EDID) names another width than `[screen] width_mm`.

    The setting counts, because it was taken with a ruler and panels are known to lie. A panel that stands upright may
    still describe itself lying, so its shorter side is its width.
    """
    size = panel.physicalSize()
    told_mm = min(size.width(), size.height())
    if disagree(told_mm, set_mm):
        _log.warning("the panel names another width", extra={"told_mm": round(told_mm), "set_mm": round(set_mm)})
