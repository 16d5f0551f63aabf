"""Sentences for QML: `qsTrId("pay.title")` is answered from the catalogue that the whole product speaks from."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QObject, QTranslator

from kiosk.messages import Catalogue

_NULL = cast("str", None)
"""Qt's null string, "not mine": the stubs know str only."""


class CatalogueTranslator(QTranslator):
    """Answers ids only; Qt's own contexts keep Qt's own words. An unknown id raises KeyError."""

    def __init__(self, catalogue: Catalogue, lang: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self.lang = lang

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str | None, sourceText: str, disambiguation: str | None = None, n: int = -1) -> str:
        del disambiguation, n
        return _NULL if context else self._catalogue.of(self.lang).say(sourceText)
