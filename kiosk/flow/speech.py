"""What each page says: sentences made for the ear, with the amounts that the eye would find.

The screen's own words are spoken when the keys come to them; a page's prompt tells what this is, what it costs, and
the next thing to do. Sentences are of the catalogue (`say.*`, or the page's own), so every one has a recording.
"""

from __future__ import annotations

from itertools import zip_longest

from kiosk.domain.money import total
from kiosk.domain.speech import Amount, Count, Output, Part, Sentence, Speech, Text, Tone, private
from kiosk.faults import CATALOGUE, FaultCode
from kiosk.flow import doors
from kiosk.flow.access_states import Helping, StaffDoor, StaffInside
from kiosk.flow.asking import AskingWhose
from kiosk.flow.consent import INSURER, WORDS
from kiosk.flow.day_speech import of_day
from kiosk.flow.day_states import ListedDays, QuotedDays
from kiosk.flow.face_states import FaceAgain, FaceAgent, FaceChecking, FaceConsent, FaceDone, FaceElsewhere
from kiosk.flow.insurer_states import AskingInsurer, InsurerConsent, InsurerRefused
from kiosk.flow.offer import Offer
from kiosk.flow.paid_speech import of_paid, of_sheets
from kiosk.flow.paid_states import ChoosingPaid, FindingPaid, Reprinting
from kiosk.flow.phone_speech import of_phone
from kiosk.flow.phone_states import AskingBack, AtPhone, HandingToPhone
from kiosk.flow.rules import Whose
from kiosk.flow.served_speech import served
from kiosk.flow.served_states import Capturing, Choosing, Committing, Concluding, Filling, Guiding, Reviewing, Served
from kiosk.flow.slip_speech import of_slip
from kiosk.flow.states import (
    AtTerminal,
    AtWindow,
    AwaitingCard,
    AwaitingCode,
    Cancelling,
    ChoosingBill,
    ChoosingInsurance,
    ChoosingMethod,
    Collecting,
    Confirming,
    EnteringPin,
    Explaining,
    Failed,
    Farewell,
    FindingBills,
    FindingPerson,
    Home,
    Kiosk,
    NextSteps,
    OutOfService,
    Quoting,
    ReadingCard,
    ReadingIdCard,
    ScanningKey,
    Screen,
    Settling,
    ShowingCode,
    StillAsking,
    StillThere,
)
from kiosk.flow.stay_states import (
    AdmissionOffered,
    Admitted,
    Admitting,
    AgentCard,
    AgentRelation,
    DepositOffered,
    FindingAdmission,
    StayAsking,
    agents_remedy,
)
from kiosk.messages import TO_A_RELATIVE
from kiosk.saga.report import Completed

_PLAIN: dict[type[object], tuple[str, ...]] = {
    AskingWhose: ("whose.title", "whose.hint"),
    ReadingCard: ("wait.card.title", "wait.card.hint"),
    ReadingIdCard: ("wait.id_card.title", "wait.id_card.hint"),
    FindingPerson: ("wait.person.title",),
    FindingBills: ("wait.bills.title",),
    Cancelling: ("wait.cancel.title",),
    FindingAdmission: ("wait.ordered.title",),
    Admitting: ("wait.admit.title",),
    FindingPaid: ("wait.paid.title",),
    AskingInsurer: ("wait.insurer.title",),
    HandingToPhone: ("wait.phone.title", "wait.phone.hint"),
    StillAsking: ("asking.title", "asking.text", "asking.leave_text"),
    StillThere: ("say.still_there",),
    Helping: ("say.helping",),
    StaffDoor: ("say.staff_door",),
    StaffInside: ("staff.inside",),
}
"""Pages that say the same whoever is there."""


RELATIVE_FORMS = frozenset(
    [
        "explain.away",
        "explain.own",
        "explain.own_nothing",
        "payer.account",
        "payer.insurer",
        "say.bills",
        "say.chronic",
        "say.more_bills",
        "wait.paid.title",
    ]
)
"""Sentences of prompts that speak to the patient, and have a form that speaks of the patient to a relative."""

