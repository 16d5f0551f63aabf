from __future__ import annotations

from kiosk.domain.speech import Sentence, Text, private
from kiosk.installed import config_dir
from kiosk.messages import Catalogue
from screens import spoken

TEXTS = Catalogue.read(config_dir() / "texts")


def test_a_buttons_words_are_a_sentence_in_every_language() -> None:
    for lang in TEXTS.languages:
        texts = TEXTS.of(lang)
        (part,) = spoken.parts(texts.say("confirm.pay"), TEXTS, lang)
        assert isinstance(part, Sentence)
        assert texts.say(part.message) == texts.say("confirm.pay")


def test_a_row_is_told_line_by_line_and_what_is_of_the_visit_is_private() -> None:
    name = "呼吸内科门诊　周明\n门诊慢特病\n99.40 元\n缴这一笔"
    found = spoken.parts(name, TEXTS, "zh")
    assert found[:3] == (Text("呼吸内科门诊　周明"), Text("门诊慢特病"), Text("99.40 元"))
    assert [private(part) for part in found] == [True, True, True, False]


def test_nothing_is_told_as_nothing() -> None:
    assert spoken.parts(" \n ", TEXTS, "zh") == ()


def test_another_language_is_told_as_what_it_is() -> None:
    assert spoken.parts("English", TEXTS, "zh") == (Sentence("say.language"),)
    assert spoken.parts("中文", TEXTS, "en") == (Sentence("say.language"),)
