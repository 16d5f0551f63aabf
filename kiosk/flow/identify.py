"""Who is there: a card is asked for and read, then the platform is asked who it belongs to.

Either card does: the social security card in its slot, or the resident ID card on the plate of a kiosk that has one.
"""

from __future__ import annotations

from kiosk.domain.codes import CertType
from kiosk.domain.insured import CardField, CardIdentity, Credential, IdCardIdentity, Person, VoucherIdentity
from kiosk.domain.personal import Portrait, Voucher
from kiosk.faults import FaultCode
from kiosk.flow import access, bills, face, reprint
from kiosk.flow.effects import FindHolder, FindPerson, ReadCard, ReadIdCard, ScanCode, StopScanning, VerifyPin
from kiosk.flow.events import (
    CardWasRead,
    CodeWasScanned,
    DeviceChanged,
    Event,
    IdCardWasRead,
    Left,
    PersonWasSought,
    PinWasVerified,
    Stayed,
    WentBack,
    Woke,
)
from kiosk.flow.rules import Door, Whose
from kiosk.flow.services import filling, rights
from kiosk.flow.states import AwaitingCard, EnteringPin, FindingPerson, ReadingCard, ReadingIdCard
from kiosk.flow.turn import Turn, doubt, fail, part
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.card_reader import (
    CardInserted,
    CardNotRead,
    CardRead,
    CardRemoved,
    PinAccepted,
    PinBlocked,
    PinNotEntered,
    PinWrong,
)
from kiosk.ports.id_reader import IdCardNotRead, IdCardPlaced, IdCardRead
from kiosk.ports.scanner import CodeRejected, CodeScanned
from kiosk.ports.settlement import PersonFound, PersonMissing

_BY_FACE = frozenset({Door.ADMISSION})
"""Doors behind which it matters that the person is there themselves."""


_ANOTHER_VOUCHER = frozenset({FaultCode.CODE_NOT_READ_HERE, FaultCode.VOUCHER_REFUSED})
"""A code that does not do: another one does, or a card, on the very page."""


def begin(turn: Turn, door: Door) -> Turn:
    """A card that is in already is read at once."""
    return _read(turn, door) if turn.state.fixtures.card_in else _await(turn, door)


def _await(turn: Turn, door: Door, again: FaultCode | None = None) -> Turn:
    if turn.gone("card_reader"):
        return fail(turn, FaultCode.CARD_READER_GONE)
    turn, ticket = turn.wake(turn.state.rules.insert_card)
    if not turn.state.rules.codes or turn.gone("scanner"):
        return turn.show(AwaitingCard(ticket, door, again))
    turn, scan = turn.draw()
    wait = ScanCode(scan, turn.state.patience(turn.state.rules.insert_card))
    return turn.ask(StopScanning(), wait).show(AwaitingCard(ticket, door, again, scan))


def _looked_away(turn: Turn) -> Turn:
    """A card is there: no code is waited for any more."""
    return turn.ask(StopScanning()) if turn.state.rules.codes else turn


def _read(turn: Turn, door: Door) -> Turn:
    turn, ticket = _looked_away(turn).draw()
    turn, patience = turn.patience()
    return turn.ask(ReadCard(ticket)).show(ReadingCard(ticket, door, patience))


def read_id_card(turn: Turn, door: Door) -> Turn:
    """The ID card that lies on the plate."""
    turn, ticket = _looked_away(turn).draw()
    turn, patience = turn.patience()
    return turn.ask(ReadIdCard(ticket)).show(ReadingIdCard(ticket, door, patience))


def awaiting_card(turn: Turn, screen: AwaitingCard, event: Event) -> Turn:
    match event:
        case CardInserted():
            return _read(turn, screen.door)
        case IdCardPlaced():
            return read_id_card(turn, screen.door)
        case CodeWasScanned(_, CodeScanned(code)):
            return _seek_holder(turn, screen.door, code)
        case CodeWasScanned(_, CodeRejected(fault)):
            return _await(turn, screen.door, fault)
        case DeviceChanged() if turn.gone("card_reader"):
            return fail(turn, FaultCode.CARD_READER_GONE)
        case Woke():
            return doubt(turn, screen)
        case Left() | WentBack():
            return part(turn)
        case Stayed():
            return _await(turn, screen.door, screen.again)
        case _:
            return turn


