"""What these pages have in common: the value they show, and the line above its title."""

from __future__ import annotations

from typing import TypeVar

from kiosk.domain.pages import (
    Capture,
    Choice,
    Commitment,
    Entry,
    Form,
    Guide,
    Heading,
    Page,
    Result,
    Review,
    Source,
    Wait,
)
from kiosk.flow.states import Kiosk, Screen
from kiosk.messages import Texts
from screens import words

PageT = TypeVar("PageT", bound=Page)


def carried(screen: Screen) -> Page | None:
    """The page value of a state that has one, whichever service it belongs to."""
    found: object = getattr(screen, "page", None)
    match found:
        case Guide() | Form() | Choice() | Capture() | Review() | Commitment() | Wait() | Result():
            return found
        case _:
            return None


def kind(page: Page) -> type[Page]:
    """Which of the eight it is drawn as: a field that is filled from a list is a choice."""
    return Choice if isinstance(page, Form) and page.field.entry is Entry.LIST else type(page)


def expect_page(kiosk: Kiosk, wanted: type[PageT]) -> PageT:
    """The page as the type its model was registered for; anything else is a wrong row in the router's table."""
    page = carried(kiosk.screen)
    if not isinstance(page, wanted):
        raise TypeError(f"{type(page).__name__} is not {wanted.__name__}")
    return page


def overline(head: Heading, texts: Texts) -> str:
    """The service, and how far one has come in it."""
    service = words.shown(head.service.of(texts.lang))
    if not head.at:
        return service
    return texts.say("service.progress", service=service, at=str(head.at), of=str(head.of))


def source(paper: Source | None, texts: Texts) -> str:
    """Where a rule stands and when that was issued; empty where no paper is named."""
    if paper is None:
        return ""
    name = words.shown(paper.paper.of(texts.lang))
    return texts.say("service.source_dated", paper=name, day=paper.dated) if paper.dated else name
