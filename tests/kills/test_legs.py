"""Insurers, refunds, stays, deposits, phones and papers, killed as real processes; and mistakes that this must find."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kills import disk
from tests.kills.legs import every_other, jobs, pay_on_phones, play, registered
from tests.kills.rounds import KILLS, Step, judge, take, tireless_environment
from tests.support.forking import Forge, Kill
from tests.support.house import house
from tests.support.proofs import Proved

_SICK = (
    *("2304", "insurer.settle", "pay.refund", "hospital.claimed", "hospital.refunded"),
    *("hospital.returns", "hospital.deposit", "hospital.admit"),
)
_SAMPLE = {
    "one-bill": (13, 22),
    "insurer-refuses": (24, 35),
    "refund-partial": (11, 13, 21),
    "inpatient-discharge": (7, 9, 13),
    "inpatient-admit": (7,),
    "deposit": (7,),
    "phone-finished-here": (7,),
}
"""Rows that are intents of a leg's own: what was asked for is not known to have happened, and did, or did not."""


@pytest.fixture(scope="module")
def forge() -> Iterator[Forge]:
    made = Forge(tireless_environment())
    yield made
    made.close()


def test_killed_in_any_of_these_legs_nothing_is_lost_or_taken_twice(
    forge: Forge, tmp_path: Path, proved: Proved
) -> None:
    """All of them in one house, with every other reply of each of their calls lost."""
    with house(tmp_path, forge, ";".join(map(every_other, _SICK))) as home:
        kills = sum(take(home, Step(Kill(row), script=leg)) for leg, rows in _SAMPLE.items() for row in rows)
        assert [*judge(home), *registered(home)] == []
        assert any(entry.booking for entry in home.entries().values()), "some died while it was booked"
    proved(KILLS, kills)


def test_killed_while_a_bill_goes_to_the_phone_it_is_payable_there_and_nowhere_else(
    forge: Forge, tmp_path: Path, proved: Proved
) -> None:
    """With every other answer about it lost: before it is withdrawn here, asked for, answered, and asked for again."""
    with house(tmp_path, forge, every_other("hospital.hand_over")) as home:
        kills = 0
        for row in (15, 19, 20):
            kills += take(home, Step(Kill(row), script="begun-here-finished-on-phone"))
            pay_on_phones(home)  # recovered, or the next one would write its rows first
        assert list(judge(home)) == []
        assert any(entry.handed for entry in home.entries().values()), "some died while it was handed over"
    proved(KILLS, kills)


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize("job", [job for job in jobs() if job.endswith(("/after", "/call"))])
def test_killed_at_every_boundary(job: str, forge: Forge, tmp_path: Path, proved: Proved) -> None:
    kills, wrong = play(job, forge, tmp_path)
    assert wrong == []
    assert kills
    proved(KILLS, kills)


@pytest.mark.long
def test_what_a_power_cut_leaves_of_a_refund_is_enough(tmp_path: Path, proved: Proved) -> None:
    forgetful = Forge(disk.environment(disk.built(tmp_path), tireless_environment()))
    try:
        kills, wrong = play("refund-partial/cut", forgetful, tmp_path / "house", 2)
    finally:
        forgetful.close()
    assert wrong == []
    proved(KILLS, kills)


def _objections(name: str, forge: Forge, root: Path, misbehave: str, script: str, *rows: int) -> set[str]:
    """Which of the ledger's invariants a mistaken kiosk breaks that dies before these rows and then recovers."""
    mutant = f"tests.kills.mutants:legs_mistake:{name}"
    with house(root, forge, misbehave, mutant=mutant) as home:
        for row in rows:
            take(home, Step(Kill(row, "before"), script=script))
        home.recover()
        return {each["invariant"] for each in home.audit()["violations"]}


@pytest.mark.long
def test_a_refund_under_a_new_key_after_a_kill_between_two_is_found(forge: Forge, tmp_path: Path) -> None:
    assert "I1" in _objections("refunded twice", forge, tmp_path, "", "inpatient-discharge", 12)


@pytest.mark.long
def test_a_deposit_that_goes_back_on_a_lost_2304_is_found(forge: Forge, tmp_path: Path) -> None:
    lost = "2304@1:lose-reply"
    assert "I1" in _objections("deposit on a lost 2304", forge, tmp_path, lost, "inpatient-discharge", 30)


@pytest.mark.long
def test_an_insurer_that_is_not_heard_and_taken_as_refusing_is_found(forge: Forge, tmp_path: Path) -> None:
    lost = "insurer.settle@1:lose-reply"
    assert "I6" in _objections("silence refuses", forge, tmp_path, lost, "one-bill", 25)
