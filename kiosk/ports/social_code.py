"""The centre of electronic social security cards (电子社保卡): whose code our scanner has read.

A network of its own (人社), apart from the insurance's. Nothing of the code is public, neither its shape nor its
length: it goes there as it was scanned, and whoever has the contract brings the driver (`kiosk.social_codes`). Without
one a kiosk says that it cannot read such codes, and guesses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kiosk.domain.insured import CardIdentity
from kiosk.domain.personal import Voucher
from kiosk.ports.answers import NotSent, Refused, Unknown

Failure = NotSent | Refused | Unknown


@dataclass(frozen=True, slots=True)
class SocialCardFound:
    """The card behind the code, as if it stood in the slot: what the centre keeps to itself is `missing`."""

    identity: CardIdentity


class SocialCodeCentre(Protocol):
    """Calls wait for their reply; used by one thread."""

    def card_of_code(self, code: Voucher) -> SocialCardFound | Failure:
        """A code serves once. Refused(VOUCHER_REFUSED) when it is too old or none of theirs."""
        ...
