"""A simulated sound card: it plays in real time what comes over its socket, and remembers which ear heard it.

What the host sends are frames: four bytes of length, highest first, then so many bytes. The first frame names the
output, the others are samples (16 bits, one channel, 22,050 Hz), and an empty one ends the sound. When the last sample
has been heard the card answers `E`. A host that hangs up cuts the sound off.
"""

from __future__ import annotations

import time
import wave
from array import array
from math import sin, tau
from pathlib import Path
from typing import Any, Final

from devices.sim import requests
from devices.sim.channels import Connection, NamedSocket
from devices.sim.loop import Loop

_BYTES_A_SECOND: Final = 2 * 22_050
_SENTENCE: Final = "code.own"
_LONGEST_NAME: Final = 64


class _Sound:
    """One connection: an output's name, then its samples."""

    def __init__(self, card: SimulatedSpeaker, loop: Loop, connection: Connection) -> None:
        self._card, self._loop, self._connection = card, loop, connection
        self._held = bytearray()
        self._output: str | None = None
        self._samples = 0
        self._began = 0.0
        self._over = self._gone = False
        connection.serve(self._received, self._hung_up)

    def close(self) -> None:
        self._connection.close()

    def _received(self, data: bytes) -> None:
        self._held += data
        while len(self._held) >= 4 and not self._over:
            size = int.from_bytes(self._held[:4], "big")
            if len(self._held) < 4 + size:
                return
            frame = bytes(self._held[4 : 4 + size])
            del self._held[: 4 + size]
            self._take(frame)

    def _take(self, frame: bytes) -> None:
        if self._output is None:
            self._output = frame[:_LONGEST_NAME].decode("ascii", "replace")
            self._began = time.monotonic()
        elif len(frame) % 2:
            self._card.violations.append("half a sample")
        elif frame:
            self._samples += len(frame)
        elif not self._card.silent:
            left = self._began + self._samples / _BYTES_A_SECOND - time.monotonic()
            self._loop.after(max(0.0, left), self._end)

    def _end(self) -> None:
        if self._gone:
            return
        self._over = True
        self._card.heard.append(self._output or "")
        self._connection.send(b"E")

    def _hung_up(self) -> None:
        self._gone = True
        if not self._over and self._output is not None:
            self._card.heard.append(f"{self._output}-")
        self._card.sounds.discard(self)


class SimulatedSpeaker:
    """Its socket is `speaker`; unplugged, the name is gone and every sound with it.

    `heard` lists the outputs of what was played, oldest first, with `-` behind what was cut off. The folder `speech`
    holds one recording, a hum for a sentence, so that a voice has something to say.
    """

    def __init__(self, loop: Loop, folder: Path) -> None:
        self._loop = loop
        self._socket = NamedSocket(loop, folder / "speaker", self._accept)
        self.sounds: set[_Sound] = set()
        _record(folder / "speech" / "zh" / "message" / f"{_SENTENCE}.wav")
        self.reset()

    @property
    def plugged(self) -> bool:
        return self._socket.plugged

    def plug(self) -> None:
        self._socket.plug()

    def unplug(self) -> None:
        self._socket.unplug()
        for sound in tuple(self.sounds):
            sound.close()

    def reset(self) -> None:
        for sound in tuple(self.sounds):
            sound.close()
        self.silent = False
        self.heard: list[str] = []
        self.violations: list[str] = []
        self.plug()

    def state(self) -> dict[str, Any]:
        return {"plugged": self.plugged, "heard": list(self.heard), "violations": list(self.violations)}

    def obey(self, request: requests.Speaker) -> dict[str, Any]:
        self.silent = self.silent if request.silent is None else request.silent
        if request.plugged is not None:
            (self.plug if request.plugged else self.unplug)()
        return {}

    def _accept(self, connection: Connection) -> None:
        self.sounds.add(_Sound(self, self._loop, connection))


def _record(path: Path) -> None:
    """A fifth of a second of a hum, as a recording."""
    path.parent.mkdir(parents=True, exist_ok=True)
    samples = array("h", (int(6_000 * sin(tau * 220 * at / 22_050)) for at in range(4_410)))
    with wave.open(str(path), "wb") as recording:
        recording.setnchannels(1)
        recording.setsampwidth(2)
        recording.setframerate(22_050)
        recording.writeframes(samples.tobytes())
