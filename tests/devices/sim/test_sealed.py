"""What the closed devices of the simulator keep, and what opens their blocks by another library."""

import gmalg
import pytest

from devices.sim.card.keys import encrypt_block
from devices.sim.sealed.far_end import digits_in
from devices.sim.sealed.pin_pad import entry_key
from tests.devices.support.keys import MASTER

SERIAL = "FFFF0000000000000007"


def test_a_block_is_sm4_under_a_key_of_the_entry() -> None:
    key = gmalg.SM4(MASTER).encrypt(bytes.fromhex(SERIAL).rjust(16, b"\0"))
    block = gmalg.SM4(key).encrypt(bytes.fromhex("16246813") + bytes(12))
    assert entry_key(SERIAL) == key
    assert digits_in(block, SERIAL) == "246813"


def test_another_key_opens_nothing() -> None:
    block = encrypt_block(entry_key(SERIAL), bytes.fromhex("16246813") + bytes(12))
    with pytest.raises(ValueError, match="format 1"):
        digits_in(block, "FFFF0000000000000008")
