"""The loop thread: takes events, steps the flow, shows the state, hands out effects.

It never blocks on anything but its queue.
"""

from __future__ import annotations

import heapq
import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from kiosk.audit import AuditEvent, AuditLog, Disposition, Record
from kiosk.domain.confirming import Attested, Doctor
from kiosk.domain.insured import Person
from kiosk.engine.face import face_record
from kiosk.engine.tally import Tally
from kiosk.flow.access_states import Helping, StaffDoor, StaffInside
from kiosk.flow.effects import Effect, Forget, Wake
from kiosk.flow.events import (
    AnotherWayChosen,
    CaseWasAttested,
    DeviceChanged,
    Event,
    FaceAgreed,
    FaceWasChecked,
    FaultsChanged,
    MoneyReported,
    OptionPicked,
    Woke,
)
from kiosk.flow.insurer_events import InsurerAgreedTo
from kiosk.flow.served_states import Waiting
from kiosk.flow.services.desk import Vouching
from kiosk.flow.states import (
    Failed,
    Kiosk,
    OutOfService,
)
from kiosk.flow.stay_states import AgentRelation
from kiosk.flow.step import expects, step, waited_for
from kiosk.flow.ticket import Ticket
from kiosk.ports.clock import Clock

_log = logging.getLogger(__name__)


@dataclass(order=True)
class _Alarm:
    due: float
    ticket: Ticket = field(compare=False)


