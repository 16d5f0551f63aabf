"""Bills that accounts pay a part of, the patient's own and their relatives', for every test that shows one."""

from __future__ import annotations

from dataclasses import replace

from kiosk.domain.agent import Relation
from kiosk.domain.family import FamilyShare
from kiosk.domain.money import ZERO, Money
from kiosk.domain.personal import PersonName
from kiosk.domain.settlement import Quote
from kiosk.flow.states import Explaining
from tests.support.paid_bills import AMOUNTS

OWNERS = (
    FamilyShare(PersonName("马俊"), Relation.PARENT, Money(2000)),
    FamilyShare(PersonName("石浩"), Relation.SPOUSE, Money(1152)),
)
"""Two relatives whose accounts pay, as the platform tells of them."""
SHARED = replace(AMOUNTS, acct_mulaid_pay=Money(3152))
"""acct_pay holds what they paid."""
BESIDE = replace(SHARED, acct_pay=Money(628))
"""acct_pay does not."""


def accounts(page: Explaining) -> dict[str, Explaining]:
    """The page of one bill as its accounts may be: they pay all, are left alone, a relative's pays, is left alone."""
    (one,) = page.offer.bills
    told = replace(one, quote=Quote(SHARED, family=OWNERS))
    covered = replace(AMOUNTS, acct_pay=AMOUNTS.psn_part_amt, psn_cash_pay=ZERO)
    shown = {
        "explaining--nothing": replace(one, quote=Quote(covered)),
        "explaining--account": replace(one, bill=replace(one.bill, use_account=False)),
        "explaining--family": told,
        "explaining--family-unused": replace(one, bill=replace(one.bill, use_family=False)),
    }
    return {name: replace(page, offer=replace(page.offer, bills=(bill,))) for name, bill in shown.items()}
