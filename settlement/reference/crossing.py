"""What somebody else asked the hospital at the same moment: for a front that gives one person's answer to another."""

from __future__ import annotations

from collections.abc import Callable

from settlement.reference.answer import Answer
from settlement.reference.people import PersonFile, World
from settlement.wire import codec
from settlement.wire.demo import DEMO_BILL, DemoBill
from settlement.wire.questions import fresh_number

Faces = Callable[[str, bytes], Answer]


def somebody_elses(path: str, asked: bytes, world: World, face: Faces) -> Answer:
    """The answer to the question of another person, who has a bill of their own to pay: a sound answer, and theirs."""
    question = codec.decode(asked)
    neighbour = _neighbour(world, str(question.get("certno")))
    face(DEMO_BILL, codec.encode(DemoBill(certno=neighbour.certno)))
    theirs = {"query": fresh_number(), "certno": neighbour.certno, "psn_name": neighbour.name, "psn_no": ""}
    return face(path, codec.encode({name: value for name, value in question.items() if name != "patient_nos"} | theirs))


def _neighbour(world: World, certno: str) -> PersonFile:
    return next(one for one in world.people.values() if one.certno != certno and one.platform and one.hospital.bills)
