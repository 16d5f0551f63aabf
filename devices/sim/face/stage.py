"""A drawn person, or what somebody holds up instead, before the simulated camera: drawn while it is looked at.

A file of frames made beforehand cannot answer a challenge that is drawn when it is asked; that is the point of asking.
So there is one file, and it is drawn anew fifteen times a second from what the page has asked for.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import cv2

from devices.sim.face.chip import chip_picture
from devices.sim.face.presented import Moment, Presented, presented
from devices.transport.video import LIVE
from kiosk.ports.face import Challenge

_FRAME_SECONDS = 1 / 15
_BEGINS_WITHIN = 60.0
_SLOWEST_FRAME = 0.15
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

    First it draws the chips of the cards that the person carries, because that takes a second as well. It ends by
    itself when nobody holds the other end of its input any more.
    """

    def __init__(self, folder: Path, who: Who) -> None:
        self._folder, self._who = folder, who
        self._process: subprocess.Popen[bytes] | None = None

    def begin(self) -> None:
        """Returns with the first picture there."""
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / LIVE).touch()
        command = [sys.executable, "-m", __name__, str(self._folder), json.dumps(asdict(self._who))]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        if self._process.stdout is not None:
            select.select([self._process.stdout], [], [], _BEGINS_WITHIN)

    def show(self, page: Page) -> None:
        if self._process is not None and self._process.stdin is not None:
            with suppress(BrokenPipeError):
                self._process.stdin.write(json.dumps(asdict(page)).encode() + b"\n")
                self._process.stdin.flush()

    def end(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.communicate()
            self._process = None


def chip_file(folder: Path, person: str) -> Path:
    return folder / f"{person}.chip"


def draw(folder: Path, who: Who, pages: Pages) -> None:
    """Until nobody shows a page any more; says `ready` with the first picture."""
    cv2.setNumThreads(1)
    for card in who.cards:
        chip_file(folder, card).write_bytes(chip_picture(card))
    scenery, asked_at = presented(who.kind, who.person, who.other), 0.0
    due, drawn, at, first = time.monotonic(), time.monotonic(), 0.0, True
    page = Page()
    while not pages.over:
        while (newer := pages.within(max(0.0, due - time.monotonic()))) is not None:
            asked_at = at if newer.asked != page.asked else asked_at
            page = newer
        before, drawn = drawn, time.monotonic()
        at += min(drawn - before, _SLOWEST_FRAME)
        half = folder.with_name(f"{folder.name}.bmp")  # beside the folder, where nobody looks for a picture
        cv2.imwrite(str(half), scenery(Moment(at, page.asked, asked_at, page.done, page.light)))
        half.replace(folder / "0.bmp")
        if first:
            sys.stdout.write("ready\n")
            sys.stdout.flush()
            first = False
        due = max(due + _FRAME_SECONDS, time.monotonic())


class Pages:
    """What the page shows, a line of JSON for each change of it, from a file descriptor."""

    def __init__(self, source: int) -> None:
        self._source, self._read = source, b""
        self.over = False

    def within(self, seconds: float) -> Page | None:
        """The next one; None when there is none in that time, or nobody is there to show any."""
        while b"\n" not in self._read:
            if self.over or not select.select([self._source], [], [], seconds)[0]:
                return None
            part = os.read(self._source, 65536)
            self.over = not part
            self._read += part
        line, self._read = self._read.split(b"\n", 1)
        told = json.loads(line)
        asked = told["asked"] and Challenge(told["asked"])
        red, green, blue = told["light"]
        return Page(asked, told["done"], (red, green, blue))


def main() -> None:
    told = json.loads(sys.argv[2])
    who = Who(Presented(told["kind"]), told["person"], told["other"], tuple(told["cards"]))
    draw(Path(sys.argv[1]), who, Pages(sys.stdin.fileno()))


if __name__ == "__main__":
    main()
