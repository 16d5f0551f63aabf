"""The catalogue of everything that can go wrong and that somebody must know about.

One entry makes one code: who acts, how bad it is, and the sentences a patient reads (message ids; the words live in config/texts).
`docs/faults.md` is generated from here, and a code on the screen equals the code in the log.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Actor(StrEnum):
    """Who can mend it."""

    PATIENT = "patient"
    STAFF = "staff"
    HOSPITAL_IT = "hospital_it"
    VENDOR = "vendor"


class Severity(StrEnum):
    """What still works: all of it, all but this visit, all but this device, nothing that costs money, nothing."""

    NOTICE = "notice"
    VISIT = "visit"
    DEVICE = "device"
    SETTLEMENT = "settlement"
    KIOSK = "kiosk"


class MoneyAt(StrEnum):
    """Where the patient's money is when this fault meets them; the page says so in words."""

    UNTOUCHED = "untouched"
    RETURNED = "returned"
    HELD = "held"
    PAID = "paid"
    NONE = "none"


class FaultCode(StrEnum):
    """Stable codes: letter of the room (C card, Q scanner, P printer, I identity, B bill, Y payment, S settlement, N network, K kiosk), number."""

    CARD_UNREADABLE = "C01"
    CARD_FOREIGN = "C02"
    CARD_PULLED = "C03"
    CARD_READER_GONE = "C04"
    CARD_LEFT_BEHIND = "C05"
    CARD_EXPIRED = "C06"
    CARD_INCOMPLETE = "C07"
    CODE_NOT_FOR_PAYMENT = "Q01"
    CODE_UNREADABLE = "Q02"
    SCANNER_GONE = "Q03"
    PAPER_OUT = "P01"
    PAPER_LOW = "P02"
    PAPER_RAN_OUT = "P03"
    PRINTER_OPEN = "P04"
    PRINTER_GONE = "P05"
    PRINTER_SILENT = "P06"
    PRINTER_JAMMED = "P07"
    PAGE_PRINTER_GONE = "P08"
    PERSON_UNKNOWN = "I01"
    INSURANCE_STOPPED = "I02"
    PERSON_MISMATCH = "I03"
    NO_BILL = "B01"
    BILL_TAKEN = "B02"
    BILL_REFUSED = "B03"
    PAYMENT_REFUSED = "Y01"
    PAYMENT_CODE_EXPIRED = "Y02"
    PAYMENT_NOT_MADE = "Y03"
    PAYMENT_UNKNOWN = "Y04"
    QUOTE_REFUSED = "S01"
    SETTLEMENT_REFUSED = "S02"
    SETTLEMENT_UNKNOWN = "S03"
    SETTLEMENT_WRONG = "S04"
    BOOKING_UNKNOWN = "S05"
    BOOKING_REFUSED = "S06"
    STAFF_MUST_RESOLVE = "S07"
    UPLOAD_REFUSED = "S08"
    PLATFORM_UNREACHABLE = "N01"
    HOSPITAL_UNREACHABLE = "N02"
    PAYMENT_UNREACHABLE = "N03"
    CERTIFICATE_NOT_OURS = "N04"
    REPLY_BROKEN = "N05"
    CLOCK_WRONG = "N06"
    SIGN_IN_REFUSED = "N07"
    JOURNAL_FULL = "K01"
    JOURNAL_BROKEN = "K02"
    SETTINGS_WRONG = "K03"
    ALREADY_RUNNING = "K04"
    PACK_WRONG = "K05"
    SETTLING_PAUSED = "K06"


@dataclass(frozen=True, slots=True)
class Fault:
    """One entry of the catalogue."""

    code: FaultCode
    severity: Severity
    actor: Actor
    money: MoneyAt
    cause: str


def _entry(code: FaultCode, severity: Severity, actor: Actor, money: MoneyAt, cause: str) -> tuple[FaultCode, Fault]:
    return code, Fault(code, severity, actor, money, cause)


_S, _A, _M, _F = Severity, Actor, MoneyAt, FaultCode

