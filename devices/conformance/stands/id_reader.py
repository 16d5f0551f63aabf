"""ID cards laid on a plate and lifted from it."""

from __future__ import annotations

from random import Random
from typing import Final

from devices.conformance.bench import Ability
from devices.conformance.groups import Group
from devices.conformance.id_bench import IdReaderBench
from devices.conformance.id_reader import IdReaderContract
from devices.conformance.kinds import Kind, its_own
from devices.conformance.stand import Stand
from devices.conformance.waiting import after
from devices.sim.client import Hand
from kiosk.domain.personal import PersonName, ResidentId
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Clock
from kiosk.ports.id_reader import IdCardNotRead, IdCardPlaced, IdCardRead, IdReader

_PATIENCE: Final = 10.0
_OTHERS: Final = ("1981-01-01", "示范街道", "李𬭎", "MONIMONI")
"""What else the simulated cards hold of people: dates, addresses, names."""


class IdCardStand(Stand):
    """An `IdReaderBench`. Where a person lays a card of their own down, the bench file tells whose."""

    part = "id_reader"
    able = frozenset(
        {
            Ability.UNPLUG,
            Ability.LIFT_WHILE_READING,
            Ability.ANY_ID_CARD,
            Ability.FLAWED_ID_CARDS,
            Ability.FORGETFUL_READER,
            Ability.SPOILT_ANSWERS,
            Ability.LINE_SPEED,
            Ability.SLOW_CARD,
            Ability.SILENCE,
            Ability.SICK_READER,
            Ability.OTHER_BAUD,
        }
    )

    def __init__(
        self, hand: Hand, clock: Clock, *, name: str = "张三", resident_id: str = "111111198101011110"
    ) -> None:
        super().__init__(hand, clock)
        self.holder, self.resident_id = PersonName(name), ResidentId(resident_id)
        self.secrets = (name, resident_id, resident_id[6:14], *_OTHERS)

    def lay(self, **how: str | int | bool) -> None:
        self.hand.ask("lay", **{"person": "zhangsan", **how})

    def lift(self) -> None:
        self.hand.lift()

    def find_again(self) -> None:
        self.hand.ask("id_reader", finds_again=True)

    def spoil(self, kind: str, step: str, at: int) -> None:
        self.hand.ask("spoil", kind=kind, answer=step, at=at)

    def slow_line(self, *, fragment: int, pause_ms: float) -> None:
        self.hand.ask("id_reader", fragment=fragment, pause_ms=pause_ms)

    def slow_down(self, read_ms: int) -> None:
        self.hand.ask("id_reader", read_ms=read_ms)

    def fall_silent(self) -> None:
        self.hand.ask("id_reader", silent=True)

    def speak_again(self) -> None:
        self.hand.ask("id_reader", silent=False)

    def fall_ill(self, how: str) -> None:
        self.hand.ask("id_reader", module=how)

    def recover(self) -> None:
        self.hand.ask("id_reader", module="well")

    def speak_at(self, baud: int) -> None:
        self.hand.ask("id_reader", baud=baud)

    def asked(self) -> int:
        count: int = self.hand.state()["id_reader"]["asked"]
        return count


def _session(bench: IdReaderBench, reader: IdReader, random: Random, mishap: bool) -> None:
    """A card is laid down, read and lifted; as a mishap it is lifted at some step of the reading."""
    bench.lay(**{"lift_at": random.choice(("find", "select", "read"))} if mishap else {})
    if not mishap:  # a card that is lifted when it is found may never be told
        assert reader.wait(after(bench.clock, _PATIENCE), Cancel()) == IdCardPlaced()
    reading = reader.read(after(bench.clock, _PATIENCE), Cancel())
    if mishap:
        assert reading == IdCardNotRead(FaultCode.ID_CARD_LIFTED)
    else:
        assert isinstance(reading, IdCardRead), reading
        assert reading.identity.name == bench.holder
    bench.lift()
    # The plate has to be seen empty before the next card counts as laid anew.
    assert reader.wait(after(bench.clock, 0.05), Cancel()) is None


KIND: Final = Kind(
    contract=IdReaderContract,
    device="reader",
    stand=IdCardStand,
    group=Group.ID_CARD,
    claims=frozenset({"sister_cards", "other_speeds"}),
    calls={"wait": its_own("wait"), "read": its_own("read")},
    mute=lambda bench: bench.fall_silent(),
    session=_session,
)
