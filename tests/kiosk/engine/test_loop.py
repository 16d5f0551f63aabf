"""The loop: steps the flow, shows states, hands out effects, keeps time, and drops what nobody waits for."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.audit import AuditLog, verify
from kiosk.domain.personal import Voucher
from kiosk.engine.clock import SystemClock
from kiosk.engine.loop import Loop
from kiosk.faults import FaultCode
from kiosk.flow.aid_intents import HelperJoined
from kiosk.flow.effects import CheckStaff, Effect, FindPerson, Forget, ReadCard
from kiosk.flow.events import (
    CardWasRead,
    Continued,
    DeviceChanged,
    Entered,
    FaultsChanged,
    LanguageChosen,
    Left,
    MoneyReported,
    PersonWasSought,
    StaffCalled,
    StaffCodeEntered,
    StaffWasChecked,
    Stayed,
)
from kiosk.flow.rules import Door, Rules
from kiosk.flow.states import AwaitingCard, Failed, Farewell, FindingPerson, Home, Kiosk, ReadingCard, StillThere
from kiosk.flow.ticket import Ticket
from kiosk.ports.card_reader import CardInserted, CardRead, CardRemoved
from kiosk.ports.health import DeviceState, Health
from kiosk.ports.settlement import PersonFound, PersonMissing
from tests.kiosk.engine.inbox import Inbox
from tests.kiosk.flow.walker import QUOTED
from tests.support.people import IDENTITY, ZHANG

AT_ONCE = Rules(insert_card=0.0, still_there=0.0, farewell_page=0.0)


class Stage:
    """A loop with everything it talks to."""

    def __init__(self, folder: Path, rules: Rules) -> None:
        self.shown, self.asked = Inbox(), Inbox()
        self.path = folder / "audit.jsonl"
        self.audit = AuditLog(self.path, "boot")
        self.loop = Loop(Kiosk(rules), self._perform, self.shown.post, self.audit, SystemClock())

    def _perform(self, effect: Effect) -> None:
        self.asked.post(effect)

    def see(self, page: type, number: int = 1) -> Kiosk:
        return self.shown.wait_for(Kiosk, number, lambda state: isinstance(state.screen, page))

    def records(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def rules() -> Rules:
    return Rules()


@pytest.fixture
def stage(tmp_path: Path, rules: Rules) -> Iterator[Stage]:
    stage = Stage(tmp_path, rules)
    stage.loop.start()
    yield stage
    stage.loop.stop()
    stage.audit.close()
    assert verify(stage.path) is None


def test_events_become_states_and_effects(stage: Stage) -> None:
    stage.see(Home)
    stage.loop.post(CardInserted())
    assert isinstance(stage.see(ReadingCard).screen, ReadingCard)
    assert stage.asked.wait_for(ReadCard).ticket == Ticket(1, 1)


def test_a_state_that_did_not_change_is_not_shown_again(stage: Stage) -> None:
    for _ in range(5):
        stage.loop.post(Continued())
    stage.loop.post(LanguageChosen("en"))
    stage.shown.wait_for(Kiosk, 1, lambda state: state.lang == "en")
    assert len(stage.shown.items) == 2


def test_alarms_are_the_loops_own(stage: Stage) -> None:
    stage.loop.post(Entered(Door.OUTPATIENT))
    stage.see(AwaitingCard)
    assert "Wake" not in stage.asked.kinds()


@pytest.mark.parametrize("rules", [AT_ONCE])
def test_time_alone_brings_the_kiosk_home(stage: Stage) -> None:
    stage.loop.post(Entered(Door.OUTPATIENT))
    stage.see(StillThere)
    stage.see(Farewell)
    stage.see(Home, 2)
    assert stage.asked.wait_for(Forget).visit == 1
    assert stage.loop.dropped == 0, "an alarm that is not waited for any more is no late result"


def test_late_results_are_dropped_counted_and_noted_without_what_they_say(stage: Stage) -> None:
    late = Ticket(1, 99)
    stage.loop.post(PersonWasSought(late, PersonFound(ZHANG)))
    stage.loop.post(CardWasRead(late, CardRead(IDENTITY)))
    stage.loop.post(MoneyReported(late, QUOTED))
    stage.loop.post(LanguageChosen("en"))
    stage.shown.wait_for(Kiosk, 1, lambda state: state.lang == "en")
    assert stage.loop.dropped == 3
    dropped = [record for record in stage.records() if record["event"] == "result_dropped"]
    assert [record["detail"] for record in dropped] == ["PersonWasSought", "CardWasRead", "MoneyReported"]


def test_the_audit_tells_the_visit_and_nothing_of_the_patient(stage: Stage) -> None:
    loop, asked = stage.loop, stage.asked
    loop.post(CardInserted())
    loop.post(CardWasRead(asked.wait_for(ReadCard).ticket, CardRead(IDENTITY)))
    stage.see(FindingPerson)
    loop.post(PersonWasSought(asked.wait_for(FindPerson).ticket, PersonMissing(FaultCode.PERSON_UNKNOWN, "张三")))
    stage.see(Failed)
    loop.post(DeviceChanged("scanner", Health(DeviceState.ONLINE, (FaultCode.PAPER_LOW,))))
    loop.post(FaultsChanged(frozenset({FaultCode.CLOCK_WRONG})))
    loop.post(Continued())
    loop.post(CardRemoved())
    stage.shown.wait_for(Kiosk, 1, lambda state: isinstance(state.screen, Farewell) and not state.screen.card_in)
    told = [(record["event"], record.get("detail", ""), record.get("visit")) for record in stage.records()]
    assert told == [
        ("page_shown", "Home", None),
        ("visit_began", "", 1),
        ("page_shown", "ReadingCard", 1),
        ("page_shown", "FindingPerson", 1),
        ("page_shown", "Failed", 1),
        ("fault_shown", "I01", 1),
        ("device_changed", "scanner online P02", None),
        ("faults_changed", "N06", None),
        ("page_shown", "Farewell", 1),
        ("visit_ended", "", 1),
    ]
    assert "张" not in stage.path.read_text(encoding="utf-8")


def test_the_audit_tells_who_helped_and_when_they_were_out(tmp_path: Path) -> None:
    stage = Stage(tmp_path, Rules(staff=True))
    loop = stage.loop
    loop._take(Entered(Door.OUTPATIENT))
    loop._take(StaffCalled())
    loop._take(StaffCodeEntered(Voucher("0417")))
    loop._take(StaffWasChecked(stage.asked.wait_for(CheckStaff).ticket, "0417"))
    loop._take(HelperJoined())
    loop._take(Left())
    told = [record for record in stage.records() if str(record["event"]).startswith("helper")]
    assert [(one["event"], one["who"], one["visit"], one.get("detail")) for one in told] == [
        ("helper_joined", "0417", 1, None),
        ("helper_left", "0417", 1, "Farewell"),
    ]
    stage.audit.close()


def test_many_threads_may_post(stage: Stage) -> None:
    def post_many() -> None:
        for _ in range(200):
            stage.loop.post(Continued())

    threads = [threading.Thread(target=post_many) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stage.loop.post(LanguageChosen("en"))
    stage.shown.wait_for(Kiosk, 1, lambda state: state.lang == "en")


def test_alarms_of_a_visit_that_is_over_do_not_pile_up(tmp_path: Path) -> None:
    """Driven by hand: the loop's own thread is not needed."""
    stage = Stage(tmp_path, Rules())
    loop = stage.loop
    for _ in range(50):
        for event in (Entered(Door.OUTPATIENT), *(Stayed(),) * 20, Left(), Continued()):
            loop._take(event)
    assert isinstance(loop._state.screen, Home)
    assert len(loop._alarms) < 10
    stage.audit.close()


def test_effects_are_performed_in_order_after_the_state_is_shown(tmp_path: Path) -> None:
    order: list[str] = []
    audit = AuditLog(tmp_path / "audit.jsonl", "boot")
    loop = Loop(
        Kiosk(Rules()),
        lambda effect: order.append(type(effect).__name__),
        lambda state: order.append(type(state.screen).__name__),
        audit,
        SystemClock(),
    )
    loop._take(CardInserted())
    assert order == ["ReadingCard", "ReadCard"]
    assert [type(alarm.ticket).__name__ for alarm in loop._alarms] == ["Ticket"]
    audit.close()
