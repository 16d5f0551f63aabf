"""The contract of encrypting PIN pads.

Parameterised by two fixtures: `bench`, on which somebody presses keys, and `pad`. `opens` is the far end's: it says
whether a block holds the digits that were pressed; on real hardware a test host with the pad's test keys does.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from typing import Literal, Protocol

import pytest

from devices.conformance.bench import Ability, Bench, Contract, need
from devices.conformance.groups import deadlines, framing, health, lifecycle, privacy
from devices.conformance.waiting import FAR_SECONDS, Call, after, until
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.health import DeviceState
from kiosk.ports.pin_pad import Entering, NoPin, PadFailed, PinAnswer, PinGiven, PinPad, PinWanted

_NUMBERS: Iterator[int] = itertools.count(1)


class PinPadBench(Bench, Protocol):
    """`pin` has six digits; it is among `secrets`, and no part of it may be seen anywhere."""

    pin: str

    def press(self, keys: str) -> None:
        """Digits, R for the red key, G for the green one, C to clear."""
        ...

    def opens(self, given: PinGiven, digits: str) -> bool: ...

    def take_keys_out(self) -> None: ...

    def open_lid(self) -> None: ...

    def talk(self) -> None:
        """From now on the pad says what was pressed, as a wrongly made one might."""
        ...

    def spoil(self, how: Literal["lost", "flip", "cut", "garbage", "twice"]) -> None: ...

    def fall_silent(self) -> None: ...

    def speak_again(self) -> None: ...

    def traffic(self) -> bytes:
        """All that has gone over the cable, both ways."""
        ...


def wanted(*, shortest: int = 6, longest: int = 6, seconds: int = 60) -> PinWanted:
    """An entry that was never used."""
    return PinWanted(f"entry-{threading.get_native_id()}-{next(_NUMBERS)}", shortest, longest, seconds)


class PinPadContract(Contract):
    """What the kiosk may rely on: a block or a reason, and no digit anywhere."""

    @lifecycle
    def test_opening_and_closing_twice_is_allowed(self, pad: PinPad) -> None:
        pad.open()
        pad.open()
        pad.close()
        pad.close()
        pad.open()
        assert pad.status().state is DeviceState.ONLINE

    @privacy
    def test_digits_go_in_and_a_block_comes_out(self, bench: PinPadBench, pad: PinPad) -> None:
        pad.open()
        entry = wanted()
        assert self.begin(bench, pad, entry) == Entering(0)
        for pressed, digit in enumerate(bench.pin[:-1], 1):
            bench.press(digit)
            assert self.query(bench, pad, entry) == Entering(pressed)
        bench.press(bench.pin[-1])
        given = self.given(bench, pad, entry)
        assert bench.opens(given, bench.pin)
        assert bench.pin not in repr(given)
        assert given.block.reveal() not in repr(given)
        if Ability.WIRE_SEEN in bench.abilities:
            assert not any(secret.encode() in bench.traffic() for secret in bench.secrets)

    def test_the_same_digits_make_another_block_every_time(self, bench: PinPadBench, pad: PinPad) -> None:
        pad.open()
        blocks = {self.enter(bench, pad).block for _ in range(3)}
        assert len(blocks) == 3

    def test_a_block_is_given_out_once(self, bench: PinPadBench, pad: PinPad) -> None:
        pad.open()
        entry = wanted()
        self.begin(bench, pad, entry)
        bench.press(bench.pin)
        self.given(bench, pad, entry)
        assert self.query(bench, pad, entry) is NoPin.UNKNOWN

    def test_the_green_key_ends_an_entry_that_may_be_shorter(self, bench: PinPadBench, pad: PinPad) -> None:
        pad.open()
        entry = wanted(shortest=4, longest=8)
        self.begin(bench, pad, entry)
        bench.press(bench.pin[:3] + "G")
        assert self.query(bench, pad, entry) == Entering(3), "too short to be one"
        bench.press(bench.pin[3] + "G")
        assert bench.opens(self.given(bench, pad, entry), bench.pin[:4])

    def test_what_is_cleared_is_entered_anew(self, bench: PinPadBench, pad: PinPad) -> None:
        pad.open()
        entry = wanted()
        self.begin(bench, pad, entry)
        bench.press("000C")
        assert self.query(bench, pad, entry) == Entering(0)
        bench.press(bench.pin)
        assert bench.opens(self.given(bench, pad, entry), bench.pin)

    def test_the_red_key_ends_it(self, bench: PinPadBench, pad: PinPad) -> None:
        pad.open()
        entry = wanted()
        self.begin(bench, pad, entry)
        bench.press(bench.pin[:3] + "R")
        assert self.query(bench, pad, entry) is NoPin.CANCELLED

    def test_what_is_aborted_is_forgotten(self, bench: PinPadBench, pad: PinPad) -> None:
        pad.open()
        entry = wanted()
        self.begin(bench, pad, entry)
        bench.press(bench.pin[:3])
        assert self.abort(bench, pad, entry) is NoPin.CANCELLED
        assert self.query(bench, pad, entry) is NoPin.CANCELLED
        assert self.abort(bench, pad, wanted()) is NoPin.UNKNOWN

    def test_nobody_there_is_told(self, bench: PinPadBench, pad: PinPad) -> None:
        pad.open()
        entry = wanted(seconds=1)
        self.begin(bench, pad, entry)
        until(lambda: self.query(bench, pad, entry) is NoPin.TIME_OUT)

    def test_a_new_entry_ends_the_one_before(self, bench: PinPadBench, pad: PinPad) -> None:
        """What the patient before has pressed is no part of the next one's."""
        pad.open()
        first, second = wanted(), wanted()
        self.begin(bench, pad, first)
        bench.press("000")
        self.begin(bench, pad, second)
        bench.press(bench.pin)
        assert bench.opens(self.given(bench, pad, second), bench.pin)
        assert self.query(bench, pad, first) is NoPin.UNKNOWN

    @framing
    @pytest.mark.parametrize("how", ["lost", "flip", "cut"])
    def test_a_lost_answer_is_a_failure_and_the_next_is_read(
        self, bench: PinPadBench, pad: PinPad, how: Literal["lost", "flip", "cut"]
    ) -> None:
        need(bench, Ability.SPOILT_ANSWERS)
        pad.open()
        entry = wanted()
        bench.spoil(how)
        assert self.begin(bench, pad, entry) == PadFailed()
        assert self.query(bench, pad, entry) == Entering(0)

    @framing
    @pytest.mark.parametrize("how", ["garbage", "twice"])
    def test_an_answer_in_bad_company_is_found(
        self, bench: PinPadBench, pad: PinPad, how: Literal["garbage", "twice"]
    ) -> None:
        need(bench, Ability.SPOILT_ANSWERS)
        pad.open()
        bench.spoil(how)
        entry = wanted()
        assert self.begin(bench, pad, entry) == Entering(0)
        assert self.query(bench, pad, entry) == Entering(0)

    @privacy
    def test_a_pad_that_says_what_was_pressed_is_believed_no_more(
        self, bench: PinPadBench, pad: PinPad, caplog: pytest.LogCaptureFixture
    ) -> None:
        need(bench, Ability.LEAK)
        pad.open()
        entry = wanted()
        self.begin(bench, pad, entry)
        bench.talk()
        bench.press(bench.pin[:4])
        assert self.query(bench, pad, entry) == PadFailed()
        assert pad.status().state is DeviceState.POTENTIAL_FRAUD
        assert self.begin(bench, pad, wanted()) == PadFailed()
        assert bench.pin[:4] not in caplog.text

    def test_an_opened_pad_says_so_and_takes_nothing(self, bench: PinPadBench, pad: PinPad) -> None:
        need(bench, Ability.LEAK)
        pad.open()
        entry = wanted()
        self.begin(bench, pad, entry)
        bench.press(bench.pin[:3])
        bench.open_lid()
        assert isinstance(self.query(bench, pad, entry), NoPin)
        assert pad.status().state is DeviceState.FRAUD_ATTEMPT
        assert FaultCode.PIN_PAD_GONE in pad.status().warnings

    def test_a_pad_without_keys_is_broken(self, bench: PinPadBench, pad: PinPad) -> None:
        need(bench, Ability.LEAK)
        pad.open()
        bench.take_keys_out()
        assert pad.status().state is DeviceState.HARDWARE_ERROR
        assert isinstance(self.begin(bench, pad, wanted()), NoPin)

    @deadlines
    def test_a_silent_pad_keeps_nobody_and_is_found_again(self, bench: PinPadBench, pad: PinPad) -> None:
        need(bench, Ability.SILENCE)
        pad.open()
        entry = wanted()
        bench.fall_silent()
        assert Call(lambda cancel: pad.begin(entry, after(bench.clock, 0.2), cancel)).result() == PadFailed()
        assert pad.status().state is DeviceState.OFFLINE
        call = Call(lambda cancel: pad.query(entry.number, after(bench.clock, FAR_SECONDS), cancel))
        assert call.cancelled() == PadFailed()
        bench.speak_again()
        assert self.query(bench, pad, entry) == Entering(0)

    @health
    def test_a_pad_that_goes_is_found_again(self, bench: PinPadBench, pad: PinPad) -> None:
        need(bench, Ability.UNPLUG)
        pad.open()
        assert pad.status().usable
        bench.unplug()
        assert pad.status().state is DeviceState.NO_DEVICE
        assert self.begin(bench, pad, wanted()) == PadFailed()
        bench.plug()
        until(lambda: pad.status().usable)
        assert bench.opens(self.enter(bench, pad), bench.pin)

    @pytest.mark.parametrize("limits", [(3, 6), (6, 13), (8, 6)])
    def test_what_no_pad_takes_is_a_defect(self, bench: PinPadBench, pad: PinPad, limits: tuple[int, int]) -> None:
        pad.open()
        with pytest.raises(ValueError, match="digits"):
            pad.begin(wanted(shortest=limits[0], longest=limits[1]), after(bench.clock, 1), Cancel())

    def begin(self, bench: PinPadBench, pad: PinPad, entry: PinWanted) -> PinAnswer:
        return Call(lambda cancel: pad.begin(entry, after(bench.clock, FAR_SECONDS), cancel)).result()

    def query(self, bench: PinPadBench, pad: PinPad, entry: PinWanted) -> PinAnswer:
        return Call(lambda cancel: pad.query(entry.number, after(bench.clock, FAR_SECONDS), cancel)).result()

    def abort(self, bench: PinPadBench, pad: PinPad, entry: PinWanted) -> NoPin | PadFailed:
        return Call(lambda cancel: pad.abort(entry.number, after(bench.clock, FAR_SECONDS), cancel)).result()

    def given(self, bench: PinPadBench, pad: PinPad, entry: PinWanted) -> PinGiven:
        answer = self.query(bench, pad, entry)
        assert isinstance(answer, PinGiven), answer
        return answer

    def enter(self, bench: PinPadBench, pad: PinPad) -> PinGiven:
        """Somebody enters the PIN."""
        entry = wanted()
        self.begin(bench, pad, entry)
        bench.press(bench.pin)
        return self.given(bench, pad, entry)
