"""Kills at every boundary of what came after the outpatient's bill: insurers, refunds, stays, deposits, phones, papers.

`python -m tests.kills.legs` plays each of these visits as real processes: killed before and after each row of its
journal, robbed there of what was not synced, killed with the reply of each call in hand; then with every other reply of
its own calls lost, where the recovery is killed too. The other side's ledger is the judge. Part of `make kill-long`.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from kiosk.installed import config_dir
from settlement.demo import pay_on_phone
from tests.kills import crew, disk
from tests.kills.crew import Bench, Played
from tests.kills.rounds import Finding, Harm, Step, judge, take, tireless_environment
from tests.support.forking import Ended, Forge, Kill
from tests.support.house import House, house

_MOST_CALLS = 60
_MORE_ROWS = 8
"""A visit with a lost reply has so many rows more than an undisturbed one, at most, that are worth a kill."""
_WAITING = "SELECT handings.batch_no FROM handings JOIN holds ON hold_key = hand_key WHERE released_at IS NULL"
_ORDERED = "SELECT admission_no FROM admission_orders WHERE visit_no = ''"


@dataclass(frozen=True, slots=True)
class Leg:
    """One visit; `lost` are its own calls, whose replies are lost in turn. `always` is what goes wrong each time, where
    that is how the leg is reached at all.
    """

    name: str
    lost: tuple[str, ...]
    script: str = ""
    always: str = ""

    @property
    def visit(self) -> str:
        return self.script or self.name


_BACK = ("pay.refund", "hospital.returns")
_UNDOING = ("2208", "hospital.refunded")
LEGS: Mapping[str, Leg] = {
    leg.name: leg
    for leg in (
        Leg("one-bill", ("insurer.quote", "insurer.settle", "hospital.claimed")),
        Leg("insurer-refuses", ("insurer.settle", "hospital.claimed", "hospital.deposit")),
        Leg("refund-partial", (*_UNDOING, "2206", "2207", "hospital.book", *_BACK)),
        Leg("refund-whole", (*_UNDOING, *_BACK)),
        Leg("refund-rest-refused", (*_UNDOING, *_BACK), always="2207:refuse=医保系统忙"),
        Leg("deposit", ("pay.collect", "hospital.deposit")),
        Leg("inpatient-admit", ("hospital.admit", "hospital.deposit")),
        Leg("inpatient-discharge", ("2303", "2304", "hospital.book", *_BACK)),
        Leg("inpatient-top-up", ("pay.collect", "2304", "hospital.book")),
        Leg("lost-discharge", ("2601", "hospital.release"), "inpatient-discharge", "2304:lose-reply"),
        Leg("unbooked-discharge", ("2305", "5203"), "inpatient-discharge", "hospital.book:refuse=病区已撤销出院"),
        Leg("discharge-insurer-surplus", ("insurer.settle", "hospital.claimed", *_BACK)),
        Leg("phone-finished-here", ("pay.collect", "hospital.book")),
        Leg("begun-here-finished-on-phone", ("2205", "2202", "hospital.hand_over")),
        Leg("taken-back-from-phone", ("hospital.hold",)),
        Leg("official-statement", ("5260",)),
        Leg("reprint", ("hospital.paid", "hospital.book")),
    )
}
WAYS = ("before", "after", "cut", "call")
"""How a visit dies without anything else going wrong."""


def jobs() -> list[str]:
    """`LEG/WAY` and `LEG/TARGET`: a house each."""
    return [f"{leg.name}/{way}" for leg in LEGS.values() for way in (*WAYS, *leg.lost)]


def every_other(target: str) -> str:
    """The rule by which every other reply of a target is lost, so that a repeat succeeds."""
    return ";".join(f"{target}@{number}:lose-reply" for number in range(1, 400, 2))


def die_with_reply(nth: str) -> None:
    """This process ends with the reply of its n-th call to anybody in its hands, and nothing made of it."""
    from settlement.transport import Line

    real, calls = Line.post, 0

    def post(self: Line, path: str, *given: Any, **named: Any) -> Any:
        nonlocal calls
        answer = real(self, path, *given, **named)
        calls += "/demo/" not in path
        if calls == int(nth):
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    Line.post = post  # type: ignore[method-assign]


def play(job: str, forge: Forge, root: Path, stride: int = 1) -> tuple[int, list[Finding]]:
    """How often somebody died in this house, and what was wrong then; with a `stride` at some of the rows only."""
    name, _, way = job.partition("/")
    leg = LEGS[name]
    wrongs = ";".join(filter(None, (leg.always, "" if way in WAYS else every_other(way))))
    with house(root, forge, wrongs) as home:
        kills = sum(_killed(home, leg, way, stride))
        pay_on_phones(home)
        return kills, [*judge(home), *registered(home)]


def _killed(home: House, leg: Leg, way: str, stride: int) -> Iterator[bool]:
    if way == "call":
        yield from _with_replies(home, leg, stride)
        return
    last = _rows(home, leg)
    if way not in WAYS:
        last += _MORE_ROWS
    for row in range(1, last + 1, stride):
        kill = Kill(row, "before" if way == "before" else "after")
        yield take(home, Step(kill, script=leg.visit), disk.cut if way == "cut" else None)
        if way not in WAYS:
            yield take(home, Step(Kill(row % 6 + 1, "after"), recovers=True))


def _rows(home: House, leg: Leg) -> int:
    """Of a visit that nobody ends early."""
    home.visit(name=leg.visit)
    return home.rows()


def _with_replies(home: House, leg: Leg, stride: int) -> Iterator[bool]:
    for nth in range(1, _MOST_CALLS, stride):
        dying = replace(home, mutant=f"tests.kills.legs:die_with_reply:{nth}")
        killed = dying.visit(name=leg.visit).code == -signal.SIGKILL
        yield killed
        if not killed:
            return


def pay_on_phones(home: House) -> None:
    """Whoever left with a bill on their phone, or died while it went there, pays it there: then nothing is open."""
    home.recover()
    for row in home.ledger(_WAITING):
        pay_on_phone(home.url, home.root / "backend", row["batch_no"])


def registered(home: House) -> Iterator[Finding]:
    """Whoever died while they were admitted comes again and is registered: no order is left over, or kept from them."""
    left = len(home.ledger(_ORDERED))
    again = home.root / "again.toml"
    shipped = (config_dir() / "visits" / "inpatient-admit.toml").read_text(encoding="utf-8")
    again.write_text(shipped.replace('bill = "admission-deposit"\n', ""), encoding="utf-8")
    for _ in range(left):
        _well(home.visit(name=str(again)))
    for row in home.ledger(_ORDERED):
        yield Finding(Harm.LOST, f"{row['admission_no']} was never registered")
    if left:
        yield from judge(home)


def _well(ended: Ended) -> None:
    """Whether the visit was told of an end that it names is for the books to say."""
    assert ended.code in {0, 1}, ended


def play_round(job: str, bench: Bench) -> dict[str, Any]:
    forge = bench.forge(tireless_environment(), failing_disk=job.endswith("/cut"))
    with bench.house() as root:
        kills, wrong = play(job, forge, root)
        return {"kills": kills, "wrong": [asdict(finding) for finding in wrong]}


def _told(played: Played) -> str:
    found = played.found
    if found is None:
        return f"unfinished  {played.job}\n"
    verdict = "WRONG" if found["wrong"] else "well"
    objections = "".join(f"       {each['harm']}: {each['text']}\n" for each in found["wrong"])
    return f"{verdict:<5}  {played.job}: {found['kills']} kills, {played.seconds:.0f} s\n{objections}"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.kills.legs", description=__doc__)
    parser.add_argument("--only", default="", help="what the names of the rounds begin with: LEG/WAY")
    crew.arguments(parser)
    wanted = parser.parse_args()
    began = time.monotonic()
    rounds = crew.conduct([job for job in jobs() if job.startswith(wanted.only)], play_round, wanted, _told)
    ended = [played.found for played in rounds if played.found is not None]
    kills, broken = sum(found["kills"] for found in ended), sum(bool(found["wrong"]) for found in ended)
    unfinished, anew = len(rounds) - len(ended), sum(len(played.stalls) for played in rounds)
    sys.stdout.write(
        f"{kills:,} kills in {len(ended)} rounds of {len(LEGS)} legs: {broken} broken, {unfinished} unfinished; "
        f"{anew} rounds begun anew by a busy machine; {time.monotonic() - began:.0f} s\n"
    )
    if broken:
        return 1
    return crew.UNFINISHED if unfinished else 0


if __name__ == "__main__":
    sys.exit(main())
