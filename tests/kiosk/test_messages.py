"""The sentences of the product: the same in every language but for the words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kiosk.faults import FaultCode
from kiosk.installed import config_dir
from kiosk.messages import DEFAULT, TO_A_RELATIVE, Catalogue, Texts
from tests.support.wishes import wished

SHIPPED = Catalogue.read(config_dir() / "texts")
OTHERS = [lang for lang in SHIPPED.languages if lang != DEFAULT]


def write(folder: Path, **files: str) -> Path:
    for lang, text in files.items():
        (folder / f"{lang}.toml").write_text(text, encoding="utf-8")
    return folder


def test_nested_tables_make_dotted_ids(tmp_path: Path) -> None:
    texts = Catalogue.read(write(tmp_path, zh='[pay.confirm]\ntitle = "确认支付 {amount}"')).of("zh")
    assert list(texts) == ["pay.confirm.title"]
    assert "pay.confirm.title" in texts
    assert texts.say("pay.confirm.title", amount="12.30 元") == "确认支付 12.30 元"
    assert texts.placeholders("pay.confirm.title") == {"amount"}


def test_a_word_goes_with_its_number() -> None:
    texts = Texts("en", {"bills": "{count} {count:bill is|bills are} paid at {place}"})
    assert texts.say("bills", count="1", place="7") == "1 bill is paid at 7"
    assert texts.say("bills", count="2", place="7") == "2 bills are paid at 7"
    assert texts.say("bills", count="0", place="7") == "0 bills are paid at 7"
    assert texts.placeholders("bills") == {"count", "place"}
    with pytest.raises(KeyError):
        texts.say("bills", place="7")


FORMS = [each for each in SHIPPED.of(DEFAULT) if each.endswith(TO_A_RELATIVE)]


def test_a_relative_is_spoken_to_of_the_patient_and_of_all_else_alike() -> None:
    texts = Texts("zh", {"own": "您自己付", "own_relative": "患者自付", "total": "总费用"})
    assert (texts.say("own"), texts.to_a_relative.say("own")) == ("您自己付", "患者自付")
    assert texts.to_a_relative.say("total") == "总费用"
    assert texts.to_a_relative is texts.to_a_relative, "made once"


@pytest.mark.parametrize("lang", SHIPPED.languages)
def test_each_form_for_a_relative_is_of_a_sentence_and_takes_what_that_takes(lang: str) -> None:
    texts = SHIPPED.of(lang)
    assert FORMS, "none was compared"
    for form in FORMS:
        assert texts.placeholders(form) == texts.placeholders(form.removesuffix(TO_A_RELATIVE))
        said = texts.say(form, **dict.fromkeys(texts.placeholders(form), "1"))
        assert not re.search(r"您|\byours?\b", said, re.IGNORECASE)


COUNTED = re.compile(
    r"\{(?P<name>count|days|months|minutes|kiosks|settlements)\} (?:more |working )?(?P<word>[a-z]+|\{\w+:)"
)
NEVER_ONE = {"{count} bills"}
"""Pages of several bills: who has one sees another page."""


def test_every_english_count_is_said_in_the_singular_too() -> None:
    """Whoever has one bill does not read of one bills; words that have but one form are let be."""
    wrong = [
        found[0]
        for row in (config_dir() / "texts" / "en.toml").read_text(encoding="utf-8").splitlines()
        for found in COUNTED.finditer(row)
        if found["word"].endswith("s")
    ]
    assert [each for each in wrong if each not in NEVER_ONE] == []


@pytest.mark.parametrize(("message", "values"), [("nothing", {}), ("title", {}), ("title", {"other": "1"})])
def test_a_missing_id_or_value_is_a_defect(message: str, values: dict[str, str]) -> None:
    with pytest.raises(KeyError):
        Texts("zh", {"title": "共 {amount}"}).say(message, **values)


def test_an_unknown_language_speaks_chinese(tmp_path: Path) -> None:
    catalogue = Catalogue.read(write(tmp_path, zh='a = "甲"', en='a = "A"'))
    assert catalogue.languages == ("en", "zh")
    assert (catalogue.of("en").say("a"), catalogue.of("ug").say("a")) == ("A", "甲")


@pytest.mark.parametrize(
    ("files", "wrong"),
    [
        ({"en": 'a = "A"'}, "zh.toml is missing"),
        ({"zh": "[a]\nb = 3"}, "zh.toml: a.b is not a sentence"),
        ({"zh": "a ="}, "zh.toml: TOMLDecodeError"),
    ],
)
def test_a_damaged_file_is_named(tmp_path: Path, files: dict[str, str], wrong: str) -> None:
    with pytest.raises(ValueError, match=re.escape(wrong)):
        Catalogue.read(write(tmp_path, **files))


def test_bytes_that_are_no_text_are_named(tmp_path: Path) -> None:
    (tmp_path / "zh.toml").write_bytes(b'a = "\xff"')
    with pytest.raises(ValueError, match=r"zh\.toml: UnicodeDecodeError"):
        Catalogue.read(tmp_path)


@pytest.mark.parametrize("lang", OTHERS)
def test_every_language_says_the_same_things(lang: str) -> None:
    assert sorted(SHIPPED.of(lang)) == sorted(SHIPPED.of(DEFAULT))


@pytest.mark.parametrize("lang", OTHERS)
def test_every_language_is_filled_with_the_same_values(lang: str) -> None:
    zh, other = SHIPPED.of(DEFAULT), SHIPPED.of(lang)
    differing = {message for message in zh if zh.placeholders(message) != other.placeholders(message)}
    assert differing == set()


@pytest.mark.parametrize("lang", SHIPPED.languages)
def test_every_sentence_can_be_said(lang: str) -> None:
    texts = SHIPPED.of(lang)
    silent = {message for message in texts if not texts.say(message, **dict.fromkeys(texts.placeholders(message), "…"))}
    assert silent <= {"typography.keep"}, "words that stay together on a line: not every language has some"


@pytest.mark.parametrize("lang", SHIPPED.languages)
def test_every_fault_says_what_happened_and_what_to_do(lang: str) -> None:
    texts = SHIPPED.of(lang)
    wanted = {f"fault.{code}.{part}" for code in FaultCode for part in ("what", "do")}
    assert wanted - set(texts) == set()


@pytest.mark.parametrize("lang", SHIPPED.languages)
def test_no_sentence_wishes_anybody_well(lang: str) -> None:
    """The same pages, slips and recordings end the bill of a stay whose patient has died."""
    assert wished("祝您早日康复 Get well soon!") == ["祝您", "早日", "康复", "Get well"]
    texts = SHIPPED.of(lang)
    empty = {name: dict.fromkeys(texts.placeholders(name), "") for name in texts}
    assert {name: found for name in texts if (found := wished(texts.say(name, **empty[name])))} == {}
