"""A history as it can be read: what was noted, what left, what became of it, what the page was told, when it died."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.engine.cashier import Cashier
from kiosk.flow.events import Event, MoneyReported
from kiosk.saga.facts import Answered, Fact, Intended, Stamp
from tests.kiosk.saga import scenarios
from tests.kiosk.saga.history import History, Scenario
from tests.kiosk.saga.memory_book import Crash, MemoryBook
from tests.simulation.seeds import thrown
from tests.support.far_parties import Sent

Tell = Callable[[str, str], None]


class _TellingBook(MemoryBook):
    """Tells each row: noted, or lost with the process that wanted to note it."""

    tell: Tell

    def append(self, sid: str, fact: Fact, at: Stamp) -> None:
        before = len(self.rows)
        try:
            super().append(sid, fact, at)
        except Exception:
            self.tell("no room", _of(fact))
            raise
        except Crash:
            self.tell("notes" if len(self.rows) > before else "loses", _of(fact))
            raise
        self.tell("notes", _of(fact))


class Told(History):
    """Plays as any history does, and keeps a line for whatever happens."""

    def __init__(self, scenario: Scenario) -> None:
        self.lines: list[str] = []
        super().__init__(scenario)
        self.world.far.became = lambda sent, what: self._tell(what.replace("_", " "), sent.call)

    def _tell(self, what: str, text: str) -> None:
        self.lines.append(f"{self.world.clock.monotonic():11.3f}  {what:<12} {text}")

    def _new_book(self) -> MemoryBook:
        book = _TellingBook(self.scenario.deaths, self.scenario.full)
        book.tell = self._tell
        return book

    def _start(self) -> Cashier:
        self._tell("starts", self._boot)
        return super()._start()

    def _watch(self, sent: Sent) -> None:
        self._tell("sends", " ".join((sent.call, sent.key, *sent.details)))
        super()._watch(sent)

    def _hear(self, event: Event) -> None:
        if isinstance(event, MoneyReported):
            fault = getattr(event.report, "fault", None)
            self._tell("page", f"{type(event.report).__name__}{f' {fault}' if fault else ''}")
        super()._hear(event)

    def _restart(self) -> None:
        self._tell("dies", "")
        super()._restart()


def _of(fact: Fact) -> str:
    match fact:
        case Intended(act, key):
            return f"{act}? {key}"
        case Answered(act, verdict, fault):
            return f"{act}: {verdict}{f' {fault}' if fault else ''}"
        case _:
            return type(fact).__name__


def told(seed: int) -> list[str]:
    """The scenario, every step of it, how it ended, and what was wrong."""
    with thrown(seed):
        history = Told(scenarios.of(seed))
        objections = history.play()
    places = ", ".join(entry.state_name() for entry in history.entries())
    ledger = history.world.ledger
    kept = ledger.collected() - ledger.refunded()
    end = f"ends {places or 'before anything was noted'}, {kept.fen} fen kept"
    wrong = [f"WRONG: {objection}" for objection in objections] or ["nothing is wrong"]
    return [f"seed {seed}: {history.scenario}", *history.lines, end, *wrong]
