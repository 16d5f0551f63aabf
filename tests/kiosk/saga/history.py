"""One visit's money, played from its bill to the end of all that may still land, with its misfortunes and its death."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.domain.accounts import AccountRow, Standing
from kiosk.domain.insurer import Outcome
from kiosk.domain.money import ZERO, Money, total
from kiosk.domain.personal import Voucher
from kiosk.domain.settlement import Settlement
from kiosk.domain.stay import Back
from kiosk.domain.visit import FeeBatch
from kiosk.engine.cashier import Cashier, Order, Paper
from kiosk.faults import FaultCode
from kiosk.flow.effects import (
    Abandon,
    AcceptQuote,
    AskInsurer,
    DeclineQuote,
    Forget,
    OpenSettlement,
    PayByMethod,
    PayWithCode,
    StopPayment,
)
from kiosk.flow.events import Event, MoneyReported
from kiosk.flow.phone_effects import TakeToPhone
from kiosk.flow.ticket import Ticket
from kiosk.ports.payment import Way
from kiosk.saga.accounting import Account
from kiosk.saga.entry import Course, Entry
from kiosk.saga.facts import Opened, PaperDone, PrintIntended, Stamp
from kiosk.saga.report import AwaitingPayment, Completed, OnPhone, Paying, QuoteReady, Report, Seeking, Stuck, Undone
from tests.kiosk.saga.handing_rules import judge_handed, pay_there
from tests.kiosk.saga.memory_book import Crash, Death, MemoryBook
from tests.kiosk.saga.refund_rules import judge_refund, met_by_deposits
from tests.kiosk.saga.witness import Witness
from tests.support.fakes import World
from tests.support.far_parties import OWN_PART, Misfortune, OrderState, Phone, Sent, Settled, Trouble
from tests.support.people import BATCH, LIMITS, MORNING, amounts, bill

_LONGEST = 4 * 3600.0  # far beyond the fifteen minutes and the life of any request
_TURNS = 3_000
_SILENCE = 180.0  # the page's own patience with a till that says nothing
_STANDS_BY = 60.0
_TICK = 0.001  # a clock never stands still, and sums of seconds are rounded
_CODE = Voucher("134500000000000001")


class Manner(StrEnum):
    """What the patient does."""

    PAYS = "pays"
    DECLINES = "declines"
    LEAVES_AT_CODE = "leaves at code"
    PAYS_SLOWLY = "pays slowly"
    SWITCHES = "switches to another way"
    LEAVES_AT_SHOWN = "leaves while a code is shown"
    TAKES_TO_PHONE = "takes the bill to the phone"


@dataclass(frozen=True, slots=True)
class Scenario:
    misfortunes: tuple[Misfortune, ...] = ()
    deaths: tuple[Death, ...] = ()
    manner: Manner = Manner.PAYS
    own_part: Money = OWN_PART
    batch: FeeBatch = BATCH
    full: range = range(0)
    wall_leap: float = 0.0
    more: tuple[FeeBatch, ...] = ()
    finds_lost: bool = False
    copies: bool = False
    phone: Phone | None = None
    phone_after: float = 10.0
    order_stays: float = 120.0
    reads: float = 1_000.0
    terminal: bool = False

    @property
    def batches(self) -> tuple[FeeBatch, ...]:
        """The bills that are paid together, as the province allows."""
        return (self.batch, *self.more)

    def __str__(self) -> str:
        parts = [*map(str, self.misfortunes), str(self.manner), f"{self.own_part.fen} fen"]
        parts += map(str, self.deaths)
        parts += [f"no room {self.full}"] if self.full else []
        parts += [f"{len(self.batches)} bills"] if self.more else []
        parts += ["the front finds what was lost"] if self.finds_lost else []
        parts += ["what leaves may arrive twice"] if self.copies else []
        parts += [f"shown, the phone {self.phone} after {self.phone_after:g}"] if self.phone else []
        parts += ["at a terminal instead"] if self.terminal else []
        return "; ".join(parts)

    @property
    def undisturbed(self) -> bool:
        pays = self.manner in {Manner.PAYS, Manner.PAYS_SLOWLY, Manner.SWITCHES}
        pays = pays and self.phone in {None, Phone.PAYS, Phone.IN_PARTS, Phone.TWICE}
        pays = pays and self.phone_after < self.order_stays - 5.0
        return pays and not (self.misfortunes or self.deaths or self.full)

    def refuses(self, *calls: str) -> bool:
        return any(one.call in calls and one.trouble is Trouble.REFUSED for one in self.misfortunes)

    def has(self, trouble: Trouble, *calls: str) -> bool:
        return any(one.call in calls and one.trouble is trouble for one in self.misfortunes)


@dataclass(slots=True)
class _Patient:
    """Reacts to reports as the pages let a person do."""

    manner: Manner
    shown: bool = False
    reads: float = 1_000.0
    order_stays: float = 120.0
    terminal: bool = False
    insured: bool = False
    ticket: Ticket = field(default_factory=lambda: Ticket(1, 1))
    codes: int = 2
    here: bool = True
    acts_at: float | None = None
    last: Report | None = None
    sids: tuple[str, ...] = ()
    told: list[str] = field(default_factory=list[str])

    def hear(self, report: Report, now: float) -> Iterator[Order]:
        self.told.append(type(report).__name__)
        self.last = report
        self.acts_at = now + self._stays_for(report)
        match report:
            case Paying(show=code) if (code or self.terminal) and self.manner is Manner.SWITCHES:
                yield StopPayment(self._next(), self.sids)
            case Paying(show=code) if (code or self.terminal) and self.manner is Manner.LEAVES_AT_SHOWN:
                yield DeclineQuote(self._next(), self.sids)
            case Paying(show=code) if (code or self.terminal) and self.manner is Manner.TAKES_TO_PHONE:
                yield TakeToPhone(self._next(), self.sids)
            case QuoteReady(quotes):
                self.sids = tuple(one.sid for one in quotes)
                if self.insured and not any(one.pledge or one.unpledged for one in quotes):
                    yield AskInsurer(self._next(), self.sids, "1 zh words")
                else:
                    yield from self._decide(now)
            case AwaitingPayment():
                yield from self._pay()
            case Completed() | OnPhone():
                for one in report.settled if isinstance(report, Completed) else (report,):
                    yield Paper(one.sid, PrintIntended())
                    yield Paper(one.sid, PaperDone(True))
                yield from self._go()
            case Undone() | Stuck():
                yield from self._go()
            case _:
                pass

    def _stays_for(self, report: Report) -> float:
        """The patience of the page that the report brings."""
        if isinstance(report, Paying) and (report.show or self.terminal):
            return self.order_stays + _SILENCE
        return _STANDS_BY if isinstance(report, Seeking) else _SILENCE

    def _decide(self, now: float) -> Iterator[Order]:
        if self.manner is Manner.DECLINES:
            yield DeclineQuote(self._next(), self.sids)
        elif self.manner is Manner.PAYS_SLOWLY:
            self.acts_at = now + self.reads
        else:
            yield AcceptQuote(self._next(), self.sids)

    def _pay(self) -> Iterator[Order]:
        if self.manner is Manner.TAKES_TO_PHONE and not self.shown:
            yield TakeToPhone(self._next(), self.sids)
            return
        if self.codes == 0 or self.manner is Manner.LEAVES_AT_CODE:
            yield DeclineQuote(self._next(), self.sids)
            return
        self.codes -= 1
        if self.shown:
            self.shown = False
            yield PayByMethod(self._next(), self.sids, "show")
        else:
            yield PayWithCode(self.ticket, self.sids, _CODE, "scan")

    def wake(self) -> Iterator[Order]:
        """Their page's patience is over."""
        self.acts_at = None
        match self.last:
            case QuoteReady():
                yield AcceptQuote(self._next(), self.sids)
            case Seeking():
                yield Abandon(self.sids)
                yield from self._go()
            case _:
                self.told.append("SILENCE")
                yield from self._go()

    def _go(self) -> Iterator[Order]:
        self.here, self.acts_at = False, None
        yield Forget(1)

    def _next(self) -> Ticket:
        self.ticket = self.ticket.next()
        return self.ticket


