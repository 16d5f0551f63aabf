"""What is unpaid: which bills, and under which insurance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kiosk.domain.benefits import NOTHING_ON_FILE, ChronicRegistration, OnFile
from kiosk.domain.codes import AMBULATORY, InsuType, MedType
from kiosk.domain.insured import Insurance, Person
from kiosk.domain.personal import Voucher
from kiosk.domain.visit import ByStaff, FeeBatch
from kiosk.faults import FaultCode
from kiosk.flow import agent, away, day_door, doors
from kiosk.flow.day_events import DaysWanted
from kiosk.flow.effects import AskAway, FindBills, OpenSettlement, PrintWindowSlip, ScanCode, StopScanning
from kiosk.flow.events import (
    AllBillsChosen,
    BillChosen,
    BillsWereSought,
    CodeWasScanned,
    DeviceChanged,
    Event,
    InsuranceChosen,
    KeyOffered,
    Left,
    OptionPicked,
    Stayed,
    WentBack,
    Woke,
)
from kiosk.flow.offer import NOT_AWAY, Bill, CareAway
from kiosk.flow.phone_states import AskingBack
from kiosk.flow.rules import Rules, Whose
from kiosk.flow.states import (
    AtWindow,
    ChoosingBill,
    ChoosingInsurance,
    FindingBills,
    Quoting,
    ScanningKey,
)
from kiosk.flow.stay_states import AgentRelation
from kiosk.flow.turn import Turn, doubt, fail, part, wait_anew
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.hospital import Bills
from kiosk.ports.scanner import CodeRejected, CodeScanned

_KEY_FAULTS = {FaultCode.KEY_UNKNOWN, FaultCode.KEY_OF_ANOTHER}


def begin(turn: Turn, person: Person, code: Voucher | None = None, instead: ScanningKey | None = None) -> Turn:
    turn, ticket = turn.draw()
    turn, patience = turn.patience()
    return turn.ask(FindBills(ticket, person, code)).show(FindingBills(ticket, person, patience, instead))


def finding_bills(turn: Turn, screen: FindingBills, event: Event) -> Turn:
    match event:
        case BillsWereSought(_, Bills(batches)) if (left := _shown(turn, screen.person, batches)) != batches:
            return finding_bills(turn, screen, replace(event, answer=Bills(left)))
        case BillsWereSought(_, Bills(())) if _can_scan(turn):
            return _scan_key(turn, screen.person, (), again=FaultCode.NO_BILL)
        case BillsWereSought(_, Bills(())):
            return fail(turn, FaultCode.NO_BILL)
        case BillsWereSought(_, Refused(fault)) if screen.instead and fault in _KEY_FAULTS:
            before = screen.instead
            return _scan_key(turn, before.person, before.batches, before.on_file, fault)
        case BillsWereSought(_, Bills(batches), OnFile(stays=stays) as on_file) if stays:
            return _in_hospital(turn, screen.person, batches, on_file)
        case BillsWereSought(_, Bills(batches), on_file):
            return _choose_bill(turn, screen.person, batches, on_file)
        case BillsWereSought(_, Refused(fault, reason)):
            return fail(turn, fault, reason=reason)
        case BillsWereSought(_, NotSent(fault) | Unknown(fault)):
            return fail(turn, fault, can_retry=True, person=screen.person)
        case Woke():
            return fail(turn, FaultCode.HOSPITAL_UNREACHABLE, can_retry=True, person=screen.person)
        case _:
            return turn


def relation(turn: Turn, screen: AgentRelation, event: Event) -> Turn:
    """Who came for the patient is known now, and goes with them from here on."""
    match event:
        case OptionPicked(key) if (person := agent.agent_of(screen, key)) is not None:
            return _choose_bill(turn, person, screen.batches, screen.on_file)
        case _:
            return agent.waiting(turn, screen, event)


def _shown(turn: Turn, person: Person, batches: tuple[FeeBatch, ...]) -> tuple[FeeBatch, ...]:
    """What of the list is for whoever stands here."""
    left = spared(turn, person, batches)
    if turn.state.whose is not Whose.RELATIVE:
        return left
    return tuple(agent.seen(batch, turn.state.rules) for batch in left)


def spared(turn: Turn, person: Person, batches: tuple[FeeBatch, ...]) -> tuple[FeeBatch, ...]:
    """Whoever may be treated first and pay later (先诊疗后付费) is asked for no deposit, and an outpatient never is,
    whatever a list says.
    """
    entitled = bool(turn.state.rules.deposit_free.intersection(person.identities))
    return tuple(batch for batch in batches if not _is_deposit(batch) or not (entitled or batch.med_type in AMBULATORY))


def _is_deposit(batch: FeeBatch) -> bool:
    """In advance: what is owed of a bill that is booked is none."""
    return batch.deposit is not None and not batch.deposit.owed


def _in_hospital(turn: Turn, person: Person, batches: tuple[FeeBatch, ...], on_file: OnFile) -> Turn:
    """The stay itself can be settled; outpatient bills wait until it is over."""
    own = tuple(batch for batch in batches if batch.stay or batch.deposit or batch.newborn)
    return _choose_bill(turn, person, own, on_file) if own else fail(turn, FaultCode.IN_HOSPITAL)


def _choose_bill(turn: Turn, person: Person, batches: tuple[FeeBatch, ...], on_file: OnFile) -> Turn:
    if agent.wanted(turn, person, batches):
        return agent.begin(turn, person, batches, on_file)
    turn, ticket = turn.wake(turn.state.rules.read_page)
    page = ChoosingBill(ticket, person, batches, on_file)
    simple = all(_needs_no_words(batch) for batch in batches)
    if turn.state.care and len(batches) == 1 and simple:  # the shorter way: nothing to choose
        return _choose_insurance(turn, page, batches)
    return turn.show(page)


def _can_scan(turn: Turn) -> bool:
    return turn.state.rules.look_up and turn.gone("scanner") is None


def _scan_key(
    turn: Turn,
    person: Person,
    batches: tuple[FeeBatch, ...],
    on_file: OnFile = NOTHING_ON_FILE,
    again: FaultCode | None = None,
) -> Turn:
    """Light on. Whose bills they are was settled before: the code only says where else to look."""
    seconds = turn.state.rules.show_code
    turn, ticket = turn.wake(seconds)
    turn, scan = turn.draw()
    return turn.ask(ScanCode(scan, seconds)).show(ScanningKey(ticket, scan, person, batches, on_file, again))


def scanning_key(turn: Turn, screen: ScanningKey, event: Event) -> Turn:
    match event:
        case CodeWasScanned(_, CodeScanned(code)):
            return begin(turn, screen.person, code, screen)
        case CodeWasScanned(_, CodeRejected(fault)):
            return _scan_key(turn, screen.person, screen.batches, screen.on_file, fault)
        case DeviceChanged() if turn.gone("scanner"):
            return _back_from_key(turn, screen, FaultCode.SCANNER_GONE)
        case Woke(ticket) if ticket == screen.ticket:
            return doubt(turn, screen)
        case Left() | WentBack():
            return _back_from_key(turn, screen)
        case Stayed():
            return _scan_key(turn.ask(StopScanning()), screen.person, screen.batches, screen.on_file, screen.again)
        case _:
            return turn


def _back_from_key(turn: Turn, screen: ScanningKey, fault: FaultCode | None = None) -> Turn:
    """To the bills that were found without it; without any there is nothing left to do here."""
    turn = turn.ask(StopScanning())
    if screen.batches:
        return _choose_bill(turn, screen.person, screen.batches, screen.on_file)
    return fail(turn, fault) if fault else part(turn)


def choosing_bill(turn: Turn, screen: ChoosingBill, event: Event) -> Turn:
    match event:
        case BillChosen(batch_no):
            return _choose(turn, screen, tuple(one for one in screen.batches if one.batch_no == batch_no))
        case AllBillsChosen():
            payable = tuple(batch for batch in screen.batches if payable_with_others(batch))
            return _choose(turn, screen, payable or screen.batches)
        case KeyOffered() if _can_scan(turn):
            return _scan_key(turn, screen.person, screen.batches, screen.on_file)
        case DaysWanted(batch_no):
            return day_door.listed(turn, screen, batch_no)
        case Woke():
            return doubt(turn, screen)
        case Left() | WentBack():
            return part(turn)
        case Stayed():
            return _choose_bill(turn, screen.person, screen.batches, screen.on_file)
        case _:
            return turn


_BY_STAFF = {
    ByStaff.WORK_INJURY: FaultCode.WORK_INJURY,
    ByStaff.THIRD_PARTY: FaultCode.INJURY,
    ByStaff.OTHER: FaultCode.WINDOW_ONLY,
}
"""What is said of a bill that the hospital leaves to its window."""


def payable_with_others(batch: FeeBatch) -> bool:
    """Whether "pay everything" means this one too: a stay and a deposit are dealt with each by itself."""
    waits = batch.back_to_doctor or batch.lacks_maternity or bool(batch.newborn)
    waits = waits or batch.by_staff is not None or batch.handed is not None
    return not waits and batch.stay is None and batch.deposit is None


def _choose(turn: Turn, screen: ChoosingBill, chosen: tuple[FeeBatch, ...]) -> Turn:
    """What the doctor must look at first is paid nowhere, so nobody is asked which insurance pays it."""
    if not chosen:
        return turn
    rows = screen.person.insurances
    reason = next((batch.by_staff for batch in chosen if batch.by_staff is not None), None)
    if reason is not None:
        return fail(turn, _BY_STAFF[reason])
    if any(batch.lacks_maternity for batch in chosen):  # the page says what is missing: look whether it is there now
        return begin(turn, screen.person)
    if chosen[0].newborn and rows:
        return _hold_newborns(turn, Bill(screen.person, rows[0], chosen[0]), len(screen.batches) - 1)
    if chosen[0].deposit is not None and rows:  # no insurance pays it, so nobody is asked which
        return quote_deposit(turn, screen.person, chosen[0], len(screen.batches) - 1)
    waiting = [batch.stay for batch in chosen if batch.stay is not None and not batch.stay.settleable]
    if any(not stay.window for stay in waiting):  # the page says why: look again whether the ward is done meanwhile
        return begin(turn, screen.person)
    if waiting and rows:
        return _stay_at_window(turn, tuple(Bill(screen.person, rows[0], batch) for batch in chosen))
    if chosen[0].handed is not None:
        return _ask_back(turn, screen, chosen[0])
    if any(batch.back_to_doctor for batch in chosen) and rows:
        bills = tuple(Bill(screen.person, rows[0], batch) for batch in chosen)
        return to_doctor(turn, bills, len(screen.batches) - len(chosen))
    return _choose_insurance(turn, screen, chosen)


def _ask_back(turn: Turn, screen: ChoosingBill, batch: FeeBatch) -> Turn:
    """Nothing is paid here that can be paid on the phone at the same time: its patient says where."""
    turn, ticket = turn.wake(turn.state.rules.read_page)
    return turn.show(AskingBack(ticket, screen.person, batch, screen.batches, screen.on_file))


def take_back(turn: Turn, screen: AskingBack) -> Turn:
    """It is paid here: the hold itself takes it from the phone, or learns that it is too late for that."""
    page = ChoosingBill(screen.ticket, screen.person, screen.batches, screen.on_file)
    return _choose_insurance(turn, page, (screen.batch,))


def _needs_no_words(batch: FeeBatch) -> bool:
    """Whether the list says no more of it than what it costs."""
    waits = batch.deposit is not None or batch.lacks_maternity or bool(batch.newborn) or batch.handed is not None
    return not waits and (batch.stay is None or batch.stay.settleable)


def _hold_newborns(turn: Turn, bill: Bill, others: int) -> Turn:
    """Nothing is paid as if the child were not insured: the slip says that its bill waits, and for what."""
    turn, ticket = turn.wake(turn.state.rules.next_steps_page)
    turn, slip = turn.draw()
    turn = turn.ask(PrintWindowSlip(slip, (bill,), newborn=True))
    return turn.show(AtWindow(ticket, (bill,), slip, others=others, newborn=True))


def _stay_at_window(turn: Turn, bills: tuple[Bill, ...]) -> Turn:
    """What people alone settle; the page and the slip give no reason."""
    turn, ticket = turn.wake(turn.state.rules.next_steps_page)
    turn, slip = turn.draw()
    return turn.ask(PrintWindowSlip(slip, bills)).show(AtWindow(ticket, bills, slip))


def to_doctor(turn: Turn, bills: tuple[Bill, ...], others: int = 0) -> Turn:
    """The slip says which room; what the hospital's check found is not for the patient to read."""
    turn, ticket = turn.wake(turn.state.rules.next_steps_page)
    turn, slip = turn.draw()
    turn = turn.ask(PrintWindowSlip(slip, bills, doctor=True))
    return turn.show(AtWindow(ticket, bills, slip, doctor=True, others=others))