CATALOGUE: dict[FaultCode, Fault] = dict(
    (
        _entry(_F.CARD_UNREADABLE, _S.VISIT, _A.PATIENT, _M.UNTOUCHED, "The card answers nothing or not as its standard says."),
        _entry(_F.CARD_FOREIGN, _S.VISIT, _A.PATIENT, _M.UNTOUCHED, "The card has no social security application."),
        _entry(_F.CARD_PULLED, _S.VISIT, _A.PATIENT, _M.UNTOUCHED, "The card left the reader while being read."),
        _entry(_F.CARD_READER_GONE, _S.DEVICE, _A.HOSPITAL_IT, _M.UNTOUCHED, "No reader, or its service does not answer."),
        _entry(_F.CARD_LEFT_BEHIND, _S.NOTICE, _A.PATIENT, _M.NONE, "The visit is over and the card is still in the reader."),
        _entry(_F.CARD_EXPIRED, _S.VISIT, _A.PATIENT, _M.UNTOUCHED, "The card's own date of validity has passed."),
        _entry(_F.CARD_INCOMPLETE, _S.VISIT, _A.PATIENT, _M.UNTOUCHED, "The card keeps number and name to readers with its keys."),
        _entry(_F.CODE_NOT_FOR_PAYMENT, _S.NOTICE, _A.PATIENT, _M.UNTOUCHED, "The scanned code is not a payment code."),
        _entry(_F.CODE_UNREADABLE, _S.NOTICE, _A.PATIENT, _M.UNTOUCHED, "The scanner sent what no code contains."),
        _entry(_F.SCANNER_GONE, _S.DEVICE, _A.HOSPITAL_IT, _M.UNTOUCHED, "The scanner does not answer."),
        _entry(_F.PAPER_OUT, _S.DEVICE, _A.STAFF, _M.PAID, "No paper before printing; the receipt is kept for reprint."),
        _entry(_F.PAPER_LOW, _S.NOTICE, _A.STAFF, _M.NONE, "Paper is near its end."),
        _entry(_F.PAPER_RAN_OUT, _S.DEVICE, _A.STAFF, _M.PAID, "Paper ended during printing; the receipt is kept for reprint."),
        _entry(_F.PRINTER_OPEN, _S.DEVICE, _A.STAFF, _M.PAID, "The printer's cover is open."),
        _entry(_F.PRINTER_GONE, _S.DEVICE, _A.HOSPITAL_IT, _M.PAID, "The printer cannot be reached."),
        _entry(_F.PRINTER_SILENT, _S.NOTICE, _A.HOSPITAL_IT, _M.PAID, "The printer takes bytes but tells nothing; the paper may be out."),
        _entry(_F.PRINTER_JAMMED, _S.DEVICE, _A.STAFF, _M.PAID, "Cutter or mechanism is stuck."),
        _entry(_F.PAGE_PRINTER_GONE, _S.DEVICE, _A.HOSPITAL_IT, _M.PAID, "The A4 printer refuses or loses the statement."),
        _entry(_F.PERSON_UNKNOWN, _S.VISIT, _A.PATIENT, _M.UNTOUCHED, "1101 knows no such person."),
        _entry(_F.INSURANCE_STOPPED, _S.VISIT, _A.PATIENT, _M.UNTOUCHED, "No insurance of the person can settle today."),
        _entry(_F.PERSON_MISMATCH, _S.VISIT, _A.STAFF, _M.UNTOUCHED, "Card and platform name different people."),
        _entry(_F.NO_BILL, _S.NOTICE, _A.PATIENT, _M.UNTOUCHED, "The hospital has nothing unpaid for the person."),
        _entry(_F.BILL_TAKEN, _S.VISIT, _A.PATIENT, _M.UNTOUCHED, "Another till, app or kiosk holds the bill."),
        _entry(_F.BILL_REFUSED, _S.VISIT, _A.STAFF, _M.UNTOUCHED, "The hospital will not hand out this bill."),
        _entry(_F.PAYMENT_REFUSED, _S.VISIT, _A.PATIENT, _M.UNTOUCHED, "The payment service refused, for lack of funds for example."),
        _entry(_F.PAYMENT_CODE_EXPIRED, _S.NOTICE, _A.PATIENT, _M.UNTOUCHED, "The payment code is no longer valid."),
        _entry(_F.PAYMENT_NOT_MADE, _S.VISIT, _A.PATIENT, _M.UNTOUCHED, "No payment within the time; the order was closed."),
        _entry(_F.PAYMENT_UNKNOWN, _S.VISIT, _A.STAFF, _M.HELD, "The payment service does not say whether it paid."),
        _entry(_F.QUOTE_REFUSED, _S.VISIT, _A.PATIENT, _M.UNTOUCHED, "2206A was refused, or never answered."),
        _entry(_F.SETTLEMENT_REFUSED, _S.VISIT, _A.PATIENT, _M.RETURNED, "2207A was refused after payment; the payment goes back."),
        _entry(_F.SETTLEMENT_UNKNOWN, _S.VISIT, _A.STAFF, _M.HELD, "2207A was not answered; it is being undone by 2601."),
        _entry(_F.SETTLEMENT_WRONG, _S.VISIT, _A.STAFF, _M.HELD, "2207A answered with amounts that contradict themselves or the payment."),
        _entry(_F.BOOKING_UNKNOWN, _S.VISIT, _A.STAFF, _M.PAID, "Settled and paid; the hospital has not yet said that it knows."),
        _entry(_F.BOOKING_REFUSED, _S.VISIT, _A.STAFF, _M.RETURNED, "The hospital refused to book; settlement and payment are undone."),
        _entry(_F.STAFF_MUST_RESOLVE, _S.VISIT, _A.STAFF, _M.HELD, "Undoing failed too often; a person must finish this."),
        _entry(_F.UPLOAD_REFUSED, _S.VISIT, _A.STAFF, _M.UNTOUCHED, "The platform refused the visit's data or fee lines."),
        _entry(_F.PLATFORM_UNREACHABLE, _S.SETTLEMENT, _A.HOSPITAL_IT, _M.UNTOUCHED, "No connection to the insurance platform."),
        _entry(_F.HOSPITAL_UNREACHABLE, _S.SETTLEMENT, _A.HOSPITAL_IT, _M.UNTOUCHED, "No connection to the hospital's system."),
        _entry(_F.PAYMENT_UNREACHABLE, _S.SETTLEMENT, _A.HOSPITAL_IT, _M.UNTOUCHED, "No connection to the payment service."),
        _entry(_F.CERTIFICATE_NOT_OURS, _S.SETTLEMENT, _A.HOSPITAL_IT, _M.UNTOUCHED, "The far end's certificate is not of our authority."),
        _entry(_F.REPLY_BROKEN, _S.VISIT, _A.HOSPITAL_IT, _M.UNTOUCHED, "A reply that does not follow the interface, where no money moved."),
        _entry(_F.CLOCK_WRONG, _S.SETTLEMENT, _A.HOSPITAL_IT, _M.UNTOUCHED, "Our clock and the platform's differ by more than allowed."),
        _entry(_F.SIGN_IN_REFUSED, _S.SETTLEMENT, _A.HOSPITAL_IT, _M.UNTOUCHED, "9001 was refused."),
        _entry(_F.JOURNAL_FULL, _S.SETTLEMENT, _A.HOSPITAL_IT, _M.UNTOUCHED, "The journal cannot be written: disk full or read-only."),
        _entry(_F.JOURNAL_BROKEN, _S.KIOSK, _A.VENDOR, _M.HELD, "The journal's chain does not verify."),
        _entry(_F.SETTINGS_WRONG, _S.KIOSK, _A.HOSPITAL_IT, _M.NONE, "A setting is unknown, missing or of the wrong kind."),
        _entry(_F.ALREADY_RUNNING, _S.KIOSK, _A.HOSPITAL_IT, _M.NONE, "Another process holds this work directory."),
        _entry(_F.PACK_WRONG, _S.KIOSK, _A.HOSPITAL_IT, _M.NONE, "The policy pack is damaged, not in force or not complete."),
        _entry(_F.SETTLING_PAUSED, _S.SETTLEMENT, _A.HOSPITAL_IT, _M.UNTOUCHED, "Too many unknown answers; no new settlement starts for a while."),
    )
)
