"""The kiosk's own sentences for pages of services, in every language at once: such a page bears its words with it."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.pages import Words
from kiosk.messages import DEFAULT, Catalogue, Texts


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """`texts` begin with Chinese. Without any, a message answers with its own name: tests of flows need no words."""

    texts: tuple[Texts, ...] = ()

    @classmethod
    def of(cls, catalogue: Catalogue) -> Phrasebook:
        languages = sorted(catalogue.languages, key=lambda lang: lang != DEFAULT)
        return cls(tuple(catalogue.of(lang) for lang in languages))

    def say(self, message: str, **values: Words | str) -> Words:
        """The sentence in each language, its values in the same one; KeyError for an unknown id."""
        if not self.texts:
            return Words(message)
        told = [
            (texts.lang, texts.say(message, **{name: _in(value, texts.lang) for name, value in values.items()}))
            for texts in self.texts
        ]
        return Words(told[0][1], tuple(told[1:]))


def _in(value: Words | str, lang: str) -> str:
    return value.of(lang) if isinstance(value, Words) else value


def together(words: tuple[Words, ...], book: Phrasebook) -> Words:
    """Several things after one another, as each language writes them."""
    said = words[0] if words else Words("")
    for more in words[1:]:
        said = book.say("services.and", first=said, second=more)
    return said


NO_PHRASES = Phrasebook()
