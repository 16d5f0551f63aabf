"""Whether an answer can be meant. What is wrong is told beside the field, in the field's own words."""

from __future__ import annotations

from datetime import date

from kiosk.domain.catalogue import Check, Question
from kiosk.domain.filing import Offer
from kiosk.domain.pages import Entry
from kiosk.domain.personal import Typed

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_OLDEST = date(1900, 1, 1)
_CREDIT_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def acceptable(question: Question, value: Typed, today: date) -> bool:
    """Length, characters, and what the field means."""
    text = value.reveal()
    if question.options:
        return text in {option.key for option in question.options}
    if not question.least <= len(text) <= question.most:
        return False
    return _shaped(question.entry, text) and _means(question.check, text, today)


def sound(offers: tuple[Offer, ...], questions: tuple[Question, ...], today: date) -> tuple[Offer, ...]:
    """Those that may be chosen: a number that its own check character contradicts is somebody's slip, or nobody's."""
    checks = {question.key: question.check for question in questions}
    return tuple(one for one in offers if _means(checks.get(one.question, Check.PLAIN), one.key, today))


def _shaped(entry: Entry, text: str) -> bool:
    if not text.isascii():
        return False
    match entry:
        case Entry.DIGITS:
            return text.isdigit()
        case Entry.IDENTITY:
            return text[:-1].isdigit() and (text[-1].isdigit() or text[-1] == "X")
        case Entry.DATE:
            return day_of(text) is not None
        case Entry.AMOUNT:
            return text.replace(".", "", 1).isdigit()
        case Entry.LIST:
            return True


def _means(check: Check, text: str, today: date) -> bool:
    match check:
        case Check.PLAIN:
            return True
        case Check.MOBILE:
            return text[0] == "1" and text[1] in "3456789"
        case Check.RESIDENT:
            return is_resident_number(text, today)
        case Check.PAST:
            day = day_of(text)
            return day is not None and _OLDEST <= day <= today
        case Check.FUTURE:
            day = day_of(text)
            return day is not None and today <= day and day.year <= today.year + 1
        case Check.BANK_CARD:
            return passes_luhn(text)
        case Check.CREDIT_CODE:
            return is_credit_code(text)


def day_of(text: str) -> date | None:
    """A day as a pad gives it: 20261126 or 2026-11-26."""
    digits = text.replace("-", "")
    if len(digits) != 8 or not digits.isdigit():
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def is_resident_number(text: str, today: date) -> bool:
    """公民身份号码: 17 digits with a date of birth, and the check character of GB 11643-1999 (ISO 7064, MOD 11-2)."""
    if len(text) != 18 or not text[:17].isdigit():
        return False
    born = day_of(text[6:14])
    right = _CHECK_DIGITS[sum(w * int(digit) for w, digit in zip(_WEIGHTS, text[:17], strict=True)) % 11]
    return born is not None and _OLDEST <= born <= today and text[17] == right


def is_credit_code(text: str) -> bool:
    """统一社会信用代码: no I, O, S, V, Z; the check character of GB 32100-2015 comes last (modulus 31, powers of 3)."""
    if len(text) != 18 or any(one not in _CREDIT_CHARACTERS for one in text):
        return False
    values = [_CREDIT_CHARACTERS.index(one) for one in text]
    return (sum(value * pow(3, place, 31) for place, value in enumerate(values[:17])) + values[17]) % 31 == 0


def passes_luhn(text: str) -> bool:
    """The check digit of payment cards (ISO/IEC 7812-1)."""
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(text))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
