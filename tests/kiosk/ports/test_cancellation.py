"""A wait can be ended from another thread, whatever the driver waits in."""

from __future__ import annotations

import threading

from kiosk.ports.cancellation import Cancel


def test_what_is_hooked_in_is_called_once_when_cancelled() -> None:
    cancel, calls = Cancel(), list[str]()
    with cancel.wake(lambda: calls.append("woken")):
        cancel.cancel()
        cancel.cancel()
    assert calls == ["woken"]
    assert cancel.cancelled


def test_whoever_comes_late_is_called_at_once() -> None:
    cancel, calls = Cancel(), list[str]()
    cancel.cancel()
    with cancel.wake(lambda: calls.append("late")):
        assert calls == ["late"]


def test_a_hook_that_was_taken_out_is_not_called() -> None:
    cancel, calls = Cancel(), list[str]()
    with cancel.wake(lambda: calls.append("gone")):
        pass
    cancel.cancel()
    assert calls == []


def test_several_waits_end_together() -> None:
    cancel, calls = Cancel(), list[int]()
    with cancel.wake(lambda: calls.append(1)), cancel.wake(lambda: calls.append(2)):
        cancel.cancel()
    assert calls == [1, 2]


def test_a_sleep_ends_when_it_is_cancelled() -> None:
    cancel = Cancel()
    slept: list[bool] = []
    sleeper = threading.Thread(target=lambda: slept.append(cancel.sleep(30.0)))
    sleeper.start()
    cancel.cancel()
    sleeper.join(20)
    assert slept == [True]


def test_a_sleep_that_nobody_ends_says_so() -> None:
    assert Cancel().sleep(0.0) is False
    assert Cancel().sleep(-1.0) is False


def test_hooks_are_called_exactly_once_however_threads_meet() -> None:
    for _ in range(200):
        cancel, calls = Cancel(), list[int]()
        canceller = threading.Thread(target=cancel.cancel)

        def hook(calls: list[int] = calls) -> None:
            calls.append(1)

        canceller.start()
        with cancel.wake(hook):
            canceller.join()
        assert calls == [1]
