"""A patient's page and the cashier behind it in one loop: orders are done at once, and reports heard."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Iterable
from typing import cast

from kiosk.domain.money import Money
from kiosk.flow.effects import (
    Abandon,
    AcceptQuote,
    DeclineQuote,
    Effect,
    Forget,
    OpenSettlement,
    PayWithCode,
    PrintPendingSlip,
    PrintReceipt,
    PrintWindowSlip,
)
from kiosk.flow.events import AllBillsChosen, CodeWasScanned, Continued, Event, Left, WindowChosen, Woke
from kiosk.flow.offer import Offer
from kiosk.flow.rules import Rules
from kiosk.flow.states import (
    AtWindow,
    AwaitingCode,
    Cancelling,
    Confirming,
    Explaining,
    Failed,
    Farewell,
    Kiosk,
    NextSteps,
    StillAsking,
)
from kiosk.flow.step import expects, step
from kiosk.flow.ticket import Ticket
from kiosk.ports.scanner import CodeScanned
from kiosk.saga.entry import Course, Entry, Mark
from kiosk.saga.facts import ActKind
from tests.kiosk.engine.counter import CODE, Counter
from tests.kiosk.flow.walker import Walker
from tests.kiosk.saga.memory_book import MemoryBook
from tests.support.fakes import World, second_batch
from tests.support.far_parties import Ledger, Misfortune, Trouble
from tests.support.people import BATCH

ENDS = (Failed, AtWindow, NextSteps, Farewell)
_CALLS = ("hold", "collect", "query", "close", "refund", "settle", "find", "reverse", "book", "cancel")
_TROUBLES = (Trouble.NOT_SENT, Trouble.LOST_REQUEST, Trouble.LOST_REPLY, Trouble.LATE, Trouble.REFUSED)


class Visitor:
    """Two bills, paid together. `shown` is the sum on the page at each code, `effects` all that the pages asked for."""

    def __init__(
        self, misfortunes: Iterable[Misfortune] = (), full: range = range(0), *, finds_lost: bool = False
    ) -> None:
        world = World(misfortunes, batches=(BATCH, second_batch()), finds_lost=finds_lost)
        self.counter = Counter(world, MemoryBook(full=full))
        self.state = Walker(Kiosk(Rules(together=True))).to_bills(BATCH, second_batch()).state
        self.effects: list[Effect] = []
        self.shown: list[Money] = []
        self._heard: deque[Event] = deque()
        self.counter.cashier._post = self._heard.append
        self.send(AllBillsChosen())

    @property
    def ledger(self) -> Ledger:
        return self.counter.world.ledger

    @property
    def offer(self) -> Offer:
        """What the page in front of the patient is about."""
        return cast("Offer", getattr(self.state.screen, "offer"))  # noqa: B009 - several pages have one

    def send(self, *events: Event) -> Visitor:
        for event in events:
            self._take(event)
        return self

    def to_code(self) -> Visitor:
        return self.send(Continued(), Continued())

    def pay(self) -> Visitor:
        assert isinstance(self.state.screen, AwaitingCode)
        self.shown.append(self.state.screen.offer.own_part)
        return self.send(CodeWasScanned(self.state.screen.scan, CodeScanned(CODE)))

    def _take(self, event: Event) -> None:
        if expects(self.state, event):
            taken = step(self.state, event)
            self.state = taken.state
            self.effects += taken.effects
            for effect in taken.effects:
                if isinstance(effect, OpenSettlement | AcceptQuote | DeclineQuote | Abandon | PayWithCode | Forget):
                    self.counter.cashier.serve(effect)
        while self._heard:
            self._take(self._heard.popleft())

    def wait(self) -> bool:
        """Until the next thing falls due; False when nothing does."""
        due = self.counter.cashier.next_due()
        if due is None:
            return False
        self.counter.world.far.pass_by(max(0.001, due - self.counter.world.clock.monotonic()))
        self.counter.cashier.advance_due()
        while self._heard:
            self._take(self._heard.popleft())
        return True

    def give_up_waiting(self) -> Visitor:
        """The page's own patience is over."""
        screen = self.state.screen
        return self.send(Woke(cast("Ticket", getattr(screen, "patience", None) or getattr(screen, "ticket", None))))

    def entries(self) -> dict[str, Entry]:
        sids = dict.fromkeys(sid for sid, _, _ in self.counter.book.rows)
        found = [self.counter.book.entry(sid) for sid in sids]
        return {entry.plan.batch.batch_no: entry for entry in found if entry is not None}

    def papers(self) -> dict[str, list[str]]:
        """Which bills each kind of paper names."""
        named: dict[str, list[str]] = {"receipt": [], "pending": [], "window": []}
        for effect in self.effects:
            match effect:
                case PrintReceipt(paid=paid):
                    named["receipt"].append(paid.bill.batch.batch_no)
                case PrintPendingSlip(bill=bill):
                    named["pending"].append(bill.batch.batch_no)
                case PrintWindowSlip(bills=bills):
                    named["window"] += [bill.batch.batch_no for bill in bills]
                case _:
                    pass
        return named

    def wrongs(self) -> list[str]:
        """What the patient was told or given against the truth."""
        papers = self.papers()
        found = [] if isinstance(self.state.screen, ENDS) else ["the visit does not end"]
        asked = [order.amount for order in self.ledger.orders.values() if order.amount]  # 0: closed before it came
        found += [f"asked for {amount}, shown {self.shown}" for amount in asked if amount not in self.shown]
        for bill, entry in self.entries().items():
            stands = bool(entry.settlement and entry.booking) and entry.mark(ActKind.CANCEL) is not Mark.DONE
            if stands and bill in papers["window"]:
                found.append(f"{bill} is settled, and the slip sends its patient to a window")
            if stands and bill not in papers["receipt"] + papers["pending"]:
                found.append(f"{bill} is settled without any paper")
            if entry.course is Course.MANUAL and not entry.money_home and bill not in papers["pending"]:
                found.append(f"{bill} is staff's without a slip")
        return found


def visit(seed: int) -> Visitor:
    """A visit with up to three mishaps and perhaps a full disk, by somebody who may pay, leave or go to a window."""
    dice = random.Random(seed)
    misfortunes = [
        Misfortune(
            dice.choice(_CALLS), dice.choice(_TROUBLES), dice.randint(0, 3), dice.choice((0.5, 20, 45, 61.5, 100))
        )
        for _ in range(dice.randint(0, 3))
    ]
    full = dice.randint(14, 45)
    width = dice.randint(1, 3) if dice.random() < 0.3 else 0
    there = Visitor(misfortunes, range(full, full + width), finds_lost=dice.random() < 0.4)
    for _ in range(400):
        screen = there.state.screen
        luck = dice.random()
        if isinstance(screen, ENDS):
            break
        if isinstance(screen, Explaining | Confirming):
            there.send(Continued())
        elif isinstance(screen, AwaitingCode):
            there.pay() if luck < 0.7 else there.send(Left() if luck < 0.85 else WindowChosen())
        elif isinstance(screen, StillAsking) and luck < 0.1:
            there.send(Left())
        elif isinstance(screen, Cancelling) or not there.wait():
            there.give_up_waiting()
    return there
