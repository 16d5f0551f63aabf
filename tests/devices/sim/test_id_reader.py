"""The simulated ID card reader is strict, slow and physical, whoever speaks to it: here bare bytes do."""

from __future__ import annotations

import os
import select
import termios
import time
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.sim.card.people import read_holder
from devices.sim.client import Simulator, SimulatorError
from devices.sim.id_card.contents import Layout, text_of
from tests.devices.support.simulator import Running

STATUS, FIND, SELECT, READ = (
    bytes.fromhex(f"AAAAAA9669{rest}") for rest in ("000311FFED", "0003200122", "0003200221", "0003300132")
)
OK, NONE, LIFTED = (bytes.fromhex(f"AAAAAA9669{rest}") for rest in ("000400009094", "000400008084", "000400004145"))


class Wire:
    """The far end of the reader's cable."""

    def __init__(self, path: str) -> None:
        self._fd = os.open(path, os.O_RDWR | os.O_NOCTTY)
        tty.setraw(self._fd)
        self.speed(termios.B115200)

    def speed(self, speed: int) -> None:
        attributes = termios.tcgetattr(self._fd)
        attributes[4] = attributes[5] = speed
        termios.tcsetattr(self._fd, termios.TCSANOW, attributes)

    def say(self, data: bytes, size: int) -> bytes:
        """Send, and hear so many bytes; fewer when the reader is silent for half a second."""
        os.write(self._fd, data)
        heard = b""
        while len(heard) < size and select.select([self._fd], [], [], 0.5)[0]:
            heard += os.read(self._fd, size - len(heard))
        return heard

    def close(self) -> None:
        os.close(self._fd)


@pytest.fixture
def sloppy(sim: Running) -> Iterator[Simulator]:
    """A simulator whose violations are this test's business."""
    with sim.connect() as simulator:
        simulator.reset()
        yield simulator
        simulator.reset()


@pytest.fixture
def wire(sloppy: Simulator, sim: Running) -> Iterator[Wire]:
    made = Wire(sim.ready["id_reader"])
    yield made
    made.close()


def violations(simulator: Simulator) -> list[str]:
    found: list[str] = simulator.state()["id_reader"]["violations"]
    return found


def test_a_card_is_found_selected_and_read_once(sloppy: Simulator, wire: Wire) -> None:
    assert wire.say(STATUS, 11) == OK
    assert wire.say(FIND, 11) == NONE
    sloppy.lay("zhangsan")
    assert wire.say(FIND, 15) == bytes.fromhex("AAAAAA9669 0008 00009F 00000000 97")
    assert wire.say(SELECT, 19)[5:10].hex() == "000c000090"
    text = wire.say(READ, 1295)[14:270].decode("utf-16-le")
    assert (len(text), text[:2], text[61:79]) == (128, "张三", "111111198101011110")
    assert wire.say(FIND, 11) == NONE
    sloppy.lift()
    sloppy.lay("zhangsan")
    assert len(wire.say(FIND, 15)) == 15
    assert violations(sloppy) == []


def test_reading_needs_a_card_that_was_selected(sloppy: Simulator, wire: Wire) -> None:
    sloppy.lay("zhangsan")
    assert wire.say(READ, 11) == LIFTED
    assert wire.say(SELECT, 11)[5:10].hex() == "0004000081"


def test_two_cards_answer_over_each_other(sloppy: Simulator, wire: Wire) -> None:
    sloppy.lay("zhangsan")
    sloppy.lay("lihong")
    assert wire.say(FIND, 11) == NONE


@pytest.mark.parametrize(
    ("said", "status", "why"),
    [
        (FIND[:-1] + b"\x23", "10", "check"),
        (bytes.fromhex("AAAAAA9669 0003 4001 42"), "21", "command 4001"),
        (b"\x00" + FIND, "80", "bytes before the preamble"),
    ],
)
def test_what_no_reader_accepts_is_answered_and_noted(
    sloppy: Simulator, wire: Wire, said: bytes, status: str, why: str
) -> None:
    assert wire.say(said, 11)[9:10].hex() == status
    assert violations(sloppy) == [why]
    assert wire.say(STATUS, 11) == OK


@pytest.mark.parametrize("said", [b"hello world", bytes.fromhex("AAAAAA9669FFFF3001")])
def test_what_is_no_frame_is_not_answered_and_the_next_is(sloppy: Simulator, wire: Wire, said: bytes) -> None:
    assert wire.say(said, 1) == b""
    assert len(violations(sloppy)) == 1
    assert wire.say(STATUS, 11) == OK


def test_bytes_take_the_time_of_their_line(sloppy: Simulator, wire: Wire) -> None:
    """Never sooner: 1295 bytes of ten bits. How much later is the machine's business."""
    sloppy.lay("zhangsan")
    wire.say(FIND, 15)
    wire.say(SELECT, 19)
    began = time.monotonic()
    assert len(wire.say(READ, 1295)) == 1295
    assert time.monotonic() - began >= 1295 * 10 / 115200


def test_another_speed_is_not_understood(sloppy: Simulator, wire: Wire) -> None:
    wire.speed(termios.B9600)
    assert wire.say(STATUS, 1) == b""
    wire.speed(termios.B115200)
    assert wire.say(bytes.fromhex("AAAAAA9669 0003 6004 67"), 11) == OK
    assert wire.say(STATUS, 1) == b""
    wire.speed(termios.B9600)
    assert wire.say(STATUS, 11) == OK
    assert violations(sloppy) == []


@pytest.mark.parametrize("layout", Layout)
def test_every_layout_is_128_characters_with_its_letter(layout: Layout, people: Path) -> None:
    text = text_of(read_holder(people / "zhangsan.toml"), layout).decode("utf-16-le")
    letter = {"resident": " ", "permit": "J", "foreigner": "I", "foreigner_2023": "Y"}
    assert (len(text), text[124]) == (128, letter[layout])


def test_a_name_longer_than_the_card_is_cut(people: Path) -> None:
    text = text_of(read_holder(people / "maihemuti.toml"), Layout.RESIDENT).decode("utf-16-le")
    assert text[:15] == "买合木提江·阿卜杜热合曼·吐尔"
    assert text[15] == "1"


def test_nobody_without_a_file_has_a_card(sloppy: Simulator) -> None:
    with pytest.raises(SimulatorError, match=r"nobody\.toml"):
        sloppy.lay("nobody")
