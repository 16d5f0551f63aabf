"""The visit where the HIS settles: no 22xx leaves the kiosk, and nothing is lost that the HIS or its line loses."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from kiosk.installed import config_dir
from kiosk.saga.entry import Course
from kiosk.saga.facts import ActKind
from tests.support.forking import Forge, Kill
from tests.support.house import House, house

_HIS = config_dir() / "sites" / "his.toml"
_OF_LEDGER = "SELECT medfee AS medfee_sumamt, fund AS fund_pay_sumamt, account AS acct_pay, cash AS psn_cash_pay"
_WHENS: tuple[Literal["before", "after"], ...] = ("before", "after")
_LEFT_TO_THE_HIS = {ActKind.REGISTER, ActKind.DESCRIBE, ActKind.UPLOAD, ActKind.WITHDRAW, ActKind.DEREGISTER}


def _nothing_was_left_to_the_kiosk(home: House) -> bool:
    return all(not set(entry.marks) & _LEFT_TO_THE_HIS for entry in home.entries().values())


def test_the_outpatient_visit_settles_through_the_his_and_all_books_agree(forge: Forge, tmp_path: Path) -> None:
    with house(tmp_path, forge, config=_HIS) as home:
        ended = home.visit(name="outpatient")
        assert ended.code == 0, ended.errors[-3:]
        answer = ended.answer
        assert answer["outcome"] == "settled"
        setl_id = answer["batches"][0]["setl_id"]
        [booked] = home.ledger(f"{_OF_LEDGER} FROM settlements WHERE setl_id = ? AND opter = 'HIS01'", setl_id)
        assert booked == {name: answer["amounts"][name] for name in booked}
        assert answer["amounts"]["collected"] == booked["psn_cash_pay"] > 0
        [entry] = home.entries().values()
        [attempt] = home.ledger("SELECT * FROM his_attempts WHERE setl_id = ?", setl_id)
        assert (attempt["key"], attempt["state"]) == (entry.settle_msgid, "settled")
        assert home.ledger("SELECT DISTINCT opter FROM messages") == [{"opter": "HIS01"}]
        assert _nothing_was_left_to_the_kiosk(home)
        assert home.audit()["violations"] == []


def test_a_hospital_that_does_not_say_that_the_his_settles_is_refused_before_anybody_comes(
    forge: Forge, tmp_path: Path
) -> None:
    half = tmp_path / "half.toml"
    half.write_text(_HIS.read_text(encoding="utf-8").replace('settled_by = "his"', ""), encoding="utf-8")
    with house(tmp_path, forge, config=half) as home:
        ended = home.visit()
        assert ended.code == 3
        assert "settled_by" in "".join(ended.errors)
        assert (home.audit()["settled"], home.audit()["violations"]) == (0, [])


_MISHAPS = (
    ("his.settle@1:lose-reply", "settled", "settled"),
    ("his.settle@2:late=300", "settled", "settled"),
    ("his.settle@3:refuse=医保中心停机", "refunded", None),
    ("his.settle@4:wrong-amounts;his.reverse@1:lose-reply", "reversed", "reversed"),
    ("hospital.book@3:refuse=医生已作废;his.cancel@1:lose-reply", "reversed", "cancelled"),
    ("his.quote@6:refuse=试点关闭", "refused", None),
)
"""One visit after the other: what happens to it, how it ends, and what the HIS's book says of a settle that came."""


def test_what_is_lost_is_found_and_what_is_refused_is_undone(forge: Forge, tmp_path: Path) -> None:
    with house(tmp_path, forge, ";".join(spec for spec, _, _ in _MISHAPS), _HIS) as home:
        outcomes = [home.visit().answer["outcome"] for _ in _MISHAPS]
        assert outcomes == [outcome for _, outcome, _ in _MISHAPS]
        _prove_whole(home)
        states = [row["state"] for row in home.ledger("SELECT state FROM his_attempts ORDER BY begun_at")]
        assert states == [state for _, _, state in _MISHAPS if state]


def test_killed_around_the_settle_nothing_stays_open(forge: Forge, tmp_path: Path, *, long_run: bool) -> None:
    """From the quote to the booking and beyond; every other settle loses its reply."""
    losing = ";".join(f"his.settle@{number}:lose-reply" for number in range(1, 60, 2))
    with house(tmp_path, forge, losing, _HIS) as home:
        for row in range(2, 26) if long_run else range(6, 22):
            for when in _WHENS if long_run else _WHENS[row % 2 :][:1]:
                home.visit(kill=Kill(row, when))
        _prove_whole(home)


def _prove_whole(home: House) -> None:
    """Both books agree, nothing is open, nobody paid twice, and the HIS did what is the HIS's."""
    recovered = home.recover()
    assert recovered.answer["open"] == [], recovered.lines
    assert home.verify().code == 0
    audit = home.audit()
    assert (audit["violations"], audit["open"]) == ([], 0)
    entries = home.entries().values()
    assert all(entry.course in {Course.CLOSED, Course.WATCHED} for entry in entries)
    booked = [entry for entry in entries if entry.booking is not None]
    assert audit["settled"] == audit["booked"] == len(booked)
    assert audit["refunded"] == len([entry for entry in entries if entry.collected and entry.booking is None])
    assert _nothing_was_left_to_the_kiosk(home)
