"""Tests that share one resource of the machine run in one process: pcscd can be had only once."""

import pytest

WORKER = """
    import os
    import pytest

    @pytest.mark.parametrize("number", range(6))
    @pytest.mark.xdist_group("one")
    def test_member(number):
        with open("workers", "a") as file:
            file.write(os.environ["PYTEST_XDIST_WORKER"] + " ")
"""


def test_a_group_is_not_spread_over_workers(pytester: pytest.Pytester) -> None:
    """pytest 9.2 and pytest-xdist 3.8 together ignore groups without a word."""
    pytester.makepyfile(WORKER)
    done = pytester.runpytest_subprocess("-n", "2", "--dist", "loadgroup", "-p", "no:cacheprovider")
    done.assert_outcomes(passed=6)
    workers = (pytester.path / "workers").read_text(encoding="utf-8").split()
    assert len(set(workers)) == 1
