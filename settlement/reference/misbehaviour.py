"""What may go wrong on demand: `2207@1:lose-reply;2601@1-3:http=503`.

`TARGET[@N[-M]]:ACT[=ARG]` joined by `;`. TARGET is an infno (2207 means 2207A too) or `hospital.…`, `his.…`, `pay.…`;
N counts the calls of that target from 1 since the backend started, no number means every call. The first rule that fits
a call decides.
"""

from __future__ import annotations

import random
import re
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from settlement.wire.catalogue import EXCHANGES


@dataclass(frozen=True, slots=True)
class LoseRequest:
    """The connection is cut and nothing was processed."""


@dataclass(frozen=True, slots=True)
class LoseReply:
    """Processed and committed; the connection is cut without a byte."""


@dataclass(frozen=True, slots=True)
class Delay:
    """Processed and committed; the reply comes so much later."""

    milliseconds: int


@dataclass(frozen=True, slots=True)
class Late:
    """The connection is cut at once; the request is processed so much later all the same."""

    milliseconds: int


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Processed twice, as when a gateway delivers a request again; the first reply is told."""


@dataclass(frozen=True, slots=True)
class Resend:
    """Processed twice, as when a gateway gives up waiting and repeats by itself; the second reply is told."""


@dataclass(frozen=True, slots=True)
class Half:
    """Processed and committed; half of the reply's body, then the connection is cut."""


@dataclass(frozen=True, slots=True)
class Html:
    """Processed and committed; a gateway's HTML page with status 200 instead of the reply."""


@dataclass(frozen=True, slots=True)
class Http:
    """Nothing processed; this status."""

    status: int


@dataclass(frozen=True, slots=True)
class Refuse:
    """Nothing processed; an orderly refusal with this text."""

    text: str


@dataclass(frozen=True, slots=True)
class WrongMsgid:
    """Processed and committed; the reply bears the key of another message."""


@dataclass(frozen=True, slots=True)
class WrongAmounts:
    """Processed and committed; the reply's amounts contradict one another by a fen."""


@dataclass(frozen=True, slots=True)
class Crossed:
    """Of a question about a person: processed, and told what somebody else asked at the same moment; `numbered` under
    the number of the question, as by a front that has mixed up what lies behind it.
    """

    numbered: bool


class Change(StrEnum):
    """What a reply says otherwise than it should, or in another way than most."""

    NO_INFCODE = "no-infcode"
    TEXTS = "texts"
    NEGATIVE = "negative"
    TORN_SHEET = "torn-sheet"
    HUGE_SHEET = "huge-sheet"
    DUE_BEFORE = "due-before"
    DUE_LATE = "due-late"
    TWICE = "twice"
    OUT_OF_ORDER = "out-of-order"
    SOMEBODY_ELSES = "somebody-elses"
    UNREPEATED = "unrepeated"


@dataclass(frozen=True, slots=True)
class Changed:
    """Processed and committed; the reply is well-formed JSON, and changed: neither success nor failure is said, its
    amounts are texts, or the person's cash is a debt of theirs while every sum agrees. Of an official sheet
    (5260, 5265, his.sheet): it ends in its middle, or is larger than any printer takes. Of an insurance office: its
    last day lies before the case or years after it; notices come twice, in the wrong order, or are of another's case.
    Of a hospital: it repeats nothing of the question, as before 1.3.
    """

    change: Change


@dataclass(frozen=True, slots=True)
class Part:
    """Of a channel's notice alone: half of the money has come, and no more will."""


Spoiling = LoseRequest | LoseReply | Delay | Late | Duplicate | Resend | Half | Html | Http | Refuse
Act = Spoiling | WrongMsgid | WrongAmounts | Changed | Crossed | Part

