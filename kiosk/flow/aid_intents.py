"""What staff want who came in by their entrance."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HelperJoined:
    """Staff who came in stay beside the person and help (帮办), until money or the visit's end."""
