"""What becomes of the slip that leads on from a last page: page and voice say the same of it."""

from __future__ import annotations

from kiosk.ports.receipt_printer import SlipNotPrinted, SlipResult


def of_slip(printed: SlipResult | None, *, missing: str, taken: str = "window.taken") -> str:
    """A message id; `missing` and `taken` are the page's own. One that may lie in the tray is worth a look."""
    if printed is None:
        return "window.coming"
    return missing if isinstance(printed, SlipNotPrinted) else taken
