"""The far end of a simulated PIN pad: whoever has its master opens its blocks, and nobody else."""

from __future__ import annotations

from devices.sim.card.keys import decrypt_block
from devices.sim.sealed.pin_pad import entry_key


def digits_in(block: bytes, serial: str) -> str:
    """The digits of a block in ISO 9564-1 format 1; ValueError when it is none under this key."""
    clear = decrypt_block(entry_key(serial), block).hex()
    size = int(clear[1], 16)
    digits = clear[2 : 2 + size]
    if clear[0] != "1" or not digits.isdecimal():
        raise ValueError("no block of format 1")
    return digits
