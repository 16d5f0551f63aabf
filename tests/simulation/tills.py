"""Two kiosks, a window and an app that all want to charge the same bill, at a hospital that lets one of them.

The kiosks are real: cashier, saga, a journal that kills. The hospital follows the hold rules of the reference backend:
a hold that ran out frees the bill only when no money of its owner is open. Window and app are played here.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

from kiosk.domain.money import Money
from kiosk.domain.settlement import Settlement
from kiosk.engine.money import Parties
from kiosk.faults import FaultCode
from kiosk.flow.effects import OpenSettlement
from kiosk.ports import hospital
from kiosk.ports.answers import Refused
from kiosk.ports.hospital import Held
from kiosk.saga.entry import Course
from kiosk.saga.facts import Fact, Stamp
from tests.kiosk.saga.history import History, Manner, Scenario
from tests.kiosk.saga.memory_book import Crash, Death, MemoryBook, Side
from tests.kiosk.saga.scenarios import CALLS
from tests.simulation.baton import Runner
from tests.simulation.seeds import thrown
from tests.support.fakes import MemoryHospital, World
from tests.support.far_parties import (
    OWN_PART,
    FarEnds,
    Misfortune,
    OrderState,
    PayOrder,
    Sent,
    Settled,
    SettlementState,
    Trouble,
)
from tests.support.people import BATCH, MORNING, amounts, bill

_PATIENCE = 180.0
_LONGEST = 4 * 3600.0
_STEPS = 20_000
_TICK = 0.001
_ARRIVALS = (0.0, 0.0, 0.05, 0.25, 0.75, 5.0, 70.0, 600.0, 950.0, 2_000.0)
_HELD = 900
BILL = BATCH.batch_no


class SharedHospital(MemoryHospital):
    """`careful` is the rule that a hold's end does not free a bill with money on it; without it the tests must fail."""

    def __init__(self, far: FarEnds, *, careful: bool = True) -> None:
        super().__init__(far)
        self.careful = careful
        self.owners: dict[str, str] = {}
        self.objections: list[str] = []

    def hold(self, key: str, batch_no: str, seconds: int, *, taken_back: bool = False) -> Held | hospital.Failure:
        del batch_no, taken_back  # nobody has a phone here

        def effect() -> Held | Refused:
            return Held(f"H-{key}") if self.grant(key, seconds) else Refused(FaultCode.BILL_TAKEN)

        return self._far.meet(Sent("hold", key, ""), effect, refused=FaultCode.BILL_TAKEN)

    def grant(self, key: str, seconds: int) -> bool:
        ledger = self._ledger
        holder = ledger.holders.get(BILL)
        if key in ledger.released or ledger.booked(BILL):
            return False
        if holder not in {None, key}:
            if self.holds(BILL) or (self.careful and self._money_open(holder)):
                return False
            if self._money_open(holder):
                self.objections.append(f"I8: {key} was given a bill on which {holder} has money")
            ledger.released.add(holder or "")
        ledger.holders[BILL] = key
        ledger.held_until[BILL] = self._far.clock.monotonic() + seconds
        return True

    def _money_open(self, holder: str | None) -> bool:
        ledger = self._ledger
        orders = [order for order, owner in self.owners.items() if owner == holder and order in ledger.orders]
        paid = any(ledger.orders[order].state is OrderState.PAID for order in orders if not ledger.refunded(order))
        pending = any(ledger.orders[order].state is OrderState.PENDING for order in orders)
        return paid or pending or bool(ledger.standing(BILL))


class _PausingBook(MemoryBook):
    """Others may move before each row: between a far party's answer and its note, and between note and send."""

    runner: Runner | None = None

    def append(self, sid: str, fact: Fact, at: Stamp) -> None:
        if self.runner is not None:
            self.runner.pause()
        super().append(sid, fact, at)


