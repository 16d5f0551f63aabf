from __future__ import annotations

from devices.sim.client import Simulator


def test_everybody_with_a_card_is_named_with_its_generation(simulator: Simulator) -> None:
    people = {each["key"]: each for each in simulator.ask("people")["people"]}
    assert people["zhangsan"]["name"] == "张三"
    assert people["hejiankang"]["generation"] == "gen3"
    assert all(each["note"] for each in people.values())
    simulator.insert("lihong")
    assert simulator.state()["card"]["socket"]