class Loop:
    """`post` may be called from any thread; everything else happens on the loop's own."""

    def __init__(
        self,
        state: Kiosk,
        perform: Callable[[Effect], None],
        show: Callable[[Kiosk], None],
        audit: AuditLog,
        clock: Clock,
        tally: Tally | None = None,
    ) -> None:
        self._state, self._tally = state, tally
        self._perform, self._show, self._audit, self._clock = perform, show, audit, clock
        self._events: queue.SimpleQueue[Event | Record | None] = queue.SimpleQueue()
        self._alarms: list[_Alarm] = []
        self._thread = threading.Thread(target=self._run, name="loop", daemon=True)
        self.dropped = 0
        self.beat = clock.monotonic()

    def start(self) -> None:
        self._thread.start()

    def post(self, event: Event) -> None:
        self._events.put(event)

    def record(self, record: Record) -> None:
        """Have something written to the audit, which is this thread's; from any thread."""
        self._events.put(record)

    def stop(self) -> None:
        self._events.put(None)
        self._thread.join(5.0)

    def _run(self) -> None:
        self._show(self._state)
        self._record(Record(AuditEvent.PAGE_SHOWN, detail=type(self._state.screen).__name__))
        while True:
            self.beat = self._clock.monotonic()
            self._ring()  # also while events pour in
            try:
                event = self._events.get(timeout=self._patience())
            except queue.Empty:
                continue
            if event is None:
                return
            if isinstance(event, Record):
                self._record(event)
            else:
                self._take(event)
            del event  # or its patient would stay here until something else happens

    def _patience(self) -> float:
        if not self._alarms:
            return 1.0
        return min(1.0, max(0.0, self._alarms[0].due - self._clock.monotonic()))

    def _ring(self) -> None:
        now = self._clock.monotonic()
        while self._alarms and self._alarms[0].due <= now:
            ticket = heapq.heappop(self._alarms).ticket
            # an alarm nobody waits for any more is no late result: pages are left before their time all day
            if ticket in waited_for(self._state):
                self._take(Woke(ticket))

    def _take(self, event: Event) -> None:
        if not expects(self._state, event):
            self.dropped += 1
            self._record(Record(AuditEvent.RESULT_DROPPED, detail=type(event).__name__))
            return
        before = self._state
        taken = step(before, event)
        self._state = taken.state
        self._note(event, before)
        if self._tally is not None:
            self._tally.saw(event, before, taken.state, self._clock.monotonic(), self._clock.now().date())
        if taken.state != before:
            self._show(taken.state)
        for effect in taken.effects:
            self._do(effect)

    def _do(self, effect: Effect) -> None:
        match effect:
            case Wake(ticket, seconds):
                heapq.heappush(self._alarms, _Alarm(self._clock.monotonic() + seconds, ticket))
            case Forget(visit):
                self._alarms = [
                    alarm
                    for alarm in self._alarms
                    if alarm.ticket.visit > visit or alarm.ticket in waited_for(self._state)
                ]
                heapq.heapify(self._alarms)
                self._record(Record(AuditEvent.VISIT_ENDED, visit))
                self._perform(effect)
            case _:
                self._perform(effect)

    def _note(self, event: Event, before: Kiosk) -> None:
        """Types, names and codes; never what an event holds."""
        visit = self._state.ticket.visit
        if visit != before.ticket.visit:
            self._record(Record(AuditEvent.VISIT_BEGAN, visit))
        match event:
            case MoneyReported(_, report):
                self._record(Record(AuditEvent.MONEY_REPORTED, visit, report.sid, type(report).__name__))
            case DeviceChanged(name, health):
                detail = " ".join((name, health.state, *health.warnings))
                self._record(Record(AuditEvent.DEVICE_CHANGED, detail=detail))
            case FaultsChanged(faults):
                self._record(Record(AuditEvent.FAULTS_CHANGED, detail=" ".join(sorted(faults))))
            case OptionPicked() if isinstance(before.screen, AgentRelation):
                self._note_agent()
            case FaceAgreed() | AnotherWayChosen() | FaceWasChecked():
                self._record(face_record(event, visit))
            case InsurerAgreedTo(consent):
                self._record(Record(AuditEvent.INSURER_CONSENTED, visit, detail=consent))
            case CaseWasAttested(_, Attested()):
                self._note_attested(before, visit)
            case _:
                pass
        self._note_aid(before)
        screen = self._state.screen
        if type(screen) is type(before.screen):
            return
        self._record(Record(AuditEvent.PAGE_SHOWN, visit, detail=type(screen).__name__))
        if isinstance(screen, Failed):
            self._record(Record(AuditEvent.FAULT_SHOWN, visit, detail=screen.fault, disposition=Disposition.FAILURE))

    def _note_attested(self, before: Kiosk, visit: int) -> None:
        """Which doctor confirmed which case, and where: staff answer for it by their number."""
        match before.screen:
            case Waiting(desk=Vouching(case=case, doctor=Doctor(number=who))) if place := before.rules.place:
                detail = f"{case.case_no} {place.latitude},{place.longitude}"
                done = Disposition.SUCCESS
                self._record(Record(AuditEvent.CASE_ATTESTED, visit, detail=detail, disposition=done, who=who))
            case _:
                pass

    def _note_agent(self) -> None:
        """Who acts for whom: the relation in words of ours, the card's number as every page would show it."""
        person = getattr(self._state.screen, "person", None)
        if isinstance(person, Person) and person.agent is not None:
            agent, visit = person.agent, self._state.ticket.visit
            record = Record(AuditEvent.AGENT_NAMED, visit, detail=agent.relation, who=agent.number.masked())
            self._record(record)

    def _note_aid(self, before: Kiosk) -> None:
        """Who called for help and from where, who came in as staff, and whose code was refused."""
        visit, aid, was = self._state.ticket.visit, self._state.aid, before.aid
        screen = self._state.screen
        match aid:
            case Helping() if not isinstance(was, Helping):
                fault = f" {screen.fault}" if isinstance(screen, Failed | OutOfService) else ""
                self._record(Record(AuditEvent.HELP_CALLED, visit, detail=type(screen).__name__ + fault))
            case StaffInside(_, who) if not isinstance(was, StaffInside):
                self._record(Record(AuditEvent.STAFF_ENTERED, visit, disposition=Disposition.SUCCESS, who=who))
            case StaffDoor(checking=None, refused=True) if isinstance(was, StaffDoor) and was.checking is not None:
                self._record(Record(AuditEvent.STAFF_REFUSED, visit, disposition=Disposition.FAILURE))
            case _:
                pass
        helper = self._state.helper
        if helper and helper != before.helper:
            self._record(Record(AuditEvent.HELPER_JOINED, visit, disposition=Disposition.SUCCESS, who=helper))
        if before.helper and helper != before.helper:
            left = before.ticket.visit  # a new visit may have begun with the same step
            self._record(Record(AuditEvent.HELPER_LEFT, left, detail=type(screen).__name__, who=before.helper))

    def _record(self, record: Record) -> None:
        self._audit.write(record, self._clock.monotonic(), self._clock.now())
