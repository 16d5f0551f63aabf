"""Which histories are played: each misfortune alone and with each death, pairs of them, and seeded random ones."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, count

from kiosk.domain.money import ZERO, Money
from tests.kiosk.saga.history import Manner, Scenario
from tests.kiosk.saga.memory_book import Death, Side
from tests.support.far_parties import Misfortune, Phone, Trouble
from tests.support.people import (
    BATCH,
    BEGUN,
    BEGUN_AND_MET,
    DEFERRAL,
    DEPOSIT,
    INSURED,
    PHONABLE,
    REGISTERED,
    STAYED,
    UPLOADED,
)

CALLS = (
    "hold", "register", "describe", "upload", "quote", "collect", "query", "close", "settle",
    "book", "reverse", "cancel", "standing", "refund", "withdraw", "deregister", "release",
)  # fmt: skip
_ANYWHERE = (Trouble.NOT_SENT, Trouble.LOST_REQUEST, Trouble.LOST_REPLY, Trouble.LATE, Trouble.REFUSED)
_ONLY_IN = {
    "quote": (Trouble.WRONG,),
    "settle": (Trouble.WRONG, Trouble.OTHER_AMOUNT),
    "collect": (Trouble.OTHER_AMOUNT, Trouble.PENDING),
    "query": (Trouble.PENDING,),
    "refund": (Trouble.PENDING,),
}
_DELAYS = (20.0, 300.0, 590.0)
DEEPEST = 44
"""More rows than any undisturbed or once disturbed history has."""


def misfortunes(nths: tuple[int, ...] = (1, 2, 0), delays: tuple[float, ...] = _DELAYS) -> Iterator[Misfortune]:
    for call in CALLS:
        for trouble in (*_ANYWHERE, *_ONLY_IN.get(call, ())):
            for nth in nths:
                for delay in delays if trouble is Trouble.LATE else (0.0,):
                    yield Misfortune(call, trouble, nth, delay)


# What leads to the rarer calls: without it a cancel, a query or a reversal is never sent.
PATHS: tuple[tuple[Misfortune, ...], ...] = (
    (),
    (Misfortune("settle", Trouble.LOST_REPLY),),
    (Misfortune("settle", Trouble.LATE, delay=590.0),),
    (Misfortune("book", Trouble.REFUSED),),
    (Misfortune("book", Trouble.REFUSED), Misfortune("cancel", Trouble.LOST_REPLY)),
    (Misfortune("book", Trouble.REFUSED), Misfortune("cancel", Trouble.LOST_REQUEST)),
    (Misfortune("collect", Trouble.LOST_REPLY), Misfortune("query", Trouble.LOST_REQUEST, 0)),
    (Misfortune("collect", Trouble.LATE, delay=300.0), Misfortune("query", Trouble.REFUSED)),
    (Misfortune("collect", Trouble.PENDING),),
    (  # nobody says for so long whether it was paid that the patient leaves
        Misfortune("collect", Trouble.LOST_REPLY),
        Misfortune("query", Trouble.LOST_REQUEST, 0),
        *(Misfortune("close", Trouble.LOST_REQUEST, nth) for nth in (1, 2, 3)),
    ),
)
VARIANTS = (
    Scenario(),
    Scenario(own_part=Money(0)),
    Scenario(batch=REGISTERED),
    Scenario(batch=UPLOADED, own_part=Money(0)),
    Scenario(manner=Manner.DECLINES),
    Scenario(manner=Manner.LEAVES_AT_CODE),
    Scenario(manner=Manner.PAYS_SLOWLY),
)
SECOND = replace(BATCH, batch_no="B2", chrg_bchno="C2", visit_no="M2")
TOGETHER = Scenario(more=(SECOND,))
"""Two bills, one payment."""
FINDING = Scenario(batch=UPLOADED, finds_lost=True)
"""A hospital's front settles, and can be asked what became of a lost settlement."""

