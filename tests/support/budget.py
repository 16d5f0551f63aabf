"""Pytest plugin of `make test`: folders of tests keep to their share of the whole run's time.

`tests/budget.toml` gives each folder its seconds. What counts is the time its tests took, set-up and tear-down
included, divided by the number of processes that ran them. A folder that needs more than twice its share fails the run,
and so does one without a share. Where the whole run is slower than its shares allow, it is the machine that is slow or
shared, and every share grows alike: a folder is judged beside the others of the same run.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

_SHARES = Path(__file__).parent.parent / "budget.toml"


class Budget:
    """Kept by the process that reports; the workers of xdist send it their reports."""

    def __init__(self, shares: dict[str, float], processes: int) -> None:
        self._shares = shares
        self._processes = processes
        self._spent: defaultdict[str, float] = defaultdict(float)

    def add(self, test_path: str, seconds: float) -> None:
        self._spent[self._folder_of(test_path)] += seconds / self._processes

    def complaints(self) -> list[str]:
        rows = sorted(self._spent.items())
        return [complaint for folder, spent in rows for complaint in self._judge(folder, spent, self.pace)]

    @property
    def pace(self) -> float:
        """How many times longer than all its shares the run took; 1.0 for one that kept to them."""
        return max(1.0, sum(self._spent.values()) / sum(self._shares.values()))

    def table(self) -> list[str]:
        rows = sorted(self._spent.items())
        return [f"{folder:<28}{spent:8.1f} s of {self._shares.get(folder, 0):6.1f} s" for folder, spent in rows]

    def _folder_of(self, test_path: str) -> str:
        """The longest folder in the budget that holds the test, else the test's own."""
        holders = [folder for folder in self._shares if Path(test_path).is_relative_to(folder)]
        return max(holders, key=len, default=str(Path(test_path).parent))

    def _judge(self, folder: str, spent: float, pace: float) -> Iterator[str]:
        share = self._shares.get(folder)
        if share is None:
            yield f"{folder} has no share in {_SHARES.name}"
        elif spent > 2 * share * pace:
            slower = f" in a run {pace:.1f} times as long as its shares" if pace > 1 else ""
            yield f"{folder} took {spent:.1f} s, more than twice its share of {share:.1f} s{slower}"


def read_shares(path: Path = _SHARES) -> dict[str, float]:
    """Folder, relative to the repository, → seconds."""
    shares: dict[str, float] = tomllib.loads(path.read_text(encoding="utf-8"))["seconds"]
    return shares


class BudgetPlugin:
    """Holds the budget for one run of pytest; registered by `pytest_configure` in the reporting process alone."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        # Not report.location: of an inherited test it names the file of the contract.
        self._budget.add(report.nodeid.split("::")[0], report.duration)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self._budget.complaints() and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        terminalreporter.section("time by folder")
        for line in self._budget.table():
            terminalreporter.line(line)
        for complaint in self._budget.complaints():
            terminalreporter.line(f"over budget: {complaint}", red=True)


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):  # a worker of xdist, which reports to the process that keeps the budget
        return
    processes = int(getattr(config.option, "numprocesses", None) or 1)
    config.pluginmanager.register(BudgetPlugin(Budget(read_shares(), processes)), "time-budget")
