"""Opens a card of generation 3 through its key server: step one with the card, step two with the server's answer."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Final

from devices.wire.apdu import Exchange
from devices.wire.card_keys import BLOCK, Opening, cryptogram_of, get_challenge
from kiosk.domain.personal import CardSerial
from kiosk.faults import FaultCode
from kiosk.ports.answers import Refused
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Clock, Monotonic
from kiosk.ports.key_server import KeyDesk, StepTwo

# A person stands there: after that the card is as good as closed, and another voucher is asked for.
_SERVER_SECONDS: Final = 6.0


@dataclass(frozen=True, slots=True)
class Opened:
    """The card gives what it kept."""


@dataclass(frozen=True, slots=True)
class StaysClosed:
    """`fault` is KEY_SERVER_UNREACHABLE when it lies with the server, CARD_INCOMPLETE when with the card; `why` is for
    the log.
    """

    fault: FaultCode
    why: str


@dataclass(frozen=True, slots=True)
class ClosedCard:
    """What step one names the card by: 卡识别码, and the historical bytes of its answer to reset."""

    serial: CardSerial
    reset: bytes


class CardOpener:
    """One attempt a reading: neither card nor server is asked twice."""

    def __init__(self, keys: KeyDesk, clock: Clock) -> None:
        self._keys, self._clock = keys, clock

    def open(
        self, exchange: Exchange, card: ClosedCard, deadline: Monotonic, cancel: Cancel
    ) -> Opened | StaysClosed | None:
        """None when cancelled; transport errors are the caller's."""
        opening = Opening(*(secrets.token_bytes(BLOCK) for _ in range(3)))
        answer = exchange(opening.internal_authenticate())
        if not answer.ok or len(answer.data) != BLOCK:
            return StaysClosed(FaultCode.CARD_INCOMPLETE, f"internal authentication: {answer.sw:04X}")
        challenge = exchange(get_challenge())
        if not challenge.ok or len(challenge.data) != BLOCK:
            return StaysClosed(FaultCode.CARD_INCOMPLETE, f"challenge: {challenge.sw:04X}")
        step_one = opening.step_one(card.serial.reveal(), card.reset, answer.data, challenge.data)
        patience = Monotonic(min(deadline, self._clock.monotonic() + _SERVER_SECONDS))
        told = self._keys.step_two(step_one, patience, cancel)
        if cancel.cancelled:
            return None
        if not isinstance(told, StepTwo):
            refused = isinstance(told, Refused)
            fault = FaultCode.CARD_INCOMPLETE if refused else FaultCode.KEY_SERVER_UNREACHABLE
            return StaysClosed(fault, type(told).__name__ if told else "no answer in time")
        return self._show(exchange, opening, told)

    @staticmethod
    def _show(exchange: Exchange, opening: Opening, told: StepTwo) -> Opened | StaysClosed:
        cryptogram = cryptogram_of(told.proof)
        if cryptogram is None:
            return StaysClosed(FaultCode.KEY_SERVER_UNREACHABLE, "step two is no cryptogram")
        response = exchange(opening.external_authenticate(cryptogram))
        if not response.ok:
            return StaysClosed(FaultCode.CARD_INCOMPLETE, f"external authentication: {response.sw:04X}")
        return Opened()
