"""The lines of a bill as printed for the patient, and a stay's day by day (住院费用一日清单)."""

from __future__ import annotations

from settlement.wire.codec import Message
from settlement.wire.outpatient import FeeSplit
from settlement.wire.values import Amount, Day, Quantity, Shown, Timestamp, UnitPrice


class BillLine(Message):
    """A fee line as printed for the patient. `fee_ocur_time` is when the service was given, as 2204 and 2301 have it;
    a stay's day list goes by it. `split` is the platform's row of its own 2204 or 2301, where the hospital uploaded.
    """

    feedetl_sn: str
    name: Shown
    spec: Shown = ""
    cnt: Quantity
    unit: Shown = ""
    pric: UnitPrice
    amount: Amount
    category: Shown = ""
    fee_ocur_time: Timestamp | None = None
    split: FeeSplit | None = None


class StayDay(Message):
    """One day of a stay: `amount` is what its lines come to, `so_far` what all lines do from the admission to its end.

    Both are the hospital's own. A day without charges is left out.
    """

    day: Day
    amount: Amount
    so_far: Amount
