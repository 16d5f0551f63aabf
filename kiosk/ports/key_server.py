"""The key server of social security cards: opens a card of generation 3 for a reader that has no PSAM.

The exchange has two steps, as the vendors' libraries have them (`iReadCardBas_HSM_Step1`, `_Step2`; LD/T 6001.5-2023
tests the pair). Step one is the reader's with the card: its text names the card and the numbers of both
authentications. Step two is the server's answer, which makes the card open its files. Both are opaque here and go
through untouched.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kiosk.domain.personal import CardProof
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic


@dataclass(frozen=True, slots=True)
class StepTwo:
    """The card is genuine, and this opens it, once and in this session."""

    proof: CardProof


Failure = NotSent | Refused | Unknown
"""No money hangs on it, so all three mean the same to a reader: what the card keeps is missing. `Refused` is the
server's word about the card: unknown to it, or not genuine.
"""


class KeyServer(Protocol):
    """The far party. A call waits for its reply and cannot be cancelled; used by several threads."""

    def step_two(self, step_one: CardProof) -> StepTwo | Failure: ...


class KeyDesk(Protocol):
    """What a driver is given: the same question, bounded as every call of a device is."""

    def step_two(self, step_one: CardProof, deadline: Monotonic, cancel: Cancel) -> StepTwo | Failure | None:
        """None at the deadline or when cancelled; a reply that comes after that is nobody's."""
        ...
