"""What of a bill others than its patient pay now: an insurer, or the hospital, which lets a part of it wait."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from settlement.wire.codec import Message
from settlement.wire.values import Amount, TextOrEmpty

_Said = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class Policy(Message):
    """A policy by which an insurer pays this hospital directly. `number` is masked: it tells its owner which one."""

    insurer: _Said
    product: _Said
    number: TextOrEmpty = ""


class Deferral(Message):
    """So much of psn_cash_pay may wait at most; `basis` is the hospital's sentence why, and until when."""

    most: Amount
    basis: _Said


class Promised(Message):
    """The parts of psn_cash_pay that nobody has paid when a bill is booked.

    `insurer_fen` is what the insurer of `claim_key` pledged: the hospital learns by `CLAIMED` how that ended.
    `deferred_fen` is what it lets wait itself.
    """

    claim_key: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z._:-]{8,64}$")] | None = None
    insurer: TextOrEmpty = ""
    insurer_fen: Annotated[int, Field(strict=True, ge=0)] = 0
    deferred_fen: Annotated[int, Field(strict=True, ge=0)] = 0
