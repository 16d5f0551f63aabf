"""A round: one house, many visits killed while the network misbehaves, then recovery, then the books are read."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from kiosk.domain.stay import Back
from kiosk.installed import config_dir
from kiosk.messages import Catalogue
from kiosk.ports.clock import BEIJING
from kiosk.ports.documents import DepositPaid, PaidBill
from kiosk.saga.entry import Course, Entry
from kiosk.saga.report import Completed, report_of
from kiosk.terminal import OTHER_END
from printing.deposit import deposit_slip
from printing.receipt import receipt
from tests.kills import disk
from tests.kills.crew import Bench
from tests.support.forking import Ended, Forge, Kill
from tests.support.house import House, house, impatient_environment
from tests.support.paid_bills import MM58, SITE

TARGETS = (
    "hospital.hold", "hospital.release", "hospital.book", "2201", "2202", "2203", "2204", "2205", "2206", "2207",
    "2208", "2601", "pay.collect", "pay.show", "pay.notice", "pay.query", "pay.close", "pay.refund",
)  # fmt: skip
ACTS = ("lose-request", "lose-reply", "half", "html", "http=503", "wrong-msgid")
KILLS = "kills of real processes"
A_ROUND = 50
_OF_A_VISIT, _DEEPEST, _OF_A_RECOVERY = 24, 34, 12
"""Rows: a little more than an undisturbed visit has, more than one with a lost reply, as many as most recoveries."""
_RECOVERY_SECONDS, _RECOVERIES = 55.0, 5


def tireless_environment() -> dict[str, str]:
    """Impatient, but never so unlucky that staff are called: what is open after recovery is a mistake."""
    return impatient_environment() | {"KIOSK__LIMITS__REVERSAL_ATTEMPTS": "60"}


class Harm(StrEnum):
    """What must have happened to nobody."""

    CHARGED = "double charges"
    LOST = "lost settlements"
    UNBOOKED = "unbooked"
    UNPRINTABLE = "unprintable"
    OPEN = "open after recovery"
    OTHER = "other objections"


@dataclass(frozen=True, slots=True)
class Finding:
    harm: Harm
    text: str

    def __str__(self) -> str:
        return f"{self.harm}: {self.text}"


@dataclass(slots=True)
class Outcome:
    kills: int = 0
    settled: int = 0
    undone: int = 0
    wrong: list[Finding] = field(default_factory=list[Finding])


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
    """For ever. Most die; who dies at a row that they do not reach ends well, and the next one finds what they left."""
    while True:
        recovers, far = dice.random() < 0.2, dice.random() < 0.3
        deepest = _OF_A_RECOVERY if recovers else _DEEPEST if far else _OF_A_VISIT
        kill = Kill(dice.randrange(1, deepest), dice.choice(("before", "after")))
        yield Step(kill, recovers, dice.choice(("quick", "quick", "quick-shown")))


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


def play_round(job: str, bench: Bench) -> dict[str, Any]:
    """The round whose seed is `job`. Every second one is of power cuts: what was not synced is gone."""
    seed = int(job)
    cut = seed % 2 == 1
    forge = bench.forge(tireless_environment(), failing_disk=cut)
    with bench.house() as root:
        return asdict(play(seed, forge, root, A_ROUND, died=disk.cut if cut else None))


def take(home: House, step: Step, died: Callable[[Path], None] | None = None) -> bool:
    """Whether the process met its death; a short visit may be over before."""
    ended = home.recover(step.kill) if step.recovers else home.visit(name=step.script, kill=step.kill)
    killed = ended.code == -9
    if killed and died:
        died(home.root)
    return killed


def judge(home: House) -> Iterator[Finding]:
    """What must not be after recovery; the kiosk's journal is compared with the others' ledger."""
    recovered = _recovered(home)
    if recovered.code not in {0, OTHER_END}:
        yield Finding(Harm.OPEN, f"recovery ended with {recovered.code}: {recovered.errors[-1:]}")
        return
    yield from (Finding(Harm.OPEN, f"{row['sid']} {row['state']}") for row in recovered.answer["open"])
    if home.verify().code != 0:
        yield Finding(Harm.OTHER, "the journal's chain is broken")
    entries = home.entries()
    for entry in entries.values():
        if entry.course not in _OVER:
            yield Finding(Harm.OPEN, f"{entry.sid} is {entry.state_name()}")
        if entry.booking is not None and not printable(entry):
            yield Finding(Harm.UNPRINTABLE, entry.sid)
    yield from _compare(home, entries)


_OVER = {Course.CLOSED, Course.WATCHED}


def _recovered(home: House) -> Ended:
    """A recovery gives itself a minute. What it did not reach in it, on a busy machine, the next one reaches."""
    for _ in range(_RECOVERIES - 1):
        began = time.monotonic()
        ended = home.recover()
        if ended.code != OTHER_END or time.monotonic() - began < _RECOVERY_SECONDS:
            return ended
    return home.recover()


_BEGUN = (
    "SELECT setl_id FROM settlements WHERE opter = 'MOBILE' AND state = 'standing'"
    " AND setl_id NOT IN (SELECT setl_id FROM bookings)"
)
"""What a phone began and nobody finished."""
_HARMS = {"I1": Harm.CHARGED, "I2": Harm.UNBOOKED, "I8": Harm.CHARGED}
"""By the ledger's invariants; the others' say that figures differ."""


def _compare(home: House, entries: dict[str, Entry]) -> Iterator[Finding]:
    audit = home.audit()
    for broken in audit["violations"]:
        yield Finding(_HARMS.get(broken["invariant"], Harm.OTHER), f"{broken['invariant']} {broken['text']}")
    if audit["open"]:
        yield Finding(Harm.OPEN, f"{audit['open']} in the ledger")
    booked = sum(entry.booking is not None and not entry.is_deposit for entry in entries.values())
    unfinished = len(home.ledger(_BEGUN))
    others = _of_others(home, entries)
    if audit["settled"] != booked + unfinished + others:  # what a phone began stays as it left it
        yield Finding(Harm.LOST, f"{booked} booked here, {others} elsewhere, {audit['settled']} settled in the ledger")
    if audit["booked"] != booked + others:
        yield Finding(Harm.UNBOOKED, f"{booked} booked here, {others} elsewhere, {audit['booked']} in the ledger")
    returned = sum(bool(entry.collected) and entry.booking is None for entry in entries.values())
    returned += sum(_wholly_back(entry) for entry in entries.values())
    if audit["refunded"] != returned:
        yield Finding(Harm.CHARGED, f"{returned} given back here, {audit['refunded']} in the ledger")


def _of_others(home: House, entries: dict[str, Entry]) -> int:
    """Bills that other tills settled and booked, but for those that were taken back here."""
    ours = {entry.plan.batch.batch_no for entry in entries.values() if entry.booking is not None}
    taken_back = {
        entry.plan.batch.redress.batch_no
        for entry in entries.values()
        if entry.plan.batch.redress is not None and entry.unbooked is not None
    }
    booked = {row["batch_no"] for row in home.ledger("SELECT batch_no FROM bookings")}
    return len(booked - ours - taken_back)


def _wholly_back(entry: Entry) -> int:
    """Payments of a bill that was taken back of which nothing is kept."""
    if entry.plan.batch.redress is None:
        return 0
    return sum(one.back is Back.RETURNED and one.amount == one.deposit.amount for one in entry.returns)


def printable(entry: Entry) -> bool:
    """A receipt can be made of what the journal kept."""
    report = report_of(entry)
    if not isinstance(report, Completed):
        return False
    plan, (settled,) = entry.plan, report.settled
    texts, now = Catalogue.read(config_dir() / "texts").of("zh"), datetime(2026, 11, 23, 12, 0, tzinfo=BEIJING)
    if settled.settlement is None:
        if settled.payment is None:
            return False
        paid = DepositPaid(settled.number, plan.person.name, plan.batch, settled.payment, settled.booking, now)
        return bool(deposit_slip(paid, SITE, MM58, texts).items)
    bill = PaidBill(
        settled.number, entry.sid, plan.person.name, plan.insurance, plan.batch, settled.settlement, settled.payment,
        settled.booking, now, reprint=True,
    )  # fmt: skip
    return bool(receipt(bill, SITE, MM58, texts).items)
