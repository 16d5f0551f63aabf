"""Lights beside the slots: where the patient's hand goes next.

A light says nothing that a page does not say; without one the page alone does.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from kiosk.ports.health import Health


class Spot(StrEnum):
    """Every place that may have a light; a kiosk may have fewer."""

    CARD = "card"
    ID_CARD = "id_card"
    CODE = "code"
    BANK_CARD = "bank_card"
    RECEIPT = "receipt"
    PAGE = "page"


class GuideLight(Protocol):
    """All lights of the kiosk. Opening puts all of them out, and so does closing."""

    def open(self) -> None: ...

    def close(self) -> None: ...

    def status(self) -> Health: ...

    def show(self, lit: frozenset[Spot]) -> None:
        """Light these and no others, at once; a place without a light is passed over. A failure shows in `status`."""
        ...
