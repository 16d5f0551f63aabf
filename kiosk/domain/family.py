"""家庭共济: a relative's personal account that pays for somebody else, as the platform's answers tell of it.

Nobody chooses at a till. The owner binds, the platform draws, and the national wire has the result alone
(acct_mulaid_pay): whose account it was, and whether it may be left alone, are fields of a province's own, if it has
them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.domain.agent import Relation
from kiosk.domain.money import Money, total
from kiosk.domain.personal import PersonName


class First(StrEnum):
    """Whose account is drawn on first: the person's own (the national rule), or the owner's who lets them."""

    OWN = "own"
    OWNER = "owner"


@dataclass(frozen=True, slots=True)
class FamilyChoice:
    """The field of a quote and its settlement by which a relative's account is used, or left alone."""

    field: str
    used: str
    unused: str


@dataclass(frozen=True, slots=True)
class FamilyRules:
    """What a province adds to acct_mulaid_pay.

    `rows` is the way to the owners in an answer (`setlinfo.exp_content.…`), each with the fields `name`, `relation` (a
    code, of which `relations` says what it means) and `amount`; "" where it does not say. `choice`: None where no
    field offers one.
    """

    first: First = First.OWN
    rows: str = ""
    name: str = ""
    relation: str = ""
    amount: str = ""
    relations: dict[str, Relation] = field(default_factory=dict)
    choice: FamilyChoice | None = None


NATIONAL = FamilyRules()


@dataclass(frozen=True, slots=True)
class FamilyShare:
    """One owner whose account paid, and how much of it. The name is another person's: it is shown masked everywhere.

    `relation` is what the owner is to the patient; `amount` None where the platform does not part the sum.
    """

    owner: PersonName
    relation: Relation | None = None
    amount: Money | None = None


def believable(told: Sequence[FamilyShare], acct_mulaid_pay: Money) -> tuple[FamilyShare, ...]:
    """Owners for people to read. Where their parts are not the sum that was paid the parts are left out, and where
    nobody's account paid so are the owners: what cannot be true is not shown, and moves nothing.
    """
    if not acct_mulaid_pay:
        return ()
    amounts = [share.amount for share in told if share.amount is not None]
    if len(amounts) == len(told) and total(amounts) == acct_mulaid_pay:
        return tuple(told)
    return tuple(FamilyShare(share.owner, share.relation) for share in told)
