"""A page printer that is a folder: each document becomes a PDF file there. For demonstrations and tests."""

from __future__ import annotations

import os
import re
from itertools import count
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic
from kiosk.ports.driver import Driver, Host
from kiosk.ports.health import DeviceState, Health
from kiosk.ports.page_printer import PageNotPrinted, PagePrinted, PagePrinter, PageResult

_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]*")


class PdfFolderSettings(BaseModel):
    """`[devices.page_printer]`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    folder: Path = Field(description="存放 PDF 的文件夹，没有就新建；内容含个人信息，只有本用户可读")


class PdfFolder:
    """A `PagePrinter`. A file of the same name is never replaced: a reprint is a second sheet of paper."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open = False

    def open(self) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._open = True

    def close(self) -> None:
        self._open = False

    def status(self) -> Health:
        there = self._open and os.access(self._folder, os.W_OK | os.X_OK)
        return Health(DeviceState.ONLINE if there else DeviceState.NO_DEVICE)

    def print(self, name: str, pdf: bytes, deadline: Monotonic, cancel: Cancel) -> PageResult:
        """Write `name`.pdf whole or not at all; ValueError for a name that is none of our numbers."""
        del deadline  # a local file
        if not _NAME.fullmatch(name):
            raise ValueError("a document is named by letters, figures and dashes")
        if cancel.cancelled or not self.status().usable:
            return PageNotPrinted()
        try:
            return PagePrinted(str(self._write(name, pdf)))
        except OSError:
            return PageNotPrinted()

    def _write(self, name: str, pdf: bytes) -> Path:
        half = self._folder / f".{name}.{os.getpid()}.half"
        try:
            half.touch(mode=0o600)
            half.write_bytes(pdf)
            return self._place(half, name)
        finally:
            half.unlink(missing_ok=True)

    def _place(self, half: Path, name: str) -> Path:
        for copy in count(1):
            target = self._folder / (f"{name}.pdf" if copy == 1 else f"{name}-{copy}.pdf")
            try:
                target.hardlink_to(half)
            except FileExistsError:
                continue
            return target
        raise AssertionError("count ends nowhere")


def _make(settings: PdfFolderSettings, host: Host) -> PagePrinter:
    del host
    return PdfFolder(settings.folder)


driver: Driver[PagePrinter] = Driver(PdfFolderSettings, simulated=True, make=_make)
