"""Days as the ledger's moments."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from kiosk.ports.clock import BEIJING


def bounds(day: date) -> tuple[datetime, datetime]:
    """When a day begins in Beijing, and when the next one does."""
    first = datetime.combine(day, time(), BEIJING)
    return first, first + timedelta(days=1)
