"""The contract of tactile keypads."""

from __future__ import annotations

from typing import Protocol

from devices.conformance.bench import Ability, Bench, Contract, need
from devices.conformance.waiting import FAR_SECONDS, Call, after, open_files, until
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.keypad import Key, Keypad, KeyPressed

ESSENTIAL = (Key.NEXT, Key.SELECT)


class KeypadBench(Bench, Protocol):
    """`keys` are those the keypad has, NEXT and SELECT among them."""

    keys: tuple[Key, ...]

    def press(self, key: Key, times: int = 1) -> None:
        """`times` above one is a finger that trembles; returns once the keys are on their way."""
        ...

    def noise(self, raw: bytes) -> None:
        """Bytes on the line that are no key; returns once they are on their way."""
        ...


class KeypadContract(Contract):
    """What the kiosk may rely on."""

    def test_a_whole_visit_needs_next_and_select(self, bench: KeypadBench) -> None:
        assert set(ESSENTIAL) <= set(bench.keys)

    def test_opening_and_closing_twice_is_allowed(self, keypad: Keypad) -> None:
        keypad.open()
        keypad.open()
        keypad.close()
        keypad.close()
        keypad.open()
        assert keypad.status().usable

    def test_opening_leaves_nothing_behind(self, keypad: Keypad) -> None:
        keypad.open()
        keypad.close()
        before = open_files()
        for _ in range(10):
            keypad.open()
            keypad.status()
            keypad.close()
        assert open_files() == before

    def test_each_key_is_told_as_itself(self, bench: KeypadBench, keypad: Keypad) -> None:
        keypad.open()
        for key in bench.keys:
            call = self.waiting(bench, keypad)
            bench.press(key)
            assert call.result() == KeyPressed(key)
        assert keypad.status().usable

    def test_keys_pressed_quickly_are_told_in_order(self, bench: KeypadBench, keypad: Keypad) -> None:
        keypad.open()
        call = self.waiting(bench, keypad)
        for key in bench.keys:
            bench.press(key)
        told = [call.result(), *(self.waiting(bench, keypad).result() for _ in bench.keys[1:])]
        assert told == [KeyPressed(key) for key in bench.keys]

    def test_a_finger_that_trembles_presses_once(self, bench: KeypadBench, keypad: Keypad) -> None:
        keypad.open()
        call = self.waiting(bench, keypad)
        bench.press(Key.SELECT, times=4)
        assert call.result() == KeyPressed(Key.SELECT)
        assert keypad.wait(after(bench.clock, 0.3), Cancel()) is None

    def test_a_key_pressed_before_it_was_opened_is_for_nobody(self, bench: KeypadBench, keypad: Keypad) -> None:
        need(bench, Ability.STALE_CODE)
        keypad.open()
        keypad.close()
        bench.press(Key.SELECT)
        Cancel().sleep(0.1)  # until it has left the keypad
        keypad.open()
        assert keypad.wait(after(bench.clock, 0.2), Cancel()) is None

    def test_noise_is_no_key(self, bench: KeypadBench, keypad: Keypad) -> None:
        need(bench, Ability.NOISE)
        keypad.open()
        call = self.waiting(bench, keypad)
        bench.noise(bytes(range(14)) * 24)
        bench.press(Key.NEXT)
        assert call.result() == KeyPressed(Key.NEXT)

    def test_waiting_ends_at_the_deadline(self, bench: KeypadBench, keypad: Keypad) -> None:
        keypad.open()
        assert keypad.wait(after(bench.clock, 0.1), Cancel()) is None

    def test_a_cancelled_wait_ends_soon_and_the_next_hears(self, bench: KeypadBench, keypad: Keypad) -> None:
        keypad.open()
        assert self.waiting(bench, keypad).cancelled() is None
        call = self.waiting(bench, keypad)
        bench.press(Key.NEXT)
        assert call.result() == KeyPressed(Key.NEXT)

    def test_a_keypad_that_goes_is_noticed_and_found_again(self, bench: KeypadBench, keypad: Keypad) -> None:
        need(bench, Ability.UNPLUG)
        keypad.open()
        call = self.waiting(bench, keypad)
        bench.unplug()
        assert call.result() is None
        assert not keypad.status().usable
        assert FaultCode.KEYPAD_GONE in keypad.status().warnings
        bench.plug()
        until(lambda: keypad.status().usable)
        call = self.waiting(bench, keypad)
        bench.press(Key.NEXT)
        assert call.result() == KeyPressed(Key.NEXT)

    def test_a_keypad_may_come_after_the_kiosk(self, bench: KeypadBench, keypad: Keypad) -> None:
        need(bench, Ability.UNPLUG)
        bench.unplug()
        keypad.open()
        assert not keypad.status().usable
        assert keypad.wait(after(bench.clock, 0.1), Cancel()) is None
        bench.plug()
        until(lambda: keypad.status().usable)

    def waiting(self, bench: KeypadBench, keypad: Keypad) -> Call[KeyPressed | None]:
        return Call(lambda cancel: keypad.wait(after(bench.clock, FAR_SECONDS), cancel))
