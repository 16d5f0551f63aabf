"""A simulator's control socket with one card slot, one window and one roll of paper: refuses what makes no sense."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtNetwork import QLocalServer, QLocalSocket

Answer = dict[str, Any]

PEOPLE = (
    {"key": "lihong", "name": "李𬭎", "generation": "gen2", "note": "姓名含生僻字"},
    {"key": "zhangsan", "name": "张三", "generation": "gen2", "note": "最普通的一次门诊"},
    {"key": "hejiankang", "name": "何健康", "generation": "gen3", "note": "第三代卡"},
)


class Refusal(Exception):
    """What the real one answers to a request that makes no sense now."""


class FakeSimulator:
    def __init__(self, path: Path) -> None:
        self.card: Answer | None = None
        self.id_cards: list[Answer] = []
        self.codes: list[str] = []
        self.light = False
        self.paper = "ok"
        self.cover_open = False
        self.papers: list[Answer] = []
        self.torn = 0
        self.asks_password = False
        self.before_lens: Answer = {}
        self.camera: Answer = {"plugged": True, "scene": "empty"}
        self.moves: list[str] = []
        self.somebody = False
        self.mains = "on"
        self.lit: list[str] = []
        self.keys: list[str] = []
        self.terminal_step = ""
        self.bank_cards: list[Answer] = []
        self._subscribers: list[QLocalSocket] = []
        self._path = path
        self._server = QLocalServer()
        self._server.newConnection.connect(self._accept)
        self.start()

    def start(self) -> None:
        assert self._server.listen(str(self._path)), self._server.errorString()

    def stop(self) -> None:
        self._server.close()
        for socket in self._server.findChildren(QLocalSocket):
            socket.abort()

    def print_slip(self, png: Path, *, complete: bool = True) -> None:
        self.papers.append({"png": str(png), "complete": complete})
        self.tell("printed")

    def read_code(self) -> str:
        """The kiosk turns the light on and the code that is held is read."""
        code = self.codes.pop(0)
        self.tell("code_read")
        return code

    def tell(self, event: str) -> None:
        for socket in self._subscribers:
            socket.write(json.dumps({"event": event}).encode() + b"\n")

    def _accept(self) -> None:
        socket = self._server.nextPendingConnection()
        socket.readyRead.connect(lambda: self._read(socket))
        socket.disconnected.connect(lambda: self._subscribers.remove(socket) if socket in self._subscribers else None)

    def _read(self, socket: QLocalSocket) -> None:
        while socket.canReadLine():
            request = json.loads(bytes(socket.readLine().data()))
            do = request.pop("do")
            if do == "subscribe":
                self._subscribers.append(socket)
            socket.write(json.dumps(self._answer(do, request), ensure_ascii=False).encode() + b"\n")

    def _answer(self, do: str, fields: Answer) -> Answer:
        obey: Callable[..., Answer | None] = getattr(self, f"_do_{do}")
        try:
            return {"ok": True} | (obey(**fields) or {})
        except Refusal as refusal:
            return {"ok": False, "error": str(refusal)}

    def _do_subscribe(self) -> None:
        pass

    def _do_people(self) -> Answer:
        return {"people": PEOPLE}

    def _do_insert(self, **card: object) -> None:
        if self.card is not None:
            raise Refusal("a card is inserted already")
        self.card = card

    def _do_reader_keys(self, keys: str) -> None:
        self.keys.append(keys)
        self.asks_password = False

    def _do_remove(self) -> None:
        if self.card is None:
            raise Refusal("no card is inserted")
        self.card = None

    def _do_lay(self, **card: object) -> None:
        self.id_cards.append(card)

    def _do_lift(self) -> None:
        self.id_cards.clear()

    def _do_scan(self, code: str) -> Answer:
        self.codes.append(code)
        return {"waiting": len(self.codes)}

    def _do_take_code(self) -> None:
        self.codes.clear()

    def _do_paper(self, state: str) -> None:
        self.paper = state

    def _do_cover(self, open: bool) -> None:  # noqa: A002 - the wire's word
        self.cover_open = open

    def _do_take_paper(self) -> None:
        self.torn += 1

    def _do_person(self, person: str | None, **held: object) -> None:
        self.before_lens = {"person": person} | held if person else {}
        self.camera["scene"] = "person" if person else "empty"

    def _do_shown(self, asked: str | None) -> None:
        self.moves += [asked] if asked else []

    def _do_camera(self, **fields: object) -> None:
        self.camera |= fields

    def _do_presence_sensor(self, somebody: bool) -> None:
        self.somebody = somebody

    def _do_power_source(self, mains: str) -> None:
        self.mains = mains

    def _do_press(self, key: str) -> None:
        self.keys.append(key)

    def _do_hold_bank_card(self, **card: object) -> None:
        self.bank_cards.append(card)
        self.terminal_step = "enter_pin"

    def _do_terminal_keys(self, key: str, pin: str = "") -> None:
        self.terminal_step = "take_card" if pin else ""
        self.keys.append(f"{key} {pin}".strip())

    def _do_printed(self) -> Answer:
        return {"papers": self.papers}

    def _do_state(self) -> Answer:
        return {
            "card": {"socket": self.card is not None},
            "id_reader": {"plugged": True, "cards": len(self.id_cards)},
            "scanner": {"plugged": True, "light": self.light, "waiting": len(self.codes)},
            "reader_keys": {"taking": self.asks_password},
            "camera": dict(self.camera),
            "guide_light": {"plugged": True, "lit": list(self.lit)},
            "presence_sensor": {"plugged": True, "somebody": self.somebody},
            "power_source": {"plugged": True, "mains": self.mains},
            "payment_terminal": {"plugged": True, "step": self.terminal_step},
            "printer": {
                "paper": self.paper,
                "cover_open": self.cover_open,
                "hanging_mm": 0,
                "papers": len(self.papers),
            },
        }
