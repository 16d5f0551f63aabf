"""Lets Spin walk through saga.pml and reads what it found."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

MODEL = Path(__file__).parent / "saga.pml"
_DEEPEST = 1_000_000
_FOUND = re.compile(r"errors: (\d+)")
_STATES = re.compile(r"^ *([\d.e+]+) states, stored", re.MULTILINE)
_SECONDS = re.compile(r"elapsed time ([\d.e+]+)")
_MEGABYTES = re.compile(r"([\d.]+)\ttotal actual memory usage")
_VIOLATED = re.compile(r"pan:1: (.+?) \(at depth \d+\)")
_NAMED = re.compile(r"#define ([A-Z0-9_]+) (\d+)\b")
_RULES = {
    "(back[": "never more goes back than was taken",
    "==(booking&&own_part)": "what was taken stays for a booked bill, else goes back",
    "(stands[0]+stands[1])==booking": "what is settled is booked, and nothing else",
    "(booked==1)==booking": "the hospital booked what the kiosk believes it booked",
    "(holder==1)": "nothing is paid for a bill that another till holds",
    "!(((": "no other till gets a bill with money on it",
    "holder!=1": "no bill stays held",
}
"""How Spin prints the model's assertions, and what they say; the first that fits counts."""


RULES = frozenset(_RULES.values())


@dataclass(frozen=True, slots=True)
class Search:
    """What to search: how many requests may be under way unawaited, and what is changed in the model.

    `ends` asks whether every settlement ends once nothing goes wrong any more, instead of whether it ends well;
    `shortest` looks for the shortest way to a mistake, which needs more memory.
    """

    flight: int
    changes: tuple[str, ...] = ()
    ends: bool = False
    shortest: bool = False

    @property
    def options(self) -> list[str]:
        return [f"-DFLIGHT={self.flight}", *(f"-D{change}" for change in self.changes), *(["-DENDS"] * self.ends)]


@dataclass(frozen=True, slots=True)
class Result:
    """`complete`: every state that can be reached was looked at. `violated` is the broken rule, empty when none is."""

    states: int
    seconds: float
    megabytes: float
    complete: bool
    violated: str = ""
    way: tuple[str, ...] = ()


class SearchFailed(Exception):
    """Spin, the compiler or the search itself did not run to its end."""


def world_of(change: str) -> tuple[str, ...]:
    """The change, in the world where it does harm: a cancel that was reversed is healed by the later look at whatever
    was undone, which there is only where a 2207 may be copied; and what a pack says of copies matters where it says so.
    """
    sent_once = change.startswith("WORLD") or change == "MUTANT_CANCEL_REVERSED"
    return (change, "ONCE") if sent_once else (change,)


def changes(prefix: str) -> list[str]:
    """The names of the model's mutants (`MUTANT`) or of what it takes for granted (`WORLD`)."""
    return sorted(set(re.findall(rf"#ifn?def ({prefix}_\w+)", MODEL.read_text(encoding="utf-8"))))


def search(wanted: Search, *, most_megabytes: int = 4_000, seconds: float = 3_600.0) -> Result:
    """Search the whole space, or up to the first broken rule."""
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        (at / MODEL.name).write_bytes(MODEL.read_bytes())
        _run(at, "spin", "-a", *wanted.options, MODEL.name)
        how = ["-DBFS"] if wanted.shortest else []
        safety = ["-DNOFAIR"] if wanted.ends else ["-DSAFETY"]
        compiler = "-O0" if wanted.shortest else "-O2"  # a mistake is found sooner than a fast search is compiled
        _run(at, "cc", compiler, "-w", *how, *safety, f"-DMEMLIM={most_megabytes}", "-o", "pan", "pan.c")
        told = _run(at, "./pan", f"-m{_DEEPEST}", "-w24", *(["-a"] * wanted.ends), seconds=seconds)
        return _result(told, _way(at, wanted) if (at / f"{MODEL.name}.trail").exists() else ())


def _result(told: str, way: tuple[str, ...]) -> Result:
    found, states, seconds, megabytes = (one.search(told) for one in (_FOUND, _STATES, _SECONDS, _MEGABYTES))
    if not (found and states and seconds and megabytes):
        raise SearchFailed(told[-2000:])
    violated = _VIOLATED.search(told)
    complete = found[1] == "0" and "Search not completed" not in told and "max search depth too small" not in told
    if not complete and violated is None:
        raise SearchFailed(told[-2000:])
    figures = int(float(states[1])), float(seconds[1]), float(megabytes[1])
    return Result(*figures, complete, _said(violated[1]) if violated else "", way)


def _said(violated: str) -> str:
    plain = violated.removeprefix("assertion violated").replace(" ", "")
    return next((rule for shape, rule in _RULES.items() if shape in plain), violated)


def _way(at: Path, wanted: Search) -> tuple[str, ...]:
    """The steps to the broken rule as the model's `printf` tells them, with names instead of numbers."""
    told = _run(at, "spin", "-T", "-t", *wanted.options, MODEL.name, fails=True)
    names = _names()
    return tuple(_step(line.split()[1:], names) for line in told.splitlines() if line.strip().startswith("@"))


def _names() -> tuple[dict[str, str], dict[str, str]]:
    """Numbers to names, of acts and of answers."""
    text = MODEL.read_text(encoding="utf-8")
    acts, rest = text.split("/* Courses; marks", 1)
    answers = rest[rest.index("#define YES") : rest.index("#define NOBODY")]
    act_names, answer_names = ({n: name.lower() for name, n in _NAMED.findall(part)} for part in (acts, answers))
    return act_names, answer_names


def _step(words: Iterable[str], names: tuple[dict[str, str], dict[str, str]]) -> str:
    """`answer 8 2`: the second 2207 met with 2, unknown. A number without a name is the second of the one before it."""
    acts, answers = names
    told = list[str]()
    for word in words:
        if not word.isdigit():
            told.append(word)
        elif told[0] == "answer" and len(told) == 2:
            told.append(answers[word])
        else:
            told.append(acts.get(word) or f"{acts[str(int(word) - 1)]}/2")
    return " ".join(told)


def _run(at: Path, *command: str, seconds: float = 120.0, fails: bool = False) -> str:
    try:
        ended = subprocess.run(command, cwd=at, capture_output=True, text=True, timeout=seconds, check=False)
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise SearchFailed(f"{command[0]}: {problem}") from problem
    if ended.returncode != 0 and not fails:
        raise SearchFailed(f"{command[0]}: {(ended.stdout + ended.stderr)[-2000:]}")
    return ended.stdout
