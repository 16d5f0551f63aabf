"""Pytest plugin: proofs say how much they looked at and the least they measured; the run's end prints both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

Proved = Callable[[str, int], None]
Least = Callable[[str, float], None]
_PREFIX = "proved: "
_LEAST = "least: "


@pytest.fixture
def proved(record_property: Callable[[str, object], None]) -> Proved:
    """`proved("histories", 2_000)`; counts only when the test passes."""
    return lambda what, count: record_property(_PREFIX + what, count)


@pytest.fixture
def least(record_property: Callable[[str, object], None]) -> Least:
    """`least("contrast", 7.31)`; of all that passed the run prints the smallest."""
    return lambda what, value: record_property(_LEAST + what, value)


def smallest(reports: list[pytest.TestReport]) -> dict[str, float]:
    found: dict[str, float] = {}
    for report in reports:
        for name, value in report.user_properties:
            if name.startswith(_LEAST) and isinstance(value, float):
                what = name.removeprefix(_LEAST)
                found[what] = min(value, found.get(what, value))
    return found


def sums(reports: list[pytest.TestReport]) -> Counter[str]:
    found = Counter[str]()
    for report in reports:
        for name, count in report.user_properties:
            if name.startswith(_PREFIX) and isinstance(count, int):
                found[name.removeprefix(_PREFIX)] += count
    return found


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    passed = [report for report in terminalreporter.getreports("passed") if report.when == "call"]
    found, small = sums(passed), smallest(passed)
    if not found and not small:
        return
    terminalreporter.section("proofs")
    for what, value in sorted(small.items()):
        terminalreporter.line(f"{value:>12.2f} least {what}")
    for what, count in sorted(found.items()):
        terminalreporter.line(f"{count:>12,} {what}")
