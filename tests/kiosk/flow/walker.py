"""Somebody who uses the kiosk: sends events, answers what it asks for, and remembers what it did."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar, cast

from kiosk.domain.insured import CardIdentity
from kiosk.domain.money import Money
from kiosk.domain.personal import Voucher
from kiosk.domain.settlement import Settlement
from kiosk.domain.sid import spoken_number
from kiosk.flow.effects import Effect, Wake
from kiosk.flow.events import (
    BillChosen,
    BillsWereSought,
    CardWasRead,
    CodeWasScanned,
    Continued,
    Entered,
    Event,
    MoneyReported,
    PersonWasSought,
    Woke,
)
from kiosk.flow.rules import Door, Rules
from kiosk.flow.states import Kiosk, NextSteps, Screen
from kiosk.flow.step import expects, held, step
from kiosk.flow.ticket import Ticket
from kiosk.ports.card_reader import CardInserted, CardRead, CardRemoved
from kiosk.ports.hospital import Bills, Payment
from kiosk.ports.scanner import CodeScanned
from kiosk.ports.settlement import PersonFound
from kiosk.saga.report import AwaitingPayment, Completed, QuotedBill, QuoteReady, Report, SettledBill, SettlingNow
from tests.support.people import BATCH, BOOKING, IDENTITY, MORNING, ZHANG, amounts, quote

SID = "01KAMMV5RC6Z2J5N4Q8W7T3XYD"
NUMBER = spoken_number(SID)
OWN_PART = Money(1000)
SETTLEMENT = Settlement("S-1", "H0000000000120261123090000001", MORNING, amounts(OWN_PART))
SETTLED = SettledBill(SID, NUMBER, BATCH.batch_no, SETTLEMENT, Payment("order", OWN_PART, "wechat"), BOOKING)
COMPLETED = Completed((SETTLED,))
QUOTED = QuoteReady((QuotedBill(SID, NUMBER, BATCH.batch_no, quote(OWN_PART)),))
CODE = Voucher("134500000000000001")

_PAPERS = ("receipt", "statement", "official")
EffectT = TypeVar("EffectT")
ScreenT = TypeVar("ScreenT")


@dataclass
class Walker:
    """`effects` are those of the last event; `done` all of them."""

    state: Kiosk = field(default_factory=lambda: Kiosk(Rules()))
    effects: tuple[Effect, ...] = ()
    done: list[Effect] = field(default_factory=list[Effect])

    @property
    def screen(self) -> Screen:
        return self.state.screen

    def at(self, kind: type[ScreenT]) -> ScreenT:
        assert isinstance(self.screen, kind), type(self.screen).__name__
        return self.screen

    def send(self, *events: Event) -> Walker:
        for event in events:
            taken = step(self.state, event)
            self.state, self.effects = taken.state, taken.effects
            self.done.extend(taken.effects)
        return self

    def asked(self, kind: type[EffectT]) -> EffectT:
        """The one effect of this kind that the last event asked for."""
        found = [effect for effect in self.effects if isinstance(effect, kind)]
        assert len(found) == 1, self.effects
        return found[0]

    def asked_not(self, kind: type[Effect]) -> bool:
        return not any(isinstance(effect, kind) for effect in self.effects)

    def ticket(self, name: str) -> Ticket:
        holder = self.screen.paid[0] if isinstance(self.screen, NextSteps) and name in _PAPERS else self.screen
        return cast("Ticket", getattr(holder, name))

    def report(self, report: Report, name: str = "money") -> Walker:
        return self.send(MoneyReported(self.ticket(name), report))

    def wake(self, name: str = "ticket") -> Walker:
        return self.send(Woke(self.ticket(name)))

    # --- the way to each page, as a person walks it ---

    def to_card_read(self, identity: CardIdentity = IDENTITY) -> Walker:
        self.send(Entered(Door.OUTPATIENT), CardInserted())
        return self.send(CardWasRead(self.ticket("ticket"), CardRead(identity)))

    def to_bills(self, *batches: object) -> Walker:
        self.to_card_read().send(PersonWasSought(self.ticket("ticket"), PersonFound(ZHANG)))
        return self.send(BillsWereSought(self.ticket("ticket"), Bills(cast("tuple[()]", batches) or (BATCH,))))

    def to_quote(self) -> Walker:
        return self.to_bills().send(BillChosen(BATCH.batch_no)).report(QUOTED, "ticket")

    def to_code(self) -> Walker:
        return self.to_quote().send(Continued(), Continued()).report(AwaitingPayment(SID))

    def to_collecting(self) -> Walker:
        return self.to_code().send(CodeWasScanned(self.ticket("scan"), CodeScanned(CODE)))

    def to_settling(self) -> Walker:
        return self.to_collecting().report(SettlingNow(SID))

    def to_next_steps(self) -> Walker:
        return self.to_settling().report(COMPLETED)

    def take_card(self) -> Walker:
        return self.send(CardRemoved())


def waits_for(state: Kiosk, ticket: Ticket) -> bool:
    return expects(state, Woke(ticket)) and ticket in held(state.screen)


def alarms(effects: list[Effect]) -> dict[Ticket, float]:
    return {effect.ticket: effect.seconds for effect in effects if isinstance(effect, Wake)}


def reachable(thing: object) -> Iterator[object]:
    """Everything a value holds, at any depth."""
    yield thing
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        for each in dataclasses.fields(thing):
            yield from reachable(getattr(thing, each.name))
    elif isinstance(thing, Mapping):
        for pair in cast("Mapping[object, object]", thing).items():
            yield from reachable(pair)
    elif isinstance(thing, tuple | list | frozenset | set):
        for item in cast("tuple[object, ...]", thing):
            yield from reachable(item)
