"""What every page's view model is: words for one page, made from one state, and intents back."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QObject

from kiosk.flow.events import Intent
from kiosk.flow.frontend import Stage
from kiosk.flow.rules import Whose
from kiosk.flow.states import Kiosk, Screen
from kiosk.messages import Texts

ScreenT = TypeVar("ScreenT", bound=Screen)


class PageModel(QObject):
    """Holds display text only and lives no longer than its page, so that nothing of a patient outlives it.

    Each subclass has a `changed` signal of its own: a Qt property does not find one that a Python ancestor declares.
    """

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stage = stage

    def show(self, kiosk: Kiosk) -> None:
        """Take the words from a state of this page; called before the page is loaded and on every later state of it."""
        raise NotImplementedError

    def send(self, intent: Intent) -> None:
        self._stage.send(intent)

    def texts(self, kiosk: Kiosk) -> Texts:
        """In the state's language, and to a relative as one speaks to a relative."""
        texts = self._stage.texts.of(kiosk.lang)
        return texts.to_a_relative if kiosk.whose is Whose.RELATIVE else texts


def takes_id_cards(kiosk: Kiosk) -> bool:
    """Whether there is a plate for ID cards that works now; no page asks for what it could not read."""
    health = kiosk.fixtures.health.get("id_reader")
    return health is not None and health.usable


def takes_codes(kiosk: Kiosk) -> bool:
    """Whether a code tells who is there, and there is a scanner that nobody has found wanting."""
    health = kiosk.fixtures.health.get("scanner")
    return kiosk.rules.codes and (health is None or health.usable)


def expect(screen: Screen, kind: type[ScreenT]) -> ScreenT:
    """The screen as the type its model was registered for; anything else is a wrong row in the router's table."""
    if not isinstance(screen, kind):
        raise TypeError(f"{type(screen).__name__} is not {kind.__name__}")
    return screen
