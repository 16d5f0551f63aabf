"""A cashier to be driven by hand, with a clock that stands still unless told."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TypeVar

from kiosk.domain.personal import Voucher
from kiosk.domain.policy import Limits
from kiosk.engine.cashier import Cashier, Order
from kiosk.faults import FaultCode
from kiosk.flow.effects import AcceptQuote, DeclineQuote, OpenSettlement, PayWithCode
from kiosk.flow.events import Event, MoneyReported
from kiosk.flow.offer import Bill
from kiosk.flow.ticket import Ticket
from kiosk.saga.entry import Entry
from kiosk.saga.facts import Stamp
from kiosk.saga.report import QuoteReady, Report
from tests.kiosk.saga.memory_book import MemoryBook
from tests.support.fakes import World
from tests.support.people import LIMITS, bill

QUICK = replace(LIMITS, longest_request=0.05, patient_waits=1, retry_first=0.01, retry_most=0.02, payment_poll=0.01)
"""For a till that runs by the machine's own clock."""
CODE = Voucher("134500000000000001")
ReportT = TypeVar("ReportT")


@dataclass
class Counter:
    """`reports` are what the page heard, `faults` what stands now."""

    world: World = field(default_factory=World)
    book: MemoryBook = field(default_factory=MemoryBook)
    limits: Limits = LIMITS
    reports: list[Report] = field(default_factory=list[Report])
    tickets: list[Ticket] = field(default_factory=list[Ticket])
    faults: set[FaultCode] = field(default_factory=set[FaultCode])
    stopping: bool = False
    serial: int = 0

    def __post_init__(self) -> None:
        self.cashier = Cashier(
            self.book,
            self.world.parties,
            self.limits,
            self.now,
            post=self._post,
            faulted=lambda code, on: (self.faults.add if on else self.faults.discard)(code),
            stopping=lambda: self.stopping,
        )

    def now(self) -> Stamp:
        clock = self.world.clock
        return Stamp("boot", clock.monotonic(), clock.now().timestamp())

    def _post(self, event: Event) -> None:
        assert isinstance(event, MoneyReported)
        self.reports.append(event.report)
        self.tickets.append(event.ticket)

    def ticket(self, visit: int = 1) -> Ticket:
        self.serial += 1
        return Ticket(visit, self.serial)

    def serve(self, *orders: Order) -> Counter:
        for order in orders:
            self.cashier.serve(order)
        return self

    def last(self, kind: type[ReportT]) -> ReportT:
        report = self.reports[-1]
        assert isinstance(report, kind), self.reports
        return report

    def told(self) -> list[str]:
        return [type(report).__name__ for report in self.reports]

    @property
    def sid(self) -> str:
        return self.reports[0].sid

    @property
    def sids(self) -> tuple[str, ...]:
        """The settlements of the newest quote, else of the first report."""
        quoted = [report for report in self.reports if isinstance(report, QuoteReady)]
        return tuple(one.sid for one in quoted[-1].quotes) if quoted else (self.sid,)

    @property
    def entry(self) -> Entry:
        entry = self.book.entry(self.sid)
        assert entry is not None
        return entry

    # --- the way of a visit ---

    def open(self, visit: int = 1, bills: tuple[Bill, ...] = (bill(),)) -> Counter:
        return self.serve(OpenSettlement(self.ticket(visit), bills))

    def accept(self, visit: int = 1) -> Counter:
        return self.serve(AcceptQuote(self.ticket(visit), self.sids))

    def decline(self, visit: int = 1) -> Counter:
        return self.serve(DeclineQuote(self.ticket(visit), self.sids))

    def pay(self, visit: int = 1) -> Counter:
        return self.serve(PayWithCode(self.ticket(visit), self.sids, CODE))

    def settle(self) -> Counter:
        return self.open().accept().pay()

    def until(self, kind: type[ReportT]) -> ReportT:
        """Time goes by until the page hears that."""
        for _ in range(200):
            if isinstance(self.reports[-1], kind):
                break
            due = self.cashier.next_due()
            assert due is not None, self.told()
            self.world.far.pass_by(max(0.001, due - self.world.clock.monotonic()))
            self.cashier.advance_due()
        return self.last(kind)

    def let_pass(self, seconds: float) -> Counter:
        """Time goes by and everything that falls due in it is done."""
        end = self.world.clock.monotonic() + seconds
        for _ in range(500):
            due = self.cashier.next_due()
            now = self.world.clock.monotonic()
            if due is None or due > end or now >= end:
                break
            self.world.far.pass_by(max(0.001, due - now))
            self.cashier.tick()
            self.cashier.advance_due()
        self.world.far.pass_by(max(0.0, end - self.world.clock.monotonic()))
        self.cashier.tick()
        return self
