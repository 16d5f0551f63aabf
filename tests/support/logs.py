"""Pytest plugin: a record at WARNING or above fails the test that caused it, unless the test says that it expects it.

    @pytest.mark.expected_log("kiosk.engine.workers", logging.WARNING, "reader gone")

The pattern is searched for in the rendered message; the logger named also stands for its children. An expectation that
is not met fails the test too, so that declarations do not outlive their reason.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest


@dataclass
class _Expectation:
    logger: str
    level: int
    pattern: str
    met: bool = field(default=False, init=False)

    def covers(self, record: logging.LogRecord) -> bool:
        named = record.name == self.logger or record.name.startswith(f"{self.logger}.")
        return named and record.levelno == self.level and re.search(self.pattern, record.getMessage()) is not None


@pytest.fixture(autouse=True)
def _no_unexpected_logs(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    expectations = [_Expectation(*mark.args, **mark.kwargs) for mark in request.node.iter_markers("expected_log")]
    yield
    records = [*caplog.get_records("setup"), *caplog.get_records("call"), *caplog.get_records("teardown")]
    grave = [record for record in records if record.levelno >= logging.WARNING]
    surprises = [record for record in grave if not _covered(record, expectations)]
    if surprises:
        pytest.fail("unexpected in the log:\n" + "\n".join(_line(record) for record in surprises), pytrace=False)
    missing = [each for each in expectations if not each.met]
    if missing:
        pytest.fail(f"expected in the log, but not there: {missing}", pytrace=False)


def _covered(record: logging.LogRecord, expectations: list[_Expectation]) -> bool:
    covering = [each for each in expectations if each.covers(record)]
    for each in covering:
        each.met = True
    return bool(covering)


def _line(record: logging.LogRecord) -> str:
    return f"  {record.levelname} {record.name}: {record.getMessage()}"
