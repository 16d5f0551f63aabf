"""The words somebody agrees to before a camera looks at them, and the figure by which a record names them.

Personal Information Protection Law, articles 14, 17, 29; measures on facial recognition (order 19 of 2025), articles 5
and 6: who, what for, how, how long, and that there is another way.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

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


def fingerprint(lang: str, say: Callable[[str], str]) -> str:
    """Version, language and SHA-256 of the very sentences shown: what the audit keeps of a consent, beside its time."""
    words = "\n".join(say(message) for message in FACE)
    return f"{VERSION} {lang} {hashlib.sha256(words.encode()).hexdigest()}"
