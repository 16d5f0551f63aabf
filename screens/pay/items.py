"""The items of a bill as rows of words."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.visit import FeeLine
from kiosk.messages import Texts
from screens import words


@dataclass(frozen=True, slots=True)
class ItemRow:
    name: str
    quantity: str
    amount: str


def item(line: FeeLine, texts: Texts) -> ItemRow:
    price, quantity, unit = line.price.text(), line.quantity.text(), words.shown(line.unit)
    if unit:
        count = texts.say("explain.quantity", price=price, quantity=quantity, unit=unit)
    else:
        count = texts.say("explain.quantity_bare", price=price, quantity=quantity)
    return ItemRow(words.shown(f"{line.name} {line.spec}"), count, words.amount(line.amount, texts))
