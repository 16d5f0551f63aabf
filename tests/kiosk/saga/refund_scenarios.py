"""Histories of a paid bill of which something is taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kiosk.domain.money import Money
from tests.kiosk.saga import scenarios
from tests.kiosk.saga.history import Manner, Scenario
from tests.kiosk.saga.memory_book import Death, Side
from tests.support.far_parties import Misfortune, Trouble
from tests.support.people import REST, TAKEN_BACK

_BOOK_REFUSED = Misfortune("book", Trouble.REFUSED)
REFUNDS = (
    *(Scenario(batch=REST, own_part=Money(own)) for own in (0, 400, 1000, 1300)),
    Scenario(batch=TAKEN_BACK),
)
"""All of it goes back, parts of both payments, of the newer one, nothing; and the whole bill."""
_UNDOING = tuple(
    Misfortune(call, trouble, nth, 300.0 if trouble is Trouble.LATE else 0.0)
    for call in ("cancel", "standing", "undo", "quote", "settle", "book", "return", "report")
    for trouble in (*scenarios._ANYWHERE, *((Trouble.PENDING,) if call == "return" else ()))
    for nth in (1, 2, 0)
)
_LOST_CANCELS = tuple(
    (Misfortune("cancel", trouble, 1, 590.0 if trouble is Trouble.LATE else 0.0),)
    for trouble in (Trouble.LOST_REPLY, Trouble.LOST_REQUEST, Trouble.LATE)
)
COPIED_CANCELS = tuple(
    replace(REFUNDS[place], copies=True, misfortunes=one)
    for place in (1, 4)
    for one in (
        *((Misfortune("cancel", Trouble.COPIED, 1, delay),) for delay in (0.0, 300.0)),
        (Misfortune("cancel", Trouble.COPIED), Misfortune("standing", Trouble.LOST_REPLY)),
        (Misfortune("cancel", Trouble.REFUSED),),
        (Misfortune("cancel", Trouble.REFUSED), Misfortune("standing", Trouble.LOST_REPLY)),
    )
)
"""Cancels of which the second copy is answered with no, though the first was done; and some that are refused indeed."""
TAKING_BACK = tuple(
    scenarios._with(REFUNDS[place], one, deaths=killed)
    for place in (1, 4)
    for one in _UNDOING
    for killed in ((), (Death(19, Side.AFTER),))
)
"""Each misfortune of a refund alone, and with a kill among its legs."""


def refunding() -> Iterator[Scenario]:
    """A paid bill of which something is taken back: each misfortune, two together, killed at every row, and no room."""
    for refund in REFUNDS:
        yield refund
        for one in (*scenarios.misfortunes(nths=(1, 0), delays=(300.0,)), *_UNDOING):
            yield scenarios._with(refund, one)
        for path in ((), *_LOST_CANCELS, (Misfortune("settle", Trouble.LOST_REPLY),), (_BOOK_REFUSED,)):
            for one in _UNDOING:
                yield scenarios._with(refund, *path, one)
            for number, death in enumerate(scenarios.deaths(44)):
                yield scenarios._with(refund, *path, deaths=(death,), wall_leap=(0.0, 86_400.0)[number % 2])
        yield replace(refund, manner=Manner.DECLINES)
        yield replace(refund, copies=True)
        yield replace(refund, finds_lost=True, misfortunes=(Misfortune("settle", Trouble.LOST_REPLY),))
    yield from COPIED_CANCELS
    for copied in COPIED_CANCELS:
        yield from (replace(copied, deaths=(death,)) for death in scenarios.deaths(44))
    for one in _UNDOING:
        for death in scenarios.deaths(44):
            yield scenarios._with(REFUNDS[1], one, deaths=(death,))
    for write in range(1, 44):
        for writes in (1, 3, 40):
            yield from (replace(REFUNDS[place], full=range(write, write + writes)) for place in (1, 4))
