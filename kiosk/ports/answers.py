"""The answers that every far party can give, before any meaning.

`Unknown` is the important one: bytes left us and no believable answer came. It is never treated as `Refused`.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.faults import FaultCode


@dataclass(frozen=True, slots=True)
class NotSent:
    """No byte of the request left us (no connection, certificate not ours): nothing happened at the far end."""

    fault: FaultCode


@dataclass(frozen=True, slots=True)
class Refused:
    """The far end understood and said no.

    `reason` is its sentence freed of technical tails; `fault` classifies it for the page.
    """

    fault: FaultCode
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Sent, and no believable answer: time-out, reset, broken reply, foreign msgid, HTTP 5xx."""

    fault: FaultCode
    why: str = ""
