"""The sentences: the same in every language, all found, none with a value that nobody fills in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import screens
from kiosk.installed import config_dir
from kiosk.messages import TO_A_RELATIVE, Catalogue
from screens.translation import CatalogueTranslator

TEXTS = Catalogue.read(config_dir() / "texts")
SCREENS = Path(screens.__file__).parent
QML = sorted(path for path in SCREENS.rglob("*.qml") if "dock" not in path.parts)
FLOW = SCREENS.parent / "kiosk" / "flow"
SPOKEN = [
    *sorted(FLOW.glob("*speech.py")),
    *(FLOW / name for name in ("access.py", "phrases.py", "agent.py", "consent.py", "stay_states.py")),
    *sorted((FLOW / "services").glob("*.py")),
]
PYTHON = sorted(path for path in SCREENS.rglob("*.py") if "dock" not in path.parts)


def asked_for(files: list[Path], pattern: str) -> set[str]:
    return {found for path in files for found in re.findall(pattern, path.read_text(encoding="utf-8"))}


def test_all_languages_say_the_same_things() -> None:
    ids = {lang: set(TEXTS.of(lang)) for lang in TEXTS.languages}
    assert {lang: ids[lang] ^ ids["zh"] for lang in ids} == {lang: set() for lang in ids}


def test_all_languages_want_the_same_values() -> None:
    zh = TEXTS.of("zh")
    for lang in TEXTS.languages:
        differing = [each for each in zh if TEXTS.of(lang).placeholders(each) != zh.placeholders(each)]
        assert differing == [], lang


def test_what_qml_asks_for_exists_and_needs_no_value() -> None:
    zh, asked = TEXTS.of("zh"), asked_for(QML, r'qsTrId\("([^"]+)"\)')
    assert len(asked) > 30
    assert asked - set(zh) == set()
    assert [each for each in asked if zh.placeholders(each)] == []


def test_what_the_models_ask_for_exists() -> None:
    asked = asked_for(PYTHON, r'say\(\s*"([^"{}]+)"')
    assert len(asked) > 30
    assert asked - set(TEXTS.of("zh")) == set()


DERIVED = (
    "bills.greeting", "bills.hint_", "bills.title_", "card.title", "doctor.", "face.do.", "face.hint.",
    "face.need.", "fault.", "home.door.", "home.note.", "insurer.", "insutype.", "medtype.", "method.", "money.",
    "next.first", "next.then", "paid.till.", "payer.", "rights.away.", "rights.notice.", "rule.",
    "services.element.", "services.pause.", "services.picture.", "services.result.", "services.resume.",
    "services.state.", "services.way", "staff.device.", "staff.state.", "stay.", "step.", "wait.", "when.month.",
    "terms.", "when.weekday.", "why.",
)  # fmt: skip


def test_no_sentence_of_the_screen_is_there_that_nobody_says() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (*QML, *PYTHON, *SPOKEN))
    plain = {each.removesuffix(TO_A_RELATIVE) for each in TEXTS.of("zh")}
    unsaid = [each for each in plain if not each.startswith(DERIVED) and f'"{each}"' not in source]
    assert [each for each in unsaid if each.split(".")[0] not in {"slip", "statement", "day_close", "metrics"}] == []


def test_every_word_of_qml_comes_from_the_catalogue() -> None:
    loose = {path.name: re.findall(r'"[^"]*[\u4e00-\u9fff][^"]*"', path.read_text(encoding="utf-8")) for path in QML}
    assert {name: found for name, found in loose.items() if found} == {}


def test_colours_come_from_the_theme() -> None:
    painted = [path.name for path in QML if re.search(r'"#[0-9a-fA-F]{3,8}"', path.read_text(encoding="utf-8"))]
    assert painted == ["ContrastDark.qml", "ContrastLight.qml", "Standard.qml"]


def test_every_icon_that_lies_there_is_used_and_every_used_one_lies_there() -> None:
    lying = {path.stem for path in (SCREENS / "icons").glob("*.svg")}
    source = "".join(path.read_text(encoding="utf-8") for path in (*QML, *PYTHON))
    patterns = {each for each in lying if each.startswith("pattern-")}
    assert {each for each in lying - patterns if f'"{each}"' not in source} == set()
    assert {each for each in patterns if f'"{each.removeprefix("pattern-")}"' not in source} == set()
    named = set(re.findall(r'(?:glyph|name)\w*: "([a-z0-9-]+)"', source))
    assert named - lying == set()


def test_the_translator_answers_ids_and_leaves_qts_own_words_alone() -> None:
    translator = CatalogueTranslator(TEXTS, "en")
    assert translator.translate(None, "next.done") == "Done"
    assert translator.translate("QGuiApplication", "QT_LAYOUT_DIRECTION") is None
    with pytest.raises(KeyError):
        translator.translate(None, "next.nowhere")