def _choose_insurance(turn: Turn, screen: ChoosingBill, batches: tuple[FeeBatch, ...]) -> Turn:
    """The hospital may have fixed a bill's insurance; one that can settle needs no question.

    Of bills that leave a choice the question is asked once. A bill that no insurance settles stays unpaid.
    """
    rules = turn.state.rules
    usable = tuple(batch for batch in batches if _usable(screen.person, batch, rules))
    if not usable:
        return fail(turn, _why_not_here(screen.person, batches, rules))
    others = len(screen.batches) - len(usable)
    choices = (_usable(screen.person, batch, rules) for batch in usable)
    rows = next((rows for rows in choices if len(rows) > 1), ())
    if rows:
        turn, ticket = turn.wake(rules.read_page)
        return turn.show(ChoosingInsurance(ticket, screen.person, usable, rows, others, screen.on_file))
    return _open(turn, _under(screen, usable, "", rules), others)


def _usable(person: Person, batch: FeeBatch, rules: Rules) -> tuple[Insurance, ...]:
    """The insurances that can settle this bill here; none for what the province settles at a window only."""
    if batch.med_type in rules.window_med_types:
        return ()
    rows = person.settling(batch.begun.date())
    here = (row for row in rows if row.insutype not in rules.window_insutypes and _known(row, rules))
    free = (row for row in here if not _wants_password(person, row, rules))
    return tuple(row for row in free if batch.insutype in {None, row.insutype})


