"""The staff's door: who has a code comes in, who guesses waits ever longer, also across a power cut."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from kiosk.engine.staff import Checked, Member, StaffList
from kiosk.passcodes import hash_code, matches, well_formed
from tests.support.fakes import ManualClock

CODE, BADGE = "482913", "BADGE-0418"
MEMBERS = (Member("0417", hash_code(CODE)), Member("0418", hash_code(BADGE)))


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def door(tmp_path: Path, clock: ManualClock) -> StaffList:
    return StaffList(MEMBERS, tmp_path / "staff.json", clock)


def test_a_code_and_a_badge_name_their_member(door: StaffList) -> None:
    assert door.check(CODE) == Checked("0417")
    assert door.check(BADGE) == Checked("0418")
    assert door.check("482914") == Checked(None)


def test_a_hash_is_salted_and_tells_nothing(door: StaffList) -> None:
    assert hash_code(CODE) != hash_code(CODE)
    assert CODE not in hash_code(CODE)
    assert matches(CODE, hash_code(CODE))
    with pytest.raises(ValueError, match="6 characters"):
        hash_code("12345")


@pytest.mark.parametrize("text", ["", "482913", "scrypt:zz:00", "scrypt:" + "00" * 15 + ":" + "00" * 32, "md5:00:00"])
def test_what_is_no_hash_is_refused_by_the_settings(text: str) -> None:
    assert not well_formed(text)
    assert well_formed(hash_code(CODE))


def test_guessing_waits_ever_longer_and_the_right_code_does_not_open_the_lock(
    door: StaffList, clock: ManualClock
) -> None:
    waits = []
    for _ in range(6):
        waits.append(door.check("000000").wait)
        assert not waits[-1] or door.check(CODE) == Checked(None, waits[-1])
        clock.pass_by(waits[-1])
    assert waits == [0, 0, 30, 60, 120, 240]
    assert door.check(CODE) == Checked("0417")
    assert door.check("000000") == Checked(None), "who came in rightly begins anew"


def test_the_lock_is_no_longer_than_an_hour(door: StaffList, clock: ManualClock) -> None:
    for _ in range(30):
        clock.pass_by(door.check("000000").wait)
    assert door.check("000000").wait == 3600


def test_pulling_the_plug_opens_nothing(door: StaffList, tmp_path: Path, clock: ManualClock) -> None:
    for _ in range(3):
        door.check("000000")
    again = StaffList(MEMBERS, tmp_path / "staff.json", clock)
    assert again.check(CODE) == Checked(None, 30)
    (tmp_path / "staff.json").write_text("{")
    assert StaffList(MEMBERS, tmp_path / "staff.json", clock).check(CODE).wait == 30


def test_guesses_at_once_count_one_by_one(door: StaffList) -> None:
    answers: list[Checked] = []
    threads = [threading.Thread(target=lambda: answers.append(door.check("000000"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.wait for answer in answers)[:3] == [0, 0, 30]
    assert all(answer.who is None for answer in answers)
