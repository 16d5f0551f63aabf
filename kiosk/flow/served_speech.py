"""What the pages of a service say: the words of the pack, in the order in which an eye would meet them."""

from __future__ import annotations

from itertools import chain
from typing import assert_never

from kiosk.domain.pages import Point, Words
from kiosk.domain.speech import Part, Sentence, Text, Tone
from kiosk.flow.served_states import (
    Capturing,
    Choosing,
    Committing,
    Concluding,
    Filling,
    Guiding,
    Reviewing,
    Served,
    Waiting,
)
from kiosk.flow.services.desk import Detailed, Informed


def served(screen: Served, lang: str) -> tuple[Part, ...]:
    """What a guide, a question or a promise says is the same for everybody; what is on file of a person, what they
    entered and what the office answered is theirs alone.
    """
    match screen:
        case Guiding(page=page, desk=desk):
            theirs = isinstance(desk, Informed | Detailed)
            return (*_told(lang, page.title, page.lead), *_points(page.points, lang, own=theirs))
        case Filling(page=page):
            refused: tuple[Part, ...] = (Tone.REFUSED, *_told(lang, page.error)) if page.error else ()
            return (*refused, *_told(lang, page.field.label, page.field.hint))
        case Choosing(page=page):
            return _told(lang, page.title, page.hint)
        case Capturing(page=page):
            wrong: tuple[Part, ...] = (Tone.REFUSED, *_told(lang, page.error)) if page.error else ()
            return (*wrong, *_told(lang, page.title, page.hint, page.advice))
        case Committing(page=page):
            return _told(lang, page.title, *page.sentences)
        case Reviewing(page=page):
            return (*_told(lang, page.title, page.warning), Sentence("say.review"))
        case Waiting(page=page):
            return _told(lang, page.title, page.hint)
        case Concluding(page=page):
            number = (Sentence("failed.number"), Text(page.number)) if page.number else ()
            answer = _told(lang, page.text, own=True)
            return (*_told(lang, page.title), *answer, *number, *_points(page.points, lang, own=True))
        case _ as never:
            assert_never(never)


def _points(points: tuple[Point, ...], lang: str, *, own: bool) -> tuple[Part, ...]:
    return tuple(chain.from_iterable(_told(lang, point.label, point.text, own=own) for point in points))


def _told(lang: str, *words: Words, own: bool = False) -> tuple[Part, ...]:
    return tuple(Text(each.of(lang), public=not own) for each in words if each)
