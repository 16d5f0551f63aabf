"""`kiosk packs shadow NEW`: the last day's visits once more, under the pack in use and under another one.

Each application of the day is walked through the real flow twice, by the catalogue before and after: with what its
person answered, and whatever they were not asked then. Each settlement is judged twice by what a pack decides of it
before any platform is asked. Nothing leaves the machine and nothing is written. Told are numbers of visits, keys of
fields and elements, and figures; never what somebody answered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from kiosk.domain.catalogue import Item, Question, Way
from kiosk.domain.filing import Answers
from kiosk.domain.personal import Typed
from kiosk.domain.policy import Pack
from kiosk.domain.sid import spoken_number
from kiosk.filing.course import Dossier
from kiosk.flow.effects import ConfirmFiling
from kiosk.flow.events import Continued, Event, FieldFilled, FilingOpened, OptionPicked, Signed
from kiosk.flow.phrases import Phrasebook
from kiosk.flow.rules import Rules
from kiosk.flow.served_states import Choosing, Committing, Filling, Reviewing, Waiting
from kiosk.flow.services import filling
from kiosk.flow.services.checks import acceptable
from kiosk.flow.services.desk import MATERIAL, Filing
from kiosk.flow.states import Kiosk
from kiosk.flow.step import step
from kiosk.flow.turn import Turn
from kiosk.ports.clock import BEIJING
from kiosk.ports.filing import Prepared
from kiosk.saga.entry import Entry

_MOST_STEPS = 200


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that would have been otherwise for one visit; `old` or `new` empty where there is none."""

    number: str
    item: str
    what: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Walked:
    """What an application came to under one pack. `stuck` names the question that the old answers do not serve."""

    asked: tuple[str, ...] = ()
    stuck: tuple[str, ...] = ()
    promised: bool = False
    sent: tuple[str, ...] = ()


def on_day(dossiers: list[Dossier], day: date) -> list[Dossier]:
    """Those that were handed in and were begun on that day."""
    return [one for one in dossiers if one.application is not None and _day(one.begun.wall) == day]


def _day(wall: float) -> date:
    return datetime.fromtimestamp(wall, BEIJING).date()


def settled_on(entries: list[Entry], day: date) -> list[Entry]:
    return [one for one in entries if _day(one.opened.wall) == day]


def last_day(dossiers: list[Dossier], entries: list[Entry]) -> date | None:
    """The newest day of which there is anything; None when there is nothing at all."""
    days = [_day(one.begun.wall) for one in dossiers if one.application is not None]
    return max([*days, *(_day(one.opened.wall) for one in entries)], default=None)


def replay(dossiers: list[Dossier], entries: list[Entry], old: Pack, new: Pack) -> Iterator[Difference]:
    """Everything that would have been otherwise, visit after visit."""
    for dossier in dossiers:
        yield from _filed(dossier, old, new)
    for entry in entries:
        yield from _paid(entry, old, new)


# --- applications ---


def _filed(dossier: Dossier, old: Pack, new: Pack) -> Iterator[Difference]:
    number, item = spoken_number(dossier.sid), dossier.item
    before, after = old.services.items.get(item), new.services.items.get(item)
    if before is None or after is None:
        if before is not after:
            yield Difference(number, item, "item", "offered" if before else "", "offered" if after else "")
        return
    was, is_now = walk(dossier, before, old), walk(dossier, after, new)
    yield from _changed(number, item, "asked", was.asked, is_now.asked)
    yield from _changed(number, item, "answer no longer accepted", was.stuck, is_now.stuck)
    yield from _changed(number, item, "sent", was.sent, is_now.sent)
    if was.promised is not is_now.promised:
        yield Difference(number, item, "promise", _yes(was.promised), _yes(is_now.promised))
    yield from _told(number, dossier, before, after, old, new)


def _changed(number: str, item: str, what: str, was: tuple[str, ...], now: tuple[str, ...]) -> Iterator[Difference]:
    for key in was:
        if key not in now:
            yield Difference(number, item, what, key, "")
    for key in now:
        if key not in was:
            yield Difference(number, item, what, "", key)


def _told(number: str, dossier: Dossier, before: Item, after: Item, old: Pack, new: Pack) -> Iterator[Difference]:
    """The last day, who takes it, the code on the slip."""
    begun = _day(dossier.begun.wall)
    pairs = {
        "due": (_due(before, old, begun), _due(after, new, begun)),
        "code": (before.code, after.code),
        "receiver": (before.receiver.name.zh, after.receiver.name.zh),
        "phone": (before.receiver.phone, after.receiver.phone),
    }
    for what, (was, now) in pairs.items():
        if was != now:
            yield Difference(number, dossier.item, what, was, now)


