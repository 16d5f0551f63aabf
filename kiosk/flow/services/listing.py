"""What a guide shows of the pack's lists: diseases, cities that settle with each other, pharmacies."""

from __future__ import annotations

from kiosk.domain.catalogue import DiseaseList, Item, Listing, Services
from kiosk.domain.pages import Point, Words
from kiosk.flow.phrases import Phrasebook, together


def listed(item: Item, services: Services, book: Phrasebook) -> tuple[Point, ...]:
    """A list that the papers only speak of is said to be missing: nobody makes one up."""
    points: list[Point] = []
    for listing in item.lists:
        match listing:
            case Listing.DISEASES:
                points += [Point(one.text, _diseases(one, book)) for one in services.disease_lists]
            case Listing.PAIRS:
                label = book.say("services.listing.pairs")
                points += [Point(label, one.what) for one in services.pairs]
            case Listing.PHARMACIES:
                points += _pharmacies(services, book)
            case Listing.DUES:
                pass  # told to whoever has said who they are
    return tuple(points)


def _diseases(told: DiseaseList, book: Phrasebook) -> Words:
    """How many the paper counts, and those that it names."""
    count = str(told.count)
    if not told.diseases:
        return book.say("services.listing.counted", count=count)
    names = together(tuple(one.name for one in told.diseases), book)
    whole = len(told.diseases) == told.count
    return book.say("services.listing.named" if whole else "services.listing.some", count=count, names=names)


def _pharmacies(services: Services, book: Phrasebook) -> list[Point]:
    if not services.pharmacies:
        return [Point(book.say("services.listing.pharmacies"), book.say("services.listing.none"))]
    said = {True: book.say("services.listing.dual"), False: book.say("services.listing.single")}
    return [
        Point(one.name, book.say("services.listing.pharmacy", about=one.about, kind=said[one.dual]))
        for one in services.pharmacies
    ]