_LEADING = frozenset(
    [
        "explain.total",
        "say.day_sum",
        "days.so_far",
        "say.funds",
        "payer.account",
        "payer.family",
        "explain.own",
        "stay.deposits",
        "stay.still",
        "confirm.own",
        "deposit.suggested",
        "owed.suggested",
        "code.own",
        "say.paid",
        "failed.number",
        "payer.insurer",
        "payer.deferred",
        "insurer.open",
        *(f"{message}{TO_A_RELATIVE}" for message in ("payer.account", "payer.insurer", "explain.own")),
    ]
)
"""Sentences that are no more than the name of the amount or number after them."""


def speech(kiosk: Kiosk, parts: tuple[Part, ...], *, queued: bool = False) -> Speech:
    """Parts as they may be said now: to the headset all of them, into the room what is not private."""
    access, headset = kiosk.access, kiosk.fixtures.headset
    output = Output.HEADSET if headset else Output.ROOM
    return Speech(kiosk.lang, audible(kiosk, parts), output, access.volume, access.rate, queued)


def audible(kiosk: Kiosk, parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Without a headset and without the person's word, what is private is left out, and how to hear it is said."""
    public = aloud(kiosk, parts)
    return public if len(public) == len(parts) else (*public, Sentence("say.private"))


def aloud(kiosk: Kiosk, parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """What of it may be said now, without the words that only lead to what may not."""
    if kiosk.fixtures.headset or kiosk.access.aloud:
        return parts
    followed = zip_longest(parts, parts[1:])
    return tuple(part for part, after in followed if not private(part) and not _only_leads_to(part, after))


def _only_leads_to(part: Part, after: Part | None) -> bool:
    return isinstance(part, Sentence) and part.message in _LEADING and after is not None and private(after)


def prompt(kiosk: Kiosk) -> tuple[Part, ...]:
    """What the page that is seen says, before anything is left out of it; to a relative as one speaks to a relative."""
    parts = _prompt(kiosk)
    return tuple(_to_a_relative(part) for part in parts) if kiosk.whose is Whose.RELATIVE else parts


def _prompt(kiosk: Kiosk) -> tuple[Part, ...]:
    shown = kiosk.aid or kiosk.screen
    plain = _PLAIN.get(type(shown))
    if plain is not None:
        return _sentences(*plain)
    if isinstance(shown, Home):
        return _home(kiosk)
    if isinstance(shown, EnteringPin):
        return _password(shown.tries)
    parts = served(shown, kiosk.lang) if isinstance(shown, Served) else _of_page(kiosk.screen)
    keys = _sentences("say.keys") if kiosk.access.keypad and _has_choices(kiosk.screen) else ()
    return (*parts, *keys)


def _to_a_relative(part: Part) -> Part:
    if isinstance(part, Sentence) and part.message in RELATIVE_FORMS:
        return Sentence(f"{part.message}{TO_A_RELATIVE}")
    return part


def _sentences(*messages: str) -> tuple[Part, ...]:
    return tuple(Sentence(message) for message in messages)


_WITH_CHOICES = (
    *(ChoosingBill, ChoosingInsurance, Explaining, Confirming, DepositOffered, ChoosingMethod, Failed),
    *(AdmissionOffered, Admitted, AgentRelation, ChoosingPaid, Reprinting, InsurerConsent, InsurerRefused),
    *(ListedDays, QuotedDays, AskingBack),
    *(Guiding, Filling, Choosing, Capturing, Committing, Reviewing, Concluding),
)


def _has_choices(screen: Screen) -> bool:
    return isinstance(screen, _WITH_CHOICES)


def _of_page(screen: Screen) -> tuple[Part, ...]:  # noqa: C901, PLR0911, PLR0912 - one arm a state
    match screen:
        case OutOfService(fault):
            return _sentences("closed.title", f"fault.{fault}.what", "closed.elsewhere")
        case AwaitingCard(again=again):
            return (*_of_fault(again), *_sentences("say.card"))
        case ChoosingBill():
            return _bills(screen)
        case ChoosingInsurance():
            return _sentences("insurance.title", "insurance.hint")
        case Explaining(offer=offer):
            return _explained(offer)
        case Confirming(offer=offer):
            return _confirmed(offer)
        case ListedDays(at=at, batch=batch) | QuotedDays(at=at, batch=batch):
            return of_day(batch, at)
        case InsurerConsent(offer=offer):
            return _of_consent(offer)
        case InsurerRefused(done=done):
            return _of_refusal(done)
        case DepositOffered() | AdmissionOffered() | Admitted() | AgentCard() | AgentRelation():
            return _of_stay(screen)
        case Quoting(bills=bills):
            return _sentences("wait.hold.title" if bills[0].batch.deposit else "wait.quote.title")
        case Settling(offer=offer):
            group = "wait.take" if offer.deposit else "wait.back" if offer.redress else "wait.settle"
            return _sentences(f"{group}.title", f"{group}.hint")
        case ScanningKey(again=again):
            return (*_of_fault(again), *_sentences("say.key"), Tone.LOOKING)
        case ChoosingMethod() | AwaitingCode() | ShowingCode() | AtTerminal():
            return _of_paying(screen)
        case FaceAgent() | FaceConsent() | FaceChecking() | FaceAgain() | FaceDone() | FaceElsewhere():
            return _of_face(screen)
        case Collecting():
            return (Tone.READ, *_sentences("wait.collect.title", "wait.collect.hint"))
        case AtWindow():
            return _at_window(screen)
        case ChoosingPaid() | Reprinting() | AtPhone() | AskingBack():
            return of_phone(screen) if isinstance(screen, AtPhone | AskingBack) else of_paid(screen)
        case NextSteps():
            return _next(screen)
        case Failed():
            return _failed(screen)
        case Farewell(card_in=True):
            return _sentences("farewell.take_card")
        case Farewell():
            return _sentences("farewell.title", "farewell.hint")
        case _:
            return ()


def _of_fault(fault: FaultCode | None) -> tuple[Part, ...]:
    """What went wrong before, and what to do about it; nothing on the first try."""
    return _sentences(f"fault.{fault}.what", f"fault.{fault}.do") if fault else ()


def _of_agents(fault: FaultCode | None) -> tuple[Part, ...]:
    """The same of the card that whoever came for the patient laid down."""
    return _sentences(f"fault.{fault}.what", agents_remedy(fault)) if fault else ()


def _home(kiosk: Kiosk) -> tuple[Part, ...]:
    """The card is asked for; where a card alone leads nowhere now, why, and that there are other doors."""
    first = kiosk.rules.doors[0]
    fault = doors.shut(kiosk, first)
    if fault is None:
        return _sentences("say.home")
    door = f"home.door.{first}"
    return _sentences(f"{door}.title", f"fault.{fault}.what", f"{door}.instead", "home.title_choose")


def _password(tries: int | None) -> tuple[Part, ...]:
    """What is left after a wrong one is heard before the next."""
    if tries is None:
        return _sentences("wait.pin.title", "wait.pin.hint")
    wrong = _sentences(f"fault.{FaultCode.CARD_PIN_WRONG.value}.what", "wait.pin.left")
    return (*wrong, Count(tries), *_sentences("wait.pin.title"))


def _bills(screen: ChoosingBill) -> tuple[Part, ...]:
    """Each bill by department and sum, in the order of the page."""
    parts: list[Part] = [*_sentences("say.bills"), Count(len(screen.batches)), *_sentences("say.bills_waiting")]
    for batch in screen.batches:
        parts += [Text(batch.department), Amount(batch.total)]
    return (*parts, *_sentences("bills.hint_one" if len(screen.batches) == 1 else "bills.hint_many"))


def _explained(offer: Offer) -> tuple[Part, ...]:
    """The whole, what the funds and the account pay, what is left: as the platform says it."""
    amounts = [one.amounts for one in offer.bills]
    funds, account = total(one.fund_pay_sumamt for one in amounts), total(one.acct_pay for one in amounts)
    parts: list[Part] = [*_sentences("explain.total"), Amount(total(one.medfee_sumamt for one in amounts))]
    if funds:
        parts += [*_sentences("say.funds"), Amount(funds)]
    if account:
        parts += [*_sentences("payer.account"), Amount(account)]
    if beside := total(one.acct_mulaid_pay for one in amounts if one.psn_part_amt != one.acct_pay + one.psn_cash_pay):
        parts += [*_sentences("payer.family"), Amount(beside)]
    covers = [one.cover for one in offer.bills]
    if insurer := total(one.insurer for one in covers):
        parts += [*_sentences("payer.insurer"), Amount(insurer)]
    if deferred := total(one.deferred for one in covers):
        parts += [*_sentences("payer.deferred"), Amount(deferred)]
    deposits, own = total(one.cover.used for one in offer.bills), offer.own_part
    if deposits:
        parts += [*_sentences("stay.deposits"), Amount(deposits)]
        parts += [*_sentences("stay.still"), Amount(own)] if own else _sentences("stay.nothing")
    else:
        parts += [*_sentences("explain.own"), Amount(own)] if own else _sentences("explain.own_nothing")
    if any(one.bill.batch.stay and one.bill.batch.stay.fixed_sum for one in offer.bills):
        parts += _sentences("stay.setlway", "stay.fixed_sum")
    if any(one.bill.chronic for one in offer.bills):
        parts += _sentences("say.chronic")
    if offer.away.missing:
        parts += _sentences("explain.away")
    if offer.away.before:
        parts += [*_sentences("say.away"), Amount(offer.away.part_before)]
    return tuple(parts)


def _confirmed(offer: Offer) -> tuple[Part, ...]:
    if offer.redress is not None:
        taken = total(line.amount for line in offer.redress.lines)
        how = "back.how_whole" if offer.redress.whole else "back.how"
        return (*_sentences("back.title", "back.lines"), Amount(taken), *_sentences(how))
    if not offer.own_part:
        return _sentences("confirm.title_nothing", "confirm.nothing", "confirm.how_nothing")
    return (*_sentences("confirm.title", "confirm.own"), Amount(offer.own_part), *_sentences("confirm.how"))


def _of_paying(screen: ChoosingMethod | AwaitingCode | ShowingCode | AtTerminal) -> tuple[Part, ...]:
    """How much, and in which way."""
    due = (*_sentences("code.own"), Amount(screen.offer.own_part))
    match screen:
        case ChoosingMethod(again=again):
            return (*_of_fault(again), *_sentences("say.method"), *due)
        case AwaitingCode(again=again):
            refused = (Tone.REFUSED, *_of_fault(again)) if again else ()
            return (*refused, *_sentences("code.title"), *due, *_sentences("say.code"), Tone.LOOKING)
        case ShowingCode():
            return (*_sentences("say.showing"), *due)
        case AtTerminal():
            return (*_sentences("say.terminal"), *due)


def _of_face(
    screen: FaceAgent | FaceConsent | FaceChecking | FaceAgain | FaceDone | FaceElsewhere,
) -> tuple[Part, ...]:
    match screen:
        case FaceAgent(again=again, patients=patients):
            own = _sentences("face.agent.patients") if patients else ()
            return (*_of_agents(again), *own, *_sentences("face.agent.title", "face.agent.hint"))
        case FaceConsent(asks=asks):
            return _sentences(*WORDS[asks])
        case FaceChecking(elsewhere=elsewhere):
            return _sentences("face.do.terminal" if elsewhere else "face.do.ahead")
        case FaceDone(compared=compared, agent=agent, holder=holder):
            same = "face.done.agent" if agent else "face.done.same"
            then = "face.settling.next" if holder else "face.done.next"
            return _sentences(same if compared else "face.done.there", then)
        case FaceAgain(fault=fault):
            return _of_fault(fault)
        case FaceElsewhere(fault=fault, goes_on=True):
            why = _sentences(f"fault.{fault}.what") if fault else ()
            return (*why, *_sentences("face.elsewhere.title_on", "face.elsewhere.chosen_on"))
        case FaceElsewhere(fault=fault, doctor=doctor):
            return (*_of_fault(fault), *_sentences("face.doctor.elsewhere" if doctor else "face.elsewhere.title"))


def _of_stay(screen: StayAsking | Admitted) -> tuple[Part, ...]:
    match screen:
        case DepositOffered(offer=offer):
            return _deposit(offer)
        case AdmissionOffered(order=order):
            why = (*_sentences("admission.not_yet"), *map(Text, order.obstacles)) if order.obstacles else ()
            return (*_sentences("admission.title"), Text(order.ward), *why, *_sentences("admission.hint"))
        case Admitted(admission=told):
            asked = (*_sentences("deposit.suggested"), Amount(told.deposit.total)) if told.deposit else ()
            way = tuple(Text(f"{step.what} {step.where}") for step in told.steps)
            return (*_sentences("admission.done", "next.first_bare"), *way, *asked)
        case AgentCard(again=again, patients=patients):
            own = _sentences("face.agent.patients") if patients else ()
            return (*_of_agents(again), *own, *_sentences("agent.title", "agent.hint"))
        case AgentRelation():
            return _sentences("agent.relation", "agent.relation_hint")


def _of_consent(offer: Offer) -> tuple[Part, ...]:
    """All of what is agreed to, with the insurer's name in its place."""
    policy = offer.bills[0].bill.batch.policy
    title, *rest = INSURER[:-1]
    return (*_sentences(title), Text(policy.insurer if policy else ""), *_sentences(*rest))


def _of_refusal(done: Completed) -> tuple[Part, ...]:
    open_sum = total(one.refused for one in done.settled)
    choice = "insurer.two_ways" if any(one.owed for one in done.settled) else "insurer.one_way"
    return (*_sentences("insurer.refused", "insurer.open"), Amount(open_sum), *_sentences(choice))


def _at_window(screen: AtWindow) -> tuple[Part, ...]:
    if screen.newborn:
        return _sentences("newborn.title", "newborn.hint")
    return _sentences("window.title", "window.money", of_slip(screen.printed, missing="window.missing"))


def _deposit(offer: Offer) -> tuple[Part, ...]:
    asked = offer.bills[0].bill.batch.deposit
    basis = (Text(asked.basis),) if asked else ()
    group = "owed" if asked and asked.owed else "deposit"
    sum_ = (*_sentences(f"{group}.suggested"), Amount(offer.own_part))
    return (*_sentences(f"{group}.title"), *sum_, *basis, *_sentences(f"{group}.keep"))


def _next(screen: NextSteps) -> tuple[Part, ...]:
    """That it worked, where to go, and what to take along."""
    paid = [one.payment.amount for one in screen.paid if one.payment is not None]
    taken = screen.paid[0].settlement is None
    asked = screen.paid[0].bill.batch.deposit
    done = "owed.done" if asked and asked.owed else "deposit.done"
    parts: list[Part] = list(_sentences(done if taken else "next.title" if paid else "next.title_nothing"))
    if paid:
        parts += [*_sentences("say.paid"), Amount(total(paid))]
    steps = [step for one in screen.paid if one.booking for step in one.booking.steps]
    parts += _sentences("next.first_bare") if steps else _sentences("next.no_steps")
    parts += [Text(f"{step.what} {step.where}") for step in steps]
    if screen.queue or screen.others:
        parts += _sentences("say.more_bills")
    sheets = [one.paper.official for one in screen.paid if one.official is not None]
    sheet = (of_sheets(sheets),) if sheets else ()
    return (*parts, *sheet, *_sentences("next.take_both"))


def _failed(screen: Failed) -> tuple[Part, ...]:
    code = screen.fault
    parts: list[Part] = [*_sentences(f"fault.{code}.what")]
    parts += _sentences(f"money.{CATALOGUE[code].money}", f"fault.{code}.do")
    if screen.number:
        parts += [*_sentences("failed.number"), Text(screen.number)]
    return tuple(parts)
