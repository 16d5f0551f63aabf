"""What keypads send: characters on a serial line, or the kernel's input events of a USB one.

Serial keypads send a character a key, which their maker or the hospital sets. USB ones are keyboards to the kernel,
whose events are `struct input_event` of linux/input.h: seconds and microseconds (64 bits each), type, code (16 bits
each), value (32 bits signed); EV_KEY carries 1 for down, 0 for up, 2 for "still down", and EV_SW with code
SW_HEADPHONE_INSERT 1 for a plug that went in, 0 for one that was pulled out.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from enum import IntEnum
from typing import Final

from kiosk.ports.keypad import DIGITS, Key

SERIAL_KEYS: Final[Mapping[str, Key]] = {
    **{key.value: key for key in DIGITS},
    "D": Key.NEXT,
    "U": Key.PREVIOUS,
    "#": Key.SELECT,
    "*": Key.BACK,
    "?": Key.HELP,
    "R": Key.REPEAT,
    "+": Key.LOUDER,
    "-": Key.QUIETER,
    ">": Key.FASTER,
    "<": Key.SLOWER,
    "J": Key.JACK_IN,
    "j": Key.JACK_OUT,
}
"""A character a key, unless the hospital's keypad is set otherwise."""

EVENT: Final = struct.Struct("<qqHHi")
_EV_KEY: Final = 1
_EV_SW: Final = 5
_HEADPHONE: Final = 2
_DOWN: Final = 1


class Code(IntEnum):
    """The key codes of linux/input-event-codes.h that keypads for blind people and number pads send."""

    ESC = 1
    BACKSPACE = 14
    TAB = 15
    ENTER = 28
    F1 = 59
    F2 = 60
    KP_ENTER = 96
    UP = 103
    PAGE_UP = 104
    LEFT = 105
    RIGHT = 106
    DOWN = 108
    PAGE_DOWN = 109
    VOLUME_DOWN = 114
    VOLUME_UP = 115
    KP_MINUS = 74
    KP_PLUS = 78
    HELP = 138


EVENT_KEYS: Final[Mapping[int, Key]] = {
    Code.DOWN: Key.NEXT,
    Code.RIGHT: Key.NEXT,
    Code.TAB: Key.NEXT,
    Code.UP: Key.PREVIOUS,
    Code.LEFT: Key.PREVIOUS,
    Code.ENTER: Key.SELECT,
    Code.KP_ENTER: Key.SELECT,
    Code.ESC: Key.BACK,
    Code.BACKSPACE: Key.BACK,
    Code.F1: Key.HELP,
    Code.HELP: Key.HELP,
    Code.F2: Key.REPEAT,
    Code.VOLUME_UP: Key.LOUDER,
    Code.KP_PLUS: Key.LOUDER,
    Code.VOLUME_DOWN: Key.QUIETER,
    Code.KP_MINUS: Key.QUIETER,
    Code.PAGE_UP: Key.FASTER,
    Code.PAGE_DOWN: Key.SLOWER,
    **{code: Key(str((code - 1) % 10)) for code in range(2, 12)},  # 1 to 9 and 0 above the letters
    **{code: Key(digit) for code, digit in zip((82, 79, 80, 81, 75, 76, 77, 71, 72, 73), "0123456789", strict=True)},
}
"""Which key a kernel's code is, on any keypad unless told otherwise."""


class SerialKeys:
    """Characters become keys; a character that is no key (line ends, noise) is nothing."""

    def __init__(self, keys: Mapping[str, Key] = SERIAL_KEYS) -> None:
        self._keys = {ord(character): key for character, key in keys.items()}

    def feed(self, data: bytes) -> list[Key]:
        return [self._keys[byte] for byte in data if byte in self._keys]

    def clear(self) -> None:
        """Nothing is kept between characters."""


class EventKeys:
    """Input events become keys as they go down; an event may come in pieces."""

    def __init__(self, keys: Mapping[int, Key] = EVENT_KEYS) -> None:
        self._keys = keys
        self._held = b""

    def feed(self, data: bytes) -> list[Key]:
        self._held += data
        whole = len(self._held) - len(self._held) % EVENT.size
        events, self._held = self._held[:whole], self._held[whole:]
        keys = (self._key(kind, code, value) for _, _, kind, code, value in EVENT.iter_unpack(events))
        return [key for key in keys if key is not None]

    def _key(self, kind: int, code: int, value: int) -> Key | None:
        if kind == _EV_KEY and value == _DOWN:
            return self._keys.get(code)
        if kind == _EV_SW and code == _HEADPHONE:
            return Key.JACK_IN if value else Key.JACK_OUT
        return None

    def clear(self) -> None:
        """The device was opened anew: half an event of before is not continued."""
        self._held = b""
