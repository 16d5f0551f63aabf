"""What codes and parties are called on paper."""

from __future__ import annotations

from kiosk.domain.visit import NextStep
from kiosk.messages import Texts


def insurance(insutype: str, texts: Texts) -> str:
    return _named("insutype", insutype, texts)


def medical_type(med_type: str, texts: Texts) -> str:
    return _named("medtype", med_type, texts)


def channel(code: str, texts: Texts) -> str:
    """The payment service's name; one that nobody named here is printed as the service spells itself."""
    message = f"slip.channel.{code or 'other'}"
    return texts.say(message) if message in texts else code


def room(step: NextStep) -> str:
    """Floor and room of a place, without what the name of the place says already."""
    return " ".join(part for part in step.surroundings() if part)


def _named(group: str, code: str, texts: Texts) -> str:
    message = f"{group}.{code}"
    return texts.say(message if message in texts else f"{group}.other")
