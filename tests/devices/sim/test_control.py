"""The control socket: what may be asked, and how a wrong question is answered."""

import json
import socket
from contextlib import suppress
from pathlib import Path

import pytest

from devices.sim.client import Simulator, SimulatorError
from tests.devices.support.simulator import Running


def refused(simulator: Simulator, do: str, **fields: str | int | bool) -> str:
    with pytest.raises(SimulatorError) as error:
        simulator.ask(do, **fields)
    return str(error.value)


@pytest.mark.parametrize(
    ("do", "fields", "why"),
    [
        ("explode", {}, "tag"),
        ("insert", {}, "a person or a card file"),
        ("insert", {"person": "zhangsan", "colour": "red"}, "colour"),
        ("insert", {"person": "../zhangsan"}, "person"),
        ("insert", {"person": "nobody"}, "nobody.toml"),
        ("insert", {"person": "zhangsan", "transport": "vpcd"}, "--vpcd"),
        ("insert", {"person": "zhangsan", "yank_at": 0}, "yank_at"),
        ("remove", {}, "no card is inserted"),
        ("yank", {"apdu": 1}, "no card is inserted"),
        ("paper", {"state": "blue"}, "state"),
        ("noise", {"bytes_hex": "1"}, "bytes_hex"),
    ],
)
def test_a_wrong_request_is_refused_with_its_reason(
    simulator: Simulator, do: str, fields: dict[str, str | int | bool], why: str
) -> None:
    assert why in refused(simulator, do, **fields)


def test_one_card_at_a_time(simulator: Simulator) -> None:
    simulator.insert("zhangsan")
    assert "already" in refused(simulator, "insert", person="lihong")


def test_a_card_file_of_the_tester_is_taken(simulator: Simulator, people: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text((people / "zhangsan.toml").read_text(encoding="utf-8").replace("张三", "张小三"), encoding="utf-8")
    simulator.ask("insert", card=str(own))
    assert simulator.state()["card"]["socket"]


@pytest.mark.parametrize("line", [b"hello\n", b"[1]\n", b"\xff\n", b'{"do": 3}\n'])
def test_nonsense_is_answered_and_the_connection_goes_on(sim: Running, line: bytes) -> None:
    with socket.socket(socket.AF_UNIX) as raw, raw.makefile("rb") as lines:
        raw.connect(str(sim.control))
        raw.sendall(line + b'{"do":"state"}\n')
        assert json.loads(lines.readline())["ok"] is False
        assert json.loads(lines.readline())["ok"] is True


def test_a_line_without_end_is_cut_off(sim: Running) -> None:
    with socket.socket(socket.AF_UNIX) as raw:
        raw.connect(str(sim.control))
        raw.settimeout(10)
        with suppress(BrokenPipeError, ConnectionResetError):
            raw.sendall(b"x" * 1_000_000)
        with suppress(ConnectionResetError):
            assert raw.recv(1) == b""


def test_whoever_subscribes_hears_what_happens(simulator: Simulator) -> None:
    with simulator.events() as events:
        simulator.insert("zhangsan")
        simulator.ask("scanner", firmware="presentation")
        simulator.scan("4240")
        assert [next(events)["event"] for _ in range(2)] == ["card_inserted", "code_read"]


def test_reset_makes_everything_as_at_the_start(sim: Running, simulator: Simulator) -> None:
    before = simulator.state()
    simulator.insert("zhangsan")
    _read(sim.control.with_name("card.sock"))
    simulator.paper("out")
    simulator.cover(opened=True)
    simulator.scan("4240")
    simulator.ask("printer", width_mm=58)
    simulator.ask("reader", plugged=False)
    assert simulator.state()["apdus"]["socket"] == 1
    simulator.reset()
    assert simulator.state() == before


def _read(card: Path) -> None:
    """One APDU to the card that lies in the reader; the frames are those of docs/simulators.md."""
    with socket.socket(socket.AF_UNIX) as wire, wire.makefile("rb") as answers:
        wire.settimeout(10)
        wire.connect(str(card))
        for frame in (b"R\x01", b"C\x02" + bytes.fromhex("00a4040000")):
            wire.sendall(len(frame).to_bytes(2, "big") + frame)
            while answers.read(int.from_bytes(answers.read(2), "big"))[:2] != b"A" + frame[1:2]:
                pass


def test_a_simulator_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SimulatorError, match="no simulator"):
        Simulator(tmp_path / "control.sock")
