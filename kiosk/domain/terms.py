"""How the insurance treats one line of a bill: 甲, 乙 or 自费, its price limit, and what of it is the person's own."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.money import Money, Ratio, UnitPrice


@dataclass(frozen=True, slots=True)
class LineTerms:
    """One row of the platform's answer to 2204 or 2301, as it is: the four amounts are the line (identity 1).

    `level` is chrgitm_lv (01 甲类, 02 乙类, 03 自费), `limit` pric_uplmt_amt, None where there is none, `own_ratio`
    selfpay_prop. Who tells no terms of a line says nothing about it: nobody here guesses them from its name.
    """

    level: str
    limit: UnitPrice | None
    own_ratio: Ratio | None
    fulamt_ownpay_amt: Money
    overlmt_amt: Money
    preselfpay_amt: Money
    inscp_scp_amt: Money

    @property
    def outside(self) -> Money:
        """What of the line is outside the insurance (自费): all of a 自费 item, or what exceeds the price limit."""
        return self.fulamt_ownpay_amt + self.overlmt_amt

    @property
    def whole(self) -> Money:
        return self.outside + self.preselfpay_amt + self.inscp_scp_amt


TermsTold = tuple[tuple[str, LineTerms], ...]
"""By feedetl_sn, of the lines of which the platform told them."""