SHOWN = (
    *(Scenario(phone=phone, phone_after=after) for phone in Phone for after in (10.0, 118.0, 300.0)),
    *(Scenario(phone=phone, manner=Manner.SWITCHES, phone_after=1.0) for phone in Phone),
    *(Scenario(phone=phone, manner=Manner.LEAVES_AT_SHOWN, phone_after=1.0) for phone in Phone),
    Scenario(phone=Phone.PAYS, more=(SECOND,)),
    *(Scenario(phone=Phone.PAYS, phone_after=after, terminal=True) for after in (10.0, 118.0, 300.0)),
    Scenario(phone=Phone.NEVER, terminal=True),
    Scenario(phone=Phone.PAYS, manner=Manner.SWITCHES, phone_after=1.0, terminal=True),
    Scenario(phone=Phone.PAYS, manner=Manner.LEAVES_AT_SHOWN, phone_after=1.0, terminal=True),
)
"""The kiosk shows a code. The phone is quick, pays at the last moment, or when the order has long been closed. The last
are a card terminal's, which shows nothing.
"""
HELD = (
    Scenario(phone=Phone.PAYS, phone_after=1_000.0, order_stays=1_200.0),
    Scenario(
        (Misfortune("hold", Trouble.LOST_REQUEST, 0), Misfortune("hold", Trouble.SLOW, 1)),
        phone=Phone.PAYS,
        phone_after=1_000.0,
        order_stays=1_200.0,
    ),
    Scenario(
        (Misfortune("hold", Trouble.NOT_SENT, 0), Misfortune("hold", Trouble.SLOW, 1, 25.0)),
        manner=Manner.PAYS_SLOWLY,
        reads=880.0,
    ),
)
"""An order that outlives a hold which is renewed, and one which is not; a hold whose answer took long."""
COPIED = Scenario(copies=True)
"""A gateway on the way repeats by itself."""
COPIES = tuple(Misfortune("settle", Trouble.COPIED, 1, delay) for delay in (0.0, 300.0, 590.0)) + tuple(
    Misfortune("settle", Trouble.ECHOED, 1, delay) for delay in (20.0, 300.0, 590.0)
)


def deaths(deepest: int = DEEPEST) -> Iterator[Death]:
    return (Death(row, side) for row in range(1, deepest + 1) for side in Side)


def _with(scenario: Scenario, *more: Misfortune, deaths: tuple[Death, ...] = (), wall_leap: float = 0.0) -> Scenario:
    return replace(scenario, misfortunes=(*scenario.misfortunes, *more), deaths=deaths, wall_leap=wall_leap)


def alone() -> Iterator[Scenario]:
    """Each misfortune on each path and in each variant of bill and patient."""
    for variant in VARIANTS:
        for path in PATHS:
            for one in misfortunes():
                yield _with(variant, *path, one)


def dying() -> Iterator[Scenario]:
    """Each path and each single misfortune, killed at every row; every second restart is one of the machine."""
    leaps = (0.0, 86_400.0, 0.0, -86_400.0)
    singles = tuple((one,) for one in misfortunes(nths=(1,), delays=(300.0,)))
    for path in (*PATHS, *singles):
        for number, death in enumerate(deaths()):
            yield _with(VARIANTS[0], *path, deaths=(death,), wall_leap=leaps[number % len(leaps)])


def pairs() -> Iterator[Scenario]:
    for first, second in combinations(misfortunes(nths=(1,), delays=(300.0,)), 2):
        yield _with(VARIANTS[0], first, second)


def without_room() -> Iterator[Scenario]:
    """The disk takes nothing for a while, from each write on, on each path."""
    for path in PATHS:
        for first in range(1, DEEPEST):
            for writes in (1, 3, 40):
                yield Scenario(path, full=range(first, first + writes))


def together() -> Iterator[Scenario]:
    """Two bills with one payment: each misfortune of either on each path, then each path killed at every row."""
    for path in PATHS:
        for one in misfortunes(nths=(1, 2, 3, 0), delays=(300.0,)):
            yield _with(TOGETHER, *path, one)
        for death in deaths(2 * DEEPEST):
            yield _with(TOGETHER, *path, deaths=(death,))
    for manner in (Manner.DECLINES, Manner.LEAVES_AT_CODE, Manner.PAYS_SLOWLY):
        yield replace(TOGETHER, manner=manner)
    for first in range(1, 2 * DEEPEST):
        for writes in (1, 3, 40):
            yield replace(TOGETHER, full=range(first, first + writes))


def finding() -> Iterator[Scenario]:
    """A front that can be asked: each misfortune beside a lost settlement, kills at every row, pairs at the asking."""
    lost = tuple(
        Misfortune("settle", trouble, 1, 300.0) for trouble in (Trouble.LOST_REPLY, Trouble.LOST_REQUEST, Trouble.LATE)
    )
    asked = tuple(
        Misfortune("find", trouble, nth, 20.0)
        for trouble in (Trouble.LOST_REPLY, Trouble.LOST_REQUEST, Trouble.NOT_SENT, Trouble.REFUSED, Trouble.LATE)
        for nth in (1, 2, 0)
    )
    for first in lost:
        for one in (*misfortunes(nths=(1, 0), delays=(300.0,)), *asked):
            yield _with(FINDING, first, one)
        for death in deaths():
            yield _with(FINDING, first, deaths=(death,))
            yield _with(FINDING, first, Misfortune("find", Trouble.LOST_REPLY, 1), deaths=(death,))
        for again in asked:
            for one in misfortunes(nths=(1,), delays=(300.0,)):
                yield _with(replace(FINDING, more=(replace(SECOND, mdtrt_id="R2", uploaded=True),)), first, again, one)