class History:
    """`play` gives the rules that were broken, in words; none when all is well."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.world = self._new_world()
        self.book = self._new_book()
        self.witness = Witness(self.book, given_mdtrt_id=scenario.batch.mdtrt_id is not None)
        self.world.far.watch = self._watch
        shown = scenario.phone is not None
        self.patient = _Patient(scenario.manner, shown, scenario.reads, scenario.order_stays, scenario.terminal)
        self.patient.insured = scenario.batch.policy is not None
        self.world.shown.patience = scenario.order_stays
        self.world.shown.paid = self._must_be_held
        self.faults: set[FaultCode] = set()
        self._boot, self._wall = "boot-1", 1_795_000_000.0
        self._orders: deque[Order] = deque()
        self._unheard = 0
        self.cashier = self._start()

    def _new_world(self) -> World:
        scenario = self.scenario
        world = World(
            scenario.misfortunes,
            scenario.own_part,
            scenario.batches,
            finds_lost=scenario.finds_lost,
            copies=scenario.copies,
            phone=scenario.phone or Phone.PAYS,
            phone_after=scenario.phone_after,
            elsewhere=Way.TERMINAL if scenario.terminal else Way.SHOWN,
        )
        for batch in scenario.batches:
            if batch.ordered is not None:  # by the patient's phone, before they came here
                world.ledger.settlements[batch.ordered.msgid] = Settled(batch.ordered, batch.batch_no)
            if batch.redress is not None:  # settled and paid, at whichever till
                old = Settlement(batch.redress.setl_id, "msgid-of-old", MORNING, amounts(Money(1300)))
                world.ledger.settlements[old.msgid] = Settled(old, batch.redress.batch_no)
        return world

    def _new_book(self) -> MemoryBook:
        return MemoryBook(self.scenario.deaths, self.scenario.full)

    def _start(self) -> Cashier:
        return Cashier(
            self.book,
            self.world.parties,
            LIMITS,
            self._now,
            post=self._hear,
            faulted=self._fault,
            stopping=lambda: False,
        )

    def _now(self) -> Stamp:
        mono = self.world.clock.monotonic()
        return Stamp(self._boot, mono, mono + self._wall)

    def _fault(self, code: FaultCode, on: bool) -> None:
        (self.faults.add if on else self.faults.discard)(code)

    def _hear(self, event: Event) -> None:
        if not isinstance(event, MoneyReported) or not self.patient.here or event.ticket != self.patient.ticket:
            self._unheard += 1
            return
        self._orders.extend(self.patient.hear(event.report, self.world.clock.monotonic()))

    def _watch(self, sent: Sent) -> None:
        self.witness(sent)
        if sent.call in {"collect", "settle"} and not self.patient.here:
            self.witness.objections.append(f"{sent.call} after the patient left")
        if sent.call == "collect":
            self._must_be_held(sent.key)

    def _must_be_held(self, order: str) -> None:
        paid = [entry for entry in self.entries() if entry.order is not None and entry.order.key == order]
        if not all(self.world.hospital.holds(one.plan.batch.batch_no) for one in paid):
            self.witness.objections.append("payment for a bill that is not held")

    def play(self) -> list[str]:
        bills = tuple(bill(batch) for batch in self.scenario.batches)
        self._orders.append(OpenSettlement(self.patient.ticket, bills))
        self.patient.acts_at = self.world.clock.monotonic() + _SILENCE
        for _ in range(_TURNS):
            try:
                if not self._turn():
                    break
            except Crash:
                self._restart()
        else:
            return ["it never ends", *self.witness.objections]
        pay_there(self.world.ledger)
        return [*self.witness.objections, *self._judge()]

    def _turn(self) -> bool:
        """One order, or the next thing that time brings; False when there is nothing more."""
        if self._orders:
            self.cashier.serve(self._orders.popleft())
            return True
        now = self.world.clock.monotonic()
        times = [self.cashier.next_due(), self.world.far.landing, self.patient.acts_at]
        due = min((time for time in times if time is not None), default=None)
        if due is None or now > _LONGEST:
            return False
        self.world.far.pass_by(max(_TICK, due - now))
        self.cashier.tick()
        if self.patient.acts_at is not None and self.patient.acts_at <= self.world.clock.monotonic():
            self._orders.extend(self.patient.wake())
        else:
            self.cashier.advance_due()
        return True

    def _restart(self) -> None:
        """Another process, perhaps after another start of the machine; the patient sees the home page."""
        self._orders.clear()
        self.patient.here, self.patient.acts_at = False, None
        if self.scenario.wall_leap:
            self._boot = "boot-2"
            self._wall += self.scenario.wall_leap
            self.world.far.reboot()
        self.cashier = self._start()
        self.cashier.recover()

    # --- the end ---

    def entries(self) -> list[Entry]:
        """What the journal holds, in the order it was opened."""
        found = (self.book.entry(sid) for sid in dict.fromkeys(sid for sid, _, _ in self.book.rows))
        return [entry for entry in found if entry is not None]

    def _judge(self) -> Iterator[str]:
        if "SILENCE" in self.patient.told:
            yield "the page was told nothing for three minutes"
        ledger = self.world.ledger
        for order in ledger.orders:
            if ledger.refunded(order) > ledger.orders[order].amount:
                yield f"I1: more refunded than collected, {order}"
        if any(len(ledger.standing(batch.batch_no)) > 1 for batch in self.scenario.batches):
            yield "I1: the fund pays twice"
        entries = self.entries()
        for entry in entries:
            yield from self._judge_end(entry)
            yield from self._judge_deposits(entry)
            yield from self._judge_claim(entry)
            yield from judge_refund(entry, self.world.ledger)
            yield from judge_handed(entry, self.world.ledger)
        if all(entry.course is Course.CLOSED for entry in entries):
            yield from self._judge_money(entries)
            yield from self._judge_accounts()
        booked = [entry for entry in entries if entry.booking is not None or (entry.takes_back and entry.unbooked)]
        if self.scenario.undisturbed and len(booked) < len(self.scenario.batches):
            yield "nothing went wrong, and the bill was not paid"

    def _judge_money(self, entries: list[Entry]) -> Iterator[str]:
        """What is kept in the end is the own part of what is settled, to the fen."""
        ledger = self.world.ledger
        booked = [(e, e.settlement.amounts.psn_cash_pay) for e in entries if e.booking is not None and e.settlement]
        owed = total(cash - self._met_by_others(entry, cash) for entry, cash in booked)
        owed = owed + total(payment.amount for _, payment in ledger.taken.values())
        kept = ledger.collected() - ledger.refunded()
        if kept != owed:
            yield f"I1: kept {kept.fen} fen, and {owed.fen} are settled"

    def _judge_deposits(self, entry: Entry) -> Iterator[str]:
        """What goes back is the surplus of a booked stay, once; what the window pays out never went back as well."""
        ledger, stay = self.world.ledger, entry.plan.batch.stay
        if stay is None:
            return
        back = total(amount for _, amount in ledger.returned.values())
        told = next(iter(ledger.reported.values()), ())
        if any((one.back is Back.WINDOW) == (one.key in ledger.returned) for one in told):
            yield "I6: the window pays out what is back, or nobody what is not"
        for order, paid in ledger.deposits.items():
            if paid < total(amount for of, amount in ledger.returned.values() if of == order):
                yield f"I1: more of a deposit is back than was paid, {order}"
        if entry.booking is None and back:
            yield "I1: a deposit is back, and no stay is booked"
        if entry.course is Course.CLOSED and entry.booking is not None and entry.settlement is not None:
            cash = entry.settlement.amounts.psn_cash_pay
            window = total(one.amount for one in entry.returns if one.back is Back.WINDOW)
            kept = met_by_deposits(entry.plan.batch, cash - ledger.claims.get(entry.claim_key, ZERO))
            if back + window != total(one.amount for one in stay.deposits) - kept:
                yield "I1: the deposits are not what was used of them and what went back"
            if any(one.deposit.order for one in entry.returns) and told != entry.returns:
                yield "I6: the hospital was told otherwise how the deposits went back"

    def _met_by_others(self, entry: Entry, cash: Money) -> Money:
        """As the hospital booked it: an insurer's part, a stay's deposits, and what waits."""
        told = self.world.ledger.promised.get(entry.claim_key)
        insurer = told.claim.pledge.amount if told and told.claim else ZERO
        return insurer + met_by_deposits(entry.plan.batch, cash - insurer) + (told.deferred if told else ZERO)

    def _judge_claim(self, entry: Entry) -> Iterator[str]:
        """Nobody owes what the insurer pays, it pays nothing that is not booked, and the hospital knows which."""
        ledger, key = self.world.ledger, entry.claim_key
        promised, paid, told = ledger.promised.get(key), ledger.claims.get(key), ledger.told_claims.get(key)
        if len(ledger.claims) > len(ledger.promised) or (paid is not None and promised is None):
            yield "I1: an insurer is asked to pay what nobody booked"
        if told is not None and (told is Outcome.PAID) != bool(paid):
            yield f"I6: the hospital was told {told}, and the insurer knows better"
        if entry.course is Course.CLOSED and entry.booking and promised and promised.claim and told is None:
            yield "I6: closed, and the hospital was not told what the insurer did"

    def _judge_accounts(self) -> Iterator[str]:
        """The rows that the kiosk gives away for reconciliation say what the parties hold, order by order."""
        ledger, rows = self.world.ledger, self._accounts()
        shares = [share for row in rows for share in row.orders]
        for key, order in ledger.orders.items():
            ours = [share for share in shares if share.order == key]
            paid = order.amount if order.state is OrderState.PAID else ZERO
            if total(share.collected for share in ours) != paid:
                yield f"accounts: {key} was paid otherwise"
            if total(share.refunded for share in ours) != ledger.refunded(key):
                yield f"accounts: {key} was given back otherwise"
        begun = {batch.batch_no for batch in self.scenario.batches if batch.ordered is not None}
        whole = {batch.batch_no for batch in self.scenario.batches if batch.redress and batch.redress.whole}
        for row in rows:
            booking_tells = row.deposit or row.batch_no in begun
            stands = ledger.booked(row.batch_no) if booking_tells else bool(ledger.standing(row.batch_no))
            stands = stands and row.batch_no not in whole and not ledger.on_phone(row.batch_no)
            if (row.standing is Standing.SETTLED) != stands:
                yield f"accounts: {row.standing}, and the platform knows better"

    def _accounts(self) -> list[AccountRow]:
        accounts: dict[str, Account] = {}
        for sid, fact, at in self.book.rows:
            if isinstance(fact, Opened):
                accounts[sid] = Account(sid, fact, at)
            else:
                accounts[sid].add(fact, at)
        return [account.row("003") for account in accounts.values()]

    def _judge_end(self, entry: Entry) -> Iterator[str]:
        match entry.course:
            case Course.CLOSED:
                if entry.handed is None:
                    yield from self._judge_settled(entry) if entry.booking is not None else self._judge_undone(entry)
            case Course.MANUAL if FaultCode.STAFF_MUST_RESOLVE in self.faults:
                return
            case Course.FORWARD if (entry.settlement or entry.taking) and FaultCode.BOOKING_UNKNOWN in self.faults:
                return  # the hospital never answers: asked for ever, and said
            case Course.WATCHED if entry.closed_orders and FaultCode.PAYMENT_UNKNOWN in self.faults:
                return  # the payment service never tells: as above
            case Course.WATCHED if entry.reversal_watched and FaultCode.REVERSAL_UNKNOWN in self.faults:
                # The last reversal is asked for ever, and said: only a late copy gives it work.
                if not (self.scenario.copies and self.world.ledger.standing(entry.plan.batch.batch_no)):
                    yield from self._judge_undone(entry)
            case _:
                yield f"I7: still {entry.state_name()}, and nobody was told"

    def _judge_settled(self, entry: Entry) -> Iterator[str]:
        ledger, batch_no = self.world.ledger, entry.plan.batch.batch_no
        if entry.is_deposit:
            if [batch for batch, _ in ledger.taken.values()] != [batch_no]:
                yield "I2: closed as taken, and the hospital booked otherwise"
            return
        standing = ledger.standing(batch_no)
        if [s.settlement for s in standing] != [entry.settlement]:
            yield "I2: closed as settled, but the platform knows another"
        booked = [setl_id for batch, setl_id, _ in ledger.bookings.values() if batch == batch_no]
        if booked != [entry.settlement.setl_id if entry.settlement else ""]:
            yield "I2: settled, but the hospital booked otherwise"

    def _judge_undone(self, entry: Entry) -> Iterator[str]:
        ledger, scenario, batch_no = self.world.ledger, self.scenario, entry.plan.batch.batch_no
        left = entry.plan.batch.ordered is not None or (entry.takes_back and entry.unbooked is None)
        if bool(ledger.standing(batch_no)) != left:
            yield "I2: closed as undone, and a settlement stands, or a phone's own was undone"
        if ledger.booked(batch_no):
            yield "I2: closed as undone, and the hospital booked"
        if batch_no in ledger.holders and not scenario.refuses("release"):
            yield "the bill stays held"
        if not scenario.more:
            yield from self._judge_lines()

    def _judge_lines(self) -> Iterator[str]:
        """Of one bill alone: the ledger does not know which bill's lines it keeps."""
        ledger, scenario = self.world.ledger, self.scenario
        late = scenario.has(Trouble.LATE, "upload", "register", "withdraw", "deregister")
        if ledger.uploaded and not (late or scenario.refuses("withdraw")):
            yield "fee lines stay at the platform"
        if ledger.registered and not (late or scenario.refuses("deregister")):
            yield "the visit stays registered"


def violations(scenario: Scenario) -> list[str]:
    return History(scenario).play()