def _wants_password(person: Person, row: Insurance, rules: Rules) -> bool:
    """Whether the settlement would want a password of somebody who identified so: a window has the keypad for it."""
    return person.credential.cert_type in rules.password_cert_types and row.insuplc_admdvs in rules.password_areas


def _known(row: Insurance, rules: Rules) -> bool:
    """Whether the province's table says how a person insured there is settled; a wrong guess is a wrong fund."""
    return not rules.known_areas or row.insuplc_admdvs in rules.known_areas


def _why_not_here(person: Person, batches: tuple[FeeBatch, ...], rules: Rules) -> FaultCode:
    rows = [row for batch in batches for row in person.settling(batch.begun.date())]
    if not rows:
        return FaultCode.INSURANCE_STOPPED
    known = [row for row in rows if _known(row, rules)]
    return _for_the_window(known, batches, rules) if known else FaultCode.AREA_UNKNOWN


def _for_the_window(rows: Sequence[Insurance], batches: tuple[FeeBatch, ...], rules: Rules) -> FaultCode:
    """The reason as far as it has a name that patients know; else that it is the province's rule."""
    kept = {batch.med_type for batch in batches} & set(rules.window_med_types)
    if MedType.INJURY in kept:
        return FaultCode.INJURY
    only = all(row.insutype in rules.window_insutypes for row in rows)
    if only and any(row.insutype == InsuType.RETIRED_CADRE for row in rows):
        return FaultCode.RETIRED_CADRE
    return FaultCode.WINDOW_ONLY


