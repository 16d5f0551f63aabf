"""A person at the bench is shown sentences on a terminal; what they cannot do is left out and not failed."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from zxingcpp import read_barcode

from devices.conformance.human import Person
from devices.conformance.kinds import kind_names
from devices.conformance.receipt_printer import rows_of
from devices.sim.client import Simulator, SimulatorError
from tests.devices.support.bare import BARE
from tests.devices.support.simulator import Running


@dataclass
class Terminal:
    """The far end of a pseudo-terminal: somebody who types `answers`, each once a question is there."""

    near: int
    path: Path
    answers: list[str] = field(default_factory=list)
    seen: str = ""

    def sit(self) -> None:
        asked = ""
        while True:
            try:
                said = os.read(self.near, 65_536).decode("utf-8", "replace")
            except OSError:
                return
            self.seen += said
            asked += said
            if ">>>" in asked and asked.rstrip().endswith(":") and self.answers:
                asked = ""
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


SENTENCES: dict[str, list[tuple[str, dict[str, Any], str]]] = {
    "card_reader": [("reader", {"plugged": False}, "拔下设备的线"), ("remove", {"transport": "socket"}, "拔出卡")],
    "id_reader": [("lay", {"person": "zhangsan"}, "放上测试证件"), ("id_reader", {"plugged": True}, "插上设备的线")],
    "scanner": [("take_code", {}, "把码拿开"), ("scanner", {"plugged": False}, "拔下设备的线")],
    "camera": [
        ("camera", {"scene": "person"}, "亮的、清楚的"),
        ("camera", {"scene": "covered"}, "用手盖住镜头"),
        ("camera", {"scene": "blurred"}, "看不清为止"),
        ("camera", {"plugged": False}, "拔下设备的线"),
    ],
    "receipt_printer": [
        ("paper", {"state": "near", "after_mm": 0}, "快用完的纸卷"),
        ("cover", {"open": True, "after_mm": 0}, "打开打印机盖"),
    ],
    "page_printer": [("page_printer", {"plugged": False}, "拔下设备的线")],
    "keypad": [("press", {"key": "next", "times": 1}, "按键盘上的 next")],
    "payment_terminal": [
        ("hold_bank_card", {"number": "6200000000000000056", "pin": "246813", "contactless": True}, "拍测试银行卡"),
        ("terminal_keys", {"key": "red"}, "红键"),
    ],
    "face_terminal": [
        ("before_terminal", {"person": "zhangsan", "shows": "face"}, "看着刷脸终端"),
        ("before_terminal", {"person": "zhangsan", "shows": "code"}, "出示测试人员的医保码"),
        ("face_terminal", {"plugged": False}, "拔下设备的线"),
    ],
    "pin_pad": [("press_keys", {"keys": "24R"}, "在密码键盘上按 Press on the PIN pad: 24R")],
    "guide_light": [("guide_light", {"plugged": True}, "插上设备的线")],
    "presence_sensor": [
        ("presence_sensor", {"somebody": True}, "站到机器前"),
        ("presence_sensor", {"somebody": False}, "走开"),
    ],
    "power_source": [
        ("power_source", {"mains": "failed"}, "断开市电"),
        ("power_source", {"mains": "ending"}, "等电池快用完"),
        ("power_source", {"stale": True}, "拔下电源的通信线"),
    ],
    "speaker": [("speaker", {"plugged": False}, "拔下设备的线")],
}


def test_every_kind_of_device_has_its_sentences() -> None:
    assert set(SENTENCES) == set(kind_names())


@pytest.mark.parametrize("kind", SENTENCES)
def test_what_a_hand_does_to_a_device_is_said_in_a_sentence(kind: str) -> None:
    with somebody(*[""] * len(SENTENCES[kind])) as (person, terminal):
        for do, fields, sentence in SENTENCES[kind]:
            person.ask(do, **fields)
            assert sentence in terminal.seen


@pytest.mark.parametrize(
    ("do", "fields"),
    [
        ("power_source", {"old_battery": True}),
        ("power_source", {"says_hex": "00"}),
        ("presence_sensor", {"says": "-?-"}),
        ("camera", {"scene": "frozen"}),
        ("face_terminal", {"passes": False}),
        ("pin_pad", {"talks": True}),
        ("payment_terminal", {"bank": "declines"}),
        ("speaker", {"silent": True}),
        ("keypad", {"noise": "00"}),
        ("id_reader", {"module": "well"}),
    ],
)
def test_what_a_device_would_have_to_do_by_itself_is_not_asked_of_anybody(do: str, fields: dict[str, Any]) -> None:
    with somebody() as (person, terminal), pytest.raises(pytest.skip.Exception, match=f"no hand can {do}"):
        person.ask(do, **fields)
    assert terminal.seen == ""


def test_what_eyes_and_ears_can_tell_is_asked() -> None:
    with somebody("card page", "y", "n", "2", "room headset-") as (person, _):
        assert person.sees("guide_light", "lit") == ["card", "page"]
        assert person.sees("scanner", "light") is True
        assert person.sees("face_terminal", "wants") is False
        assert len(person.sees("face_terminal", "notices")) == 2
        assert person.sees("speaker", "heard") == ["room", "headset-"]
        with pytest.raises(pytest.skip.Exception, match="nobody can see card_reader apdus"):
            person.sees("card_reader", "apdus")


def test_a_whole_bench_is_proved_by_hand(pytester: pytest.Pytester, sim: Running) -> None:
    """Whoever sits there does what is said to them: here, with the hands of the simulators."""
    pytester.makeini("[pytest]\n")
    bench = pytester.makefile(
        ".toml",
        bench=f"""
