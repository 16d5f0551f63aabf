"""A voice made of recordings, played by `aplay`: the folder of the build, and the hospital's own before it.

`sim_aplay` is the same voice with a simulated sound card where the player is.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Final, cast

from pydantic import BaseModel, ConfigDict, Field

from devices.transport.playback import ChildPlayer, Player
from devices.transport.sound_socket import SocketPlayer
from devices.wire.clips import Beep, Clip, Piece, pieces
from devices.wire.pcm import RATE, NotSpeechError, faster, louder, read_wav, silence, to_bytes, tone, trimmed
from kiosk.domain.speech import WORDS, Output, Speech, Tone
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.driver import Driver, Host
from kiosk.ports.health import DeviceState, Health
from kiosk.ports.speaker import Said, Speaker

_VOLUMES: Final = (0.25, 0.5, 1.0, 1.7, 2.6)
_RATES: Final = (0.7, 0.85, 1.0, 1.25, 1.6)
_NOTES: Final = {
    Tone.LOOKING: ((880, 0.08), (0, 0.5)),
    Tone.READ: ((660, 0.09), (990, 0.16)),
    Tone.REFUSED: ((330, 0.18), (247, 0.3)),
}
"""(Hz, seconds): a tick where the window is, a rise for a code that was read, a fall for one that was not."""
_TICKS: Final = 70
"""The window ticks for forty seconds, or until something else is to be said."""
_DEAF_SECONDS: Final = 8.0
"""How long a sound device that failed is not counted on; then whoever asks tries it again, within the ten seconds in
which any device that came back has to be found.
"""
_KEPT_CLIPS: Final = 200
_LONGEST: Final = 400
"""Recordings in one speech; a page says some ten."""


class AplaySettings(BaseModel):
    """`[devices.speaker]`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    folder: str = Field(default="/usr/share/kiosk/speech", description="语音文件夹（make speech 生成）")
    own: str = Field(default="", description="医院自己录的语音，同名的优先；16 位单声道 22050 Hz 的 WAV")
    device: str = Field(default="default", description="扬声器，aplay -L 里的名字")
    headset: str = Field(default="default", description="耳机，aplay -L 里的名字")
    player: str = Field(default="aplay", description="播放程序")


class SimAplaySettings(BaseModel):
    """`[devices.speaker]` where the sound card is a simulator's."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    socket: str = Field(description="模拟声卡的套接字")
    folder: str = Field(description="语音文件夹")
    late_seconds: float = Field(default=5.0, gt=0, le=60, description="放完以后还等多久，再不答算声卡卡死")


class RecordedVoice:
    """A `Speaker`. What has no recording is left out, told once in the log by name, and the rest is said."""

    def __init__(self, settings: AplaySettings, player: Player, host: Host) -> None:
        self._settings, self._player, self._log = settings, player, host.log
        self._folders = tuple(Path(folder) for folder in (settings.own, settings.folder) if folder)
        self._readings: dict[str, str] = {}
        self._muted_until = 0.0
        self._clock = host.clock
        self._missing: set[str] = set()
        self._recording = lru_cache(maxsize=_KEPT_CLIPS)(self._read)

    def open(self) -> None:
        self._readings = _readings(self._folders)

    def close(self) -> None:
        self._recording.cache_clear()

    def status(self) -> Health:
        """`noDevice` without player or recordings, `hardwareError` when the last sound did not come out."""
        if not self._player.found() or not any((folder / "zh").is_dir() for folder in self._folders):
            self._muted_until = 0.0  # what comes instead is not blamed for what went
            return Health(DeviceState.NO_DEVICE, (FaultCode.SPEECH_GONE,))
        if self._clock.monotonic() < self._muted_until:
            return Health(DeviceState.HARDWARE_ERROR, (FaultCode.SPEECH_GONE,))
        return Health(DeviceState.ONLINE)

    def lacking(self, lang: str, messages: Iterable[str]) -> tuple[str, ...]:
        """Looked for in both folders; the syllables of names are asked for with the Chinese sentences."""
        wanted = [f"{lang}/message/{message}" for message in messages]
        wanted += [f"{lang}/word/{word}" for word in WORDS.get(lang, ())]
        if lang == "zh":
            wanted += [f"zh/syllable/{syllable}" for syllable in sorted(set(self._readings.values()))]
        return tuple(name for name in wanted if not any((each / f"{name}.wav").is_file() for each in self._folders))

    def say(self, speech: Speech, cancel: Cancel) -> Said:
        device = self._settings.headset if speech.output is Output.HEADSET else self._settings.device
        wanted = list(pieces(speech.parts, speech.lang, self._readings))[:_LONGEST]
        known = [piece for piece in wanted if isinstance(piece, Beep) or self._recording(piece.name) is not None]
        if not known:
            return Said.NOT_HEARD
        played = self._player.play((self._sound(piece, speech) for piece in known), device, cancel)
        if cancel.cancelled:
            return Said.CUT_OFF
        hung = not played and self._player.found()
        self._muted_until = self._clock.monotonic() + _DEAF_SECONDS if hung else 0.0
        if not played:
            return Said.NOT_HEARD
        return Said.WHOLE if len(known) == len(wanted) else Said.IN_PART

    def _sound(self, piece: Piece, speech: Speech) -> bytes:
        """As loud and as fast as asked for; made while the piece before is heard."""
        volume, rate = _VOLUMES[speech.volume - 1], _RATES[speech.rate - 1]
        match piece:
            case Beep(which):
                times = _TICKS if which is Tone.LOOKING else 1
                return to_bytes(louder(tone(_NOTES[which]), volume)) * times
            case Clip(name, pause):
                recording = self._recording(name) or silence(0)
                return to_bytes(louder(faster(recording, rate), volume) + silence(pause / rate))

    def _read(self, name: str) -> array[int] | None:
        for folder in self._folders:
            try:
                return trimmed(read_wav((folder / f"{name}.wav").read_bytes()))
            except NotSpeechError as error:
                self._tell_once(name, str(error))
            except OSError:
                continue
        self._tell_once(name, "missing")
        return None

    def _tell_once(self, name: str, why: str) -> None:
        """A sentence's name, or that a word is missing; which syllable was wanted would spell a name."""
        shown = name if "/message/" in name else name.partition("/")[0]
        if shown not in self._missing:
            self._missing.add(shown)
            self._log.info("recording not played", extra={"error": f"{shown}: {why}"})


def _readings(folders: tuple[Path, ...]) -> dict[str, str]:
    """How each character is read, made with the recordings; later folders give way to the hospital's."""
    found: dict[str, str] = {}
    for folder in reversed(folders):
        path = folder / "zh" / "readings.json"
        if path.is_file():
            found |= cast("dict[str, str]", json.loads(path.read_text(encoding="utf-8")))
    return found


def _make(settings: AplaySettings, host: Host) -> Speaker:
    return RecordedVoice(settings, ChildPlayer(settings.player, RATE), host)


def _make_simulated(settings: SimAplaySettings, host: Host) -> Speaker:
    outputs = AplaySettings(folder=settings.folder, device=Output.ROOM.value, headset=Output.HEADSET.value)
    return RecordedVoice(outputs, SocketPlayer(settings.socket, RATE, host.clock, settings.late_seconds), host)


driver: Driver[Speaker] = Driver(AplaySettings, simulated=False, make=_make)
simulated: Driver[Speaker] = Driver(SimAplaySettings, simulated=True, make=_make_simulated)
