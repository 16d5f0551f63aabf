from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.wire.clips import Beep, Clip, pieces
from kiosk.domain.money import Money
from kiosk.domain.speech import Amount, Count, Part, Sentence, Text, Tone

READINGS = {"张": "zhang1", "内": "nei4", "科": "ke1"}


def names(*parts: Part, lang: str = "zh") -> list[str]:
    found = pieces(parts, lang, READINGS)
    return [piece.name if isinstance(piece, Clip) else piece.tone.value for piece in found]


def test_a_sentence_is_one_recording_and_an_amount_is_its_words() -> None:
    assert names(Sentence("confirm.own"), Amount(Money(1050))) == [
        "zh/message/confirm.own", "zh/word/十", "zh/word/元", "zh/word/五", "zh/word/角",
    ]  # fmt: skip
    assert names(Amount(Money(100)), Count(2), lang="en") == ["en/word/one", "en/word/yuan", "en/word/two"]


def test_a_text_is_syllables_digits_and_letters() -> None:
    assert names(Text("内科 3 号A")) == ["zh/syllable/nei4", "zh/syllable/ke1", "zh/word/三", "en/letter/a"]
    assert names(Text("内科 12"), lang="en")[-2:] == ["en/word/one", "en/word/two"]


@pytest.mark.parametrize("text", ["缴这一笔 1,286.46 元", "￥1286.46", "1286.46"])
def test_an_amount_within_a_text_is_said_as_one(text: str) -> None:
    assert names(Text(text)) == [f"zh/word/{word}" for word in "一千二百八十六元四角六分"]


def test_a_name_is_read_together_and_a_pause_follows_it() -> None:
    first, second = pieces((Text("张张"),), "zh", READINGS)
    assert isinstance(first, Clip)
    assert isinstance(second, Clip)
    assert first.pause < second.pause


def test_a_tone_needs_no_recording() -> None:
    assert list(pieces((Tone.READ,), "zh", READINGS)) == [Beep(Tone.READ)]


@given(st.text(max_size=60))
def test_any_text_is_spoken_or_left_out(text: str) -> None:
    for piece in pieces((Text(text),), "zh", READINGS):
        assert isinstance(piece, Clip)
        assert "/" in piece.name
        assert ".." not in piece.name


@given(st.integers(0, 10**14 - 1))
def test_the_longest_amount_the_screen_shows_is_said(fen: int) -> None:
    shown = f"{fen // 100:,}.{fen % 100:02d}"
    assert names(Text(shown)) == names(Amount(Money(fen)))
