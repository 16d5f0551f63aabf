"""The screen as a tester sees it: what is written on it, what can be touched, and a finger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QPoint, QRectF, Qt
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.flow.events import Intent
from kiosk.flow.states import Kiosk
from screens.album import settle
from screens.panel import Panel

MORE = {"zh": "看下面", "en": "More below"}
"""The button that moves a long page down."""


@dataclass(frozen=True)
class Piece:
    """One visible item with its place on the glass in pixels."""

    item: QQuickItem
    place: QRectF

    @property
    def words(self) -> str:
        return str(self.item.property("text"))

    @property
    def name(self) -> str:
        """What a screen reader says."""
        return str(attached(self.item, "name"))

    def centre(self) -> QPoint:
        return self.place.center().toPoint()


def attached(item: QQuickItem, what: str) -> Any:
    """A property of the item's `Accessible`."""
    for child in item.children():
        if child.inherits("QQuickAccessibleAttached"):
            return child.property(what)
    return None


class Glass:
    def __init__(self, panel: Panel, sent: list[Intent]) -> None:
        self.panel, self.sent = panel, sent
        self.lang = "zh"
        self.window = panel.window

    def show(self, kiosk: Kiosk, lang: str | None = None) -> None:
        self.lang = lang or kiosk.lang
        self.panel.show(replace(kiosk, lang=self.lang))
        self.rest()

    def rest(self) -> None:
        """Let deletions and drawing happen."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)

    def picture(self) -> Any:
        return settle(self.window)

    def items(self, *, hidden: bool = False) -> Iterator[QQuickItem]:
        yield from walk(self.window.contentItem(), hidden=hidden)

    def texts(self) -> list[Piece]:
        return [piece(item) for item in self.items() if item.inherits("QQuickText") and item.property("text")]

    def buttons(self) -> list[Piece]:
        """What the page offers to press."""
        return [button for button in self.controls() if not is_tool(button.item)]

    def tools(self) -> list[Piece]:
        """What stands at the foot of every page."""
        return [button for button in self.controls() if is_tool(button.item)]

    def controls(self) -> list[Piece]:
        return [piece(item) for item in self.items() if item.inherits("QQuickAbstractButton")]

    def button(self, name: str) -> Piece:
        """The one button whose accessible name begins so."""
        found = [button for button in self.controls() if button.name.startswith(name)]
        assert len(found) == 1, f"{name}: {[button.name for button in self.controls()]}"
        return found[0]

    def written(self) -> str:
        """Everything on the glass, without the line ends the typesetter put in."""
        return "\n".join(text.words.replace("\n", "") for text in self.texts())

    def tap(self, name: str) -> None:
        settle(self.window)  # on a busy machine the page may not be laid out yet, and the finger would miss
        self.bring(name)
        QTest.mouseClick(
            self.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, self.button(name).centre()
        )
        self.rest()

    def bring(self, name: str) -> None:
        """Move a long page down until the button is in sight, as a person does."""
        for _ in range(20):
            if in_sight(self.button(name)):
                return
            QTest.mouseClick(
                self.window,
                Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.NoModifier,
                self.button(MORE[self.lang]).centre(),
            )
            self.rest()

    def press(self, at: QPoint) -> None:
        QTest.mousePress(self.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)

    def drag(self, to: QPoint) -> None:
        QTest.mouseMove(self.window, to)

    def release(self, at: QPoint) -> None:
        QTest.mouseRelease(self.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        self.rest()

    def key(self, key: Qt.Key) -> None:
        QTest.keyClick(self.window, key)
        self.rest()

    def intents(self) -> list[Intent]:
        """What was sent since the last look."""
        sent, self.sent[:] = list(self.sent), []
        return sent


def walk(item: QQuickItem, *, hidden: bool = False) -> Iterator[QQuickItem]:
    """Everything below an item that can be seen, or everything."""
    for child in item.childItems():
        if hidden or (child.isVisible() and child.opacity() > 0):
            yield child
            yield from walk(child, hidden=hidden)


def piece(item: QQuickItem) -> Piece:
    return Piece(item, item.mapRectToScene(QRectF(0, 0, item.width(), item.height())))


def ancestors(item: QQuickItem) -> Iterator[QQuickItem]:
    above = item.parentItem()
    while above is not None:
        yield above
        above = above.parentItem()


def in_sight(piece: Piece) -> bool:
    """Whether the middle of it is not scrolled away."""
    middle = piece.place.center()
    return all(
        above.mapRectToScene(QRectF(0, 0, above.width(), above.height())).contains(middle)
        for above in ancestors(piece.item)
        if above.inherits("QQuickFlickable")
    )


def is_tool(item: QQuickItem) -> bool:
    return any(above.objectName() == "tools" for above in ancestors(item))


def scrolled(item: QQuickItem) -> bool:
    """Whether the item lies in something that can be moved, and so may be outside the glass now."""
    return any(above.inherits("QQuickFlickable") for above in ancestors(item))


def find(root: QObject, kind: str) -> list[QObject]:
    """Children of a Qt class, however deep."""
    return [child for child in root.findChildren(QObject) if child.inherits(kind)]