def _under(
    screen: ChoosingBill | ChoosingInsurance, batches: tuple[FeeBatch, ...], insutype: str, rules: Rules
) -> tuple[Bill, ...]:
    """Each bill under the chosen insurance where it may be, else under the first that may settle it."""
    bills: list[Bill] = []
    for batch in batches:
        rows = _usable(screen.person, batch, rules)
        row = next((row for row in rows if row.insutype == insutype), rows[0])
        bills.append(Bill(screen.person, row, batch, chronic=_not_made_chronic(batch, screen.on_file)))
    return tuple(bills)


def _not_made_chronic(batch: FeeBatch, on_file: OnFile) -> tuple[ChronicRegistration, ...]:
    """The diseases on file that an ordinary prescription leaves unused. The kiosk never turns one into the other."""
    if batch.med_type != MedType.OUTPATIENT or batch.ordered is not None:  # settled by its patient's phone as it is
        return ()
    return tuple(row for row in on_file.chronic if row.in_force(batch.begun.date()))


def choosing_insurance(turn: Turn, screen: ChoosingInsurance, event: Event) -> Turn:
    match event:
        case InsuranceChosen(insutype):
            if all(row.insutype != insutype for row in screen.rows):
                return turn
            return _open(turn, _under(screen, screen.batches, insutype, turn.state.rules), screen.others)
        case Woke():
            return doubt(turn, screen)
        case WentBack():
            return begin(turn, screen.person)
        case Left():
            return part(turn)
        case Stayed():
            return wait_anew(turn, screen, turn.state.rules.read_page)
        case _:
            return turn


def _open(turn: Turn, bills: tuple[Bill, ...], others: int) -> Turn:
    """All at once where the province takes one payment for several bills, else the first and the rest behind it."""
    return quote(turn, bills, (), others) if turn.state.rules.together else quote_next(turn, bills, others)


def quote_deposit(turn: Turn, person: Person, asked: FeeBatch, others: int = 0) -> Turn:
    """Of somebody with an insurance, whichever: it is written down and pays nothing."""
    return quote(turn, (Bill(person, person.insurances[0], asked),), (), others)


def quote_next(turn: Turn, queue: tuple[Bill, ...], others: int) -> Turn:
    return quote(turn, queue[:1], queue[1:], others)


def quote(
    turn: Turn, bills: tuple[Bill, ...], queue: tuple[Bill, ...], others: int, filed: CareAway = NOT_AWAY
) -> Turn:
    """Not with a fault that was noticed after the card went in: a reply may have shown that our clock is wrong.

    With `filed` the bills were quoted before, without the filing that is in force now.
    """
    fault = doors.standing_fault(turn.state)
    if fault:
        return fail(turn, fault)
    turn, ticket = turn.draw()
    turn, patience = turn.patience()
    rules = turn.state.rules
    first = bills[0].batch
    plain = first.deposit is None and first.ordered is None and first.redress is None
    if not filed.before and plain and away.concerns(bills, rules):
        turn = turn.ask(AskAway(ticket, bills[0].person, rules.hospital_area))
    return turn.ask(OpenSettlement(ticket, bills)).show(Quoting(ticket, bills, patience, queue, others, filed))