operator = "human"
by = "test"

[[device]]
kind = "presence_sensor"
driver = "sysfs_presence"
settings = {{ file = "{sim.ready["presence_sensor"]}", gone_seconds = 0.02, look_seconds = 0.01 }}

[[device]]
kind = "guide_light"
driver = "sysfs_leds"
settings = {{ folder = "{sim.ready["guide_light"]}" }}
""",
    )
    near, far = os.openpty()
    kit = [sys.executable, "-m", "pytest", "-q", *BARE, "-p", "no:cacheprovider", "--kiosk-bench", str(bench)]
    command = ["setsid", "--ctty", "--wait", *kit, "--kiosk-soak", "4"]
    with subprocess.Popen(command, cwd=pytester.path, stdin=far, stdout=subprocess.PIPE, text=True) as process:
        obedient = Obedient(near, sim)
        hands = threading.Thread(target=obedient.sit, daemon=True)
        hands.start()
        said, _ = process.communicate(timeout=100)
        os.close(far)
        hands.join(5)
        os.close(near)
    report = json.loads((pytester.path / "kiosk-report" / "report.json").read_text(encoding="utf-8"))
    assert process.returncode == 0, said
    assert report["operator"] == "human"
    assert [(device["simulated"], device["tier"]) for device in report["devices"]] == [(False, "silver")] * 2
    assert {check["outcome"] for device in report["devices"] for check in device["checks"]} == {"passed", "cannot"}


@dataclass
class Obedient:
    """Reads sentences off a terminal and does them to simulated devices; sees what a person sees."""

    near: int
    sim: Running

    def sit(self) -> None:
        heard = ""
        with self.sim.connect() as hand:
            while True:
                try:
                    heard += os.read(self.near, 65_536).decode("utf-8", "replace")
                except OSError:
                    return
                if heard.rstrip().endswith(":") and ">>>" in heard:
                    os.write(self.near, self.done(hand, heard).encode() + b"\n")
                    heard = ""

    def done(self, hand: Simulator, sentence: str) -> str:
        deeds: dict[str, Callable[[], object]] = {
            "恢复原状": hand.reset,
            "站到机器前": lambda: hand.ask("presence_sensor", somebody=True),
            "走开": lambda: hand.ask("presence_sensor", somebody=False),
            "插上设备": lambda: [hand.ask(part, plugged=True) for part in PARTS],
            "拔下设备": lambda: [hand.ask(part, plugged=False) for part in PARTS],
        }
        for words, deed in deeds.items():
            if words in sentence:
                deed()
                return ""
        return " ".join(hand.state()["guide_light"]["lit"]) if "哪些灯亮着" in sentence else "s"


PARTS = ("presence_sensor", "guide_light")


def test_without_a_terminal_the_bench_says_so(tmp_path: Path) -> None:
    with pytest.raises(SimulatorError, match="no terminal"):
        Person(tmp_path / "nowhere")
