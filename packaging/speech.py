"""Makes the recordings that the kiosk speaks with: `make speech`, or `python packaging/speech.py FOLDER`.

Every sentence of config/texts that has nothing to fill in, the words of numbers, letters, and every Mandarin syllable.
espeak-ng is run as a program and never linked (GPL); it reads Mandarin as pinyin, which pypinyin finds and
`polyphones.toml` corrects. A hospital that records its own voice puts files of the same names into a folder of its own.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pypinyin import Style, load_phrases_dict, pinyin_dict
from pypinyin.contrib.tone_sandhi import ToneSandhiMixin
from pypinyin.converter import DefaultConverter
from pypinyin.core import Pinyin

from kiosk.domain.speech import WORDS
from kiosk.installed import config_dir
from kiosk.messages import Catalogue, Texts

VOICES = {"zh": "cmn-latn-pinyin", "en": "en-gb"}
SPEED = {"zh": 165, "en": 150}  # words a minute for espeak-ng: slow enough for an old ear, not tiring
LETTERS = "abcdefghijklmnopqrstuvwxyz"
HANZI = range(0x3400, 0xA000)
_PAUSES = str.maketrans("，。！？；：、（）“”　·…—\n", ",.!?;:, ,  ,,,,.")


class _Spoken(ToneSandhiMixin, DefaultConverter):
    """With the tones that 一, 不 and two third tones take from what follows them."""


_SPOKEN = Pinyin(_Spoken())


def speakable(texts: Texts) -> dict[str, str]:
    """Message ids and sentences that are spoken as a whole."""
    return {message: texts.say(message) for message in texts.spoken()}


def as_pinyin(text: str) -> str:
    """What espeak-ng reads: syllables with tone figures, words and marks as they stand."""
    singly = re.sub(r"\d{4,}", lambda number: " ".join(number[0]), text)  # a telephone number is no amount
    spelled = " ".join(_toned(part[0]) for part in _SPOKEN.pinyin(singly, style=Style.TONE3)).translate(_PAUSES)
    return re.sub(r"\s+([,.!?;:])", r"\1", spelled).strip()


def _toned(syllable: str) -> str:
    """With its figure: the light tone is the fifth."""
    return re.sub(r"^([a-zü]+)$", r"\g<1>5", syllable).replace("ü", "v")


def teach_polyphones() -> None:
    """Our own readings of words, before pypinyin's."""
    path = Path(__file__).with_name("polyphones.toml")
    table = tomllib.loads(path.read_text(encoding="utf-8"))["words"]
    load_phrases_dict({word: [[one] for one in reading.split()] for word, reading in table.items()})


def readings() -> dict[str, str]:
    """The usual syllable of every character, for names and whatever else has no recording of its own."""
    found: dict[str, str] = {}
    for code in HANZI:
        if code in pinyin_dict.pinyin_dict:
            character = chr(code)
            syllable = _toned(_SPOKEN.pinyin(character, style=Style.TONE3)[0][0])
            if re.fullmatch(r"[a-zê]+[1-5]", syllable):
                found[character] = syllable.replace("ê", "e")
    return found


def recordings(texts: Catalogue, syllables: set[str]) -> Iterator[tuple[str, str, str]]:
    """(name, language of the voice, what it reads) of every recording."""
    for lang in texts.languages:
        if lang not in VOICES:
            continue
        of_lang = as_pinyin if lang == "zh" else str
        for message, sentence in speakable(texts.of(lang)).items():
            yield f"{lang}/message/{message}", lang, of_lang(sentence)
        for word in WORDS[lang]:
            yield f"{lang}/word/{word}", lang, of_lang(word)
    for letter in LETTERS:
        yield f"en/letter/{letter}", "en", letter
    for syllable in sorted(syllables):
        yield f"zh/syllable/{syllable}", "zh", syllable


def record(folder: Path, name: str, lang: str, text: str) -> None:
    path = folder / f"{name}.wav"
    path.parent.mkdir(parents=True, exist_ok=True)
    voice, speed = VOICES[lang], str(SPEED[lang])
    subprocess.run(("espeak-ng", "-v", voice, "-s", speed, "-w", str(path), "--", text), check=True)


def make(folder: Path, only: re.Pattern[str] | None = None) -> int:
    """Every recording whose name fits `only`; returns how many. RuntimeError without espeak-ng."""
    if shutil.which("espeak-ng") is None:
        raise RuntimeError("espeak-ng is not installed")
    teach_polyphones()
    table = readings()
    wanted = [
        row
        for row in recordings(Catalogue.read(config_dir() / "texts"), set(table.values()))
        if only is None or only.search(row[0])
    ]
    with ThreadPoolExecutor(max_workers=2) as pool:
        list(pool.map(lambda row: record(folder, *row), wanted))
    (folder / "zh").mkdir(parents=True, exist_ok=True)
    (folder / "zh" / "readings.json").write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")
    return len(wanted)


def main() -> int:
    parser = argparse.ArgumentParser(description="make the recordings that the kiosk speaks with")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", type=re.compile, help="a pattern of names, such as zh/message/fault")
    arguments = parser.parse_args()
    try:
        count = make(arguments.folder, arguments.only)
    except RuntimeError as problem:
        print(f"speech: {problem}; the kiosk stays silent", file=sys.stderr)
        return 3
    print(f"{count} recordings in {arguments.folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