def shown() -> Iterator[Scenario]:
    """A code that a phone scans: each misfortune on each path, and killed at every row."""
    for variant in SHOWN:
        yield variant
        for one in misfortunes(nths=(1, 0), delays=(300.0,)):
            yield _with(variant, one)
    for path in PATHS:
        for variant in SHOWN:
            yield _with(variant, *path)
        for death in deaths():
            yield _with(SHOWN[0], *path, deaths=(death,))
    for variant in SHOWN:
        for death in deaths():
            yield _with(variant, deaths=(death,))


def copied() -> Iterator[Scenario]:
    """A 2207 that arrives twice, answered for either copy: each misfortune beside it, and killed at every row."""
    for copy in COPIES:
        for one in (*misfortunes(nths=(1, 0), delays=(300.0,)), Misfortune("book", Trouble.REFUSED)):
            if one.call != "settle":
                yield _with(COPIED, copy, one)
        for path in PATHS:
            if not any(one.call == "settle" for one in path):
                for death in deaths():
                    yield _with(COPIED, copy, *path, deaths=(death,))


STAYS = tuple(Scenario(batch=STAYED, own_part=Money(own)) for own in (0, 1000, 1300, 1600, 1704))
"""Discharges: everything goes back, a part of the newest two, only of the newest, nothing, and a part is paid now."""
_RETURNING = tuple(
    Misfortune(call, trouble, nth, 300.0 if trouble is Trouble.LATE else 0.0)
    for call in ("return", "report")
    for trouble in (*_ANYWHERE, Trouble.PENDING)
    for nth in (1, 2, 0)
    if (call, trouble) != ("report", Trouble.PENDING)
)


ASKING = tuple(_with(STAYS[0], one, deaths=killed) for one in _RETURNING for killed in ((), (Death(11, Side.AFTER),)))
"""Each misfortune of a return alone, and with a kill right behind the first one's intent, which is row 11."""


def staying() -> Iterator[Scenario]:
    """A stay with deposits: each misfortune on each path, two of the returns' own together, killed at every row."""
    for stay in STAYS:
        yield stay
        for one in (*misfortunes(nths=(1, 0), delays=(300.0,)), *_RETURNING):
            yield _with(stay, one)
        for path in PATHS:
            for one in _RETURNING:
                yield _with(stay, *path, one)
            for death in deaths(30):
                yield _with(stay, *path, deaths=(death,))
    for first, second in combinations(_RETURNING, 2):
        if (first.call, first.nth) != (second.call, second.nth):
            yield _with(STAYS[0], first, second)
    for one in _RETURNING:
        for number, death in enumerate(deaths(40)):
            yield _with(STAYS[0], one, deaths=(death,), wall_leap=(0.0, 86_400.0)[number % 2])
    for write in range(1, 40):
        for writes in (1, 3, 40):
            yield replace(STAYS[0], full=range(write, write + writes))
    yield replace(STAYS[0], finds_lost=True, misfortunes=(Misfortune("settle", Trouble.LOST_REPLY),))
    yield from (replace(stay, manner=Manner.DECLINES) for stay in STAYS)


TAKEN = Scenario(batch=DEPOSIT)
_TAKING = tuple(
    Misfortune("take", trouble, nth, 300.0 if trouble is Trouble.LATE else 0.0)
    for trouble in _ANYWHERE
    for nth in (1, 2, 0)
)
_OF_PAYING = tuple(
    one
    for one in misfortunes(nths=(1, 2, 0), delays=(300.0,))
    if one.call in {"hold", "collect", "query", "close", "refund", "release"}
)
DEPOSITS = tuple(
    _with(TAKEN, *more, deaths=killed)
    for more in ((), *((one,) for one in _TAKING))
    for killed in ((), (Death(7, Side.AFTER),))
)
"""Each misfortune of a deposit's booking alone, and with a kill right behind its intent."""


