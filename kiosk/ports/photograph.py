"""Photographs of papers: one picture that would do, or what is wrong with it.

A photograph is kept in memory and goes to the receiver of an application; it is never written down here.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NoReturn, Protocol, final

from kiosk.ports.camera import Frame


class PictureTrouble(StrEnum):
    """Why a picture will not do; each is told in words of its own, and the paper is photographed again."""

    DARK = "dark"
    FACE = "face"
    NO_PAPER = "no_paper"
    CUT_OFF = "cut_off"
    BLURRED = "blurred"


@final
class Photograph:
    """One paper as a JPEG file. It may show anything about a person, so it hides as a `Frame` does."""

    __slots__ = ("_jpeg", "height", "width")

    def __init__(self, jpeg: bytes, width: int, height: int) -> None:
        self._jpeg, self.width, self.height = jpeg, width, height

    def reveal(self) -> bytes:
        """The file, for whoever receives the application."""
        return self._jpeg

    def __repr__(self) -> str:
        return f"Photograph({self.width}x{self.height})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("Photograph is not pickled")


class PaperJudge(Protocol):
    """Used by the document camera's thread alone."""

    def judge(self, frame: Frame) -> Photograph | PictureTrouble:
        """The picture as it would be sent, or the first thing that is wrong with it."""
        ...
