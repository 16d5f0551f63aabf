"""A picture of a paper or of a face: what to do, how many are there, what was wrong with the last one."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.pages import Capture, Subject
from kiosk.flow.events import Left, OtherWayWanted, PictureWanted, WentBack
from kiosk.flow.frontend import Stage
from kiosk.flow.states import Kiosk
from kiosk.messages import Texts
from screens import words
from screens.model import PageModel
from screens.preview import CameraView
from screens.service.shown import expect_page, overline

QML_IMPORT_NAME = "Kiosk.Service"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class Words:
    overline: str = ""
    title: str = ""
    hint: str = ""
    count: str = ""
    advice: str = ""
    error: str = ""
    other: str = ""
    face: bool = False
    ready: bool = False


@QmlElement
class CaptureModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._words = Words()
        self._faces, self._papers = CameraView(stage.frames, self), CameraView(stage.papers, self)

    def show(self, kiosk: Kiosk) -> None:
        page, texts = expect_page(kiosk, Capture), self.texts(kiosk)
        self._words = Words(
            overline=overline(page.head, texts),
            title=words.shown(page.title.of(texts.lang)),
            hint=words.shown(page.hint.of(texts.lang)),
            count=_count(page, texts),
            advice=words.shown(page.advice.of(texts.lang)),
            error=words.shown(page.error.of(texts.lang)),
            other=words.shown(page.other.of(texts.lang)),
            face=page.subject is Subject.FACE,
            ready=page.ready,
        )
        self.changed.emit()

    @Property(QObject, notify=changed)
    def view(self) -> CameraView:
        """What the camera sees that the page is about; the preview looks only while this page is in sight."""
        return self._faces if self._words.face else self._papers

    @Property(str, notify=changed)
    def overline(self) -> str:
        return self._words.overline

    @Property(str, notify=changed)
    def title(self) -> str:
        return self._words.title

    @Property(str, notify=changed)
    def hint(self) -> str:
        return self._words.hint

    @Property(str, notify=changed)
    def count(self) -> str:
        """Which picture this is; empty where there is only one."""
        return self._words.count

    @Property(str, notify=changed)
    def advice(self) -> str:
        """What would make the picture better now."""
        return self._words.advice

    @Property(str, notify=changed)
    def error(self) -> str:
        return self._words.error

    @Property(str, notify=changed)
    def other(self) -> str:
        """The button of another way to the same end, as large as taking the picture; empty where there is none."""
        return self._words.other

    @Property(bool, notify=changed)
    def face(self) -> bool:
        return self._words.face

    @Property(bool, notify=changed)
    def ready(self) -> bool:
        return self._words.ready

    @Slot()
    def take(self) -> None:
        self.send(PictureWanted())

    @Slot()
    def otherWay(self) -> None:
        self.send(OtherWayWanted())

    @Slot()
    def back(self) -> None:
        self.send(WentBack())

    @Slot()
    def leave(self) -> None:
        self.send(Left())


def _count(page: Capture, texts: Texts) -> str:
    if page.wanted == 1:
        return ""
    return texts.say("service.picture", at=str(min(page.taken + 1, page.wanted)), of=str(page.wanted))
