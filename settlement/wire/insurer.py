"""The insurer's face: our own JSON by POST, over the same HTTPS as the platform. One service may stand for several.

Every call is answered alike when repeated with its key, and replies repeat the key they answer. Amounts are whole fen.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints, model_validator

from settlement.wire.codec import Message
from settlement.wire.hospital import Fen, Key
from settlement.wire.values import Amount, Shown, ShownOrEmpty, Text, TextOrEmpty

QUOTE = "/insurer/quote"
SETTLE = "/insurer/settle"


class Quote(Message):
    """What would be paid of this bill? The amounts are the platform's; of what was done to the patient nothing is told.

    `consent` is the figure of the words that the patient agreed to, for both sides' records.
    """

    key: Key
    insurer: str
    product: str
    certno: str
    psn_name: str
    batch_no: str
    med_type: str
    medfee_sumamt: Amount
    fund_pay_sumamt: Amount
    acct_pay: Amount
    psn_cash_pay: Amount
    consent: Annotated[str, StringConstraints(max_length=100)]


class QuoteReply(Message):
    """`quote_no` with `amount_fen`, or a sentence why nothing is paid."""

    key: str = ""
    quote_no: TextOrEmpty = ""
    amount_fen: Fen = 0
    refused: Shown | None = None

    @model_validator(mode="after")
    def _one_answer(self) -> QuoteReply:
        if bool(self.quote_no) == (self.refused is not None):
            raise ValueError("neither an answer nor a refusal, or both")
        return self


class Settle(Message):
    """The platform has settled the bill as it was quoted, and the hospital booked it: pay `amount_fen`."""

    key: Key
    quote_no: str
    batch_no: str
    setl_id: str
    settled_at: Text
    psn_cash_pay: Amount
    amount_fen: Fen


class ClaimStatus(StrEnum):
    """REVIEWING: somebody looks into it; the same request gets the answer later."""

    PAID = "paid"
    REVIEWING = "reviewing"
    REFUSED = "refused"


class SettleReply(Message):
    key: str
    status: ClaimStatus
    amount_fen: Fen | None = None
    claim_no: ShownOrEmpty = ""
    reason: ShownOrEmpty = ""
