"""The face of a hospital whose HIS, or its insurance front (医保前置), speaks to the platform: our own JSON by POST.

No national standard says how a kiosk and a HIS talk, so this is a contract of ours, versioned by its paths;
docs/his-interface.md states it for those who build the other side. Every request bears a key of its own and every reply
repeats it, with exactly one of `answer` and `refused`. People, insurances and amounts travel in the national fields of
1101, 2206 and 2207, amounts as (16,2) strings.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import StringConstraints, model_validator

from settlement.wire.codec import Message
from settlement.wire.values import Amount, Text1, Text3, Text6, Text30, Text32, Text50, TextOrEmpty, Timestamp

CONTRACT = "1.3"
"""What `his.ready` answers. The first figure is also in the paths; a higher second one only adds optional fields."""

READY, PERSON, QUOTE = "his.ready", "his.person", "his.quote"
SETTLE, REVERSE, QUERY, CANCEL = "his.settle", "his.reverse", "his.query", "his.cancel"
SHEET = "his.sheet"

MESSAGES = (READY, PERSON, QUOTE, SETTLE, REVERSE, QUERY, CANCEL, SHEET)
PATHS: Mapping[str, str] = MappingProxyType({name: f"/his/v1/{name.removeprefix('his.')}" for name in MESSAGES})
"""By the name of the message, which is also its name in logs, limits and misbehaviour."""

KEY_PREFIX = "his."
"""Begins every key of ours. A msgid of the national interface never does, so that a kiosk whose adapter was changed
while something was open cannot have the one far end answer for what the other one did.
"""

Key = Annotated[str, StringConstraints(pattern=r"^his\.[0-9A-Za-z]{1,30}$")]


class Said(Message):
    """What every message bears: its key, and who speaks. `cashier` is the number under which the HIS counts this
    terminal's takings.
    """

    key: Key
    fixmedins_code: Text30
    terminal: Text30
    terminal_name: Text50
    cashier: Text30
    sent_at: Timestamp


class Credential(Message):
    """What the person showed, as it was read. `card_blob` is the card library's own, base64; `ec_token` that of an
    e-voucher.
    """

    mdtrt_cert_type: Text3
    mdtrt_cert_no: Text50
    card_sn: Text32 | None = None
    card_blob: Annotated[str, StringConstraints(max_length=8192)] | None = None
    ec_token: Text50 | None = None


class AskReady(Said):
    """Whether the front is there, of which contract, and signed in at the platform itself."""


class AskPerson(Said):
    credential: Credential


class AskQuote(Said):
    """One bill of one person under one insurance. `mdtrt_id` repeats what the hospital gave with the bill. `extra`,
    since 1.2: fields by which the province lets a patient choose, for the HIS to pass on as they are; most have none.
    """

    credential: Credential
    psn_no: Text30
    insutype: Text6
    insuplc_admdvs: Text6
    batch_no: str
    chrg_bchno: Text30
    visit_no: Text30
    mdtrt_id: Text30
    med_type: Text6
    medfee_sumamt: Amount
    acct_used_flag: Text1
    extra: dict[str, str] | None = None


class Agreed(Message):
    """What the patient has seen, confirmed and paid: the amounts of the quote."""

    fulamt_ownpay_amt: Amount
    overlmt_selfpay: Amount
    preselfpay_amt: Amount
    inscp_scp_amt: Amount
    fund_pay_sumamt: Amount
    acct_pay: Amount
    psn_cash_pay: Amount


class AskSettle(AskQuote):
    agreed: Agreed


class AskReverse(Said):
    """Undo whatever came of the settle that bore `of_key`, and let nothing come of it later."""

    of_key: Key
    psn_no: Text30
    insuplc_admdvs: Text6


class AskQuery(Said):
    """What became of the settle that bore `of_key`, or of the settlement `setl_id`: one of the two."""

    psn_no: Text30
    of_key: Key | None = None
    setl_id: Text30 | None = None

    @model_validator(mode="after")
    def _one_question(self) -> AskQuery:
        if (self.of_key is None) == (self.setl_id is None):
            raise ValueError("of_key or setl_id")
        return self


class AskCancel(Said):
    """Undo a settlement whose answer is known."""

    setl_id: Text30
    psn_no: Text30
    insuplc_admdvs: Text6


class AskSheet(Said):
    """The official 医保结算单 of a settlement, as the HIS or the platform makes it. Since 1.1; a front that has none
    answers 404 or refuses, and nothing hangs on it.
    """

    setl_id: Text30
    psn_no: Text30
    insuplc_admdvs: Text6


class Ready(Message):
    contract: str


class Reversal(StrEnum):
    """REVERSED: it was settled and no longer is. NOTHING: nothing stands under that key and nothing ever will; this is
    final. RUNNING: the HIS does not know yet, ask again.
    """

    REVERSED = "reversed"
    NOTHING = "nothing"
    RUNNING = "running"


class Reversed(Message):
    outcome: Reversal


class Standing(StrEnum):
    """NOT_SETTLED is final: refused, reversed or cancelled. UNKNOWN: still running, or never seen and perhaps on its
    way.
    """

    SETTLED = "settled"
    NOT_SETTLED = "not_settled"
    UNKNOWN = "unknown"


class Found(Message):
    """SETTLED comes with `setlinfo` and `setldetail`: what was answered to the settle, once more."""

    state: Standing


class Cancelling(StrEnum):
    """CANCELLED is also the answer when it was undone before."""

    CANCELLED = "cancelled"
    RUNNING = "running"


class Cancelled(Message):
    outcome: Cancelling


class SheetMade(Message):
    """A whole PDF of at most 2 MiB as Base64, printed as it is."""

    pdf: str


class Code(StrEnum):
    """Why something is refused, where that makes a difference to the kiosk; any other code counts as plain no."""

    PERSON_UNKNOWN = "person_unknown"
    INSURANCE_STOPPED = "insurance_stopped"
    BILL_NOT_HELD = "bill_not_held"
    BACK_TO_DOCTOR = "back_to_doctor"
    QUOTE_CHANGED = "quote_changed"
    KEY_CLOSED = "key_closed"
    KEY_REUSED = "key_reused"


class Refusal(Message):
    """`text` is a sentence that a patient may read."""

    code: TextOrEmpty = ""
    text: TextOrEmpty = ""


class Reply(Message):
    """`answer` is read by its message once the key is ours."""

    key: TextOrEmpty = ""
    answered_at: TextOrEmpty = ""
    answer: dict[str, Any] | None = None
    refused: Refusal | None = None

    @model_validator(mode="after")
    def _one_answer(self) -> Reply:
        if (self.answer is None) == (self.refused is None):
            raise ValueError("neither an answer nor a refusal, or both")
        return self


ASKED: Mapping[str, type[Said]] = MappingProxyType(
    {
        READY: AskReady,
        PERSON: AskPerson,
        QUOTE: AskQuote,
        SETTLE: AskSettle,
        REVERSE: AskReverse,
        QUERY: AskQuery,
        CANCEL: AskCancel,
        SHEET: AskSheet,
    }
)
"""By the name of the message, what is sent; answered by `Ready`, the outputs of 1101, 2206 and 2207, `Reversed`,
`Found`, `Cancelled` and `SheetMade`.
"""
