"""The words of a script that are one touch of the glass, and what it tells the kiosk."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from kiosk.domain.personal import Typed
from kiosk.flow.account_events import AccountChosen, FamilyChosen
from kiosk.flow.day_events import DaysWanted, DayTurned
from kiosk.flow.events import (
    AllBillsChosen,
    AnotherWayChosen,
    Continued,
    FieldFilled,
    Intent,
    KeyOffered,
    Left,
    LineReopened,
    OptionPicked,
    OtherMethodWanted,
    PaperWanted,
    PictureWanted,
    Retried,
    Signed,
    Stayed,
    WentBack,
    WindowChosen,
)
from kiosk.flow.insurer_events import InsurerWanted
from kiosk.flow.phone_events import PhoneWanted
from kiosk.flow.served_states import Choosing, Filling
from kiosk.flow.services.desk import Filing
from kiosk.flow.states import Explaining, Kiosk

INTENTS: Mapping[str, Callable[[], Intent]] = {
    "all": AllBillsChosen,
    "window": WindowChosen,
    "insurer": InsurerWanted,
    "another": AnotherWayChosen,
    "other": OtherMethodWanted,
    "phone": PhoneWanted,
    "key": KeyOffered,
    "print": PaperWanted,
    "picture": PictureWanted,
    "continue": Continued,
    "back": WentBack,
    "leave": Left,
    "retry": Retried,
    "stay": Stayed,
}


def _fill(value: str, state: Kiosk) -> Intent:
    """`today`, `new N` for N digits nobody had before, or what is written."""
    screen = state.screen
    if not isinstance(screen, Filling):
        return FieldFilled("", Typed(value))
    kind, _, size = value.partition(" ")
    if kind == "new":
        value = f"{time.monotonic_ns():020d}"[-int(size) :]
    if kind == "today" and isinstance(screen.desk, Filing):
        value = screen.desk.today.isoformat()
    return FieldFilled(screen.desk.asked, Typed(value))


def _option(key: str, state: Kiosk) -> str:
    """`first` is whatever stands first: what an office has for a person is not known to a script."""
    screen = state.screen
    return screen.page.options[0].key if key == "first" and isinstance(screen, Choosing) else key


def _days(_: str, state: Kiosk) -> Intent:
    """Of the stay that is offered, or of the newest bill that tells its days."""
    screen = state.screen
    told = [screen.offer.bills[0].bill.batch] if isinstance(screen, Explaining) else []
    told += [batch for batch in getattr(screen, "batches", ()) if batch.stay is not None and batch.stay.days]
    return DaysWanted(told[-1].batch_no if told else "")


ANSWERS: Mapping[str, Callable[[str, Kiosk], Intent]] = {
    "account": lambda used, _state: AccountChosen(used == "on"),
    "family": lambda used, _state: FamilyChosen(used == "on"),
    "days": _days,
    "earlier": lambda _none, _state: DayTurned(later=False),
    "later": lambda _none, _state: DayTurned(later=True),
    "fill": _fill,
    "pick": lambda key, state: OptionPicked(_option(key, state)),
    "change": lambda key, _state: LineReopened(key),
    "sign": lambda _none, _state: Signed(),
}
