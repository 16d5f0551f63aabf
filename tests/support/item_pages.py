"""Every page of every item of a pack, walked as a person walks it, and painted to be looked at.

`python -m tests.support.item_pages DIR [AREA [LANG [LOOK]]]`: a contact sheet for each look and language.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

from kiosk.domain.catalogue import Item, Kind
from kiosk.domain.filing import CaseState
from kiosk.filing.course import Stage
from kiosk.flow.events import Continued, Entered, Left, OptionPicked
from kiosk.flow.rules import Door, Look
from kiosk.flow.served_states import Choosing, Reviewing
from kiosk.flow.services.wording import RESUME
from kiosk.flow.states import Kiosk
from screens import environment
from screens.album import settle
from screens.panel import Panel
from tests.kiosk.flow.clerk import CASE, Clerk, clerk, rules
from tests.support.gallery import stage

_ACROSS, _WIDE, _TALL = 12, 185, 329


def pages(area: str) -> Iterator[tuple[str, Kiosk]]:
    """The list, then item by item: guide, what is asked, review, promise, and how each may end."""
    one = clerk(area)
    yield "items", one.touch(Entered(Door.SERVICES)).state
    for item in rules(area).services.items.values():
        for number, state in enumerate(_of(area, item)):
            yield f"{item.key}-{number:02d}", state
    yield from _left_half_way(area)


def _left_half_way(area: str) -> Iterator[tuple[str, Kiosk]]:
    """What whoever goes before the end is asked, and where a slip is scanned."""
    yield "resume", clerk(area).touch(Entered(Door.SERVICES), OptionPicked(RESUME)).state
    for item in rules(area).services.items.values():
        one = clerk(area).to_filing(item.key) if item.kind is Kind.FILED and not item.parts else None
        if one is not None and isinstance(one.screen, Choosing):
            one.fill_one()
            yield "leaving", one.touch(Left()).state
            return


def _of(area: str, item: Item) -> Iterator[Kiosk]:
    one = clerk(area).to_guide(item.key)
    yield one.state
    if item.kind is not Kind.FILED:
        return
    one = clerk(area).to_filing(item.key)
    while not isinstance(one.screen, Reviewing):
        yield one.state
        one.fill_one()
    yield one.state
    promised = one.touch(Continued()).state
    yield promised
    for state in CaseState:
        yield _ended(area, item, state).state


def _ended(area: str, item: Item, state: CaseState) -> Clerk:
    return clerk(area).to_filing(item.key).hand_in().told(Stage.LODGED, replace(CASE, item=item.key, state=state))


def main(folder: str, area: str = "000000", lang: str = "", look: str = "") -> int:
    environment.prepare(offscreen=True)
    application = environment.application("item_pages")
    shown = stage()
    panel = Panel(shown, animated=False, shield_ms=0)
    panel.open(fullscreen=False)
    every = list(pages(area))
    for each in [Look(look)] if look else Look:
        for spoken in [lang] if lang else shown.texts.languages:
            sheet = _sheet(panel, every, each, spoken)
            Path(folder).mkdir(parents=True, exist_ok=True)
            sheet.save(str(Path(folder) / f"{area}-{each.value}-{spoken}.png"))
    panel.close()
    del application
    return 0


def _sheet(panel: Panel, every: list[tuple[str, Kiosk]], look: Look, lang: str) -> QImage:
    sheet = QImage(_ACROSS * _WIDE, -(-len(every) // _ACROSS) * _TALL, QImage.Format.Format_RGB32)
    sheet.fill(Qt.GlobalColor.white)
    painter = QPainter(sheet)
    for at, (_name, kiosk) in enumerate(every):
        panel.show(replace(kiosk, lang=lang, look=look))
        small = settle(panel.window).scaledToWidth(_WIDE - 8, Qt.TransformationMode.SmoothTransformation)
        painter.drawImage(at % _ACROSS * _WIDE, at // _ACROSS * _TALL, small)
    painter.end()
    return sheet


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
