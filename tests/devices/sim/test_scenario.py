"""A scenario plays what is written; what is left open is drawn by its seed, the same each time."""

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from devices.sim.scenario import ScenarioWrongError, Timed, read_scenario

OPEN = """
rounds = 200
seed = {seed}

[[step]]
after = [0.5, 3.0]
do = "insert"
person = ["zhangsan", "lihong"]

[[step]]
chance = 0.1
do = "yank"
apdu = [1, 2, 3]
"""


def read(folder: Path, text: str) -> tuple[Timed, ...]:
    path = folder / "scenario.toml"
    path.write_text(text, encoding="utf-8")
    return read_scenario(path)


def test_steps_follow_one_another(tmp_path: Path) -> None:
    played = read(tmp_path, '[[step]]\nafter = 2\ndo = "remove"\n[[step]]\nafter = 0.5\ndo = "lift"\n')
    assert played == (Timed(2.0, {"do": "remove"}), Timed(2.5, {"do": "lift"}))


def test_a_seed_plays_the_same_each_time_and_another_one_differs(tmp_path: Path) -> None:
    assert read(tmp_path, OPEN.format(seed=7)) == read(tmp_path, OPEN.format(seed=7))
    assert read(tmp_path, OPEN.format(seed=7)) != read(tmp_path, OPEN.format(seed=8))


def test_choices_ranges_and_chances_are_all_met(tmp_path: Path) -> None:
    played = read(tmp_path, OPEN.format(seed=1))
    done = Counter(step.request["do"] for step in played)
    assert done["insert"] == 200
    assert 5 < done["yank"] < 40
    assert {step.request.get("person") for step in played} == {"zhangsan", "lihong", None}
    times = [step.at for step in played if step.request["do"] == "insert"]
    between = [after - before for before, after in pairwise(times)]
    assert 0.5 <= min(between) < 0.7
    assert 2.8 < max(between) <= 3.0


def test_a_list_that_is_a_value_is_none_to_choose_from(tmp_path: Path) -> None:
    (played,) = read(tmp_path, '[[step]]\ndo = "insert"\nperson = "zhangsan"\np1 = [0, 2]\n')
    assert played.request["p1"] == [0, 2]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("seed = 1.5", "seed is a whole number"),
        ("rounds = 0", "rounds is a number"),
        ("colour = 1", "seed, rounds and"),
        ('[[step]]\nafter = [3, 1]\ndo = "lift"', "step 1: after is a number of seconds"),
        ('[[step]]\nchance = 2\ndo = "lift"', "step 1: chance is a number from 0 to 1"),
        ('[[step]]\ndo = ["lift", "fly"]', "step 1: "),
        ('[[step]]\ndo = "insert"\nperson = ["zhangsan", "ZHANG SAN"]', "step 1: "),
        ("[[step]]\nafter = 1", "step 1: "),
    ],
)
def test_what_is_wrong_is_named_before_anything_plays(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(ScenarioWrongError, match=why):
        read(tmp_path, text)