def depositing() -> Iterator[Scenario]:
    """A deposit: each misfortune of its booking and of its payment, two together, killed at every row."""
    yield from DEPOSITS
    for one in (*_TAKING, *_OF_PAYING):
        for death in (None, *deaths(24)):
            yield _with(TAKEN, one, deaths=(death,) if death else (), wall_leap=86_400.0 if death else 0.0)
    for first in _TAKING:
        for second in _OF_PAYING:
            yield _with(TAKEN, first, second)
    for manner in (Manner.DECLINES, Manner.LEAVES_AT_CODE, Manner.PAYS_SLOWLY):
        yield replace(TAKEN, manner=manner)
    for variant in SHOWN:
        if not variant.more:
            yield replace(variant, batch=DEPOSIT)
    for write in range(1, 24):
        for writes in (1, 3, 40):
            yield replace(TAKEN, full=range(write, write + writes))


CLAIMED = Scenario(batch=INSURED)
_CLAIMING = tuple(
    Misfortune(call, trouble, nth, 300.0 if trouble is Trouble.LATE else 0.0)
    for call in ("pledge", "claim", "inform")
    for trouble in (*_ANYWHERE, Trouble.PENDING)
    for nth in (1, 2, 0)
    if trouble is not Trouble.PENDING or call == "claim"
)
CLAIMS = tuple(
    _with(CLAIMED, *more, deaths=killed)
    for more in ((), *((one,) for one in _CLAIMING))
    for killed in ((), (Death(22, Side.AFTER),))
)
"""Each misfortune of an insurer's part alone, and with a kill right behind the claim's intent, which is row 22."""


def insuring() -> Iterator[Scenario]:
    """A bill of which an insurer pays a part: each misfortune of that on each path, two together, killed at any row."""
    yield from CLAIMS
    for path in PATHS:
        yield from (_with(CLAIMED, *path, one) for one in _CLAIMING)
        yield from (_with(CLAIMED, *path, deaths=(death,), wall_leap=86_400.0) for death in deaths(36))
    for first, second in combinations(_CLAIMING, 2):
        if (first.call, first.nth) != (second.call, second.nth):
            yield _with(CLAIMED, first, second)
    yield from (_with(CLAIMED, one) for one in misfortunes(nths=(1, 0), delays=(300.0,)))
    for one in _CLAIMING:
        yield from (_with(CLAIMED, one, deaths=(death,)) for death in deaths(36))
    yield from (replace(CLAIMED, full=range(at, at + many)) for at in range(1, 34) for many in (1, 3, 40))
    yield from deferring()


_BEYOND_DEPOSITS = Money(2_100)
"""More than a stay's deposits are, and than `DEFERRAL` lets wait beside them."""


def deferring() -> Iterator[Scenario]:
    """A pledge of all there is to pay, one of more than that, and a part or all that may wait; of a stay too."""
    for manner in (Manner.DECLINES, Manner.LEAVES_AT_CODE, Manner.PAYS_SLOWLY):
        yield replace(CLAIMED, manner=manner)
    yield from (Scenario(batch=INSURED, own_part=Money(own)) for own in (400, 300))
    for deferral in (DEFERRAL, replace(DEFERRAL, most=Money(9_000))):
        for batch in (BATCH, INSURED):
            yield from (Scenario(path, batch=replace(batch, deferral=deferral)) for path in PATHS)
        discharge = Scenario(batch=replace(STAYED, deferral=deferral), own_part=_BEYOND_DEPOSITS)
        yield from (_with(discharge, *path) for path in PATHS)
        yield from (_with(discharge, deaths=(death,)) for death in deaths(30))


FINISHED = Scenario(batch=BEGUN)
FINISHED_AND_MET = Scenario(batch=BEGUN_AND_MET, own_part=ZERO)
_FINISHING = tuple(
    Misfortune("book", trouble, nth, 300.0 if trouble is Trouble.LATE else 0.0)
    for trouble in _ANYWHERE
    for nth in (1, 2, 0)
)
PHONES = tuple(
    _with(FINISHED, *more, deaths=killed)
    for more in ((), *((one,) for one in _FINISHING))
    for killed in ((), (Death(8, Side.AFTER),))
)
"""A bill begun on a phone: each misfortune of its booking alone, and with a kill right behind its intent."""


