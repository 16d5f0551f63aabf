"""The items of a bill as rows of words."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.visit import FeeLine
from kiosk.messages import Texts
from screens import words


@dataclass(frozen=True, slots=True)
class ItemRow:
    """`quantity` is how much of it at which price, and how the insurance treats it."""

    name: str
    quantity: str
    amount: str


def item(line: FeeLine, texts: Texts) -> ItemRow:
    price, quantity, unit = line.price.text(), line.quantity.text(), words.shown(line.unit)
    if unit:
        count = texts.say("explain.quantity", price=price, quantity=quantity, unit=unit)
    else:
        count = texts.say("explain.quantity_bare", price=price, quantity=quantity)
    said = texts.say("terms.and").join((count, terms(line, texts)))
    return ItemRow(words.shown(f"{line.name} {line.spec}"), said, words.amount(line.amount, texts))


def terms(line: FeeLine, texts: Texts) -> str:
    """甲, 乙 or 自费, its price limit, and what of it is the person's own; a dash where nobody has told."""
    told = line.terms
    if told is None:
        return texts.say("terms.untold")
    level = f"terms.level.{told.level}"
    said = [texts.say(level if level in texts else "terms.untold")]
    if told.limit is not None:
        said.append(texts.say("terms.limit", price=told.limit.text()))
    own = (("first", told.preselfpay_amt), ("over", told.overlmt_amt), ("outside", told.fulamt_ownpay_amt))
    said += [texts.say(f"terms.{name}", amount=words.amount(amount, texts)) for name, amount in own if amount]
    return texts.say("terms.and").join(said)
