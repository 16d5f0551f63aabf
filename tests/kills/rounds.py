"""A round: one house, many visits killed while the network misbehaves, then recovery, then the books are read."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from kiosk.installed import config_dir
from kiosk.messages import Catalogue
from kiosk.ports.clock import BEIJING
from kiosk.ports.documents import PaidBill
from kiosk.saga.entry import Course, Entry
from kiosk.saga.report import Completed, report_of
from printing.receipt import receipt
from tests.support.forking import Forge, Kill
from tests.support.house import House, house, impatient_environment
from tests.support.paid_bills import MM58, SITE

TARGETS = (
    "hospital.hold", "hospital.release", "hospital.book", "2201", "2202", "2203", "2204", "2205", "2206", "2207",
    "2208", "2601", "pay.collect", "pay.show", "pay.notice", "pay.query", "pay.close", "pay.refund",
)  # fmt: skip
ACTS = ("lose-request", "lose-reply", "half", "html", "http=503", "wrong-msgid")
KILLS = "kills of real processes"
_DEEPEST = 34
"""More rows than a visit with one lost reply has."""


def tireless_environment() -> dict[str, str]:
    """Impatient, but never so unlucky that staff are called: what is open after recovery is a mistake."""
    return impatient_environment() | {"KIOSK__LIMITS__REVERSAL_ATTEMPTS": "60"}


@dataclass(slots=True)
class Outcome:
    kills: int = 0
    settled: int = 0
    undone: int = 0
    wrong: list[str] = field(default_factory=list[str])


def misbehaviour(dice: random.Random) -> str:
    """About a third of the calls of up to three targets go wrong; a repeat may succeed."""
    rules = list[str]()
    for target in dice.sample(TARGETS, dice.randrange(4)):
        act = dice.choice(ACTS)
        calls = (number for number in range(1, 400) if dice.random() < 0.35)
        rules += [f"{target}@{number}:{act}" for number in calls]
    return ";".join(rules)


@dataclass(frozen=True, slots=True)
class Step:
    """One kiosk process and where it dies; `recovers` what is open, or serves the patient of a script."""

    kill: Kill
    recovers: bool = False
    script: str = "quick"


def steps(dice: random.Random) -> Iterator[Step]:
    """For ever."""
    while True:
        kill = Kill(dice.randrange(1, _DEEPEST), dice.choice(("before", "after")))
        yield Step(kill, recovers=dice.random() < 0.2, script=dice.choice(("quick", "quick", "quick-shown")))


def play(seed: int, forge: Forge, root: Path, kills: int, died: Callable[[Path], None] | None = None) -> Outcome:
    """A round of so many kills, all from the seed. `died` is done to the work directory after each kill."""
    dice, outcome = random.Random(seed), Outcome()
    with house(root, forge, misbehaviour(dice)) as home:
        for step in steps(dice):
            outcome.kills += take(home, step, died)
            if outcome.kills == kills:
                break
        outcome.wrong += judge(home)
        entries = home.entries().values()
        outcome.settled = sum(entry.booking is not None for entry in entries)
        outcome.undone = len(entries) - outcome.settled
    return outcome


def take(home: House, step: Step, died: Callable[[Path], None] | None = None) -> bool:
    """Whether the process met its death; a short visit may be over before."""
    ended = home.recover(step.kill) if step.recovers else home.visit(name=step.script, kill=step.kill)
    killed = ended.code == -9
    if killed and died:
        died(home.root)
    return killed


def judge(home: House) -> Iterator[str]:
    """What must not be after recovery, in words; the kiosk's journal is compared with the others' ledger."""
    recovered = home.recover()
    if recovered.code != 0:
        yield f"recovery ended with {recovered.code}: {recovered.errors[-1:]}"
        return
    yield from (f"open: {row['state']}" for row in recovered.answer["open"])
    if home.verify().code != 0:
        yield "the journal's chain is broken"
    entries = home.entries()
    yield from (f"{entry.sid} is {entry.state_name()}" for entry in entries.values() if entry.course not in _OVER)
    booked = (entry for entry in entries.values() if entry.booking is not None)
    yield from (f"{entry.sid} cannot be printed" for entry in booked if not printable(entry))
    yield from _compare(home, entries)


_OVER = {Course.CLOSED, Course.WATCHED}


def _compare(home: House, entries: dict[str, Entry]) -> Iterator[str]:
    audit = home.audit()
    yield from (f"{broken['invariant']} {broken['text']}" for broken in audit["violations"])
    if audit["open"]:
        yield f"open in the ledger: {audit['open']}"
    booked = sum(entry.booking is not None for entry in entries.values())
    if (audit["settled"], audit["booked"]) != (booked, booked):
        yield f"{booked} booked here, {audit['settled']} settled and {audit['booked']} booked in the ledger"
    returned = sum(bool(entry.collected) and entry.booking is None for entry in entries.values())
    if audit["refunded"] != returned:
        yield f"{returned} given back here, {audit['refunded']} in the ledger"


def printable(entry: Entry) -> bool:
    """A receipt can be made of what the journal kept."""
    report = report_of(entry)
    if not isinstance(report, Completed):
        return False
    plan, (settled,) = entry.plan, report.settled
    bill = PaidBill(
        settled.number, entry.sid, plan.person.name, plan.insurance, plan.batch, settled.settlement, settled.payment,
        settled.booking, datetime(2026, 11, 23, 12, 0, tzinfo=BEIJING), reprint=True,
    )  # fmt: skip
    texts = Catalogue.read(config_dir() / "texts").of("zh")
    return bool(receipt(bill, SITE, MM58, texts).items)