class Kiosk(History):
    """A kiosk and its patient, at a hospital and a platform that others use too."""

    def __init__(self, scenario: Scenario, world: World, begins: float) -> None:
        self._shared = world
        super().__init__(scenario)
        self.begins: float | None = begins
        self.runner: Runner | None = None

    def _new_world(self) -> World:
        return self._shared

    def _new_book(self) -> MemoryBook:
        return _PausingBook(self.scenario.deaths)

    @property
    def key(self) -> str:
        return f"{self.book.rows[0][0]}-hold" if self.book.rows else ""

    def due(self) -> float | None:
        if self._orders:
            return 0.0
        times = (self.begins, self.cashier.next_due(), self.patient.acts_at)
        return min((time for time in times if time is not None), default=None)

    def step(self) -> None:
        """To the next pause of the turn in hand, or through a new one."""
        if self.runner is None or self.runner.over:
            self.runner = Runner(self._move)
            assert isinstance(self.book, _PausingBook)
            self.book.runner = self.runner
        self.runner.step()

    @property
    def midway(self) -> bool:
        return self.runner is not None and not self.runner.over

    def abandon(self) -> None:
        if self.runner is not None:
            self.runner.abandon()

    def _move(self) -> None:
        now = self.world.clock.monotonic()
        try:
            if self.begins is not None and self.begins <= now:
                self.begins = None
                self.patient.acts_at = now + _PATIENCE
                self._orders.append(OpenSettlement(self.patient.ticket, (bill(BATCH),)))
            if self._orders:
                self.cashier.serve(self._orders.popleft())
            elif self.patient.acts_at is not None and self.patient.acts_at <= now:
                self._orders.extend(self.patient.wake())
            else:
                self.cashier.tick()
                self.cashier.advance_due()
        except Crash:
            self._restart()

    def sends(self, sent: Sent) -> None:
        """Ours is the rule of one till; `History` has the others."""
        self.witness(sent)
        if sent.call in {"collect", "settle"} and self.world.ledger.holders.get(BILL) != self.key:
            self.witness.objections.append(f"I8: {sent.call} for a bill that another till holds")
        if self.runner is not None:
            self.runner.pause()


class Other:
    """A window or an app: holds, takes the money, settles, books, and is called away in between as the dice say."""

    def __init__(self, name: str, hall: Hall, begins: float) -> None:
        self.name, self.key, self._hall = name, f"{name}-hold", hall
        self._next: float | None = begins
        self._steps = self._serve()
        self.midway = False

    def due(self) -> float | None:
        return self._next

    def step(self) -> None:
        away = next(self._steps, None)
        self._next = None if away is None else self._hall.world.clock.monotonic() + away

    def sends(self, sent: Sent) -> None:
        raise AssertionError(f"{self.name} sends nothing over the kiosks' line: {sent}")

    def _away(self) -> float:
        return self._hall.dice.choice((0.0, 0.0, 0.0, 1.0, 30.0, 1_000.0))

    def _serve(self) -> Iterator[float]:
        ledger, hospital, dice = self._hall.world.ledger, self._hall.hospital, self._hall.dice
        if not hospital.grant(self.key, _HELD):
            return
        yield self._away()
        if dice.random() < 0.2 or not hospital.grant(self.key, _HELD):  # nobody came back, or not in time
            return
        ledger.orders[self.name] = PayOrder(OWN_PART, OrderState.PAID)
        hospital.owners[self.name] = self.key
        yield self._away()
        made = Settlement(f"S-{self.name}", self.name, MORNING, amounts(OWN_PART))
        ledger.settlements[self.name] = Settled(made, BILL)
        yield self._away()
        if ledger.holders.get(BILL) == self.key and not ledger.booked(BILL):
            ledger.bookings[self.name] = (BILL, made.setl_id, None)
            return
        ledger.settlements[self.name].state = SettlementState.CANCELLED
        yield self._away()
        ledger.refunds[self.name] = (self.name, OWN_PART)


class SharedWorld(World):
    def __init__(self, misfortunes: Iterable[Misfortune], *, careful: bool) -> None:
        super().__init__(misfortunes)
        self.shared = SharedHospital(self.far, careful=careful)
        self.hospital = self.shared
        self.parties = Parties(self.platform, self.shared, {"scan": self.payment})


