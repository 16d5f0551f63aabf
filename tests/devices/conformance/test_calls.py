"""The groups of deadlines and cancels hold the driver to its promise, and not something that asks no driver."""

from __future__ import annotations

from typing import Any

import pytest

from devices.conformance.kinds import kind, kind_names
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic
from tests.support.paid_bills import MM58

CALLS = [(name, call) for name in kind_names() for call in kind(name).calls]


class Asked:
    """A driver of any kind that remembers with which deadline it was asked."""

    shape = MM58

    def __init__(self) -> None:
        self.deadlines: list[float] = []

    def __getattr__(self, name: str) -> Any:
        def call(*arguments: object) -> None:
            self.deadlines += [each for each in arguments if isinstance(each, float)]

        return call


@pytest.mark.parametrize(("name", "call"), CALLS, ids=lambda part: part)
def test_each_call_that_is_timed_asks_the_driver_itself(name: str, call: str) -> None:
    """Not the protocol's own method of that name, which is in time whatever a driver does."""
    device = Asked()
    kind(name).calls[call](device, Monotonic(17.0), Cancel())
    assert device.deadlines == [17.0]