def at_a_reader(turn: Turn, screen: ReadingCard | EnteringPin | ReadingIdCard, event: Event) -> Turn:
    """A card lies where it is read."""
    match screen:
        case ReadingCard():
            return _reading_card(turn, screen, event)
        case EnteringPin():
            return _entering_pin(turn, screen, event)
        case ReadingIdCard():
            return _reading_id_card(turn, screen, event)


def _reading_card(turn: Turn, screen: ReadingCard, event: Event) -> Turn:
    match event:
        case CardWasRead(_, CardRead(identity)) if turn.state.rules.card_password:
            return _enter(turn, screen.door, identity)
        case CardWasRead(_, CardRead(identity)):
            return _seek(turn, screen.door, identity)
        case CardWasRead(_, CardNotRead(FaultCode.CARD_READER_GONE)):
            return fail(turn, FaultCode.CARD_READER_GONE)
        case CardWasRead(_, CardNotRead(fault)):
            return _await(turn, screen.door, fault)
        case CardWasRead(_, None):
            return _await(turn, screen.door, FaultCode.CARD_UNREADABLE)
        case CardRemoved():
            return _await(turn, screen.door, FaultCode.CARD_PULLED)
        case DeviceChanged() if turn.gone("card_reader"):
            return fail(turn, FaultCode.CARD_READER_GONE)
        case Woke():
            return fail(turn, FaultCode.CARD_READER_GONE)
        case _:
            return turn


def _enter(turn: Turn, door: Door, identity: CardIdentity, tries: int | None = None) -> Turn:
    """The holder's next entry; each begins with a page of its own, and none with the machine."""
    turn, ticket = turn.draw()
    seconds = turn.state.patience(turn.state.rules.insert_card)
    turn, patience = turn.alarm(seconds + turn.state.rules.machine_answers)
    return turn.ask(VerifyPin(ticket, seconds)).show(EnteringPin(ticket, door, identity, patience, tries))


def _entering_pin(turn: Turn, screen: EnteringPin, event: Event) -> Turn:
    match event:
        case PinWasVerified(_, PinAccepted()):
            return _seek(turn, screen.door, screen.identity)
        case PinWasVerified(_, PinWrong(tries)):
            return _enter(turn, screen.door, screen.identity, tries)
        case PinWasVerified(_, PinBlocked()):
            return _otherwise(turn, screen.door, FaultCode.CARD_PIN_BLOCKED)
        case PinWasVerified(_, CardNotRead(FaultCode.PIN_PAD_GONE)):
            return _otherwise(turn, screen.door, FaultCode.PIN_PAD_GONE)
        case PinWasVerified(_, CardNotRead(FaultCode.CARD_READER_GONE)):
            return fail(turn, FaultCode.CARD_READER_GONE)
        case PinWasVerified(_, CardNotRead(fault)):
            return _await(turn, screen.door, fault)
        case CardRemoved():
            return _await(turn, screen.door, FaultCode.CARD_PULLED)
        case PinWasVerified(_, PinNotEntered() | None) | Left() | WentBack() | Woke():
            return part(turn)
        case DeviceChanged() if turn.gone("card_reader"):
            return fail(turn, FaultCode.CARD_READER_GONE)
        case _:
            return turn


def _reading_id_card(turn: Turn, screen: ReadingIdCard, event: Event) -> Turn:
    """Whatever goes wrong with the plate, the slot for the other card is still there: the page asks again."""
    match event:
        case IdCardWasRead(expired=True) if Whose.SELF not in turn.state.rules.expired_id_cards:
            return _await(turn, screen.door, FaultCode.CARD_EXPIRED)
        case IdCardWasRead(_, IdCardRead(identity, portrait)):
            return _seek(turn, screen.door, identity, portrait if screen.door in _BY_FACE else None)
        case IdCardWasRead(_, IdCardNotRead(fault)):
            return _await(turn, screen.door, fault)
        case IdCardWasRead(_, None):
            return _await(turn, screen.door, FaultCode.ID_CARD_UNREADABLE)
        case CardInserted():
            return _read(turn, screen.door)
        case Woke():
            return _await(turn, screen.door, FaultCode.ID_READER_GONE)
        case _:
            return turn