def _due(item: Item, pack: Pack, begun: date) -> str:
    if item.limit is None:
        return ""
    return pack.services.calendar.due(begun, item.limit.days).day.isoformat()


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def walk(dossier: Dossier, item: Item, pack: Pack) -> Walked:
    """The person of then at the form of `pack`, by the real flow: they answer as they did, or anything that will do."""
    application = dossier.application
    if application is None:
        return Walked()
    area = pack.settlement.mdtrtarea_admvs
    rules = Rules(services=pack.services, book=Phrasebook(), pack=pack.area, hospital_area=area)
    turn = Turn(replace(Kiosk(rules), wish=item.key))
    turn = filling.begin(turn, application.person)
    waiting = turn.state.screen
    if not isinstance(waiting, Waiting):
        return Walked()
    ways = {one.material: one.way for one in application.materials}
    fetched = frozenset(material for material, way in ways.items() if way is Way.FETCHED)
    opened = FilingOpened(waiting.ticket, dossier.sid, Prepared(fetched=fetched), _day(dossier.begun.wall))
    return _Clerk(application.answers, ways).through(turn.state, opened)


class _Clerk:
    """Answers as somebody did before."""

    def __init__(self, answers: Answers, ways: Mapping[str, Way]) -> None:
        self._answers, self._ways = dict(answers), ways
        self._asked: list[str] = []
        self._stuck: list[str] = []

    def through(self, state: Kiosk, event: Event | None) -> Walked:
        promised = False
        sent: tuple[str, ...] = ()
        for _ in range(_MOST_STEPS):
            if event is None:
                break
            promised = promised or isinstance(event, Signed)
            taken = step(state, event)
            state = taken.state
            sent = next((_sent(one) for one in taken.effects if isinstance(one, ConfirmFiling)), sent)
            event = self._next(state)
        return Walked(tuple(self._asked), tuple(self._stuck), promised, sent)

    def _next(self, state: Kiosk) -> Event | None:
        match state.screen:
            case Filling(desk=Filing() as filing) | Choosing(desk=Filing() as filing):
                return self._answer(state, filing)
            case Committing():
                return Signed()
            case Reviewing():
                return Continued()
            case _:
                return None

    def _answer(self, state: Kiosk, filing: Filing) -> Event | None:
        key, screen = filing.asked, state.screen
        question = next((one for one in filing.questions if one.key == key), None)
        if question is None:
            return self._choose(key, screen) if isinstance(screen, Choosing) else None
        if key in self._asked:
            return None  # what was answered was not taken: no way on
        self._asked.append(key)
        value = self._answers.get(key)
        if value is not None and not acceptable(question, value, filing.today):
            self._stuck.append(key)
            return None
        value = value or _any(question, filing.today)
        if value is None:
            return None
        return FieldFilled(key, value) if isinstance(screen, Filling) else OptionPicked(value.reveal())

    def _choose(self, key: str, screen: Choosing) -> Event:
        """All parts of several; a material by the way it came then, else by the first there is now."""
        offered = [option.key for option in screen.page.options]
        if key.startswith(MATERIAL):
            self._asked.append(key)
        then = self._ways.get(key.removeprefix(MATERIAL))
        return OptionPicked(then.value if then is not None and then.value in offered else offered[0])


def _any(question: Question, today: date) -> Typed | None:
    """Something that will do, for a field that nobody was asked before; None where nothing plain does."""
    plain = [option.key for option in question.options]
    plain += [today.isoformat(), "0" * question.least, "1" * question.least, "13900000000"]
    return next((Typed(text) for text in plain if acceptable(question, Typed(text), today)), None)


def _sent(order: ConfirmFiling) -> tuple[str, ...]:
    """What leaves, by its names: fields, and materials with their way."""
    application = order.application
    materials = tuple(f"{MATERIAL}{one.material}={one.way}" for one in application.materials)
    return (*(key for key, _ in application.answers), *materials, *application.parts)


# --- settlements ---


def _paid(entry: Entry, old: Pack, new: Pack) -> Iterator[Difference]:
    """What a pack decides before a platform is asked: whether here, how far away, in which code."""
    number, kind = spoken_number(entry.sid), entry.plan.batch.med_type
    was, now = _judged(entry, old), _judged(entry, new)
    for what, old_value in was.items():
        if now[what] != old_value:
            yield Difference(number, f"settlement {kind}", what, old_value, now[what])


def _judged(entry: Entry, pack: Pack) -> dict[str, str]:
    profile, plan = pack.settlement, entry.plan
    insurance, batch = plan.insurance, plan.batch
    reach = profile.reach_of(insurance.insuplc_admdvs)
    window = insurance.insutype in profile.window_insutypes or batch.med_type in profile.window_med_types
    return {
        "settled": "at a window" if window else "here",
        "reach": reach.value if reach else "unknown area",
        "one payment": _yes(profile.one_payment),
        "account choice": _yes(profile.account_choice),
        "gateway": f"{profile.gateway} {profile.signing}",
    }
