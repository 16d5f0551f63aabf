"""A person at the bench: each request is shown as a sentence, and done by whoever reads it."""

from __future__ import annotations

import os
import select
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import pytest
import segno

from devices.conformance.bench import Ability
from devices.conformance.receipt_printer import rows_of
from devices.sim.client import Hand, SimulatorError, Value

TTY: Final = Path("/dev/tty")
_PATIENCE_SECONDS: Final = 120.0
_LONGEST: Final = 4096

BEYOND_HANDS: Final = frozenset(
    {
        Ability.YANK_AT_APDU,
        Ability.SLOW_CARD,
        Ability.SILENT_CARD,
        Ability.NOISE,
        Ability.LINE_SPEED,
        Ability.STALE_CODE,
        Ability.LIFT_WHILE_READING,
        Ability.SPOILT_ANSWERS,
        Ability.FORGETFUL_READER,
        Ability.SICK_READER,
        Ability.OTHER_BAUD,
        Ability.FLAWED_CARDS,
        Ability.FLAWED_ID_CARDS,
        Ability.ANY_CARD,
        Ability.ANY_ID_CARD,
        Ability.SILENCE,
        Ability.MISHAP_WHILE_PRINTING,
        Ability.LEAK,
        Ability.WIRE_SEEN,
    }
)
"""What needs a test card of every kind, a millisecond's aim, or a device that lies on command."""

Fields = dict[str, Any]
_Told = Callable[[Fields], str | None]
"""The sentence for a request, None for what no hand can do."""


def _switch(yes: str, no: str, key: str) -> _Told:
    return lambda fields: None if fields.get(key) is None else yes if fields[key] else no


def _one_of(key: str, sentences: dict[str, str]) -> _Told:
    return lambda fields: sentences.get(str(fields.get(key)))


def _first(*tried: _Told) -> _Told:
    return lambda fields: next((said for told in tried if (said := told(fields)) is not None), None)


_CABLE: Final = _switch("插上设备的线 Plug the device in", "拔下设备的线 Unplug the device", "plugged")
_SENTENCES: Final[dict[str, _Told]] = {
    "reset": lambda _: (
        "恢复原状：卡和证件都拿走，装好纸，合上盖，插好线 Everything as at the start: no cards, paper in, "
        "cover closed, cables in"
    ),
    "insert": lambda _: "插入测试卡 Insert the test card",
    "remove": lambda _: "拔出卡 Take the card out",
    "lay": lambda _: "放上测试证件 Lay the test ID card down",
    "lift": lambda _: "拿开证件 Lift the ID card",
    "scan": lambda _: "把这个码放到窗口前 Hold this code before the window",
    "take_code": lambda _: "把码拿开 Take the code away",
    "hold_bank_card": lambda fields: (
        "拍测试银行卡 Tap the test bank card" if fields["contactless"] else "插入测试银行卡 Insert the test bank card"
    ),
    "terminal_keys": _one_of(
        "key",
        {
            "pin": "在刷卡机上输密码 Enter the PIN on the card terminal",
            "red": "按刷卡机的红键 Press the terminal's red key",
            "take_card": "从刷卡机取出卡 Take the card out of the terminal",
        },
    ),
    "before_terminal": _one_of(
        "shows",
        {
            "face": "请测试人员看着刷脸终端 The test person looks at the face terminal",
            "code": "对着终端出示测试人员的医保码 Show the test person's insurance code to the terminal",
        },
    ),
    "face_terminal": _CABLE,
    "press_keys": lambda fields: f"在密码键盘上按 Press on the PIN pad: {fields['keys']}",
    "press": lambda fields: f"按键盘上的 {fields['key']} Press {fields['key']} on the keypad",
    "camera": _first(
        _CABLE,
        _one_of(
            "scene",
            {
                "person": "让镜头看到亮的、清楚的东西 Let the camera see something lit and sharp",
                "paper": "在镜头前放一张材料 Lay a paper before the camera",
                "covered": "用手盖住镜头 Cover the lens with a hand",
                "blurred": "把东西贴近镜头，到看不清为止 Hold something so near that it is out of focus",
            },
        ),
    ),
    "speaker": _CABLE,
    "presence_sensor": _first(_CABLE, _switch("站到机器前 Stand before the kiosk", "走开 Walk away", "somebody")),
    "power_source": _first(
        _CABLE,
        _switch(
            "拔下电源的通信线 Unplug the supply's data cable",
            "插上电源的通信线 Plug the supply's data cable in",
            "stale",
        ),
        _one_of(
            "mains",
            {
                "on": "接通市电 Switch the mains on",
                "failed": "断开市电 Switch the mains off",
                "ending": "断开市电，等电池快用完 Leave the mains off until the battery is nearly empty",
            },
        ),
    ),
    "guide_light": _CABLE,
    "keypad": _CABLE,
    "page_printer": _CABLE,
    "payment_terminal": _CABLE,
    "pin_pad": _CABLE,
    "paper": _one_of(
        "state",
        {
            "out": "取出纸卷 Take the paper out",
            "near": "装上快用完的纸卷 Load a roll that is near its end",
            "ok": "装上新纸卷 Load a new roll",
        },
    ),
    "cover": _switch("打开打印机盖 Open the printer's cover", "合上打印机盖 Close the printer's cover", "open"),
    "reader": _CABLE,
    "id_reader": _CABLE,
    "scanner": _CABLE,
    "printer": _CABLE,
}
_SIGHTS: Final[dict[tuple[str, str], str]] = {
    ("scanner", "light"): "扫码窗亮着吗 Is the scanner's window lit?  [y · n]",
    ("face_terminal", "wants"): "刷脸终端亮着摄像头或扫码窗吗 Does the face terminal look for somebody?  [y · n]",
    ("face_terminal", "notices"): "终端上出现过几次结果 How many results has the terminal shown?  [0 1 2 …]",
    ("guide_light", "lit"): "哪些灯亮着，空格分开 Which lights are lit?  [card id_card code bank_card receipt page]",
    ("speaker", "heard"): (
        "听到了什么，先响的在前，空格分开；没有听完的加 - What was heard, oldest first; - behind what was cut off  "
        "[room headset room- headset-]"
    ),
}
"""What eyes and ears can tell, by the names of the simulators' `state`."""