class Hall:
    """All of one history, from its seed. `play` gives what was wrong, in words."""

    def __init__(self, seed: int, *, careful: bool = True) -> None:
        self.dice = random.Random(seed)
        self.world = SharedWorld(_misfortunes(self.dice), careful=careful)
        self.hospital = self.world.shared
        start = self.world.clock.monotonic()
        begins = [start + self.dice.choice(_ARRIVALS) for _ in range(4)]
        self.kiosks = [Kiosk(_scenario(self.dice), self.world, at) for at in begins[:2]]
        self.others = [Other(name, self, at) for name, at in zip(("window", "app"), begins[2:], strict=True)]
        self.tills: tuple[Kiosk | Other, ...] = (*self.kiosks, *self.others)
        self.moving: Kiosk | Other = self.tills[0]
        self.world.far.watch = self._watch
        self._until = start + _LONGEST

    def _watch(self, sent: Sent) -> None:
        if sent.call == "collect":
            self.hospital.owners[sent.key] = self.moving.key
        self.moving.sends(sent)

    def play(self) -> list[str]:
        for _ in range(_STEPS):
            if not self._move():
                return list(self._judge())
        for kiosk in self.kiosks:
            kiosk.abandon()
        return ["it never ends"]

    def _move(self) -> bool:
        """One step of one till, or the time until one of them has something to do; False when none ever has."""
        now = self.world.clock.monotonic()
        ready = [till for till in self.tills if till.midway or ((due := till.due()) is not None and due <= now)]
        if ready:
            self.moving = self.dice.choice(ready)
            if not self.moving.midway:
                self.world.far.pass_by(_TICK)  # a clock never stands still
            self.moving.step()
            return True
        times = (self.world.far.landing, *(till.due() for till in self.tills))
        due = min((time for time in times if time is not None), default=None)
        if due is None or due > self._until:
            return False
        self.world.far.pass_by(max(_TICK, due - now))
        return True

    @property
    def payer(self) -> str:
        """Whose booking stands."""
        keys = list(self.world.ledger.bookings)
        return "nobody" if not keys else keys[0] if keys[0] in {"window", "app"} else "kiosk"

    def _judge(self) -> Iterator[str]:
        ledger = self.world.ledger
        standing = [settled.settlement.setl_id for settled in ledger.standing(BILL)]
        booked = [setl_id for _, setl_id, _ in ledger.bookings.values()]
        if len(standing) > 1:
            yield f"I1: the fund pays {len(standing)} times"
        if sorted(standing) != sorted(booked):
            yield f"I2: settled {standing}, booked {booked}"
        kept = ledger.collected() - ledger.refunded()
        if kept != Money(OWN_PART.fen * len(standing)):
            yield f"I1: {kept.fen} fen kept for {len(standing)} settlements"
        yield from self.hospital.objections
        for kiosk in self.kiosks:
            yield from kiosk.witness.objections
            for entry in kiosk.entries():
                if entry.course not in {Course.CLOSED, Course.MANUAL}:
                    yield f"I7: still {entry.state_name()}"


_TROUBLES = (Trouble.NOT_SENT, Trouble.LOST_REQUEST, Trouble.LOST_REPLY, Trouble.LATE)


def _misfortunes(dice: random.Random) -> list[Misfortune]:
    """Up to four, each for one call of whichever till comes as that one; a repeat succeeds."""
    chosen = list[Misfortune]()
    for _ in range(dice.randrange(5)):
        trouble = dice.choice(_TROUBLES)
        delay = dice.choice((20.0, 300.0, 590.0)) if trouble is Trouble.LATE else 0.0
        chosen.append(Misfortune(dice.choice(CALLS), trouble, dice.randrange(1, 4), delay))
    return chosen


def _scenario(dice: random.Random) -> Scenario:
    killed = tuple(Death(dice.randrange(1, 31), dice.choice(tuple(Side))) for _ in range(dice.choice((0, 0, 1, 2))))
    manners = (one for one in Manner if one is not Manner.TAKES_TO_PHONE)  # nobody has a phone here
    return Scenario(deaths=killed, manner=dice.choice((Manner.PAYS, Manner.PAYS, *manners)))


def play(seed: int, *, careful: bool = True) -> tuple[str, list[str]]:
    """Who paid in the end, and what was wrong."""
    with thrown(seed):
        hall = Hall(seed, careful=careful)
        wrong = hall.play()
    return hall.payer, wrong
