"""A bill that its patient began on a phone: the insurance's part is settled, the own part is still to be paid."""

from __future__ import annotations

from typing import Any

from settlement.wire.codec import Message


class OrderedOnPhone(Message):
    """The order (6202) stands at the mobile payment centre. `settled` is setlinfo and setldetail of its settlement,
    `msgid` the message that made it; whoever collects the own part books the bill with them.
    """

    msgid: str
    settled: dict[str, Any]
