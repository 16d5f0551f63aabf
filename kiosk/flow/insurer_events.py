"""What a person decides about a commercial insurer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InsurerWanted:
    """Have an insurer pay a part of this bill: what that means is asked first."""


@dataclass(frozen=True, slots=True)
class InsurerAgreedTo:
    """The insurer may be told of this bill. `consent` is the fingerprint of the words that were read."""

    consent: str


InsurerIntent = InsurerWanted | InsurerAgreedTo
