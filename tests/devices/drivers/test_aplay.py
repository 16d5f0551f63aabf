"""The voice: a child that plays and can be killed, and recordings that may be the hospital's own."""

from __future__ import annotations

import json
import os
import shutil
import stat
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from devices.conformance.waiting import Call, until
from devices.drivers.aplay import AplaySettings, RecordedVoice
from devices.transport.playback import ChildPlayer
from devices.wire.pcm import RATE, silence, tone, write_wav
from kiosk.domain.money import Money
from kiosk.domain.speech import Amount, Output, Part, Sentence, Speech, Text, Tone
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.driver import Host
from kiosk.ports.health import DeviceState
from kiosk.ports.speaker import Said

SENTENCE = tone([(300, 0.4)])


class Listener:
    """A player that keeps what it was given."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, bytes]] = []
        self.works = self.there = True

    def found(self) -> bool:
        return self.there

    def play(self, sounds: Iterable[bytes], device: str, cancel: Cancel) -> bool:
        self.heard.append((device, b"".join(sounds)))
        return self.works


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "speech"
    for name in ("message/code.own", "word/十", "word/元", "syllable/zhang1"):
        path = place / "zh" / f"{name}.wav"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(write_wav(SENTENCE))
    (place / "zh" / "readings.json").write_text(json.dumps({"张": "zhang1"}))
    return place


def voice(folder: Path, listener: Listener, host: Host, own: Path | None = None) -> RecordedVoice:
    settings = AplaySettings(folder=str(folder), own=str(own or ""), device="room", headset="ear")
    made = RecordedVoice(settings, listener, host)
    made.open()
    return made


def say(speaker: RecordedVoice, *parts: Part, output: Output = Output.ROOM, volume: int = 3, rate: int = 3) -> Said:
    return speaker.say(Speech("zh", parts, output, volume, rate), Cancel())


def test_everything_of_a_speech_comes_out_in_one_go(folder: Path, listener: Listener, host: Host) -> None:
    speaker = voice(folder, listener, host)
    assert say(speaker, Sentence("code.own"), Amount(Money(1000)), Text("张")) is Said.WHOLE
    ((device, sound),) = listener.heard
    assert device == "room"
    assert len(sound) > 4 * len(SENTENCE) * 2 * 0.9
    assert speaker.status().state is DeviceState.ONLINE


def test_the_headset_gets_what_is_for_the_headset(folder: Path, listener: Listener, host: Host) -> None:
    say(voice(folder, listener, host), Sentence("code.own"), output=Output.HEADSET)
    assert listener.heard[0][0] == "ear"


def test_louder_and_faster_are_heard(folder: Path, listener: Listener, host: Host) -> None:
    speaker = voice(folder, listener, host)
    for volume, rate in ((3, 3), (5, 3), (3, 5)):
        say(speaker, Sentence("code.own"), volume=volume, rate=rate)
    usual, loud, fast = (sound for _, sound in listener.heard)
    assert max(loud[1::2]) > max(usual[1::2]) or loud != usual
    assert len(fast) < len(usual)


def test_a_hospitals_own_recording_goes_first(folder: Path, listener: Listener, host: Host, tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "zh" / "message").mkdir(parents=True)
    (own / "zh" / "message" / "code.own.wav").write_bytes(write_wav(tone([(500, 2.0)])))
    say(voice(folder, listener, host, own), Sentence("code.own"))
    assert len(listener.heard[0][1]) > RATE * 2 * 1.9


def test_a_recording_of_the_wrong_kind_gives_way_to_ours(
    folder: Path, listener: Listener, host: Host, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    (own / "zh" / "message").mkdir(parents=True)
    (own / "zh" / "message" / "code.own.wav").write_bytes(b"ID3 an mp3")
    assert say(voice(folder, listener, host, own), Sentence("code.own")) is Said.WHOLE


def test_what_has_no_recording_is_left_out_and_no_log_spells_a_name(
    folder: Path, listener: Listener, host: Host, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    speaker = voice(folder, listener, host)
    assert say(speaker, Sentence("code.own"), Sentence("no.such")) is Said.IN_PART
    assert say(speaker, Sentence("no.such")) is Said.NOT_HEARD
    (folder / "zh" / "syllable" / "zhang1.wav").unlink()
    again = voice(folder, listener, host)
    assert say(again, Text("张")) is Said.NOT_HEARD
    assert "zhang" not in "".join(str(record.__dict__) for record in caplog.records)


def test_a_kiosk_without_player_or_recordings_is_silent_and_says_so(
    folder: Path, listener: Listener, host: Host, tmp_path: Path
) -> None:
    listener.there = False
    health = voice(folder, listener, host).status()
    assert (health.state, health.warnings) == (DeviceState.NO_DEVICE, (FaultCode.SPEECH_GONE,))
    listener.there = True
    assert not voice(tmp_path / "nothing", listener, host).status().usable


def test_a_sound_device_that_fails_is_told_until_it_works_again(folder: Path, listener: Listener, host: Host) -> None:
    speaker = voice(folder, listener, host)
    listener.works = False
    assert say(speaker, Sentence("code.own")) is Said.NOT_HEARD
    assert speaker.status().state is DeviceState.HARDWARE_ERROR
    listener.works = True
    assert say(speaker, Tone.READ) is Said.WHOLE
    assert speaker.status().usable


# --- the child ---


def program(tmp_path: Path, script: str) -> str:
    path = tmp_path / "player"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_the_child_gets_every_sample_and_the_name_of_its_device(tmp_path: Path) -> None:
    player = ChildPlayer(program(tmp_path, f'echo "$@" >{tmp_path}/options; cat >{tmp_path}/heard'), RATE)
    sounds = [bytes([at]) * 70_000 for at in range(4)]
    assert player.found()
    assert player.play(sounds, "hw:ear", Cancel())
    assert (tmp_path / "heard").read_bytes() == b"".join(sounds)
    assert "--device hw:ear" in (tmp_path / "options").read_text()


def test_a_child_that_fails_or_is_not_there_is_told(tmp_path: Path) -> None:
    assert not ChildPlayer(program(tmp_path, "exit 1"), RATE).play([bytes(10)], "x", Cancel())
    assert not ChildPlayer(program(tmp_path, "cat >/dev/null; exit 1"), RATE).play([bytes(10)], "x", Cancel())
    missing = ChildPlayer(str(tmp_path / "nothing"), RATE)
    assert not missing.found()
    assert not missing.play([bytes(10)], "x", Cancel())


def test_a_cancelled_child_is_dead_at_once(tmp_path: Path) -> None:
    player = ChildPlayer(program(tmp_path, f"echo $$ >{tmp_path}/pid; exec sleep 30"), RATE)
    call = Call(lambda cancel: player.play([bytes(RATE * 60)], "x", cancel))
    until(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text().strip() != "")
    pid = int((tmp_path / "pid").read_text())
    assert call.cancelled() is True
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_sound_device_that_hangs_does_not_hang_the_kiosk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("devices.transport.playback._LATE_SECONDS", 0.3)
    began = time.monotonic()
    assert not ChildPlayer(program(tmp_path, "exec sleep 30"), RATE).play([bytes(70_000)], "x", Cancel())
    assert time.monotonic() - began < 15


@pytest.mark.skipif(shutil.which("aplay") is None, reason="aplay is not installed")
def test_aplay_takes_our_options_and_plays_into_nothing() -> None:
    assert ChildPlayer("aplay", RATE).play([silence(0.1).tobytes()], "null", Cancel())


def test_the_voice_knows_which_recordings_it_lacks(
    folder: Path, listener: Listener, host: Host, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    (own / "zh" / "message").mkdir(parents=True)
    (own / "zh" / "message" / "confirm.pay.wav").write_bytes(write_wav(SENTENCE))
    lacking = voice(folder, listener, host, own).lacking("zh", ("code.own", "confirm.pay", "say.home"))
    assert [name for name in lacking if "/message/" in name] == ["zh/message/say.home"]
    assert {"zh/word/一", "zh/word/角"} <= set(lacking)
    assert not {"zh/word/十", "zh/syllable/zhang1"} & set(lacking)
    assert "en/word/yuan" in voice(folder, listener, host).lacking("en", ())
