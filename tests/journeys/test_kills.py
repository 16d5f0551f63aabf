"""Kill -9 at every journal row, before and after it is stored, with and without lost replies.

No double charge, no lost settlement. The kiosk's own journal is not asked whether all is well; the backend's ledger is.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import pytest

from devices.sim.client import Simulator
from tests.kills.rounds import KILLS, Step, judge, take
from tests.support.forking import Forge, Kill
from tests.support.house import House, house
from tests.support.proofs import Proved

_TARGETS = (
    "hospital.hold",
    "2201",
    "2203",
    "2204",
    "2206",
    "pay.collect",
    "2207",
    "hospital.book",
)
_UNDOING = ("2601", "2205", "2202", "pay.refund", "hospital.release")
_EVERY_OTHER = "1,3,5,7,9,11,13,15,17,19,21,23,25,27,29"


def _losing(target: str, act: str) -> str:
    """Every other call of the target goes wrong, so that a repeat succeeds."""
    return ";".join(f"{target}@{number}:{act}" for number in _EVERY_OTHER.split(","))


def _rows_of_one_visit(home: House) -> int:
    before = home.rows() if (home.root / "kiosk" / "journal.db").exists() else 0
    assert home.visit().code == 0
    return home.rows() - before


@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_at_any_row_nothing_is_lost_or_taken_twice(
    when: Literal["before", "after"], forge: Forge, tmp_path: Path, proved: Proved
) -> None:
    with house(tmp_path, forge) as home:
        rows = range(1, _rows_of_one_visit(home) + 1)
        assert all(take(home, Step(Kill(row, when))) for row in rows)
        assert list(judge(home)) == []
    proved(KILLS, len(rows))


@pytest.mark.parametrize("target", _TARGETS)
def test_killed_while_replies_are_lost(
    target: str, forge: Forge, tmp_path: Path, proved: Proved, *, long_run: bool
) -> None:
    with house(tmp_path, forge, _losing(target, "lose-reply")) as home:
        kills = sum(take(home, Step(Kill(row, "after"))) for row in range(3, 30, 1 if long_run else 4))
        assert list(judge(home)) == []
    proved(KILLS, kills)


_NOTICES = "pay.notice@1,7:duplicate;pay.notice@2,8:part;pay.notice@3,9:late=300;pay.show@4,10:lose-reply"


def test_killed_while_a_phone_pays_a_shown_code(
    forge: Forge, tmp_path: Path, proved: Proved, *, long_run: bool
) -> None:
    """Notices come twice, in part, late; the code itself is lost on its way."""
    with house(tmp_path, forge, ";".join(_each_of(part) for part in _NOTICES.split(";"))) as home:
        kills = 0
        for row in range(12, 34, 1 if long_run else 2):
            kills += take(home, Step(Kill(row, "after" if row % 4 else "before"), script="quick-shown"))
        assert list(judge(home)) == []
    proved(KILLS, kills)


def _each_of(rule: str) -> str:
    """`target@1,7:act` for both calls."""
    target, _, rest = rule.partition("@")
    numbers, _, act = rest.partition(":")
    return ";".join(f"{target}@{number}:{act}" for number in numbers.split(","))


def test_killed_while_a_card_terminal_takes_the_money(
    forge: Forge, tmp_path: Path, proved: Proved, *, long_run: bool
) -> None:
    """The terminal keeps books of its own: what it took is booked at the hospital, or went back to the card."""
    with house(tmp_path, forge) as home:
        kills = taken = 0
        for row in range(14, 62) if long_run else (30, 38, 42, 60):
            kills += take(home, Step(Kill(row, "after"), script="card-terminal"))
            recovered = home.recover()
            assert (recovered.code, recovered.answer["open"]) == (0, [])
            booked = {entry.order.key for entry in home.entries().values() if entry.order and entry.booking}
            for order in _taken_by_card(home):
                taken += 1
                assert order["refunded"] == (0 if order["order"] in booked else order["fen"])
        assert taken
        assert home.audit()["violations"] == []
    proved(KILLS, kills)


def _taken_by_card(home: House) -> list[dict[str, Any]]:
    """Of the visit before: each one begins with a terminal whose journal is empty."""
    with Simulator(home.control) as simulator:
        return [order for order in simulator.state()["payment_terminal"]["journal"] if order["paid"]]


@pytest.mark.parametrize("target", _UNDOING)
def test_killed_while_undoing_and_replies_are_lost(
    target: str, forge: Forge, tmp_path: Path, proved: Proved, *, long_run: bool
) -> None:
    kills = 0
    with house(tmp_path, forge, f"{_losing('2207', 'lose-reply')};{_losing(target, 'lose-reply')}") as home:
        for row in range(16, 34, 1 if long_run else 3):
            kills += take(home, Step(Kill(row, "after")))
            kills += take(home, Step(Kill(row % 4 + 1, "after"), recovers=True))
        assert list(judge(home)) == []
    proved(KILLS, kills)
