"""One device of a bench file with all that its tests need."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from devices.conformance.bench_file import BenchFile, BenchFileWrongError, DeviceEntry
from devices.conformance.clock import KitClock
from devices.conformance.kinds import Device, Kind, kind
from kiosk import plugins
from kiosk.ports.driver import Driver, Host


@dataclass(frozen=True)
class Seat:
    """`make` gives a new, closed port of the entry's driver, as the kiosk would make it."""

    bench_file: BenchFile
    entry: DeviceEntry

    @cached_property
    def kind(self) -> Kind:
        return kind(self.entry.kind)

    @property
    def group(self) -> str:
        """The entry point group of its drivers."""
        return f"{self.entry.kind}s"

    @cached_property
    def driver(self) -> Driver[Any]:
        return plugins.driver(self.group, self.entry.driver)

    @cached_property
    def host(self) -> Host:
        return Host(KitClock(), logging.getLogger(f"kiosk.{self.entry.kind}"))

    def make(self, places: dict[str, str]) -> Device:
        """BenchFileWrongError at once for a place that nothing stands at: a device there would only be waited for."""
        if nowhere := self.entry.unfilled(places):
            there = ", ".join(sorted(places)) or "none: operator is not sim"
            raise BenchFileWrongError(f"{self.entry.title}: {{sim.{nowhere}}}: 没有这个位置 · no such place; {there}")
        return self._made(self.entry.filled(places))

    def make_twin(self, others: dict[str, str]) -> Device | None:
        """The second device of the bench: the one that the entry names, or a second simulator's; None without one."""
        if self.entry.twin:
            return self._made(self.entry.twin)
        return self._made(self.entry.filled(others)) if others else None

    def _made(self, options: dict[str, Any]) -> Device:
        device: Device = self.driver.make(self.driver.settings.model_validate(options), self.host)
        return device
