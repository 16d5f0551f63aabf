"""Somebody goes before the end of a form: they are told how it can go on, once there is something to go on with."""

from __future__ import annotations

from kiosk.domain.pages import SILENT, Choice, Heading, Option, Words
from kiosk.flow.phrases import Phrasebook
from kiosk.flow.served_states import Choosing
from kiosk.flow.services.desk import Filing, Pausing
from kiosk.flow.turn import Turn, part

SLIP, GO, STAY = "slip", "go", "stay"


def offer(turn: Turn, filing: Filing) -> Turn:
    """With nothing filled in, and in the middle of a payment, there is nothing to say."""
    if not filing.answers or filing.aside is not None:
        return part(turn)
    book = turn.state.rules.book
    rows = tuple(Option(key, book.say(f"services.pause.{key}"), _note(key, book)) for key in (SLIP, GO, STAY))
    page = Choice(Heading(filing.item.name), book.say("services.pause.title"), rows, book.say("services.pause.hint"))
    turn, ticket = turn.wake(turn.state.rules.read_page)
    return turn.show(Choosing(ticket, page, Pausing(filing)))


def _note(key: str, book: Phrasebook) -> Words:
    return book.say("services.pause.slip_note") if key == SLIP else SILENT
