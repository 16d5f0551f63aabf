"""Somebody else works on a service: the page of short waits, under words that came with the data."""

from __future__ import annotations

from PySide6.QtQml import QmlElement

from kiosk.domain.pages import Wait
from kiosk.flow.states import Kiosk
from screens import words
from screens.service.shown import expect_page
from screens.waiting.page import WaitingModel

QML_IMPORT_NAME = "Kiosk.Service"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class WaitModel(WaitingModel):
    def show(self, kiosk: Kiosk) -> None:
        page, texts = expect_page(kiosk, Wait), self.texts(kiosk)
        self.say(words.shown(page.title.of(texts.lang)), words.shown(page.hint.of(texts.lang)), "file-text")
