"""What the crowd meets of a commercial insurer: a bill with a policy, its pledge, and a claim that is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kiosk.domain.insurer import Claim, Outcome, Pledge
from kiosk.domain.money import Money
from kiosk.flow.account_events import AccountChosen, FamilyChosen
from kiosk.flow.effects import (
    AskInsurer,
    PrintClaimSlip,
    PrintPendingSlip,
    PrintReceipt,
    PrintWindowSlip,
)
from kiosk.flow.events import Event
from kiosk.flow.insurer_events import InsurerAgreedTo, InsurerWanted
from kiosk.flow.insurer_states import InsurerConsent
from kiosk.flow.phone_effects import PrintPhoneSlip
from kiosk.flow.states import Explaining
from kiosk.saga.report import Completed, QuotedBill, QuoteReady, SettledBill
from tests.kiosk.flow.walker import NUMBER, SETTLEMENT, SID
from tests.support.people import BOOKING, DEPOSIT, INSURED, OWED, POLICY, quote

BILL = replace(INSURED, phone=True)
PLEDGE = Pledge(POLICY, "Q1", Money(400))
PLEDGED = QuoteReady((QuotedBill(SID, NUMBER, INSURED.batch_no, quote(Money(1000)), PLEDGE),))
_CLAIM = Claim(PLEDGE, Outcome.REFUSED, reason="不赔")
_OWED = replace(DEPOSIT, total=Money(400), deposit=OWED)
REFUSED = Completed(
    (
        SettledBill(
            SID, NUMBER, INSURED.batch_no, SETTLEMENT, None, BOOKING, claim=_CLAIM, owed=_OWED, refused=PLEDGE.amount
        ),
    ),
)
SHOWN: dict[type[object], Event] = {
    Explaining: InsurerWanted(),
    InsurerConsent: InsurerAgreedTo("1 zh words"),
}
"""What these pages wait for."""
INTENTS = (*SHOWN.values(), *(chosen(use) for use in (False, True) for chosen in (AccountChosen, FamilyChosen)))
ASKED = AskInsurer
SLIPS: tuple[type[Any], ...] = (PrintReceipt, PrintPendingSlip, PrintWindowSlip, PrintClaimSlip, PrintPhoneSlip)
