"""What stands on the screen, as something to say: whole sentences by their ids, the rest as text of the visit."""

from __future__ import annotations

from functools import lru_cache

from kiosk.domain.speech import Part, Sentence, Text
from kiosk.messages import Catalogue, Texts

_OF_A_VISIT = ("insutype.", "medtype.", "payer.", "why.", "slip.", "statement.")
"""Words of the catalogue that tell something of the person where they stand: which insurance, what kind of care."""


def parts(name: str, catalogue: Catalogue, lang: str) -> tuple[Part, ...]:
    """An accessible name, line by line. What is no sentence of the catalogue belongs to the visit: it is private.

    Another language stands under its own name, which a voice of this one cannot say: it says what it is.
    """
    names = {catalogue.of(other).say("lang.name"): "say.language" for other in catalogue.languages if other != lang}
    known = names | _by_sentence(catalogue.of(lang))
    lines = (line.strip() for line in name.splitlines())
    return tuple(Sentence(known[line]) if line in known else Text(line) for line in lines if line)


@lru_cache(maxsize=8)
def _by_sentence(texts: Texts) -> dict[str, str]:
    """Message ids by what they say; of equal sentences any will do."""
    public = (message for message in texts if not message.startswith(_OF_A_VISIT))
    return {texts.say(message): message for message in public if not texts.placeholders(message)}
