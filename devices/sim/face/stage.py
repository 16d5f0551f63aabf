"""A drawn person, or what somebody holds up instead, before the simulated camera: drawn while it is looked at.

A file of frames made beforehand cannot answer a challenge that is drawn when it is asked; that is the point of asking.
So there is one file, and it is drawn anew fifteen times a second from what the page has asked for.
"""

from __future__ import annotations

import multiprocessing
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import cv2

from devices.sim.face.chip import chip_picture
from devices.sim.face.presented import Moment, Presented, presented
from devices.transport.video import LIVE
from kiosk.ports.face import Challenge

_FRAME_SECONDS = 1 / 15
_BEGINS_WITHIN = 60.0
_SLOWEST_FRAME = 0.1
"""Seconds of the scene that pass from one picture to the next at most. Where the machine is busy the scene slows down,
as a film does whose projector is turned slowly: nobody in it leaps.
"""


@dataclass(frozen=True, slots=True)
class Page:
    """What the person sees on the kiosk's page."""

    asked: Challenge | None = None
    done: int = 0
    light: tuple[float, float, float] = (0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Who:
    """Who stands there, as what; `other` steps in when somebody is swapped; whose `cards` they have with them."""

    kind: Presented
    person: str
    other: str = ""
    cards: tuple[str, ...] = ()


class Stage:
    """Draws into `folder` from `begin` to `end`, in a process of its own: other simulated devices have their pace.

    First it draws the chips of the cards that the person carries, because that takes a second as well.
    """

    def __init__(self, folder: Path, who: Who) -> None:
        context = multiprocessing.get_context("spawn")
        self._pages, theirs = context.Pipe()
        self._process = context.Process(target=_draw, args=(folder, who, theirs), name="stage", daemon=True)
        self._folder = folder

    def begin(self) -> None:
        """Returns with the first picture there."""
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / LIVE).touch()
        self._process.start()
        self._pages.poll(_BEGINS_WITHIN)

    def show(self, page: Page) -> None:
        self._pages.send(page)

    def end(self) -> None:
        self._process.terminate()
        self._process.join(5.0)


def chip_file(folder: Path, person: str) -> Path:
    return folder / f"{person}.chip"


def _draw(folder: Path, who: Who, pages: Connection) -> None:
    cv2.setNumThreads(1)
    for card in who.cards:
        chip_file(folder, card).write_bytes(chip_picture(card))
    scenery, page, asked_at = presented(who.kind, who.person, who.other), Page(), 0.0
    due, drawn, at, first = time.monotonic(), time.monotonic(), 0.0, True
    while True:
        while pages.poll(max(0.0, due - time.monotonic())):
            before, page = page, pages.recv()
            if page.asked != before.asked:
                asked_at = at
        before_that, drawn = drawn, time.monotonic()
        at += min(drawn - before_that, _SLOWEST_FRAME)
        half = folder.with_name(f"{folder.name}.bmp")  # beside the folder, where nobody looks for a picture
        cv2.imwrite(str(half), scenery(Moment(at, page.asked, asked_at, page.done, page.light)))
        half.replace(folder / "0.bmp")
        if first:
            pages.send(None)
            first = False
        due = max(due + _FRAME_SECONDS, time.monotonic())