def _seek(turn: Turn, door: Door, identity: CardIdentity | IdCardIdentity, portrait: Portrait | None = None) -> Turn:
    credential = credential_of(identity)
    if credential is None and isinstance(identity, IdCardIdentity):
        return fail(turn, FaultCode.ID_CARD_UNKNOWN)
    if credential is None:
        return _otherwise(turn, door, FaultCode.CARD_INCOMPLETE)
    turn, ticket = turn.draw()
    turn, patience = turn.patience()
    return turn.ask(FindPerson(ticket, credential)).show(FindingPerson(ticket, door, identity, patience, portrait))


def _seek_holder(turn: Turn, door: Door, code: Voucher) -> Turn:
    turn, ticket = turn.draw()
    turn, patience = turn.patience()
    return turn.ask(FindHolder(ticket, code)).show(FindingPerson(ticket, door, None, patience))


def _otherwise(turn: Turn, door: Door, fault: FaultCode) -> Turn:
    """A card that keeps its number, or that nobody may use: another voucher does, where this kiosk takes one, on the
    very page.
    """
    plate = turn.state.fixtures.health.get("id_reader")
    takes_more = plate is not None and plate.usable
    return _await(turn, door, fault) if takes_more else fail(turn, fault)


def credential_of(identity: CardIdentity | IdCardIdentity | VoucherIdentity) -> Credential | None:
    """What 1101 is asked with: the card's number, 卡识别码 and name, a resident's number and name, or an e-voucher's
    token in place of a number.

    None when the card keeps its number, and for residence permits and foreigners' cards: mdtrt_cert_type 02 is the
    resident's alone, and what others settle with differs by province.
    """
    if isinstance(identity, VoucherIdentity):
        return identity.credential
    if isinstance(identity, IdCardIdentity):
        number = identity.resident_id
        return Credential(CertType.RESIDENT_ID, number, name=identity.name) if number else None
    if identity.card_number is None or CardField.CARD_NUMBER in identity.missing:
        return None
    return Credential(CertType.SOCIAL_CARD, identity.card_number, identity.card_serial, identity.name, identity.opaque)


def finding_person(turn: Turn, screen: FindingPerson, event: Event) -> Turn:
    match event:
        case PersonWasSought(_, PersonFound(person)) if _same(person, screen.identity):
            return _admit(access.offer_care(turn, person.age), screen, person)
        case PersonWasSought(_, PersonMissing(FaultCode.INSURANCE_STOPPED)) if (
            screen.door is Door.RIGHTS and screen.identity is not None
        ):
            return rights.begin_stopped(turn, screen.identity)
        case PersonWasSought(_, PersonFound()):
            return fail(turn, FaultCode.PERSON_MISMATCH)
        case PersonWasSought(_, Refused(fault)) if fault in _ANOTHER_VOUCHER:
            return _await(turn, screen.door, fault)
        case PersonWasSought(_, PersonMissing(fault, reason) | Refused(fault, reason)):
            return fail(turn, fault, reason=reason)
        case PersonWasSought(_, NotSent(fault) | Unknown(fault)):
            return fail(turn, fault, can_retry=True)
        case Woke():
            return fail(turn, FaultCode.PLATFORM_UNREACHABLE, can_retry=True)
        case _:
            return turn


def _admit(turn: Turn, screen: FindingPerson, person: Person) -> Turn:
    """Known; what follows is the door's."""
    if screen.door in _BY_FACE:
        return face.begin(turn, person, screen.portrait)
    match screen.door:
        case Door.SERVICES:
            return filling.begin(turn, person)
        case Door.RIGHTS:
            return rights.begin(turn, person)
        case Door.OUTPATIENT if turn.state.rules.face_settles:
            return face.begin_settling(turn, person)
        case Door.RECEIPTS | Door.REFUND:
            return reprint.begin(turn, person, screen.door)
        case _:
            return bills.begin(turn, person)


def _same(person: Person, identity: CardIdentity | IdCardIdentity | None) -> bool:
    """Whether card and platform mean one person, as far as the card tells; whose a code is, its centre has told."""
    return identity is None or identity.resident_id in {None, person.certno}