def finishing() -> Iterator[Scenario]:
    """A bill begun on a phone: each misfortune of its booking and its payment, two together, killed at every row."""
    yield from PHONES
    for one in (*_FINISHING, *_OF_PAYING):
        for death in (None, *deaths(24)):
            yield _with(FINISHED, one, deaths=(death,) if death else (), wall_leap=86_400.0 if death else 0.0)
    for first in _FINISHING:
        for second in _OF_PAYING:
            yield _with(FINISHED, first, second)
    for manner in (Manner.DECLINES, Manner.LEAVES_AT_CODE, Manner.PAYS_SLOWLY):
        yield replace(FINISHED, manner=manner)
    for write in range(1, 24):
        for writes in (1, 3, 40):
            yield from (replace(one, full=range(write, write + writes)) for one in (FINISHED, FINISHED_AND_MET))
    for one in _FINISHING:
        yield from (_with(FINISHED_AND_MET, one, deaths=(death,)) for death in deaths(12))


TO_PHONE = Scenario(batch=PHONABLE, manner=Manner.TAKES_TO_PHONE)
_HANDING = tuple(
    Misfortune(call, trouble, nth, 300.0 if trouble is Trouble.LATE else 0.0)
    for call in ("hand", "withdraw", "deregister")
    for trouble in _ANYWHERE
    for nth in (1, 2, 0)
)
_FROM_A_CODE = tuple(
    replace(TO_PHONE, phone=phone, phone_after=after) for phone in Phone for after in (0.05, 1.0, 118.0, 300.0)
)
HANDED_OVER = (
    TO_PHONE,
    replace(TO_PHONE, batch=replace(REGISTERED, phone=True)),
    replace(TO_PHONE, batch=replace(UPLOADED, phone=True)),
    *_FROM_A_CODE,
    *(_with(TO_PHONE, one) for one in _HANDING),
    *(_with(TO_PHONE, one, deaths=(death,)) for one in _HANDING[:3] for death in deaths(24)),
)
"""Taken to the phone before any order, and while a code is shown that somebody may be paying at that moment; each
misfortune of what has to happen then, and a kill at each row of it.
"""


def handing() -> Iterator[Scenario]:
    """A bill that goes to the phone: each misfortune of it and of its payment, two together, killed at every row."""
    yield from HANDED_OVER
    for variant in (TO_PHONE, _FROM_A_CODE[0], replace(TO_PHONE, batch=replace(UPLOADED, phone=True))):
        for one in (*_HANDING, *_OF_PAYING):
            for death in (None, *deaths(30)):
                yield _with(variant, one, deaths=(death,) if death else (), wall_leap=86_400.0 if death else 0.0)
    for variant in _FROM_A_CODE:
        yield from (_with(variant, one) for one in (*_HANDING, *_OF_PAYING))
    for first, second in combinations(_HANDING, 2):
        if (first.call, first.nth) != (second.call, second.nth):
            yield _with(TO_PHONE, first, second)
    for write in range(1, 30):
        for writes in (1, 3, 40):
            yield replace(TO_PHONE, full=range(write, write + writes))


_EVERY = tuple(misfortunes())
_EVERY_DEATH = tuple(deaths())


def of(seed: int) -> Scenario:
    """One history for each number, always the same: up to five misfortunes on a path, four deaths, a full disk."""
    dice = random.Random(seed)
    chosen = dice.sample(_EVERY, dice.randrange(6))
    killed = tuple(dice.sample(_EVERY_DEATH, dice.choice((0, 0, 1, 1, 2, 3, 4))))
    leap = dice.choice((0.0, 0.0, 3_600.0, -86_400.0))
    made = _with(
        dice.choice((*VARIANTS, TOGETHER, FINDING)), *dice.choice(PATHS), *chosen, deaths=killed, wall_leap=leap
    )
    if dice.random() < 0.2:
        made = replace(made, phone=dice.choice(tuple(Phone)), phone_after=dice.choice((1.0, 10.0, 118.0, 300.0)))
        made = replace(made, manner=dice.choice((Manner.PAYS, Manner.SWITCHES, Manner.LEAVES_AT_SHOWN)))
        made = replace(made, terminal=dice.random() < 0.3)
    if not made.finds_lost and dice.random() < 0.2:
        copies = dice.sample(COPIES, dice.randrange(2))
        made = replace(made, copies=True, misfortunes=(*copies, *made.misfortunes))
    first = dice.randrange(1, DEEPEST)
    return replace(made, full=range(first, first + dice.choice((1, 3, 40)))) if dice.random() < 0.1 else made


def at_random(first: int) -> Iterator[Scenario]:
    """For ever, from the seed `first` on."""
    return map(of, count(first))


def undisturbed() -> Iterator[Scenario]:
    yield from (*VARIANTS, *HELD)
    yield Scenario(batch=BATCH, own_part=Money(1704))
