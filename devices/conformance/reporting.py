"""Writes the result of a run with `--kiosk-bench`: report.json, junit.xml, report.pdf, and a line a device on the
terminal.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from devices.conformance.bench_file import BenchFileWrongError, read_bench_file
from devices.conformance.page import one_page
from devices.conformance.record import Recorder
from devices.conformance.report import DeviceReport, KitReport, make_report
from devices.conformance.results import Check, Claim
from kiosk.plugins import PluginMissing
from kiosk.ports.clock import BEIJING


class Reporting(Recorder):
    """A plugin of the reporting process. A claim that was not proved fails the run as a failed test does."""

    def __init__(self, bench: Path, folder: Path) -> None:
        super().__init__()
        self._bench, self._folder = bench, folder
        self._report: KitReport | None = None

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.began is None:
            return
        try:
            bench = read_bench_file(self._bench)
            report = make_report(bench, datetime.fromtimestamp(self.began, BEIJING), self.seconds, self.checks)
        except (BenchFileWrongError, PluginMissing):  # collecting it has said so
            return
        self._report = report
        text = json.dumps(report.content(), ensure_ascii=False, indent=1)
        (self._folder / "report.json").write_text(f"{text}\n", encoding="utf-8")
        (self._folder / "report.pdf").write_bytes(one_page(report))
        if report.failed and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self._report is None:
            return
        terminalreporter.section("kiosk kit")
        for device in self._report.devices:
            terminalreporter.write_line(_line(device))
        terminalreporter.write_line(f"report.json, junit.xml and report.pdf are in {self._folder}")


def _line(device: DeviceReport) -> str:
    open_claims = [f"{name} {claim}" for name, claim in device.claims.items() if claim is not Claim.PROVED]
    words = [
        f"{device.entry.title}: {device.tier.name.lower()}",
        "on a simulator" if device.simulated else "",
        *open_claims,
        *(f"{check.figures['visits']:.0f} visits, p95 {check.figures['p95_ms']:.1f} ms" for check in _soaks(device)),
    ]
    return ", ".join(filter(None, words))


def _soaks(device: DeviceReport) -> list[Check]:
    return [check for check in device.checks if "p95_ms" in check.figures]
