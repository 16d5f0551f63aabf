"""Liveness on drawn people and drawn attacks: so many of each kind, each a try of its own in simulated time."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import random
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import cv2
import numpy as np

import devices.face
import devices.sim.face
from devices.face.challenges import draw_plan
from devices.face.embedding import Embedder, Template
from devices.face.glance import Watcher
from devices.face.judging import Limits
from devices.face.models import FILES, models_folder
from devices.face.moves import Amplitudes
from devices.face.quality import Gate
from devices.face.trial import Instruments, Trial
from devices.sim.face.bust import Bust, Pose, Scene
from devices.sim.face.look import made_up
from devices.sim.face.presented import Moment, Presented, presented
from kiosk.ports.face import FaceAccepted, FaceAnswer, FaceNotTried, FaceRefused

FPS = 12
_SECONDS = 25.0
_SEEDS = "unseen"
"""Who is drawn. Another word whenever the method changed after a look at what came out: nobody is tuned for."""
_LIKE = 0.3
"""Strangers on photographs are seldom more alike than this; drawn ones nearly always are, half of them above 0.57."""
_JUDGES, _PAINTERS = Path(devices.face.__file__).parent, Path(devices.sim.face.__file__).parent
_NO_PART = frozenset({"driver.py", "session.py", "settings.py", "oblivion.py", "pair.py", "stage.py", "chip.py"})
"""How the kiosk comes to the judgement, which nobody asks here."""


@dataclass(frozen=True, slots=True)
class Row:
    """One try: what was presented, what came out, and after how many seconds since the first face."""

    kind: str
    seed: str
    accepted: bool
    fault: str
    seconds: float
    signals: dict[str, float]


def kept_in(folder: Path) -> Path:
    """The file of this method's rows: what is judged by another program, other models or another painter is another
    measurement, and is kept apart from this one.
    """
    digest = hashlib.sha256("".join(file.sha256 for file in FILES).encode())
    for place in (_JUDGES, _PAINTERS):
        for path in sorted(place.glob("*.py")):
            digest.update(path.read_bytes() if path.name not in _NO_PART else b"")
    return folder / f"rows-{digest.hexdigest()[:12]}.jsonl"


def tries(count: int, kept: Path) -> list[Row]:
    """`count` of each kind, all kinds of one seed before the next; rows of a former run are taken from `kept`.

    What is kept is the outcome and not the pictures: they answer what is asked, and are drawn as fast as they are read.
    """
    done = {(row.kind, row.seed): row for row in read(kept)}
    wanted = [(kind.value, f"{_SEEDS} {number}") for number in range(count) for kind in Presented]
    missing = [one for one in wanted if one not in done]
    context = multiprocessing.get_context("spawn")
    with context.Pool(min(2, os.cpu_count() or 1)) as pool, kept.open("a", encoding="utf-8") as file:
        for row in pool.imap_unordered(_one, missing, chunksize=4):
            done[row.kind, row.seed] = row
            file.write(json.dumps(asdict(row)) + "\n")
            file.flush()
    return [done[one] for one in wanted]


def read(kept: Path) -> Iterator[Row]:
    if kept.exists():
        for line in kept.read_text(encoding="utf-8").splitlines():
            yield Row(**json.loads(line))


_tools: list[Instruments] = []
_strangers: dict[str, Template] = {}


def instruments() -> Instruments:
    if not _tools:
        cv2.setNumThreads(1)
        folder = models_folder()
        _tools.append(Instruments(Watcher(folder, Gate()), Embedder(folder), Limits(), Amplitudes()))
    return _tools[0]


def _one(what: tuple[str, str]) -> Row:
    kind, seed = Presented(what[0]), what[1]
    tools = instruments()
    other = stranger(tools, seed) if kind is Presented.SWAPPED else ""
    below = random.Random(f"{kind} {seed}").randrange
    plan = draw_plan(frozenset(), 2, below)
    if plan is None:
        raise ValueError("nobody needs to be spared here")
    answer = play(Trial(tools, plan, None, below), kind, seed, other)
    return _row(kind, seed, answer)


def _row(kind: Presented, seed: str, answer: FaceAnswer) -> Row:
    fault = "" if isinstance(answer, FaceAccepted) else answer.fault.value
    if isinstance(answer, FaceNotTried):
        return Row(kind, seed, accepted=False, fault=fault, seconds=0.0, signals={})
    found = {signal.name: signal.found for signal in answer.evidence.signals if signal.found is not None}
    return Row(kind, seed, isinstance(answer, FaceAccepted), fault, answer.evidence.seconds, found)


def play(trial: Trial, kind: Presented, seed: str, other: str) -> FaceAnswer:
    scenery, asked, asked_at = presented(kind, seed, other), None, 0.0
    for number in range(int(_SECONDS * FPS)):
        at, progress = number / FPS, trial.progress
        if progress.asked != asked:
            asked, asked_at = progress.asked, at
        light = progress.light
        colour = (float(light.red), float(light.green), float(light.blue)) if light else (0.0, 0.0, 0.0)
        answer = trial.see(scenery(Moment(at, asked, asked_at, progress.done, colour)), at)
        if answer is not None:
            return answer
    raise ValueError(f"{kind} {seed}: no answer")


def stranger(tools: Instruments, seed: str) -> str:
    """Somebody as unlike as strangers are, or the least alike: who is not told apart is the comparison's own figure."""
    mine = _template(tools, seed)
    if not _strangers:
        _strangers.update({name: _template(tools, name) for name in (f"stranger {number}" for number in range(96))})
    return min(_strangers, key=lambda name: (max(mine.likeness(_strangers[name]), _LIKE), _number(seed + name)))


def _number(text: str) -> int:
    """Any order, always the same."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def _template(tools: Instruments, seed: str) -> Template:
    picture = Bust(made_up(seed)).draw(Pose(), Scene(), np.random.default_rng(3))
    return tools.embedder.template(picture, tools.watcher.faces(picture)[0])


__all__ = ["FaceRefused", "Row", "instruments", "read", "stranger", "tries"]
