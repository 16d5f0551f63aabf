"""The words somebody agrees to before a camera looks at them, and the figure by which a record names them.

Personal Information Protection Law, articles 14, 17, 29; measures on facial recognition (order 19 of 2025), articles 5
and 6: who, what for, how, how long, and that there is another way.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

from kiosk.flow.face_states import Asks

VERSION = "1"
FACE = (
    "face.consent.title",
    "face.consent.purpose",
    "face.consent.handler",
    "face.consent.stays",
    "face.consent.choice",
    "face.consent.tick",
)
"""Message ids, in the order of the page. Another sentence is another version."""
SECOND = ("face.second.what", "face.second.choice", "face.second.tick")
"""The second question, which stands below the first and is ticked by itself."""
_TERMINAL = {"face.consent.stays": "face.consent.terminal"}
_AGENT = {"face.consent.purpose": "face.agent.purpose"}
_DOCTOR = {
    "face.consent.purpose": "face.doctor.purpose",
    "face.consent.stays": "face.doctor.stays",
    "face.consent.choice": "face.doctor.choice",
}
_SETTLING = {
    "face.consent.purpose": "face.settling.purpose",
    "face.consent.stays": "face.consent.terminal",
    "face.consent.choice": "face.settling.choice",
}
WORDS: Mapping[Asks, tuple[str, ...]] = {
    Asks.OURS: FACE,
    Asks.SECOND: FACE + SECOND,
    Asks.CERTIFIED: tuple(_TERMINAL.get(message, message) for message in FACE),
    Asks.AGENT: tuple(_AGENT.get(message, message) for message in FACE),
    Asks.DOCTOR: tuple(_DOCTOR.get(message, message) for message in FACE),
    Asks.SETTLING: tuple(_SETTLING.get(message, message) for message in FACE),
}


def fingerprint(lang: str, say: Callable[[str], str], asks: Asks = Asks.OURS, *, seconded: bool = False) -> str:
    """Version, language and SHA-256 of the very sentences shown: what the audit keeps of a consent, beside its time.

    A yes to the second question as well is written as such.
    """
    words = "\n".join(say(message) for message in WORDS[asks])
    twice = " seconded" if seconded else ""
    return f"{VERSION} {lang} {hashlib.sha256(words.encode()).hexdigest()}{twice}"
