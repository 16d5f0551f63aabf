"""Care away from the place of insurance, while its bills are quoted: whether a filing is missing, and what it did.

The office is asked beside the platform; what it does not say in time is not offered. What anything costs is the
platform's word alone, before the filing and after it.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.domain.catalogue import Item, Kind, Origin, Question
from kiosk.flow.offer import Bill, CareAway, Offer
from kiosk.flow.rules import Rules
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.filing import Away

ITEM = "away-filing"


def concerns(bills: tuple[Bill, ...], rules: Rules) -> bool:
    """Whether these people are insured in another pool, and could file here that they are treated here."""
    away = any(bill.insurance.insuplc_admdvs in rules.away_areas for bill in bills)
    item = rules.services.items.get(ITEM)
    return away and item is not None and item.kind is Kind.FILED and _names_this_place(item, rules)


def _names_this_place(item: Item, rules: Rules) -> bool:
    places = (one for one in item.questions if one.origin is Origin.HOSPITAL)
    return any(rules.hospital_area in {option.key for option in place.options} for place in places)


def heard(away: CareAway, answer: Away | NotSent | Refused | Unknown) -> CareAway:
    """An office that does not answer has not said that anything is missing."""
    return replace(away, missing=isinstance(answer, Away) and answer.missing and not away.before)


def inside_payment(item: Item) -> Item:
    """The item as it may be filed in the middle of a payment: for this place, from today, and nothing that binds long.

    Who wants something else files it by the services' door, where no bill waits.
    """
    return replace(item, questions=tuple(_inside_payment(one) for one in item.questions))


def _inside_payment(question: Question) -> Question:
    if question.origin in {Origin.HOSPITAL, Origin.TODAY}:
        return replace(question, locked=True)
    if question.paying is None:
        return question
    return replace(question, options=tuple(one for one in question.options if one.key in question.paying))


def without_words(offer: Offer) -> bool:
    """Whether there is nothing to say about it."""
    return not offer.away.missing and not offer.away.before