_OFFICE_MORE = ("attach", "away", "notices", "read")
FACE_TARGETS = frozenset({"ec", "keys.card"}) | frozenset(
    f"{face}.{call}"
    for face, calls in {
        "hospital": (
            "look_up",
            "bills",
            "hold",
            "renew",
            "release",
            "book",
            "returns",
            "deposit",
            "admissions",
            "admit",
            "paid",
            "refunded",
            "claimed",
            "hand_over",
        ),
        "insurer": ("quote", "settle"),
        "his": ("ready", "person", "quote", "settle", "reverse", "query", "cancel", "sheet"),
        "office": ("prepare", "submit", "find", "keep", "cases", "standing", "rate", *_OFFICE_MORE),
        "face": ("portrait", "judge"),
        "pay": ("collect", "show", "notice", "query", "close", "refund", "refund_query"),
    }.items()
    for call in calls
)
NOTICE = "pay.notice"
CROSSABLE = frozenset({"hospital.bills", "hospital.paid", "hospital.admissions"})
_MEGABYTE = 1 << 20
_PLAIN: Mapping[str, Act] = {
    "lose-request": LoseRequest(),
    "lose-reply": LoseReply(),
    "duplicate": Duplicate(),
    "resend": Resend(),
    "half": Half(),
    "html": Html(),
    "wrong-msgid": WrongMsgid(),
    "wrong-amounts": WrongAmounts(),
    "part": Part(),
    "crossed": Crossed(numbered=False),
    "crossed-inside": Crossed(numbered=True),
    "refuse-at-length": Refuse("系统繁忙，请稍后再试。" * (_MEGABYTE // 10)),
    **{change.value: Changed(change) for change in Change},
}
_TIMED: Mapping[str, Callable[[int], Act]] = {"delay": Delay, "late": Late}
_RULE = re.compile(r"([\w.]+?)(?:@([0-9]+)(?:-([0-9]+))?)?:([a-z-]+)(?:=(.*))?", re.ASCII | re.DOTALL)


class BadSpec(ValueError):
    """A misbehaviour that nobody defined; the text says which part."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`last` None: no end."""

    target: str
    first: int
    last: int | None
    act: Act

    def fits(self, target: str, count: int) -> bool:
        return self.target == target and self.first <= count and (self.last is None or count <= self.last)


@dataclass(frozen=True, slots=True)
class Chance:
    """An act that befalls a share of the calls which no rule is about, in the order of a seed."""

    target: str
    share: float
    act: Act


def parse(spec: str) -> tuple[Rule, ...]:
    """The rules in order; BadSpec for anything that could not have been meant."""
    return tuple(_rule(part.strip()) for part in spec.split(";") if part.strip())


def _rule(part: str) -> Rule:
    match = _RULE.fullmatch(part)
    if match is None:
        raise BadSpec(f"{part!r} is not TARGET[@N[-M]]:ACT[=ARG]")
    target, first, last, act, argument = match.groups()
    known = target in FACE_TARGETS or target in EXCHANGES or f"{target}A" in EXCHANGES
    if not known:
        raise BadSpec(f"{target!r} is neither a transaction nor one of {', '.join(sorted(FACE_TARGETS))}")
    lowest = int(first) if first else 1
    highest = int(last) if last else (lowest if first else None)
    if lowest < 1 or (highest is not None and highest < lowest):
        raise BadSpec(f"{part!r} counts from 1 upwards")
    found = _act(act, argument)
    if isinstance(found, Part) and target != NOTICE:
        raise BadSpec(f"{act} is for {NOTICE}")
    if isinstance(found, Crossed) and target not in CROSSABLE:
        raise BadSpec(f"{act} is for {', '.join(sorted(CROSSABLE))}")
    return Rule(_family(target), lowest, highest, found)


def _act(name: str, argument: str | None) -> Act:
    if name in _PLAIN and argument is None:
        return _PLAIN[name]
    if name == "refuse" and argument:
        return Refuse(argument)
    if argument is not None and argument.isascii() and argument.isdigit():
        if name in _TIMED:
            return _TIMED[name](int(argument))
        if name == "http" and 400 <= int(argument) <= 599:
            return Http(int(argument))
    raise BadSpec(f"{name}{'' if argument is None else '=' + argument} is no act")


def _family(target: str) -> str:
    """2207 and 2207A are counted together."""
    return target.removesuffix("A") if target[:1].isdigit() else target


def parse_chance(spec: str, share: float) -> tuple[Chance, ...]:
    """`TARGET:ACT[=ARG]` joined by `;`, each for this share of its target's calls; BadSpec when one names its calls."""
    rules = parse(spec)
    if any((rule.first, rule.last) != (1, None) for rule in rules):
        raise BadSpec(f"{spec!r} names calls; chance does")
    return tuple(Chance(rule.target, share, rule.act) for rule in rules)


class Plan:
    """The rules in force and how often each target was called. Shared by all connections.

    Chance has one sequence a target: the same seed spoils the same calls of it, whatever other targets are called
    between.
    """

    def __init__(self, rules: tuple[Rule, ...] = (), chances: tuple[Chance, ...] = (), seed: int = 0) -> None:
        self._rules = rules
        self._chances = {chance.target: chance for chance in reversed(chances)}
        self._luck = {target: random.Random(f"{seed} {target}") for target in self._chances}  # noqa: S311 - a rehearsal
        self._calls: Counter[str] = Counter()
        self._lock = threading.Lock()

    def replace(self, rules: tuple[Rule, ...]) -> None:
        """Other rules from now on, and counting from 1 again."""
        with self._lock:
            self._rules = rules
            self._calls.clear()

    def next_act(self, target: str) -> Act | None:
        """Counts one call of `target`; None is good behaviour."""
        family = _family(target)
        with self._lock:
            self._calls[family] += 1
            count = self._calls[family]
            by_chance = self._by_chance(family)
        return next((rule.act for rule in self._rules if rule.fits(family, count)), by_chance)

    def _by_chance(self, family: str) -> Act | None:
        chance = self._chances.get(family)
        return chance.act if chance and self._luck[family].random() < chance.share else None
