"""The contract of certified face and e-voucher terminals.

Parameterised by two fixtures: `bench`, before which somebody stands or nobody does, and `terminal`. On real hardware
the operator is a person insured for the test, and `person` is theirs.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from typing import Protocol

import pytest

from devices.conformance.bench import Ability, Bench, Contract, need
from devices.conformance.groups import deadlines, framing, health, lifecycle, privacy
from devices.conformance.waiting import FAR_SECONDS, Call, after, until
from kiosk.domain.money import Money
from kiosk.domain.personal import PersonName, ResidentId
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.face_terminal import (
    Business,
    Errand,
    FaceAuthorised,
    FaceTerminal,
    HolderFound,
    NotAuthorised,
    SettleNotice,
)
from kiosk.ports.health import DeviceState

_NUMBERS: Iterator[int] = itertools.count(1)


class FaceTerminalBench(Bench, Protocol):
    """Somebody with a face and a telephone; `looking` says whether the terminal's own camera or scanner is on."""

    person: PersonName
    resident_id: ResidentId

    def show_face(self) -> None: ...

    def show_code(self) -> None: ...

    def looking(self) -> bool: ...

    def know_nobody(self) -> None:
        """From now on the centre declines."""
        ...

    def garble(self) -> None:
        """From now on the answers are none."""
        ...

    def notices(self) -> int:
        """How many results the terminal's screen has shown."""
        ...


def errand(business: Business = Business.SETTLING) -> Errand:
    """One that was never used."""
    return Errand(business, f"conformance-{threading.get_native_id()}-{next(_NUMBERS)}")


class FaceTerminalContract(Contract):
    """What the kiosk may rely on: a person or a reason, and no camera left on."""

    @lifecycle
    def test_opening_and_closing_twice_is_allowed(self, terminal: FaceTerminal) -> None:
        terminal.open()
        terminal.open()
        terminal.close()
        terminal.close()
        terminal.open()
        assert terminal.status().usable

    @privacy
    def test_a_face_is_authorised_and_nothing_of_it_is_seen(
        self, bench: FaceTerminalBench, terminal: FaceTerminal
    ) -> None:
        terminal.open()
        answer = self.face(bench, terminal)
        assert isinstance(answer, FaceAuthorised)
        assert "***" in repr(answer)
        assert terminal.status().state is DeviceState.ONLINE
        assert not bench.looking()

    def test_a_number_is_for_one_errand(self, bench: FaceTerminalBench, terminal: FaceTerminal) -> None:
        terminal.open()
        numbers = [self.face(bench, terminal) for _ in range(2)]
        assert numbers[0] != numbers[1]

    def test_a_code_before_the_terminal_leads_to_its_holder(
        self, bench: FaceTerminalBench, terminal: FaceTerminal
    ) -> None:
        terminal.open()
        call = Call(lambda cancel: terminal.read_voucher(errand(), after(bench.clock, FAR_SECONDS), cancel))
        until(bench.looking)
        bench.show_code()
        answer = call.result()
        assert isinstance(answer, HolderFound)
        assert (answer.identity.name, answer.identity.resident_id) == (bench.person, bench.resident_id)
        assert not bench.looking()

    @pytest.mark.parametrize("way", ["face", "code"])
    def test_nobody_is_let_in_whom_the_centre_declines(
        self, bench: FaceTerminalBench, terminal: FaceTerminal, way: str
    ) -> None:
        terminal.open()
        bench.know_nobody()
        fault = FaultCode.FACE_NOT_AUTHORISED if way == "face" else FaultCode.VOUCHER_REFUSED
        ask = terminal.authorise if way == "face" else terminal.read_voucher
        call = Call(lambda cancel: ask(errand(), after(bench.clock, FAR_SECONDS), cancel))
        until(bench.looking)
        (bench.show_face if way == "face" else bench.show_code)()
        answer = call.result()
        assert isinstance(answer, NotAuthorised)
        assert answer.fault is fault
        assert terminal.status().state is DeviceState.ONLINE

    @deadlines
    @pytest.mark.parametrize("way", ["face", "code"])
    def test_whoever_leaves_leaves_no_camera_on(
        self, bench: FaceTerminalBench, terminal: FaceTerminal, way: str
    ) -> None:
        terminal.open()
        ask = terminal.authorise if way == "face" else terminal.read_voucher
        call = Call(lambda cancel: ask(errand(), after(bench.clock, FAR_SECONDS), cancel))
        until(bench.looking)
        assert call.cancelled() is None
        until(lambda: not bench.looking())
        assert isinstance(self.face(bench, terminal), FaceAuthorised), "and the next one is served"

    @deadlines
    def test_nobody_there_at_the_deadline(self, bench: FaceTerminalBench, terminal: FaceTerminal) -> None:
        terminal.open()
        call = Call(lambda cancel: terminal.authorise(errand(), after(bench.clock, 1.0), cancel))
        assert call.result() is None
        until(lambda: not bench.looking())

    @deadlines
    def test_what_was_cancelled_before_it_began_lights_nothing(
        self, bench: FaceTerminalBench, terminal: FaceTerminal
    ) -> None:
        terminal.open()
        cancel = Cancel()
        cancel.cancel()
        call = Call(lambda _: terminal.authorise(errand(), after(bench.clock, FAR_SECONDS), cancel))
        assert call.result() is None
        assert not bench.looking()

    @framing
    @pytest.mark.parametrize("way", ["face", "code"])
    def test_an_answer_that_is_none_is_nobody(self, bench: FaceTerminalBench, terminal: FaceTerminal, way: str) -> None:
        need(bench, Ability.SPOILT_ANSWERS)
        terminal.open()
        bench.garble()
        ask = terminal.authorise if way == "face" else terminal.read_voucher
        call = Call(lambda cancel: ask(errand(), after(bench.clock, FAR_SECONDS), cancel))
        until(bench.looking)
        (bench.show_face if way == "face" else bench.show_code)()
        assert call.result() == NotAuthorised(FaultCode.FACE_TERMINAL_GONE)

    @health
    def test_a_terminal_that_goes_is_told_and_found_again(
        self, bench: FaceTerminalBench, terminal: FaceTerminal
    ) -> None:
        need(bench, Ability.LOST_IN_USE)
        terminal.open()
        call = Call(lambda cancel: terminal.authorise(errand(), after(bench.clock, FAR_SECONDS), cancel))
        until(bench.looking)
        bench.unplug()
        assert call.result() == NotAuthorised(FaultCode.FACE_TERMINAL_GONE)
        assert terminal.status().state is DeviceState.HARDWARE_ERROR
        assert FaultCode.FACE_TERMINAL_GONE in terminal.status().warnings
        bench.plug()
        assert isinstance(self.face(bench, terminal), FaceAuthorised)
        assert terminal.status().usable

    def test_a_result_is_shown(self, bench: FaceTerminalBench, terminal: FaceTerminal) -> None:
        terminal.open()
        notice = SettleNotice(settled=True, setl_id="1", total=Money(5000), own=Money(1000))
        far = after(bench.clock, FAR_SECONDS)
        assert Call(lambda cancel: terminal.show(errand(), notice, far, cancel)).result()
        assert bench.notices() == 1

    def face(self, bench: FaceTerminalBench, terminal: FaceTerminal) -> FaceAuthorised | NotAuthorised | None:
        """Somebody looks into the camera as soon as it is on."""
        call = Call(lambda cancel: terminal.authorise(errand(), after(bench.clock, FAR_SECONDS), cancel))
        until(bench.looking)
        bench.show_face()
        return call.result()
