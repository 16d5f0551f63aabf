"""Official sheets, fetched for a printer: papers that the next patient's questions need not wait for.

A sheet may have two megabytes and come over a slow line. On the query thread it would stand before whoever looks for
bills meanwhile, so it has a thread of its own; the ports under it serve several threads anyway.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Unknown
from kiosk.ports.official import NoSheet, Sheet, SheetAsked, SheetMaking

_log = logging.getLogger(__name__)
_PATIENCE = 3.0


@dataclass(frozen=True, slots=True)
class _Wanted:
    asked: SheetAsked
    then: Callable[[Sheet | NoSheet], None]


class SheetDesk:
    """`fetch` from any thread; `then` is called on this one. `platform` need not make sheets: then there are none."""

    def __init__(self, platform: object) -> None:
        self._platform = platform
        self._wanted: queue.SimpleQueue[_Wanted | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="sheets", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def fetch(self, asked: SheetAsked, then: Callable[[Sheet | NoSheet], None]) -> None:
        self._wanted.put(_Wanted(asked, then))

    def stop(self) -> None:
        """Whatever is on its way is not waited for long: nothing depends on it."""
        self._wanted.put(None)
        self._thread.join(_PATIENCE)

    def _run(self) -> None:
        while (wanted := self._wanted.get()) is not None:
            wanted.then(self._sheet(wanted.asked))
            del wanted  # or its person would stay here until somebody else's sheet

    def _sheet(self, asked: SheetAsked) -> Sheet | NoSheet:
        if not isinstance(self._platform, SheetMaking):
            return NotSent(FaultCode.OFFICIAL_NOT_MADE)
        try:
            return self._platform.official(asked)
        except Exception:  # noqa: BLE001 - a defect of the adapter is one more way of having no sheet
            _log.exception("official sheet failed")
            return Unknown(FaultCode.OFFICIAL_SILENT, "defect")
