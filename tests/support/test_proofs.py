"""The sums of a run count what passed, and nothing else."""

import pytest

_PROOFS = """
def test_one(proved):
    proved("histories", 1500)

def test_two(proved):
    proved("histories", 500)
    proved("kills", 7)

def test_three(proved):
    proved("kills", 90)
    raise AssertionError
"""


def test_what_passed_is_summed_up_and_printed(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(_PROOFS)
    ended = pytester.runpytest_subprocess("-p", "tests.support.proofs", "-p", "no:xdist")
    ended.stdout.fnmatch_lines(["*2,000 histories", "*7 kills"])
    ended.assert_outcomes(passed=2, failed=1)
