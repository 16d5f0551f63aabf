"""What can be wrong between two parties' books: the kinds of differences, and one difference.

`words` says of each kind what is so and what to do about it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.accounts import AccountRow
from kiosk.domain.money import Money


class Kind(StrEnum):
    """One way in which two parties disagree about one settlement, one order or one claim.

    NOT_REPORTED is none yet: the kiosk has not told its rows.
    """

    STILL_OPEN = "still_open"
    KIOSK_ONLY = "kiosk_only"
    NOT_BOOKED = "not_booked"
    BOOKED_TWICE = "booked_twice"
    BOOKED_BUT_UNDONE = "booked_but_undone"
    BOOKED_WITHOUT_KIOSK = "booked_without_kiosk"
    HOSPITAL_AMOUNTS = "hospital_amounts"
    PROMISED_OTHERWISE = "promised_otherwise"
    CLAIM_OPEN = "claim_open"
    CLAIM_MISSING = "claim_missing"
    CLAIM_OTHERWISE = "claim_otherwise"
    CLAIM_NOT_NOTED = "claim_not_noted"
    CLAIM_WITHOUT_KIOSK = "claim_without_kiosk"
    CANCELLED_ELSEWHERE = "cancelled_elsewhere"
    HALF_CANCELLED = "half_cancelled"
    RECEIPT_OTHERWISE = "receipt_otherwise"
    PLATFORM_MISSING = "platform_missing"
    PLATFORM_AMOUNTS = "platform_amounts"
    SETTLED_BUT_UNDONE = "settled_but_undone"
    SETTLED_WITHOUT_KIOSK = "settled_without_kiosk"
    PLATFORM_UNEXPLAINED = "platform_unexplained"
    PHONE_TAKEN_BACK = "phone_taken_back"
    PHONE_UNFINISHED = "phone_unfinished"
    SETTLED_TWICE = "settled_twice"
    NOT_PAID = "not_paid"
    PAID_OTHERWISE = "paid_otherwise"
    CHANNEL_OTHERWISE = "channel_otherwise"
    NOT_GIVEN_BACK = "not_given_back"
    GIVEN_BACK_UNKNOWN = "given_back_unknown"
    REFUND_STILL_BOOKED = "refund_still_booked"
    REFUND_STILL_SETTLED = "refund_still_settled"
    REFUND_WITHOUT_KIOSK = "refund_without_kiosk"
    REFUND_UNKNOWN = "refund_unknown"
    STILL_GIVING_BACK = "still_giving_back"
    RETURN_OTHERWISE = "return_otherwise"
    PAID_WITHOUT_KIOSK = "paid_without_kiosk"
    NOT_REPORTED = "not_reported"


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference. `sid` is None only where no party wrote one down.

    `amounts` are by party and field, `kiosk.psn_cash_pay`, `payment.amount`: what each of them says.
    """

    kind: Kind
    terminal: str
    sid: str | None = None
    setl_id: str = ""
    msgid: str = ""
    order: str = ""
    amounts: tuple[tuple[str, Money], ...] = ()


def about(kind: Kind, row: AccountRow, amounts: Sequence[tuple[str, Money]] = (), setl_id: str = "") -> Finding:
    """About a kiosk's row; `setl_id` where it is another settlement's than the row's own."""
    return Finding(kind, row.terminal, row.sid, setl_id or row.setl_id, row.msgid, amounts=tuple(amounts))


def about_order(kind: Kind, row: AccountRow, order: str, amounts: Sequence[tuple[str, Money]] = ()) -> Finding:
    return Finding(kind, row.terminal, row.sid, row.setl_id, row.msgid, order, tuple(amounts))
