"""Where threads leave what they post, and tests wait for it. The waits end tests that hang; nothing is measured."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeVar

from kiosk.faults import FaultCode

_PATIENCE = 20.0
ItemT = TypeVar("ItemT")


class Inbox:
    """`post` from any thread, `wait_for` in the test's."""

    def __init__(self) -> None:
        self.items: list[Any] = []
        self.faults: set[FaultCode] = set()
        self.fault_history: list[tuple[FaultCode, bool]] = []
        self._changed = threading.Condition()

    def post(self, item: object) -> None:
        with self._changed:
            self.items.append(item)
            self._changed.notify_all()

    def faulted(self, code: FaultCode, on: bool) -> None:
        with self._changed:
            if (code in self.faults) is not on:
                self.fault_history.append((code, on))
            (self.faults.add if on else self.faults.discard)(code)
            self._changed.notify_all()

    def wait_for(
        self, kind: type[ItemT], number: int = 1, where: Callable[[ItemT], bool] = lambda _item: True
    ) -> ItemT:
        """The `number`th item of that kind."""

        def found() -> list[ItemT]:
            return [item for item in self.items if isinstance(item, kind) and where(item)]

        self.wait_until(lambda: len(found()) >= number)
        return found()[number - 1]

    def wait_until(self, true: Callable[[], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(true, _PATIENCE), f"never happened; there is {self.kinds()} {self.faults}"

    def kinds(self) -> list[str]:
        return [type(getattr(item, "screen", item)).__name__ for item in self.items]


def wait_until(true: Callable[[], bool]) -> None:
    """For what nobody posts."""
    done = threading.Event()
    for _ in range(2_000):
        if true():
            return
        done.wait(0.01)
    raise AssertionError("never happened")
