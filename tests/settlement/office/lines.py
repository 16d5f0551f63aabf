"""The reference office behind a line that may spoil what comes back, and people of the files who stand before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from kiosk.domain.insured import Person
from kiosk.domain.personal import PersonName, PersonNumber, ResidentId
from kiosk.installed import config_dir
from kiosk.ports.clock import BEIJING
from kiosk.ports.filing import FilingPort
from settlement.reference.counter import Counter
from settlement.reference.people import read_world
from settlement.wire import codec
from tests.support.far_end import Conversation, Received, hangs_up, says
from tests.support.parties import PERSON

NOW = datetime(2026, 11, 26, 9, 30, tzinfo=BEIJING)


class Standing26:
    """A wall clock that stands."""

    def now(self) -> datetime:
        return NOW


@dataclass
class Line:
    """The office behind a line that may spoil what comes back: `spoil` is by path, each used once."""

    desk: Counter
    spoil: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    heard: list[str] = field(default_factory=list[str])

    def __call__(self, conversation: Conversation, request: Received) -> None:
        if request.method == "GET":
            says(b"{}")(conversation, request)
            return
        self.heard.append(request.path)
        wish = self.spoil.get(request.path, [])
        act = wish.pop(0) if wish else ""
        if act == "lose-request":
            hangs_up(conversation, request)
            return
        answer = self.desk.answer(request.path, request.body)
        if act == "lose-reply":
            hangs_up(conversation, request)
        elif act == "wrong-key":
            says(codec.encode(codec.decode(answer.body) | {"key": "F9999999999"}))(conversation, request)
        else:
            says(answer.body, int(answer.status))(conversation, request)


Open = Callable[[], tuple[FilingPort, Line]]


def key(number: int) -> str:
    return f"F01J{number:022d}"


def applicant(key: str) -> Person:
    """Somebody of the people's files."""
    told = read_world(config_dir() / "people").people[key]
    assert told.platform is not None
    return replace(
        PERSON,
        name=PersonName(told.name),
        certno=ResidentId(told.certno),
        psn_no=PersonNumber(told.platform.psn_no),
        insurances=tuple(replace(PERSON.insurances[0], insuplc_admdvs=row.area) for row in told.platform.insurances),
    )
