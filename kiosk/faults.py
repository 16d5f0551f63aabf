"""The catalogue of everything that can go wrong and that somebody must know about.

One entry makes one code: who acts, how bad it is, and the sentences a patient reads (message ids; the words live in
config/texts). `docs/faults.md` is generated from here, and a code on the screen equals the code in the log.
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
    """Stable codes: a letter for the room and a number.

    C card, Q scanner, P printer, V camera (video), F face, I identity, B bill, Y payment, S settlement, O office,
    N network, K kiosk, A access (speech, keypad, lights).
    """

    CARD_UNREADABLE = "C01"
    CARD_FOREIGN = "C02"
    CARD_PULLED = "C03"
    CARD_READER_GONE = "C04"
    CARD_LEFT_BEHIND = "C05"
    CARD_EXPIRED = "C06"
    CARD_INCOMPLETE = "C07"
    ID_CARD_UNREADABLE = "C08"
    ID_CARD_LIFTED = "C09"
    ID_CARD_UNKNOWN = "C10"
    ID_READER_GONE = "C11"
    CARD_PIN_WRONG = "C12"
    CARD_PIN_BLOCKED = "C13"
    FACE_NOT_AUTHORISED = "C14"
    VOUCHER_REFUSED = "C15"
    FACE_TERMINAL_GONE = "C16"
    PIN_PAD_GONE = "C17"
    CODE_NOT_FOR_PAYMENT = "Q01"
    CODE_UNREADABLE = "Q02"
    SCANNER_GONE = "Q03"
    CODE_IS_VOUCHER = "Q04"
    CODE_NOT_READ_HERE = "Q05"
    PAPER_OUT = "P01"
    PAPER_LOW = "P02"
    PAPER_RAN_OUT = "P03"
    PRINTER_OPEN = "P04"
    PRINTER_GONE = "P05"
    PRINTER_SILENT = "P06"
    PRINTER_JAMMED = "P07"
    PAGE_PRINTER_GONE = "P08"
    PAGE_PAPER_OUT = "P09"
    PAGE_PRINTER_JAMMED = "P10"
    PAGE_PRINTER_OPEN = "P11"
    PAGE_INK_OUT = "P12"
    PAGE_SUPPLY_LOW = "P13"
    OFFICIAL_NOT_MADE = "P14"
    OFFICIAL_BROKEN = "P15"
    OFFICIAL_SILENT = "P16"
    CAMERA_GONE = "V01"
    CAMERA_FROZEN = "V02"
    CAMERA_DARK = "V03"
    CAMERA_BLURRED = "V04"
    FACE_NOT_SEEN = "F01"
    FACE_SEVERAL = "F02"
    FACE_NOT_DONE = "F03"
    FACE_NOT_LIVE = "F04"
    FACE_NOT_SAME = "F05"
    FACE_MODELS_MISSING = "F06"
    FACE_CHILD = "F07"
    DOCTOR_UNKNOWN = "F08"
    CONFIRMATION_REFUSED = "F09"
    PLACE_UNSIGNED = "F10"
    PERSON_UNKNOWN = "I01"
    INSURANCE_STOPPED = "I02"
    PERSON_MISMATCH = "I03"
    INQUIRY_REFUSED = "I04"
    AREA_UNKNOWN = "I05"
    AGENT_UNDER_AGE = "I06"
    NO_BILL = "B01"
    BILL_TAKEN = "B02"
    BILL_REFUSED = "B03"
    WINDOW_ONLY = "B04"
    BILL_MALFORMED = "B05"
    IN_HOSPITAL = "B06"
    BACK_TO_DOCTOR = "B07"
    KEY_UNKNOWN = "B08"
    KEY_OF_ANOTHER = "B09"
    DEPOSIT_UNKNOWN = "B10"
    DEPOSIT_REFUSED = "B11"
    NO_ADMISSION = "B12"
    ADMISSION_REFUSED = "B13"
    WORK_INJURY = "B14"
    INJURY = "B15"
    RETIRED_CADRE = "B16"
    NO_PAID_BILL = "B20"
    NO_REFUND = "B21"
    INSURER_REFUSED = "B22"
    REFUND_REFUSED = "B23"
    REFUND_UNKNOWN = "B24"
    REST_NOT_SETTLED = "B25"
    DAYS_CONTRADICT = "B26"
    PHONE_REFUSED = "B27"
    PHONE_UNKNOWN = "B28"
    PHONE_PAYING = "B29"
    PHONE_PAID = "B30"
    QUERY_REFUSED = "B31"
    HOLD_SHORT = "B32"
    PAYMENT_REFUSED = "Y01"
    PAYMENT_CODE_EXPIRED = "Y02"
    PAYMENT_NOT_MADE = "Y03"
    PAYMENT_UNKNOWN = "Y04"
    PAYMENT_TERMINAL_GONE = "Y05"
    PAYMENT_IN_PART = "Y06"
    QUOTE_REFUSED = "S01"
    SETTLEMENT_REFUSED = "S02"
    SETTLEMENT_UNKNOWN = "S03"
    SETTLEMENT_WRONG = "S04"
    BOOKING_UNKNOWN = "S05"
    BOOKING_REFUSED = "S06"
    STAFF_MUST_RESOLVE = "S07"
    UPLOAD_REFUSED = "S08"
    SETTLEMENT_UNDONE = "S09"
    REVERSAL_UNKNOWN = "S10"
    FILING_REFUSED = "O01"
    FILING_UNKNOWN = "O02"
    PLATFORM_UNREACHABLE = "N01"
    HOSPITAL_UNREACHABLE = "N02"
    PAYMENT_UNREACHABLE = "N03"
    CERTIFICATE_NOT_OURS = "N04"
    REPLY_BROKEN = "N05"
    CLOCK_WRONG = "N06"
    SIGN_IN_REFUSED = "N07"
    CERTIFICATE_ENDING = "N08"
    CERTIFICATE_ENDED = "N09"
    KEY_SERVER_UNREACHABLE = "N10"
    OFFICE_UNREACHABLE = "N11"
    INSURER_UNREACHABLE = "N12"
    JOURNAL_FULL = "K01"
    JOURNAL_BROKEN = "K02"
    SETTINGS_WRONG = "K03"
    ALREADY_RUNNING = "K04"
    PACK_WRONG = "K05"
    SETTLING_PAUSED = "K06"
    PACK_REFUSED = "K07"
    POWER_ON_BATTERY = "K08"
    POWER_ENDING = "K09"
    POWER_SOURCE_ILL = "K10"
    SPEECH_GONE = "A01"
    KEYPAD_GONE = "A02"
    LIGHTS_GONE = "A03"
    PRESENCE_GONE = "A04"


@dataclass(frozen=True, slots=True)
class Fault:
    """One entry of the catalogue."""

    code: FaultCode
    severity: Severity
    actor: Actor
    money: MoneyAt
    cause: str


def _faults(severity: Severity, actor: Actor, money: MoneyAt, causes: dict[FaultCode, str]) -> list[Fault]:
    return [Fault(code, severity, actor, money, cause) for code, cause in causes.items()]


CATALOGUE: dict[FaultCode, Fault] = {
    fault.code: fault
    for fault in (
        *_faults(
            Severity.VISIT,
            Actor.PATIENT,
            MoneyAt.UNTOUCHED,
            {
                FaultCode.CARD_UNREADABLE: "The card answers nothing or not as its standard says.",
                FaultCode.CARD_FOREIGN: "The card has no social security application.",
                FaultCode.CARD_PULLED: "The card left the reader while being read.",
                FaultCode.CARD_EXPIRED: "The card's own date of validity has passed.",
                FaultCode.CARD_INCOMPLETE: "The card keeps number and name to readers with its keys.",
                FaultCode.ID_CARD_UNREADABLE: "The ID card fails its reader's checks, or its text contradicts itself.",
                FaultCode.ID_CARD_LIFTED: "The ID card left the plate, or moved, before it was read.",
                FaultCode.ID_CARD_UNKNOWN: "A certificate of a kind or layout that cannot identify anybody here.",
                FaultCode.FACE_NOT_SEEN: "No usable picture of one face: nobody, too dark, blurred or covered.",
                FaultCode.FACE_SEVERAL: "More than one person before the camera.",
                FaultCode.FACE_NOT_DONE: "What the page asked for was not done, or something else was.",
                FaultCode.PERSON_UNKNOWN: "1101 knows no such person.",
                FaultCode.INQUIRY_REFUSED: "The platform refuses to answer a question about the person.",
                FaultCode.INSURANCE_STOPPED: "No insurance of the person can settle today.",
                FaultCode.BILL_TAKEN: "Another till, app or kiosk holds the bill.",
                FaultCode.PHONE_REFUSED: "The hospital did not take the bill over for its patient's phone.",
                FaultCode.PHONE_PAYING: "The bill waits on a phone, and somebody is paying it there now.",
                FaultCode.PHONE_PAID: "The bill that was to be taken back from a phone is paid there.",
                FaultCode.PAYMENT_REFUSED: "The payment service refused, for lack of funds for example.",
                FaultCode.PAYMENT_NOT_MADE: "No payment within the time; the order was closed.",
                FaultCode.QUOTE_REFUSED: "2206A was refused, or never answered.",
            },
        ),
        *_faults(
            Severity.DEVICE,
            Actor.HOSPITAL_IT,
            MoneyAt.UNTOUCHED,
            {
                FaultCode.CARD_READER_GONE: "No reader, or its service does not answer.",
                FaultCode.ID_READER_GONE: "The ID card reader or its security module does not answer.",
                FaultCode.FACE_TERMINAL_GONE: "The certified face and e-voucher terminal does not answer.",
                FaultCode.PIN_PAD_GONE: "The encrypting PIN pad does not answer, has no keys, or was tampered with.",
                FaultCode.SCANNER_GONE: "The scanner does not answer.",
                FaultCode.PAYMENT_TERMINAL_GONE: "The terminal for bank cards does not answer, or cannot be trusted.",
                FaultCode.FACE_MODELS_MISSING: "The face models are not installed, or other files than the pinned.",
                FaultCode.CAMERA_GONE: "No camera, or it gives no pictures.",
                FaultCode.CAMERA_FROZEN: "The camera gives one and the same picture again and again.",
            },
        ),
        *_faults(
            Severity.NOTICE,
            Actor.PATIENT,
            MoneyAt.NONE,
            {
                FaultCode.FACE_CHILD: "Nobody under 14 is asked for their face without a guardian.",
                FaultCode.DOCTOR_UNKNOWN: "The hospital knows nobody with this number who confirms, or has no picture.",
                FaultCode.CONFIRMATION_REFUSED: "The hospital did not take a doctor's confirmation from this kiosk.",
                FaultCode.CARD_LEFT_BEHIND: "The visit is over and the card is still in the reader.",
            },
        ),
        *_faults(
            Severity.NOTICE,
            Actor.PATIENT,
            MoneyAt.UNTOUCHED,
            {
                FaultCode.CODE_NOT_FOR_PAYMENT: "The scanned code is not a payment code.",
                FaultCode.CODE_IS_VOUCHER: "The scanned code is an insurance voucher, with which nothing is paid.",
                FaultCode.CODE_NOT_READ_HERE: "A code nobody reads here, such as an electronic social security card's.",
                FaultCode.CODE_UNREADABLE: "The scanner sent what no code contains.",
                FaultCode.FACE_NOT_AUTHORISED: "The certified terminal does not vouch for the face before it.",
                FaultCode.VOUCHER_REFUSED: "The e-voucher centre does not know the code, or it is too old.",
                FaultCode.CARD_PIN_WRONG: "The card refuses the password and says how many tries are left.",
                FaultCode.CARD_PIN_BLOCKED: "The card takes no password any more; its issuer unblocks it.",
                FaultCode.IN_HOSPITAL: "The platform knows of a stay that is not over; outpatient bills wait for it.",
                FaultCode.AREA_UNKNOWN: "The pack's pool table does not know the place of insurance.",
                FaultCode.AGENT_UNDER_AGE: "Whoever came for the patient is under eighteen.",
                FaultCode.WINDOW_ONLY: "The province settles this insurance or kind of care at a window only.",
                FaultCode.WORK_INJURY: "The bill is of an injury at work, which another fund pays: staff settle it.",
                FaultCode.INJURY: "The bill is of an injury somebody else may have to pay for: staff settle it.",
                FaultCode.RETIRED_CADRE: "The person is insured as a retired cadre, whom staff settle with.",
                FaultCode.NO_BILL: "The hospital has nothing unpaid for the person.",
                FaultCode.REFUND_REFUSED: "2208 of a paid bill was refused before anything of it was undone.",
                FaultCode.NO_REFUND: "The hospital has approved no refund of what the person paid.",
                FaultCode.NO_PAID_BILL: "The hospital knows of nothing that the person paid in the last 180 days.",
                FaultCode.NO_ADMISSION: "The hospital knows of no stay that was ordered for the person.",
                FaultCode.ADMISSION_REFUSED: "The hospital did not register the stay.",
                FaultCode.BACK_TO_DOCTOR: "The hospital's check of the orders wants the doctor to look again first.",
                FaultCode.KEY_UNKNOWN: "The hospital knows no card, slip or wristband with the scanned code.",
                FaultCode.KEY_OF_ANOTHER: "The scanned card, slip or wristband bears another name than the person's.",
                FaultCode.PAYMENT_CODE_EXPIRED: "The payment code is no longer valid.",
            },
        ),
        *_faults(
            Severity.DEVICE,
            Actor.STAFF,
            MoneyAt.PAID,
            {
                FaultCode.PAPER_OUT: "No paper before printing; the receipt is kept for reprint.",
                FaultCode.PAPER_RAN_OUT: "Paper ended during printing; the receipt is kept for reprint.",
                FaultCode.PRINTER_OPEN: "The printer's cover is open.",
                FaultCode.PRINTER_JAMMED: "Cutter or mechanism is stuck.",
                FaultCode.PAGE_PAPER_OUT: "The A4 printer has no paper; the statement was taken back.",
                FaultCode.PAGE_PRINTER_JAMMED: "Paper is stuck in the A4 printer, or its tray is full.",
                FaultCode.PAGE_PRINTER_OPEN: "A cover of the A4 printer is open.",
                FaultCode.PAGE_INK_OUT: "The A4 printer has no toner or ink.",
            },
        ),
        *_faults(
            Severity.NOTICE,
            Actor.STAFF,
            MoneyAt.NONE,
            {
                FaultCode.PAPER_LOW: "Paper is near its end.",
                FaultCode.PAGE_SUPPLY_LOW: "Paper, toner or ink of the A4 printer is near its end.",
                FaultCode.CAMERA_DARK: "The camera sees nothing: covered, or no light.",
                FaultCode.CAMERA_BLURRED: "The camera sees nothing sharp: a dirty window, or out of focus.",
            },
        ),
        *_faults(
            Severity.DEVICE,
            Actor.HOSPITAL_IT,
            MoneyAt.PAID,
            {
                FaultCode.PRINTER_GONE: "The printer cannot be reached.",
                FaultCode.PAGE_PRINTER_GONE: "The A4 printer refuses or loses the statement.",
            },
        ),
        *_faults(
            Severity.NOTICE,
            Actor.HOSPITAL_IT,
            MoneyAt.PAID,
            {
                FaultCode.OFFICIAL_NOT_MADE: "Platform or HIS has no official statement of the settlement yet.",
                FaultCode.OFFICIAL_BROKEN: "What came as the official statement is no whole PDF, or too large.",
                FaultCode.OFFICIAL_SILENT: "Whoever makes the official statement did not answer in time.",
                FaultCode.PRINTER_SILENT: "The printer takes bytes but tells nothing; the paper may be out.",
            },
        ),
        *_faults(
            Severity.NOTICE,
            Actor.HOSPITAL_IT,
            MoneyAt.NONE,
            {
                FaultCode.DAYS_CONTRADICT: "The sums of a stay's day list are not those of its lines, or not its bill.",
                FaultCode.HOLD_SHORT: "The hospital holds a bill for less than was asked: it may go before it is paid.",
            },
        ),
        *_faults(
            Severity.VISIT,
            Actor.STAFF,
            MoneyAt.UNTOUCHED,
            {
                FaultCode.FACE_NOT_LIVE: "The camera's picture cannot be told from one of a picture or a screen.",
                FaultCode.FACE_NOT_SAME: "The face before the camera is not the one of the reference picture.",
                FaultCode.PERSON_MISMATCH: "Card and platform name different people.",
                FaultCode.BILL_REFUSED: "The hospital will not hand out this bill.",
                FaultCode.QUERY_REFUSED: "The hospital will not tell what was asked about this person.",
                FaultCode.PHONE_UNKNOWN: "The hospital has not said whether the bill is on its patient's phone.",
                FaultCode.UPLOAD_REFUSED: "The platform refused the visit's data or fee lines.",
                FaultCode.SETTLEMENT_UNDONE: "A lost or contradictory settlement is undone; nothing was collected.",
            },
        ),
        *_faults(
            Severity.VISIT,
            Actor.STAFF,
            MoneyAt.HELD,
            {
                FaultCode.PAYMENT_UNKNOWN: "The payment service does not say whether it paid.",
                FaultCode.SETTLEMENT_UNKNOWN: "2207A was not answered; it is being undone by 2601.",
                FaultCode.SETTLEMENT_WRONG: "2207A answered with amounts that contradict themselves, payment or quote.",
                FaultCode.REVERSAL_UNKNOWN: "Undone, but a copy may have landed; the last reversal gets no answer.",
                FaultCode.REFUND_UNKNOWN: "A paid bill is being taken back; not everybody has answered yet.",
                FaultCode.STAFF_MUST_RESOLVE: "Undoing failed too often; a person must finish this.",
            },
        ),
        *_faults(
            Severity.VISIT,
            Actor.PATIENT,
            MoneyAt.RETURNED,
            {
                FaultCode.SETTLEMENT_REFUSED: "2207A was refused after payment; the payment goes back.",
                FaultCode.PAYMENT_IN_PART: "Another amount was paid than was asked for; all of it goes back.",
            },
        ),
        *_faults(
            Severity.VISIT,
            Actor.STAFF,
            MoneyAt.PAID,
            {
                FaultCode.BOOKING_UNKNOWN: "Settled and paid; the hospital has not yet said that it knows.",
                FaultCode.DEPOSIT_UNKNOWN: "A deposit is paid; the hospital has not yet said that it is booked.",
            },
        ),
        *_faults(
            Severity.VISIT,
            Actor.STAFF,
            MoneyAt.RETURNED,
            {
                FaultCode.BOOKING_REFUSED: "The hospital refused to book; settlement and payment are undone.",
                FaultCode.REST_NOT_SETTLED: "A paid bill is cancelled and paid back; what stays of it is owed again.",
                FaultCode.DEPOSIT_REFUSED: "The hospital did not take a deposit that was paid; the payment goes back.",
            },
        ),
        *_faults(
            Severity.SETTLEMENT,
            Actor.HOSPITAL_IT,
            MoneyAt.UNTOUCHED,
            {
                FaultCode.PLATFORM_UNREACHABLE: "No connection to the insurance platform.",
                FaultCode.HOSPITAL_UNREACHABLE: "No connection to the hospital's system.",
                FaultCode.PAYMENT_UNREACHABLE: "No connection to the payment service.",
                FaultCode.CERTIFICATE_NOT_OURS: "The far end's certificate is not of our authority, or our clock lies.",
                FaultCode.CLOCK_WRONG: "Our clock and the platform's differ by more than allowed.",
                FaultCode.SIGN_IN_REFUSED: "9001 was refused.",
                FaultCode.CERTIFICATE_ENDED: "Our client certificate ends within a day or has ended.",
                FaultCode.JOURNAL_FULL: "The journal cannot be written: disk full or read-only.",
                FaultCode.SETTLING_PAUSED: "Too many unknown answers; no new settlement starts for a while.",
                FaultCode.POWER_ENDING: "The mains are gone and the battery is nearly empty.",
            },
        ),
        *_faults(
            Severity.NOTICE,
            Actor.HOSPITAL_IT,
            MoneyAt.NONE,
            {
                FaultCode.CERTIFICATE_ENDING: "Our client certificate ends within 30 days.",
                FaultCode.KEY_SERVER_UNREACHABLE: "The key server of cards answers nothing, or not as agreed.",
                FaultCode.SPEECH_GONE: "No player, no sound device or no prompts: the kiosk is silent.",
                FaultCode.KEYPAD_GONE: "The tactile keypad cannot be reached.",
                FaultCode.POWER_ON_BATTERY: "The mains are gone; the kiosk runs on the battery of its supply.",
                FaultCode.POWER_SOURCE_ILL: "The supply does not answer, or wants a new battery.",
                FaultCode.LIGHTS_GONE: "Some or all guide lights cannot be switched.",
                FaultCode.PRESENCE_GONE: "The presence sensor gives no readings.",
            },
        ),
        *_faults(
            Severity.NOTICE,
            Actor.HOSPITAL_IT,
            MoneyAt.UNTOUCHED,
            {
                FaultCode.INSURER_UNREACHABLE: "The commercial insurer does not say what it would pay.",
            },
        ),
        *_faults(
            Severity.NOTICE,
            Actor.PATIENT,
            MoneyAt.UNTOUCHED,
            {
                FaultCode.INSURER_REFUSED: "The commercial insurer pays nothing of this bill.",
            },
        ),
        *_faults(
            Severity.VISIT,
            Actor.HOSPITAL_IT,
            MoneyAt.UNTOUCHED,
            {
                FaultCode.REPLY_BROKEN: "A reply that does not follow the interface, where no money moved.",
                FaultCode.BILL_MALFORMED: "A field or code of the bill is none the interface takes; nothing was sent.",
            },
        ),
        *_faults(
            Severity.KIOSK,
            Actor.VENDOR,
            MoneyAt.HELD,
            {
                FaultCode.JOURNAL_BROKEN: "The journal's chain does not verify.",
            },
        ),
        *_faults(
            Severity.KIOSK,
            Actor.HOSPITAL_IT,
            MoneyAt.NONE,
            {
                FaultCode.SETTINGS_WRONG: "A setting is unknown, missing or of the wrong kind.",
                FaultCode.ALREADY_RUNNING: "Another process holds this work directory.",
                FaultCode.PACK_WRONG: "The policy pack is damaged, not in force or not complete.",
            },
        ),
        *_faults(
            Severity.NOTICE,
            Actor.HOSPITAL_IT,
            MoneyAt.NONE,
            {
                FaultCode.PACK_REFUSED: "A new policy pack is damaged, not trusted or not in force.",
                FaultCode.PLACE_UNSIGNED: "The kiosk's place is not signed by the key named: no doctor confirms here.",
            },
        ),
        *_faults(
            Severity.VISIT,
            Actor.PATIENT,
            MoneyAt.NONE,
            {
                FaultCode.FILING_REFUSED: "The insurance office did not take the application.",
            },
        ),
        *_faults(
            Severity.VISIT,
            Actor.HOSPITAL_IT,
            MoneyAt.NONE,
            {
                FaultCode.FILING_UNKNOWN: "An application left and no answer came; it is sought by its key.",
                FaultCode.OFFICE_UNREACHABLE: "The insurance office cannot be reached; nothing was handed in.",
            },
        ),
    )
}
