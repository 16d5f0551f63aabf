"""Frames every message: under which key, from which terminal, in which cashier's name."""

from __future__ import annotations

from typing import Any

from kiosk.ports.driver import PartyHost
from kiosk.ports.settlement import Prepared
from settlement.moments import write_moment
from settlement.msgid import MsgIds
from settlement.wire import his as wire
from settlement.wire.codec import encode, read


class Letters:
    """Makes messages whose bytes are final: what is hashed and journalled is what leaves."""

    def __init__(self, host: PartyHost, msgids: MsgIds, cashier: str) -> None:
        self._host = host
        self._msgids = msgids
        self._cashier = cashier

    def write(self, name: str, said: dict[str, Any]) -> Prepared:
        """The message `name` under a new key; amounts leave as text, which every reader keeps exact.

        Raises:
            BrokenMessage: `said` does not fit the contract.
        """
        host = self._host
        key = f"{wire.KEY_PREFIX}{self._msgids.next()}"
        head = {
            "key": key,
            "fixmedins_code": host.fixmedins_code,
            "terminal": host.terminal,
            "terminal_name": host.terminal_name,
            "cashier": self._cashier,
            "sent_at": write_moment(host.clock.now()),
        }
        return Prepared(name, key, encode(read(wire.ASKED[name], head | said), "string"))
