"""The two authentications that open a card of generation 3, and the texts that go to its key server and come back.

Internal authentication shows the server that the card is genuine; external authentication shows the card that the
server is. The order of the fields is that of `iReadCardBas_HSM_Step1`; 算法标识 03 is SM4. No public text gives the
command blocks of the SM4 keys: these double the eight bytes of the DES era, and are what the simulated card takes. A
card that knows others refuses the first of them, which counts against nothing, and stays as closed as it was.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from devices.wire.apdu import Command
from kiosk.domain.personal import CardProof

BLOCK: Final = 16
_SM4: Final = "03"
_KEY: Final = 0x01
_STEP_TWO = re.compile(r"00\|([0-9A-Fa-f]{32})(\|.*)?")


@dataclass(frozen=True, slots=True)
class Opening:
    """What a reader brings to one exchange: a random number for the card, and a factor for each of its two keys."""

    random: bytes
    internal_factor: bytes
    external_factor: bytes

    def __repr__(self) -> str:
        return "Opening(…)"

    def internal_authenticate(self) -> Command:
        return Command(0x00, 0x88, 0x00, _KEY, data=self.random + self.internal_factor, le=BLOCK)

    def external_authenticate(self, cryptogram: bytes) -> Command:
        return Command(0x00, 0x82, 0x00, _KEY, data=cryptogram + self.external_factor)

    def step_one(self, serial: str, reset: bytes, answer: bytes, challenge: bytes) -> CardProof:
        """地区码|卡复位信息|算法标识|卡识别码|内部认证过程因子|内部认证原始信息|外部认证过程因子|外部认证原始信息|."""
        fields = (
            serial[:6],
            reset.hex(),
            _SM4,
            serial,
            self.internal_factor.hex(),
            (self.random + answer).hex(),
            self.external_factor.hex(),
            challenge.hex(),
        )
        return CardProof("".join(f"{field.upper()}|" for field in fields))


def get_challenge() -> Command:
    return Command(0x00, 0x84, 0x00, 0x00, le=BLOCK)


def cryptogram_of(step_two: CardProof) -> bytes | None:
    """What the server lets the card be told; None when its answer is none."""
    found = _STEP_TWO.fullmatch(step_two.reveal())
    return bytes.fromhex(found[1]) if found else None
