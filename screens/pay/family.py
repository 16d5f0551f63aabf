"""A relative's account in words: whose it is, which account is drawn on first, and why nobody can choose here."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.family import FamilyShare
from kiosk.domain.settlement import Amounts
from kiosk.flow.offer import Offer
from kiosk.flow.rules import Whose
from kiosk.flow.states import Kiosk
from kiosk.messages import Texts
from screens import words


@dataclass(frozen=True, slots=True)
class Relatives:
    """`owners` as the platform tells them; `hidden`: it may, but whoever stands here does not see who. `fixed`: the
    province has no field by which the account could be left alone.
    """

    owners: tuple[FamilyShare, ...] = ()
    hidden: bool = False
    owner_first: bool = False
    fixed: bool = True


NOBODY = Relatives()


def relatives(kiosk: Kiosk, offer: Offer) -> Relatives:
    rules, first = kiosk.rules, offer.bills[0].bill
    owners = tuple(share for one in offer.bills if one.quote for share in one.quote.family)
    for_another = kiosk.whose is Whose.RELATIVE or first.person.agent is not None
    hidden = for_another and not owners
    fixed = not rules.family_choice or offer.ordered
    return Relatives(owners, hidden, first.insurance.insuplc_admdvs in rules.owner_first, fixed)


def within_account(amounts: Amounts) -> bool:
    """Whether this platform counts a relative's money into acct_pay: the identity of its own figures says so."""
    return bool(amounts.acct_mulaid_pay) and amounts.psn_part_amt == amounts.acct_pay + amounts.psn_cash_pay


def note(amounts: Amounts, told: Relatives, texts: Texts) -> str:
    """Under the amount, a line each."""
    lines = _owners(told, texts)
    lines.append(texts.say(f"payer.family_{_order(amounts, told)}"))
    if told.fixed:
        lines.append(texts.say("payer.family_fixed"))
    return "\n".join(lines)


def _order(amounts: Amounts, told: Relatives) -> str:
    if told.owner_first:
        return "owner_first"
    own = amounts.acct_pay.fen - (amounts.acct_mulaid_pay.fen if within_account(amounts) else 0)
    return "own_first" if own else "own_empty"


def _owners(told: Relatives, texts: Texts) -> list[str]:
    if told.hidden:
        return []
    if not told.owners:
        return [texts.say("payer.family_untold")]
    return [_owner(share, texts, parted=len(told.owners) > 1) for share in told.owners]


def _owner(share: FamilyShare, texts: Texts, *, parted: bool) -> str:
    who = owner(share, texts)
    if parted and share.amount is not None:
        return texts.say("payer.family_of_one", owner=who, amount=words.amount(share.amount, texts))
    return texts.say("payer.family_of", owner=who)


def owner(share: FamilyShare, texts: Texts) -> str:
    """Masked, with what they are to the patient."""
    name = words.shown(share.owner.masked())
    if share.relation is None:
        return name
    return texts.say("payer.family_kin", owner=name, kin=texts.say(f"agent.{share.relation}"))


def choice(kiosk: Kiosk, offer: Offer, texts: Texts) -> str:
    """The button that leaves a relative's account alone, or uses it after all; "" where there is nothing to choose."""
    if not kiosk.rules.family_choice or offer.ordered:
        return ""
    if not offer.bills[0].bill.use_family:
        return texts.say("explain.family_on")
    drawn = any(one.amounts.acct_mulaid_pay for one in offer.bills)
    return texts.say("explain.family_off") if drawn else ""
