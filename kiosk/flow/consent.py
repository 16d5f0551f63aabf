"""The words somebody agrees to before a camera looks at them or an insurer hears of them, and the figure by which a
record names them.

Personal Information Protection Law, articles 14, 17, 29; measures on facial recognition (order 19 of 2025), articles 5
and 6: who, what for, how, how long, and that there is another way.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence

from kiosk.domain.insurer import Policy
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
    twice = " seconded" if seconded else ""
    return f"{_figure(lang, [say(message) for message in WORDS[asks]])}{twice}"


INSURER = ("insurer.consent", "insurer.told", "insurer.purpose", "insurer.not_told", "insurer.choice", "insurer.agree")
"""What is read before an insurer is told of a bill, in the order of its page."""


def fingerprint_for(policy: Policy, lang: str, say: Callable[[str], str]) -> str:
    """The same figure for a consent to one insurer, whose name is among the words."""
    return _figure(lang, [policy.insurer, policy.product, *(say(message) for message in INSURER)])


def _figure(lang: str, sentences: Sequence[str]) -> str:
    digest = hashlib.sha256("\n".join(sentences).encode()).hexdigest()
    return f"{VERSION} {lang} {digest}"