class Person(Hand):
    """Speaks on the terminal, because pytest keeps standard output to itself. Waits two minutes for an answer."""

    def __init__(self, terminal: Path = TTY, patience: float = _PATIENCE_SECONDS) -> None:
        try:
            self._fd = os.open(terminal, os.O_RDWR | os.O_NOCTTY)
        except OSError as error:
            raise SimulatorError(f"no terminal at {terminal} to speak to anybody") from error
        self._patience = patience
        self._held = b""

    def close(self) -> None:
        os.close(self._fd)

    def ask(self, do: str, **fields: Value) -> dict[str, Any]:
        if do == "printed":
            return {"ok": True, "papers": self._papers()}
        if do == "sheets":
            words = self._question("出来的 A4 纸上的词，先出的在前，空格分开 The words on the A4 sheets, oldest first")
            return {"ok": True, "sheets": words.split()}
        if do == "state":
            return {"ok": True}
        sentence = _SENTENCES[do](fields) if do in _SENTENCES else None
        if sentence is None:
            pytest.skip(f"no hand can {do} {' '.join(sorted(fields))}".rstrip())
        if do == "scan":
            self._say(_drawn(str(fields["code"])))
        answer = self._question(f"{sentence}  [Enter · s 做不到 cannot]")
        if answer.strip().lower() == "s":
            pytest.skip(f"nobody could {do}")
        return {"ok": True}

    def put(self, part: str, **qualities: Value) -> None:
        """Whatever stands on the bench stays there."""

    def sees(self, part: str, name: str) -> Any:
        """What whoever sits there sees or hears."""
        if (part, name) not in _SIGHTS:
            pytest.skip(f"nobody can see {part} {name}")
        words = self._question(_SIGHTS[part, name]).lower().split()
        match name:
            case "light" | "wants":
                return words[:1] in (["y"], ["是"])
            case "notices":
                return [""] * int(words[0]) if words and words[0].isdecimal() else []
            case _:
                return words

    def _papers(self) -> list[dict[str, Any]]:
        """What lies in the tray, read off by eye: the name in the first row of each slip that is whole."""
        papers: list[dict[str, Any]] = []
        while name := self._question(
            f"第 {len(papers) + 1} 张：完整就输入首行的字，不完整输入 ?，没有了直接回车 "
            f"Slip {len(papers) + 1}: its first row if it is whole, ? if it is not, Enter if there is none"
        ).strip():
            whole = name != "?"
            papers.append(
                {
                    "png": "",
                    "escpos": "",
                    "rows": rows_of(name) if whole else (name,),
                    "codes": (),
                    "complete": whole,
                    "length_mm": 0,
                    "violations": (),
                }
            )
        return papers

    def _question(self, sentence: str) -> str:
        self._forget_keys()
        self._say(f"\n>>> {sentence}: ")
        give_up = time.monotonic() + self._patience
        while b"\n" not in self._held:
            left = give_up - time.monotonic()
            if left <= 0 or not select.select([self._fd], [], [], left)[0]:
                pytest.skip("nobody answered")
            self._held += os.read(self._fd, _LONGEST)
        line, _, self._held = self._held.partition(b"\n")
        return line.decode("utf-8", "replace")

    def _forget_keys(self) -> None:
        """Enter pressed before the sentence was there answers nothing."""
        self._held = b""
        while select.select([self._fd], [], [], 0)[0]:
            with suppress(OSError):
                os.read(self._fd, _LONGEST)

    def _say(self, text: str) -> None:
        os.write(self._fd, text.encode())


def _drawn(code: str) -> str:
    """The code as a picture of half blocks, to be scanned off the screen."""
    matrix = [bytes(row) for row in segno.make(code, error="m", boost_error=False).matrix_iter(border=2)]
    if len(matrix) % 2:
        matrix.append(bytes(len(matrix[0])))
    marks = {(0, 0): "█", (0, 1): "▀", (1, 0): "▄", (1, 1): " "}
    rows = ("".join(marks[pair] for pair in zip(*matrix[i : i + 2], strict=True)) for i in range(0, len(matrix), 2))
    return "\n" + "\n".join(rows) + "\n"
