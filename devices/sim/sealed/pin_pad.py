"""A simulated encrypting PIN pad: keys that were put in, digits that never come out, and a lid that erases both.

A block is in ISO 9564-1 format 1 over sixteen bytes: 1, the number of digits, the digits, and random filling; encrypted
by SM4 under a key that is made anew for every entry from a master that opens nothing in the world.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Final

from devices.sim.card.keys import encrypt_block
from devices.sim.loop import Loop
from devices.sim.sealed.port import SealedPort

_MASTER: Final = b"moni" + bytes(12)

Fields = tuple[str, ...]


def entry_key(serial: str) -> bytes:
    """The key of one entry, by its number: whoever has the master can open the block."""
    return encrypt_block(_MASTER, bytes.fromhex(serial).rjust(16, b"\0"))


class SimulatedPinPad:
    """`changed` is told when it begins and stops taking digits."""

    def __init__(self, loop: Loop, link: Path, changed: Callable[[str], None]) -> None:
        self._loop, self._changed = loop, changed
        self.port = SealedPort(loop, link, self._serve)
        self.clear()

    def clear(self) -> None:
        """Another pad, with keys and nothing entered."""
        self.keys_in, self.tampered, self.talks = True, False, False
        self._entries = 0
        self._number = self._why = ""
        self._digits, self._limits, self._done = "", (6, 6), False

    @property
    def taking(self) -> bool:
        return bool(self._number) and not self._done and not self._why

    def press(self, keys: str) -> str | None:
        """Digits, `R` for the red key, `G` for the green one, `C` to clear; why not, when it does not listen."""
        for key in keys:
            if not self.taking:
                return "the pad takes no keys"
            self._press(key)
        return None

    def open_lid(self) -> None:
        """Somebody opens the pad: keys and digits are gone at once."""
        self.tampered, self.keys_in = True, False
        self._end("cancelled")

    def _press(self, key: str) -> None:
        shortest, longest = self._limits
        match key:
            case "R":
                self._end("cancelled")
            case "C":
                self._digits = ""
            case "G" if len(self._digits) >= shortest:
                self._finish()
            case _ if key.isdecimal() and len(self._digits) < longest:
                self._digits += key
                if shortest == longest == len(self._digits):
                    self._finish()
            case _:
                pass

    def _finish(self) -> None:
        self._done = True
        self._changed("pin_entered")

    def _end(self, why: str) -> None:
        if self.taking:
            self._changed("pin_not_entered")
        self._digits, self._done, self._why = "", False, why

    def _serve(self, fields: Fields) -> Fields | None:
        match fields:
            case ("S",):
                return ("S", self._condition())
            case ("B", number, shortest, longest, seconds) if (shortest + longest + seconds).isdecimal():
                return self._begin(number, (int(shortest), int(longest)), int(seconds))
            case ("Q", number):
                return self._told(number)
            case ("A", number):
                if number == self._number and not self._why:
                    self._end("cancelled")
                return ("N", number, self._why if number == self._number else "unknown")
            case _:
                raise ValueError(f"no such question: {fields[:1]}")

    def _condition(self) -> str:
        if self.tampered:
            return "tampered"
        if not self.keys_in:
            return "nokeys"
        return "busy" if self.taking else "ready"

    def _begin(self, number: str, limits: tuple[int, int], seconds: int) -> Fields:
        if self._condition() in {"tampered", "nokeys"}:
            return ("N", number, "unknown")
        self._number, self._limits, self._digits, self._done, self._why = number, limits, "", False, ""
        self._entries += 1
        entry = self._entries
        self._loop.after(seconds, lambda: self._give_up(entry))
        self._changed("pin_pad_takes_keys")
        return ("P", number, "0")

    def _give_up(self, entry: int) -> None:
        if entry == self._entries and self.taking:
            self._end("timeout")

    def _told(self, number: str) -> Fields:
        if number != self._number:
            return ("N", number, "unknown")
        if self._why:
            return ("N", number, self._why)
        if not self._done:
            return ("P", number, self._digits if self.talks else str(len(self._digits)))
        return self._give_out(number)

    def _give_out(self, number: str) -> Fields:
        """Once; then the pad has forgotten it."""
        serial = f"FFFF00000000{self._entries:08X}"
        digits, self._digits, self._done, self._why = self._digits, "", False, "unknown"
        filled = f"1{len(digits):X}{digits}"
        block = bytes.fromhex(filled + secrets.token_hex(16)[: 32 - len(filled)])
        return ("D", number, encrypt_block(entry_key(serial), block).hex().upper(), serial)
