"""The log plugin fails what it should fail, and nothing else."""

import re

import pytest

CASES = """
import logging
import pytest

reader_gone = pytest.mark.expected_log("kiosk.engine", logging.WARNING, "gone")

def log(name, level, sentence):
    logging.getLogger(name).log(level, sentence)

def test_information():
    log("kiosk", logging.INFO, "paper")

@reader_gone
def test_declared():
    log("kiosk.engine", logging.WARNING, "reader gone")

@reader_gone
def test_declared_for_the_parent():
    log("kiosk.engine.workers", logging.WARNING, "reader gone")

def test_undeclared():
    log("kiosk", logging.WARNING, "paper")

@reader_gone
def test_another_level():
    log("kiosk.engine", logging.ERROR, "gone")

@reader_gone
def test_another_logger():
    log("kiosk.engines", logging.WARNING, "gone")

@reader_gone
def test_another_sentence():
    log("kiosk.engine", logging.WARNING, "back")

@reader_gone
def test_declared_and_never_logged():
    pass
"""


def test_what_is_unexpected_fails_and_what_is_declared_passes(pytester: pytest.Pytester) -> None:
    pytester.makeconftest('pytest_plugins = ["tests.support.logs"]')
    pytester.makeini("[pytest]\nmarkers = expected_log(logger, level, pattern)")
    pytester.makepyfile(test_cases=CASES)
    result = pytester.runpytest_subprocess("-rE")  # a process of its own: its records are not ours
    failed = set(re.findall(r"^ERROR test_cases\.py::test_(\w+)", result.stdout.str(), re.MULTILINE))
    assert failed == {
        "undeclared",
        "another_level",
        "another_logger",
        "another_sentence",
        "declared_and_never_logged",
    }
    result.assert_outcomes(passed=8, errors=5)
