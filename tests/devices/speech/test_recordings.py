"""The recordings that the build makes: how words are read, that nothing a page says is missing, and that they sound."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

import pytest

from devices.drivers.aplay import AplaySettings, RecordedVoice
from devices.wire.clips import Clip, pieces
from devices.wire.pcm import RATE, read_wav
from kiosk.domain.money import Money
from kiosk.domain.speech import WORDS, Amount, Sentence, Speech, Text
from kiosk.flow.speech import prompt
from kiosk.installed import config_dir
from kiosk.messages import Catalogue
from kiosk.ports.cancellation import Cancel
from kiosk.ports.driver import Host
from kiosk.ports.speaker import Said
from tests.support import states

PROGRAM = Path(__file__).parents[3] / "packaging" / "speech.py"
TEXTS = Catalogue.read(config_dir() / "texts")
needs_espeak = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")


@pytest.fixture(scope="module")
def speech() -> ModuleType:
    spec = importlib.util.spec_from_file_location("packaging_speech", PROGRAM)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["packaging_speech"] = module
    spec.loader.exec_module(module)
    module.teach_polyphones()
    return module


@pytest.fixture(scope="module")
def planned(speech: ModuleType) -> dict[str, str]:
    return {name: text for name, _, text in speech.recordings(TEXTS, set(speech.readings().values()))}


@pytest.mark.parametrize(
    ("sentence", "reading"),
    [
        ("请到收费窗口重新办理", "chong2 xin1"),
        ("卡拔得太早了", "ba2 de5 tai4 zao3 le5"),
        ("您有一笔待缴费用", "dai4 jiao3 fei4 yong4"),
        ("凭条请到收费窗口补打", "ping2 tiao2"),
        ("打印机卡纸了", "qia"),
        ("费用还没有付", "hai2 mei2"),
        ("用现金、银行卡都可以", "yin2 hang2 ka3"),
        ("资料不符合医保要求", "yao1 qiu2"),
        ("凭条暂时打不了", "liao3"),
        ("正在查找参保信息", "can1 bao3"),
        ("或打 12393", "1 2 3 9 3"),
        ("女", "nv3"),
    ],
)
def test_characters_of_several_readings_are_read_as_people_say_them(
    speech: ModuleType, sentence: str, reading: str
) -> None:
    assert reading in speech.as_pinyin(sentence)


def test_every_syllable_carries_its_tone(speech: ModuleType) -> None:
    for sentence in speech.speakable(TEXTS.of("zh")).values():
        bare = [
            part for part in speech.as_pinyin(sentence).replace(",", " ").replace(".", " ").split() if part.isalpha()
        ]
        assert [part for part in bare if part.islower() and len(part) > 1] == [], sentence


def test_whatever_a_page_says_has_a_recording(planned: dict[str, str]) -> None:
    for kiosk in states.samples().values():
        for part in prompt(kiosk):
            if isinstance(part, Sentence):
                assert {f"{lang}/message/{part.message}" for lang in TEXTS.languages} <= set(planned), part.message


def test_numbers_and_names_have_their_recordings(speech: ModuleType, planned: dict[str, str]) -> None:
    assert {f"{lang}/word/{word}" for lang, words in WORDS.items() for word in words} <= set(planned)
    readings = speech.readings()
    for name in ("张三", "欧阳文华", "阿卜杜喀迪尔·买买提艾力·热合曼", "呼吸内科门诊"):
        clips = [piece.name for piece in pieces((Text(name),), "zh", readings) if isinstance(piece, Clip)]
        assert len(clips) == len([character for character in name if character != "·"])
        assert set(clips) <= set(planned)
    assert len(readings) > 20_000


def record(speech: ModuleType, folder: Path, planned: dict[str, str], names: Iterable[str]) -> None:
    for name in names:
        speech.record(folder, name, name.partition("/")[0], planned[name])


@needs_espeak
def test_a_page_with_its_amount_is_spoken_whole(
    speech: ModuleType,
    planned: dict[str, str],
    tmp_path: Path,
    host: Host,
) -> None:
    parts = (*prompt(states.samples()["confirming"]), Amount(Money(123405)))
    wanted = {piece.name for piece in pieces(parts, "zh", {}) if isinstance(piece, Clip)}
    record(speech, tmp_path, planned, wanted)
    heard: list[bytes] = []

    class Ears:
        def found(self) -> bool:
            return True

        def play(self, sounds: Iterable[bytes], device: str, cancel: Cancel) -> bool:
            heard.extend(sounds)
            return True

    voice = RecordedVoice(AplaySettings(folder=str(tmp_path)), Ears(), host)
    voice.open()
    assert voice.say(Speech("zh", parts), Cancel()) is Said.WHOLE
    assert voice.status().usable
    assert 3 < sum(map(len, heard)) / (2 * RATE) < 40


@needs_espeak
def test_both_languages_and_letters_sound(speech: ModuleType, planned: dict[str, str], tmp_path: Path) -> None:
    names = ("zh/message/confirm.pay", "en/message/confirm.pay", "en/letter/k", "zh/syllable/zhang1", "zh/word/元")
    record(speech, tmp_path, planned, names)
    for name in names:
        sound = read_wav((tmp_path / f"{name}.wav").read_bytes())
        assert max(map(abs, sound)) > 3000, name


def test_without_espeak_the_build_says_so(speech: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RuntimeError, match="espeak-ng"):
        speech.make(tmp_path)
