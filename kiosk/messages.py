"""The sentences of the product: every text a person reads on screen, slip or statement, by message id and language.

The words are data (`config/texts/<lang>.toml`, nested tables make dotted ids such as `pay.confirm.title`), so that a
hospital can change them; `{name}` in a sentence is filled by the caller, and `{count:bill|bills}` is the word that goes
with one or with any other number. A missing id or a missing value is a defect and raises; tests compare the languages.
"""

from __future__ import annotations

import string
import tomllib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import cast

DEFAULT = "zh"
_PRINTED = ("slip.", "statement.", "typography.")
_FORMS = "|"
TO_A_RELATIVE = "_relative"
"""Ends the id of a sentence's form for whoever stands here for the patient: 您自己付 is 患者自付 to them."""


class _Numbered(string.Formatter):
    """Fills in the form of a word that its number wants; languages that have one form need nothing of it."""

    def format_field(self, value: object, format_spec: str) -> str:
        one, between, others = format_spec.partition(_FORMS)
        if between:
            return one if value == "1" else others
        return str(super().format_field(value, format_spec))


_NUMBERED = _Numbered()


class Texts:
    """All sentences of one language."""

    def __init__(self, lang: str, sentences: dict[str, str]) -> None:
        self.lang = lang
        self._sentences = sentences

    def __contains__(self, message: str) -> bool:
        return message in self._sentences

    def __iter__(self) -> Iterator[str]:
        return iter(self._sentences)

    def say(self, message: str, **values: str) -> str:
        """The sentence with its values filled in; KeyError for an unknown id or a missing value."""
        sentence = self._sentences[message]
        return _NUMBERED.vformat(sentence, (), values) if _FORMS in sentence else sentence.format(**values)

    @cached_property
    def to_a_relative(self) -> Texts:
        """The same sentences, those that speak to the patient in the form that speaks of the patient."""
        forms = {each.removesuffix(TO_A_RELATIVE): said for each, said in self._sentences.items() if _is_form(each)}
        return Texts(self.lang, self._sentences | forms)

    def spoken(self) -> Iterator[str]:
        """The ids of sentences that a voice says as a whole: nothing to fill in, and not print alone."""
        return (message for message in self if not message.startswith(_PRINTED) and not self.placeholders(message))

    def placeholders(self, message: str) -> frozenset[str]:
        return frozenset(name for _, name, _, _ in string.Formatter().parse(self._sentences[message]) if name)


def _is_form(message: str) -> bool:
    return message.endswith(TO_A_RELATIVE)


class Catalogue:
    """The texts of all languages found in one folder."""

    def __init__(self, texts: dict[str, Texts]) -> None:
        self._texts = texts

    @classmethod
    def read(cls, folder: Path) -> Catalogue:
        """Read every `<lang>.toml` in `folder`; ValueError names a file that is not a tree of sentences."""
        texts: dict[str, Texts] = {}
        for path in sorted(folder.glob("*.toml")):
            texts[path.stem] = Texts(path.stem, dict(_flatten(_tree(path), "", path.name)))
        if DEFAULT not in texts:
            raise ValueError(f"{folder.name}: {DEFAULT}.toml is missing")
        return cls(texts)

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self._texts)

    def of(self, lang: str) -> Texts:
        return self._texts[lang if lang in self._texts else DEFAULT]


def _flatten(tree: dict[str, object], prefix: str, file: str) -> Iterator[tuple[str, str]]:
    for key, value in tree.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            yield from _flatten(cast("dict[str, object]", value), f"{name}.", file)
        elif isinstance(value, str):
            yield name, value
        else:
            raise ValueError(f"{file}: {name} is not a sentence")


def _tree(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as problem:  # of TOML or of UTF-8
        raise ValueError(f"{path.name}: {type(problem).__name__}") from problem
