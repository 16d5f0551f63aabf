"""Two kiosks as real processes charge the same bill at the same time, and are killed: it is paid at most once."""

from __future__ import annotations

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from kiosk.installed import config_dir
from kiosk.saga.entry import Course
from settlement.demo import fresh_bill
from tests.kills.rounds import tireless_environment
from tests.support.forking import Ended, Forge, Kill, common_forge
from tests.support.house import House, house
from tests.support.proofs import Proved

_CERTNO = "111111198101011110"
_FRESH = 'bill = "ct"\n'


@contextmanager
def _kiosk(number: int, folder: Path, first: House | None = None) -> Iterator[House]:
    """A kiosk with a journal and devices of its own; the second uses the first one's backend."""
    forge = Forge(tireless_environment() | {"KIOSK__KIOSK__NUMBER": f"{number:03d}"})
    with ExitStack() as ending:
        ending.callback(forge.close)
        if first is None:
            yield ending.enter_context(house(folder, forge))
            return
        folder.mkdir()
        (folder / "backend").symlink_to(first.root / "backend")
        beside = common_forge().standing("sim", "--workdir", str(folder), log=folder / "sim.log")
        control = Path(ending.enter_context(beside)["control"])
        yield House(folder, first.url, control, forge, first.database)


@pytest.mark.timeout(600)
def test_one_bill_is_paid_once_whoever_dies(tmp_path: Path, proved: Proved, *, long_run: bool) -> None:
    dice, bills = random.Random(1), 60 if long_run else 6
    script = tmp_path / "visit.toml"
    shipped = (config_dir() / "visits" / "quick.toml").read_text(encoding="utf-8")
    script.write_text(shipped.replace(_FRESH, ""), encoding="utf-8")
    with (
        _kiosk(1, tmp_path / "one") as one,
        _kiosk(2, tmp_path / "two", one) as two,
        ThreadPoolExecutor(2) as both,
    ):
        for _ in range(bills):
            fresh_bill(one.url, one.root / "backend", _CERTNO, "ct")
            kills = [Kill(dice.randrange(1, 22)) if dice.random() < 0.5 else None for _ in range(2)]
            ended = list(both.map(lambda home, kill: _visit(home, script, kill), (one, two), kills))
            assert {end.code for end in ended} <= {0, 1, -9}, ended
            list(both.map(House.recover, (one, two)))
        _judge(one, two)
    proved("bills that two processes wanted", bills)


def _visit(home: House, script: Path, kill: Kill | None) -> Ended:
    return home.visit(name=str(script), kill=kill)


def _judge(one: House, two: House) -> None:
    entries = [*one.entries().values(), *two.entries().values()]
    assert {entry.course for entry in entries} <= {Course.CLOSED, Course.WATCHED}
    booked = [entry for entry in entries if entry.booking is not None]
    assert len({entry.plan.batch.batch_no for entry in booked}) == len(booked) > 0
    assert len(booked) < len(entries)
    audit = one.audit()
    assert audit["violations"] == []
    assert (audit["settled"], audit["booked"], audit["open"]) == (len(booked), len(booked), 0)
