"""Listens to a run of pytest and keeps what it says of the devices on the bench."""

from __future__ import annotations

from typing import Final

import pytest

from devices.conformance.groups import Group
from devices.conformance.results import Check, Outcome

_REASONS: Final = {"exempt: ": Outcome.EXEMPT, "not claimed: ": Outcome.NOT_CLAIMED}
OF_THE_KIT: Final = "kit_device"
"""The property of a test that belongs to the kit; its value is the title of the device."""


class Recorder:
    """A plugin of the process that reports: xdist's workers send it their reports. `checks` are in order of testing."""

    def __init__(self) -> None:
        self._checks: dict[str, Check] = {}
        self.began: float | None = None
        self.seconds = 0.0

    @property
    def checks(self) -> list[Check]:
        return list(self._checks.values())

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        properties = dict(report.user_properties)
        if OF_THE_KIT not in properties:
            return
        self.began = report.start if self.began is None else min(self.began, report.start)
        self.seconds = max(self.seconds, report.stop - self.began)
        before = self._checks.get(report.nodeid)
        if before is None or report.outcome != "passed" or report.when == "call":
            outcome, reason = _outcome(report)
            if before is not None and before.outcome is Outcome.FAILED:
                outcome, reason = before.outcome, before.reason
            self._checks[report.nodeid] = _check(report, properties, outcome, reason)


def _check(report: pytest.TestReport, properties: dict[str, object], outcome: Outcome, reason: str) -> Check:
    own = {OF_THE_KIT, "kit_group", "kit_claims"}
    return Check(
        device=str(properties[OF_THE_KIT]),
        group=Group(int(str(properties["kit_group"]))),
        test=report.nodeid.rpartition("::")[2],
        outcome=outcome,
        reason=reason,
        seconds=round(report.duration, 3),
        claims=tuple(str(properties["kit_claims"]).split()),
        figures={name: float(str(value)) for name, value in properties.items() if name not in own},
    )


def _outcome(report: pytest.TestReport) -> tuple[Outcome, str]:
    if report.outcome == "passed":
        return Outcome.PASSED, ""
    if report.outcome == "failed":
        return Outcome.FAILED, _crash(report)
    said = str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)
    said = said.removeprefix("Skipped: ")
    for start, outcome in _REASONS.items():
        if said.startswith(start):
            return outcome, said.removeprefix(start)
    return Outcome.CANNOT, said


def _crash(report: pytest.TestReport) -> str:
    """Where it failed. What it compared stays in the log of the run: it may hold a person's data."""
    crash = getattr(report.longrepr, "reprcrash", None)
    return f"{report.when}: {crash.path.rpartition('/')[2]}:{crash.lineno}" if crash is not None else str(report.when)
