"""What each request does to the printer and its paper."""

from __future__ import annotations

from typing import Any, assert_never

from devices.sim import requests
from devices.sim.printer.mechanism import Mishap, Model
from devices.sim.printer.station import Station

PrinterRequest = (
    requests.Paper
    | requests.Cover
    | requests.Cutter
    | requests.Jam
    | requests.SpoilStatus
    | requests.Silent
    | requests.Slow
    | requests.Printer
    | requests.TakePaper
)


class PrinterBench:
    """One printer, loaded and opened by requests; its papers are the station's."""

    def __init__(self, station: Station) -> None:
        self._station = station

    def state(self) -> dict[str, Any]:
        mechanism = self._station.printer.mechanism
        return {
            "plugged": self._station.plugged,
            "paper": "out" if mechanism.paper_out else "near" if mechanism.paper_low else "ok",
            "cover_open": mechanism.cover_open,
            "jammed": mechanism.jammed,
            "hanging_mm": mechanism.sheet.dot_rows // 8 if mechanism.sheet.marked else 0,
            "papers": self._station.count,
            "violations": list(self._station.printer.violations),
        }

    def obey(self, request: PrinterRequest) -> dict[str, Any]:
        printer = self._station.printer
        match request:
            case requests.Paper():
                self._set_paper(request)
            case requests.Cover():
                self._set_cover(request)
            case requests.Cutter():
                self._set_cutter(stuck=request.stuck)
            case requests.Jam():
                self._jam(request)
            case requests.SpoilStatus():
                printer.spoilt = request.kind
            case requests.Silent():
                printer.silent = request.on
            case requests.Slow():
                printer.rows_per_second = request.mm_per_second * 8
            case requests.Printer():
                self._set_printer(request)
            case requests.TakePaper():
                printer.mechanism.tear_off()
            case _ as never:
                assert_never(never)
        return {}

    def _set_paper(self, request: requests.Paper) -> None:
        mechanism = self._station.printer.mechanism
        if request.state == "out":
            mechanism.arm(Mishap.PAPER_OUT, request.after_mm)
        else:
            mechanism.load_paper(low=request.state == "near")
            self._station.printer.work()

    def _set_cover(self, request: requests.Cover) -> None:
        mechanism = self._station.printer.mechanism
        if request.open:
            mechanism.arm(Mishap.COVER_OPEN, request.after_mm)
        else:
            mechanism.cover_open = False
            self._station.printer.work()

    def _set_cutter(self, *, stuck: bool) -> None:
        mechanism = self._station.printer.mechanism
        mechanism.blade_stuck = stuck
        if not stuck:
            mechanism.jammed = False
            mechanism.tear_off()
            self._station.printer.work()

    def _jam(self, request: requests.Jam) -> None:
        mechanism = self._station.printer.mechanism
        if request.clear:
            mechanism.jammed = False
            mechanism.tear_off()
            self._station.printer.work()
        else:
            mechanism.arm(Mishap.JAM, request.after_mm)

    def _set_printer(self, request: requests.Printer) -> None:
        if request.width_mm is not None:
            self._station.replace(Model(request.width_mm, request.characters, request.native_qr, request.cutter))
        if request.plugged is not None:
            (self._station.plug if request.plugged else self._station.unplug)()
