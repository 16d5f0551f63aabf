"""A virtual card: the far side of the APDUs, written from the specification and not from our reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from devices.sim.card.contents import ISSUER, Contents, Flaw
from devices.sim.card.keys import BLOCK, CardKeys

_APPLICATION: Final = bytes.fromhex("7378312E73682EC9E7BBE1B1A3D5CF")
_FCI: Final = b"\x6f\x11\x84\x0f" + _APPLICATION

_OK: Final = b"\x90\x00"
_WRONG_LENGTH: Final = b"\x67\x00"
_SECURITY: Final = b"\x69\x82"
_NO_FILE_SELECTED: Final = b"\x69\x86"
_NOTHING_TO_GET: Final = b"\x69\x85"
_BLOCKED: Final = b"\x69\x83"
_NO_CHALLENGE: Final = b"\x69\x84"
_KEY_REFUSED: Final = b"\x63\x00"
_NOT_FOUND: Final = b"\x6a\x82"
_NO_RECORD: Final = b"\x6a\x83"
_WRONG_P1_P2: Final = b"\x6a\x86"
_UNKNOWN_INS: Final = b"\x6d\x00"
_UNKNOWN_CLA: Final = b"\x6e\x00"


@dataclass(frozen=True, slots=True)
class Habits:
    """How a card differs from its neighbours without being wrong: `p1` are the ways it lets files be selected by."""

    p1: frozenset[int] = frozenset({0x00, 0x02})
    contactless: bool = False
    pin_tries: int = 3


class VirtualCard:
    """Answers one C-APDU at a time; T=0 habits (61xx, 6Cxx) with contacts, whole answers without."""

    def __init__(self, contents: Contents, *, flaw: Flaw | None = None, habits: Habits | None = None) -> None:
        self._contents = contents
        self._flaw = flaw
        self._habits = habits or Habits()
        self._keys = CardKeys(dict(contents.files[ISSUER])[0x01])
        self._pin_tries = self._habits.pin_tries
        self.pins_shown = 0
        self.reset()

    @property
    def atr(self) -> bytes:
        """Empty for a mute card."""
        return b"" if self._flaw is Flaw.MUTE else self._contents.atr

    def reset(self) -> None:
        self._selected = False
        self._file: int | None = None
        self._pending = b""
        self._opened = False
        self._keys.forget()

    def answer(self, apdu: bytes) -> bytes:
        match self._flaw:
            case Flaw.GARBAGE:
                return b"\x5a" * 7
            case Flaw.SHORT_ANSWER:
                return b"\x90"
            case _:
                return self._dispatch(apdu)

    def _dispatch(self, apdu: bytes) -> bytes:
        if len(apdu) < 4:
            return _WRONG_LENGTH
        if apdu[0] != 0x00:
            return _UNKNOWN_CLA
        match apdu[1]:
            case 0xA4:
                return self._select(apdu)
            case 0xB2:
                return self._read_record(apdu)
            case 0xC0:
                return self._get_response(apdu)
            case _:
                return self._secure(apdu)

    def _secure(self, apdu: bytes) -> bytes:
        """What concerns keys and passwords, within the application alone."""
        if apdu[1] not in {0x20, 0x82, 0x84, 0x88}:
            return _UNKNOWN_INS
        if not self._selected:
            return _SECURITY
        match apdu[1]:
            case 0x84:
                return self._keys.challenge() + _OK if apdu[4:] == bytes((BLOCK,)) else _WRONG_LENGTH
            case 0x88:
                return self._authenticate_internally(apdu)
            case 0x82:
                return self._authenticate_externally(apdu)
            case _:
                return self._verify(apdu)

    def _authenticate_internally(self, apdu: bytes) -> bytes:
        """Sixteen bytes to prove it with and sixteen of the key's factor; on contacts the answer waits to be got."""
        data = apdu[5 : 5 + 2 * BLOCK]
        if apdu[4:5] != bytes((2 * BLOCK,)) or len(data) != 2 * BLOCK:
            return _WRONG_LENGTH
        proof = self._keys.prove(data[:BLOCK], data[BLOCK:])
        if self._flaw is Flaw.COUNTERFEIT:
            proof = proof[::-1]
        if self._habits.contactless:
            return proof + _OK
        self._pending = proof
        return bytes((0x61, BLOCK))

    def _authenticate_externally(self, apdu: bytes) -> bytes:
        data = apdu[5:]
        if apdu[4:5] != bytes((2 * BLOCK,)) or len(data) != 2 * BLOCK:
            return _WRONG_LENGTH
        if not self._keys.waiting:
            return _NO_CHALLENGE
        self._opened = self._keys.admits(data[:BLOCK], data[BLOCK:])
        return _OK if self._opened else _KEY_REFUSED

    def _verify(self, apdu: bytes) -> bytes:
        """Tries are counted in the chip: neither reset nor another reader gives them back."""
        self.pins_shown += 1
        if apdu[2:5] != b"\x00\x00\x03" or len(apdu) != 8:
            return _WRONG_LENGTH
        if self._pin_tries == 0:
            return _BLOCKED
        if apdu[5:] == self._contents.pin:
            self._pin_tries = self._habits.pin_tries
            return _OK
        self._pin_tries -= 1
        return bytes((0x63, 0xC0 | self._pin_tries)) if self._pin_tries else _BLOCKED

    def _select(self, apdu: bytes) -> bytes:
        data = apdu[5 : 5 + apdu[4]] if len(apdu) > 5 else b""
        if len(apdu) < 5 or len(data) != apdu[4]:
            return _WRONG_LENGTH
        if apdu[2] == 0x04:
            return self._select_application(data)
        if apdu[2] not in self._habits.p1:
            return _WRONG_P1_P2
        number = int.from_bytes(data, "big")
        if not self._selected or number not in self._contents.files:
            return _NOT_FOUND
        self._file = number
        return _OK

    def _select_application(self, name: bytes) -> bytes:
        if name != _APPLICATION or self._flaw is Flaw.FOREIGN:
            return _NOT_FOUND
        self._selected, self._file = True, None
        self._opened = False
        if self._habits.contactless:
            return _FCI + _OK
        self._pending = _FCI
        return bytes((0x61, len(_FCI)))

    def _get_response(self, apdu: bytes) -> bytes:
        if not self._pending:
            return _NOTHING_TO_GET
        if len(apdu) != 5 or apdu[4] != len(self._pending):
            return bytes((0x6C, len(self._pending)))
        said, self._pending = self._pending, b""
        return said + _OK

    def _read_record(self, apdu: bytes) -> bytes:
        if self._file is None:
            return _NO_FILE_SELECTED
        record = self._find(self._contents.files[self._file], apdu[2], apdu[3])
        if isinstance(record, bytes):
            return record
        tag, value = record
        if tag in self._contents.withheld and not self._opened:
            return _SECURITY
        stored = bytes((tag, len(value))) + value
        if self._flaw is Flaw.WRONG_LENGTH:
            stored = bytes((tag, len(value) + 1)) + value
        wanted = apdu[4] if len(apdu) == 5 else -1
        if wanted == len(stored) or (self._habits.contactless and wanted == 0):
            return stored + _OK
        return bytes((0x6C, len(stored)))

    def _find(self, records: tuple[tuple[int, bytes], ...], p1: int, p2: int) -> tuple[int, bytes] | bytes:
        """By ordinal when the last three bits of P2 say so, by tag for P2 00; an error's status word else."""
        if p2 & 0x07 == 0x04:
            return records[p1 - 1] if 1 <= p1 <= len(records) else _NO_RECORD
        if p2 != 0x00:
            return _WRONG_P1_P2
        return next((record for record in records if record[0] == p1), _NO_RECORD)
