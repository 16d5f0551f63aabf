"""What is said of a bill's insurer, and of what may wait, beside who pays what."""

from __future__ import annotations

from kiosk.flow.offer import Offer
from kiosk.messages import Texts
from screens import words


def others(offer: Offer, texts: Texts) -> str:
    """One bill at a time has one; beside it stands what the hospital lets wait."""
    said: list[str] = []
    for one in offer.bills:
        policy, deferral = one.bill.batch.policy, one.bill.batch.deferral
        if policy is not None and (one.insurable or one.pledge or one.unpledged):
            name = words.shown(policy.product)
            amount = words.amount(one.cover.insurer, texts)
            why = texts.say(f"fault.{one.unpledged}.what") if one.unpledged else ""
            kind = "pledged" if one.pledge else "unpledged" if one.unpledged else "offered"
            said.append(texts.say(f"insurer.{kind}", name=name, amount=amount, why=why))
        if deferral is not None and one.cover.deferred:
            amount = words.amount(one.cover.deferred, texts)
            said.append(texts.say("insurer.deferred", amount=amount, why=words.shown(deferral.basis)))
    return "\n".join(said)
