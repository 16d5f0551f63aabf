"""docs/simulators.md shows every request, and each example is one that the simulator takes."""

import json
import re
from pathlib import Path

from devices.sim.camera.drawing import Scene
from devices.sim.card.contents import Flaw
from devices.sim.id_card.contents import IdFlaw, Layout
from devices.sim.id_card.reader import Module
from devices.sim.requests import REQUEST
from devices.sim.spoiling import Spoiling

DOCUMENT = (Path(__file__).parents[3] / "docs" / "simulators.md").read_text(encoding="utf-8")
EXAMPLES = [line for block in re.findall(r"```json\n(.*?)```", DOCUMENT, re.DOTALL) for line in block.splitlines()]


def test_every_example_is_a_request() -> None:
    for example in EXAMPLES:
        REQUEST.validate_python(json.loads(example))


def test_every_request_has_an_example() -> None:
    schema = REQUEST.json_schema()
    assert set(schema["discriminator"]["mapping"]) == {json.loads(example)["do"] for example in EXAMPLES}


def test_every_flaw_is_explained() -> None:
    explained = (*Flaw, *IdFlaw, *Layout, *Module, *Scene, *Spoiling)
    assert {flaw.value for flaw in explained} <= set(re.findall(r"`([a-z0-9_]+)`", DOCUMENT))
