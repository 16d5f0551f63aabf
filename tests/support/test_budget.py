"""Folders of tests keep to their share of the time."""

from pathlib import Path

import pytest

from tests.support.budget import Budget, read_shares

SHARES = {"tests/devices": 10.0, "tests/devices/sim": 1.0}


def complaints(spent: dict[str, float], processes: int = 1) -> list[str]:
    budget = Budget(SHARES, processes)
    for path, seconds in spent.items():
        budget.add(path, seconds)
    return budget.complaints()


def test_up_to_twice_its_share_a_folder_passes() -> None:
    assert complaints({"tests/devices/test_a.py": 12.0, "tests/devices/wire/test_b.py": 8.0}) == []


def test_beyond_twice_its_share_it_fails_by_name() -> None:
    quick = Budget(SHARES | {"tests/screens": 50.0}, 1)
    quick.add("tests/devices/test_a.py", 20.1)
    assert quick.complaints() == ["tests/devices took 20.1 s, more than twice its share of 10.0 s"]


def test_on_a_slow_machine_every_share_grows_alike() -> None:
    """Of 11 seconds 44 were needed: a folder may take four times its double, and not more."""
    assert complaints({"tests/devices/test_a.py": 37.0, "tests/devices/sim/test_a.py": 7.0}) == []
    slow = {"tests/devices/test_a.py": 35.0, "tests/devices/sim/test_a.py": 9.0}
    assert sum(slow.values()) == 4 * sum(SHARES.values())
    assert complaints(slow) == [
        "tests/devices/sim took 9.0 s, more than twice its share of 1.0 s in a run 4.0 times as long as its shares"
    ]


def test_two_processes_share_the_work() -> None:
    assert complaints({"tests/devices/test_a.py": 40.0}, processes=2) == []


def test_the_most_exact_folder_counts() -> None:
    assert complaints({"tests/devices/sim/test_a.py": 3.0}) == [
        "tests/devices/sim took 3.0 s, more than twice its share of 1.0 s"
    ]


def test_a_folder_without_a_share_fails() -> None:
    assert complaints({"tests/new/test_a.py": 0.1}) == ["tests/new has no share in budget.toml"]


def test_the_shares_leave_room_for_setup_and_checks() -> None:
    assert sum(read_shares().values()) <= 15 * 60 - 180 - 120


def test_a_run_over_budget_fails_though_every_test_passed(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_quick="def test_it(): pass")
    result = pytester.runpytest_inprocess("-p", "tests.support.budget")
    result.assert_outcomes(passed=1)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["over budget: * has no share in budget.toml"])


def test_an_inherited_test_counts_where_it_runs(pytester: pytest.Pytester) -> None:
    pytester.mkpydir("contract").joinpath("reader.py").write_text("class Contract:\n    def test_it(self): pass\n")
    pytester.makepyfile(test_reader="from contract.reader import Contract\nclass TestReader(Contract): pass\n")
    result = pytester.runpytest_inprocess("-p", "tests.support.budget")
    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("over budget: contract*")


def test_every_folder_of_tests_has_a_share() -> None:
    root = Path(__file__).parent.parent
    folders = {path.relative_to(root).parts[0] for path in root.rglob("test_*.py")}
    assert {f"tests/{folder}" for folder in folders} <= set(read_shares())
