"""A simulated card terminal: its screen, its slot, its keys, its journal, and the bank at the far end of its own line.

The journal outlives the cable and the power, as a terminal's must: an order that was asked for is answered for ever.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from devices.sim.loop import Loop
from devices.sim.sealed.port import SealedPort

_WAITS_SECONDS: Final = 60.0

Fields = tuple[str, ...]


class Bank(StrEnum):
    """What the bank says to the next card."""

    APPROVES = "approves"
    DECLINES = "declines"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class BankCard:
    """Held before the terminal; its numbers stay there."""

    number: str
    pin: str = ""
    contactless: bool = False


@dataclass
class Order:
    """One line of the terminal's journal."""

    key: str
    fen: int
    step: str = "present_card"
    why: str = ""
    text: str = ""
    paid: bool = False
    trade_no: str = ""
    tail: str = ""
    refunded: dict[str, int] = field(default_factory=dict)

    @property
    def decided(self) -> bool:
        return self.paid or bool(self.why)

    def told(self) -> Fields:
        if self.step and (not self.decided or self.step == "take_card"):
            return ("P", self.key, self.step)
        if self.paid:
            return ("D", self.key, str(self.fen), "unionpay", self.trade_no, self.tail)
        return ("N", self.key, self.why, self.text)


class SimulatedPaymentTerminal:
    """`changed` is told what happens at the terminal without the kiosk having asked for it."""

    def __init__(self, loop: Loop, link: Path, changed: Callable[[str], None]) -> None:
        self._loop, self._changed = loop, changed
        self.port = SealedPort(loop, link, self._serve)
        self.clear()

    def clear(self) -> None:
        """Another terminal, with an empty journal."""
        self._orders: dict[str, Order] = {}
        self._present: Order | None = None
        self._card: BankCard | None = None
        self._trades = 0
        self.bank, self.bank_ms = Bank.APPROVES, 0
        self.broken = self.leaks = False

    @property
    def step(self) -> str:
        """What its small screen asks for; empty at rest."""
        return self._present.step if self._present else ""

    def journal(self) -> list[dict[str, str | int | bool]]:
        return [
            {"order": each.key, "fen": each.fen, "paid": each.paid, "refunded": sum(each.refunded.values())}
            for each in self._orders.values()
        ]

    def hold(self, card: BankCard) -> str | None:
        """A card comes; why it cannot, when it cannot."""
        if self.step != "present_card" or self._present is None:
            return "the terminal asks for no card"
        self._card = card
        if card.pin and not card.contactless:
            self._present.step = "enter_pin"
            self._changed("terminal_wants_pin")
        else:
            self._ask_bank(self._present, right=True)
        return None

    def enter(self, pin: str) -> str | None:
        """Digits on the terminal's own keys."""
        if self.step != "enter_pin" or self._present is None or self._card is None:
            return "the terminal asks for no PIN"
        self._ask_bank(self._present, right=pin == self._card.pin)
        return None

    def press_red(self) -> str | None:
        if self._present is None or self.step not in {"present_card", "enter_pin"}:
            return "there is nothing to cancel"
        self._end(self._present, "cancelled", "已取消")
        return None

    def take_card(self) -> str | None:
        if self.step != "take_card" or self._present is None:
            return "no card is in the terminal"
        self._finish(self._present)
        return None

    def _ask_bank(self, order: Order, *, right: bool) -> None:
        order.step = "asking_bank"
        if self.bank is not Bank.SILENT:
            self._loop.after(self.bank_ms / 1000, lambda: self._hear_bank(order, right=right))

    def _hear_bank(self, order: Order, *, right: bool) -> None:
        card = self._card
        if order.decided or card is None:
            return
        order.tail = card.number[-4:]
        if self.bank is Bank.DECLINES or not right:
            order.why, order.text = "declined", "余额不足" if right else "密码错误"
            if self.leaks:
                order.text += f" {card.number}"
        else:
            self._trades += 1
            order.paid, order.trade_no = True, f"{self._trades:012d}"
            if self.leaks:
                order.tail = card.number
        self._changed("terminal_decided")
        if card.contactless:
            self._finish(order)
        else:
            order.step = "take_card"

    def _end(self, order: Order, why: str, text: str) -> None:
        order.why, order.text = why, text
        self._finish(order)

    def _finish(self, order: Order) -> None:
        order.step = ""
        self._present, self._card = None, None
        self._changed("terminal_rests")

    def _serve(self, fields: Fields) -> Fields | None:
        match fields:
            case ("S",):
                return ("S", "broken" if self.broken else "busy" if self._present else "ready")
            case ("C", key, fen) if fen.isascii() and fen.isdecimal() and fen[0] != "0":
                return self._collect(key, int(fen))
            case ("Q", key):
                return self._known(key).told()
            case ("A", key):
                return self._abort(self._known(key))
            case ("R", key, refund, fen) if fen.isascii() and fen.isdecimal():
                return self._refund(key, refund, int(fen))
            case _:
                raise ValueError(f"no such question: {fields[:1]}")

    def _known(self, key: str) -> Order:
        """An order nobody has begun is closed by being asked for."""
        return self._orders.setdefault(key, Order(key, 0, step="", why="closed", text="无此订单"))

    def _collect(self, key: str, fen: int) -> Fields:
        if key in self._orders:
            return self._orders[key].told()
        if self._present is not None:
            return ("N", key, "busy", "正在处理另一笔")
        order = self._orders[key] = self._present = Order(key, fen)
        self._loop.after(_WAITS_SECONDS, lambda: self._give_up(order))
        self._changed("terminal_wants_card")
        return order.told()

    def _give_up(self, order: Order) -> None:
        if self._present is order and order.step in {"present_card", "enter_pin"}:
            self._end(order, "timeout", "等待超时")

    def _abort(self, order: Order) -> Fields:
        if order is self._present and order.step in {"present_card", "enter_pin"}:
            self._end(order, "closed", "已关闭")
        return order.told()

    def _refund(self, key: str, refund: str, fen: int) -> Fields:
        order = self._orders.get(key)
        if order is None or not order.paid:
            return ("X", refund, "notpaid")
        if refund in order.refunded:
            return ("F", refund) if order.refunded[refund] == fen else ("X", refund, "toomuch")
        if self.bank is Bank.SILENT:
            return ("W", refund)
        if sum(order.refunded.values()) + fen > order.fen:
            return ("X", refund, "toomuch")
        order.refunded[refund] = fen
        return ("F", refund)
