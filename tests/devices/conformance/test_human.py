"""A person at the bench is shown sentences on a terminal; what they cannot do is left out and not failed."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PIL import Image
from zxingcpp import read_barcode

from devices.conformance.human import Person
from devices.conformance.receipt_printer import rows_of
from devices.sim.client import SimulatorError


@dataclass
class Terminal:
    """The far end of a pseudo-terminal: somebody who types `answers`, each once a question is there."""

    near: int
    path: Path
    answers: list[str] = field(default_factory=list)
    seen: str = ""

    def sit(self) -> None:
        while True:
            try:
                self.seen += os.read(self.near, 65_536).decode("utf-8", "replace")
            except OSError:
                return
            if self.seen.rstrip("\r\n ").endswith(("]:", "none:")) and self.answers:
                self.seen += "\n"
                os.write(self.near, self.answers.pop(0).encode() + b"\n")


@contextmanager
def somebody(*answers: str, patience: float = 10.0) -> Iterator[tuple[Person, Terminal]]:
    near, far = os.openpty()
    terminal = Terminal(near, Path(os.ttyname(far)), list(answers))
    thread = threading.Thread(target=terminal.sit, daemon=True)
    person = Person(terminal.path, patience)
    thread.start()
    try:
        yield person, terminal
    finally:
        person.close()
        os.close(far)
        thread.join(5)
        os.close(near)


def test_a_request_is_a_sentence_and_enter_means_done() -> None:
    with somebody("") as (person, terminal):
        person.insert("zhangsan")
        assert "插入测试卡 Insert the test card" in terminal.seen


def test_what_a_person_cannot_do_is_left_out() -> None:
    with somebody("s") as (person, _), pytest.raises(pytest.skip.Exception, match="nobody could lift"):
        person.lift()


def test_what_no_hand_can_do_is_not_even_asked() -> None:
    with somebody() as (person, terminal), pytest.raises(pytest.skip.Exception, match="no hand can spoil"):
        person.ask("spoil", kind="flip", at=3)
    assert terminal.seen == ""


def test_nobody_is_waited_for_for_ever() -> None:
    with somebody(patience=0.05) as (person, _), pytest.raises(pytest.skip.Exception, match="nobody answered"):
        person.remove()


def test_papers_are_read_off_by_eye() -> None:
    with somebody("甲", "?", "") as (person, _):
        assert [paper.rows for paper in person.printed()] == [rows_of("甲"), ("?",)]


def test_a_code_is_shown_as_a_picture_that_a_scanner_reads() -> None:
    code = "4240123456789012345678901234"
    with somebody("") as (person, terminal):
        person.scan(code)
        drawing = terminal.seen.split("\n>>>")[0].replace("\r", "").strip("\n").split("\n")
    dark = {"█": (0, 0), "▀": (0, 1), "▄": (1, 0), " ": (1, 1)}
    width, height = len(drawing[0]), len(drawing) * 2
    picture = Image.new("L", (width, height), 255)
    for row, line in enumerate(drawing):
        for column, mark in enumerate(line):
            for half in (0, 1):
                picture.putpixel((column, row * 2 + half), 0 if dark[mark][half] else 255)
    found = read_barcode(picture.resize((width * 8, height * 8), Image.Resampling.NEAREST))
    assert found is not None
    assert found.text == code


def test_without_a_terminal_the_bench_says_so(tmp_path: Path) -> None:
    with pytest.raises(SimulatorError, match="no terminal"):
        Person(tmp_path / "nowhere")
