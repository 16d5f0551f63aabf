"""A key server beside the simulated cards, by another library than theirs."""

import gmalg

from devices.conformance.card_keys import Will
from devices.conformance.stands.card_reader import CardStand
from devices.sim.client import Hand
from kiosk.domain.personal import CardProof
from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Refused
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Clock, Monotonic
from kiosk.ports.key_server import Failure, StepTwo

MASTER = b"moni" + bytes(12)


def sm4(key: bytes, block: bytes) -> bytes:
    encrypted: bytes = gmalg.SM4(key).encrypt(block)
    return encrypted


class KeyedCards(CardStand):
    """A `KeyedCardBench` and a `CardPinBench`."""

    pin, wrong_pin = "123456", "654321"

    def __init__(self, hand: Hand, clock: Clock) -> None:
        super().__init__(hand, clock)
        self.secrets = (*self.secrets, "123456", "654321")
        self.will = Will.OPEN
        self._asked = 0

    def exchanges(self) -> int:
        return self._asked

    def taking(self) -> bool:
        return bool(self.hand.sees("reader_keys", "taking"))

    def press(self, keys: str) -> None:
        self.hand.ask("reader_keys", keys=keys)

    def traffic(self) -> bytes:
        return bytes.fromhex(self.hand.sees("reader_keys", "traffic_hex"))

    def pins_shown(self) -> int:
        count: int = self.hand.state()["pins_shown"][self.transport]
        return count

    def step_two(self, step_one: CardProof, deadline: Monotonic, cancel: Cancel) -> StepTwo | Failure | None:
        self._asked += 1
        match self.will:
            case Will.REFUSE:
                return Refused(FaultCode.CARD_INCOMPLETE, "只认识模拟卡")
            case Will.GONE:
                return NotSent(FaultCode.KEY_SERVER_UNREACHABLE)
            case Will.NONSENSE:
                return StepTwo(CardProof("<html>"))
            case Will.WRONG_KEY:
                return StepTwo(CardProof("00|" + "5A" * 16))
            case Will.SILENT:
                cancel.sleep(deadline - self.clock.monotonic())
                return None
            case Will.OPEN:
                return self._open(step_one)

    @staticmethod
    def _open(step_one: CardProof) -> StepTwo | Failure:
        _region, reset, algorithm, serial, inner, proof, outer, challenge = step_one.reveal().rstrip("|").split("|")
        assert (len(reset), algorithm) == (26, "03")
        key = sm4(MASTER, bytes.fromhex(serial))
        if sm4(sm4(key, bytes.fromhex(inner)), bytes.fromhex(proof[:32])) != bytes.fromhex(proof[32:]):
            return Refused(FaultCode.CARD_INCOMPLETE, "内部认证未通过")
        answer = sm4(sm4(key, bytes.fromhex(outer)), bytes.fromhex(challenge))
        return StepTwo(CardProof(f"00|{answer.hex().upper()}"))
