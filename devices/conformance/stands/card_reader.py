"""Cards put into a reader and pulled out of it."""

from __future__ import annotations

from random import Random
from typing import Final

from devices.conformance.bench import Ability
from devices.conformance.card_reader import CardBench, CardReaderContract
from devices.conformance.groups import Group
from devices.conformance.kinds import Kind, its_own
from devices.conformance.stand import Stand
from devices.conformance.waiting import after
from devices.sim.client import Hand
from kiosk.domain.personal import CardNumber, PersonName, ResidentId
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.card_reader import CardEvent, CardInserted, CardNotRead, CardRead, CardReader, CardRemoved
from kiosk.ports.clock import Clock

_PATIENCE: Final = 10.0
_SERIAL: Final = "000000D15600000500BF7C7A48FB4901"
_APDUS: Final = 10
"""Fewer than any card is sent for one reading, so that a card pulled there is pulled in the middle."""


class CardStand(Stand):
    """A `CardBench`. Where a person inserts a card of their own, the bench file tells whose: `name`, `resident_id`,
    `card_number`.
    """

    part = "reader"
    able = frozenset(
        {
            Ability.UNPLUG,
            Ability.YANK_AT_APDU,
            Ability.QUICK_EXCHANGE,
            Ability.ANY_CARD,
            Ability.MUTE_CARD,
            Ability.FOREIGN_CARD,
            Ability.FLAWED_CARDS,
            Ability.SLOW_CARD,
            Ability.SILENT_CARD,
            Ability.SILENCE,
        }
    )

    def __init__(
        self,
        hand: Hand,
        clock: Clock,
        transport: str = "socket",
        *,
        name: str = "张三",
        resident_id: str = "111111198101011110",
        card_number: str = "M00000019",
    ) -> None:
        super().__init__(hand, clock)
        self.transport = transport
        self.holder, self.resident_id = PersonName(name), ResidentId(resident_id)
        self.card_number = CardNumber(card_number)
        self.secrets = (name, resident_id, card_number, _SERIAL)

    def insert(self, **how: str | int | bool) -> None:
        options = {name: [value] if name == "p1" and isinstance(value, int) else value for name, value in how.items()}
        self.hand.insert("zhangsan", transport=self.transport, **options)

    def remove(self) -> None:
        self.hand.remove(self.transport)

    def apdus(self) -> int:
        count: int = self.hand.state()["apdus"][self.transport]
        return count

    def violations(self) -> list[str]:
        """A card refuses what it does not understand; it keeps no list."""
        return []


def _session(bench: CardBench, reader: CardReader, random: Random, mishap: bool) -> None:
    """A card goes in, is read and taken out; as a mishap it is pulled at some APDU."""
    bench.insert(**{"yank_at": random.randint(1, _APDUS)} if mishap else {})
    assert _next(bench, reader) == CardInserted()
    reading = reader.read(after(bench.clock, _PATIENCE), Cancel())
    if mishap:
        assert reading == CardNotRead(FaultCode.CARD_PULLED)
    else:
        assert isinstance(reading, CardRead), reading
        assert reading.identity.name == bench.holder
        bench.remove()
    assert _next(bench, reader) == CardRemoved()


def _next(bench: CardBench, reader: CardReader) -> CardEvent | None:
    return reader.wait(after(bench.clock, _PATIENCE), Cancel())


KIND: Final = Kind(
    contract=CardReaderContract,
    device="reader",
    stand=CardStand,
    group=Group.CARD,
    claims=frozenset({"contactless"}),
    calls={"wait": its_own("wait"), "read": its_own("read")},
    mute=lambda bench: bench.insert(silent_at=1),
    session=_session,
)
