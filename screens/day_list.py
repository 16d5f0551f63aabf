"""How pages lead to a stay's day list, or say why there is none."""

from __future__ import annotations

from kiosk.domain.visit import FeeBatch
from kiosk.faults import FaultCode
from kiosk.messages import Texts

_WRONG = FaultCode.DAYS_CONTRADICT


def button(batch: FeeBatch, texts: Texts) -> str:
    """Empty where the bill is none of a stay, or its hospital tells no days."""
    days = len(batch.stay.days) if batch.stay else 0
    return texts.say("days.button", count=str(days)) if days else ""


def missing(batch: FeeBatch, texts: Texts) -> str:
    """Said where the hospital's list is not its bill: people look for it, and would think that the kiosk hides it. What
    to do then stands under it on the page.
    """
    if batch.stay is None or not batch.stay.days_wrong:
        return ""
    return texts.say(f"fault.{_WRONG.value}.what")
