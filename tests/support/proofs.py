"""Pytest plugin: proofs say how much they looked at, and the run's end prints the sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

Proved = Callable[[str, int], None]
_PREFIX = "proved: "


@pytest.fixture
def proved(record_property: Callable[[str, object], None]) -> Proved:
    """`proved("histories", 2_000)`; counts only when the test passes."""
    return lambda what, count: record_property(_PREFIX + what, count)


def sums(reports: list[pytest.TestReport]) -> Counter[str]:
    found = Counter[str]()
    for report in reports:
        for name, count in report.user_properties:
            if name.startswith(_PREFIX) and isinstance(count, int):
                found[name.removeprefix(_PREFIX)] += count
    return found


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    passed = [report for report in terminalreporter.getreports("passed") if report.when == "call"]
    found = sums(passed)
    if not found:
        return
    terminalreporter.section("proofs")
    for what, count in sorted(found.items()):
        terminalreporter.line(f"{count:>12,} {what}")
