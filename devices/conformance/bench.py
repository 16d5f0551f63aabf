"""What stands around a device under test: somebody, or a simulator, who inserts, pulls, shows and loads."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, auto
from typing import Protocol

import pytest

from kiosk.ports.clock import Clock


class Ability(Enum):
    """What a bench may or may not be able to do to a device."""

    UNPLUG = auto()
    YANK_AT_APDU = auto()
    QUICK_EXCHANGE = auto()
    LEAK = auto()
    WIRE_SEEN = auto()
    LOST_IN_USE = auto()
    ANY_CARD = auto()
    MUTE_CARD = auto()
    FOREIGN_CARD = auto()
    FLAWED_CARDS = auto()
    SLOW_CARD = auto()
    SILENT_CARD = auto()
    NOISE = auto()
    LINE_SPEED = auto()
    STALE_CODE = auto()
    LIFT_WHILE_READING = auto()
    ANY_ID_CARD = auto()
    FLAWED_ID_CARDS = auto()
    FORGETFUL_READER = auto()
    SPOILT_ANSWERS = auto()
    SICK_READER = auto()
    OTHER_BAUD = auto()
    MISHAP_WHILE_PRINTING = auto()
    STOPPED_QUEUE = auto()
    SILENCE = auto()
    SEE_LIGHT = auto()


class Bench(Protocol):
    """Common to all benches. `unplug` pulls the device's cable and returns once it is out."""

    @property
    def abilities(self) -> frozenset[Ability]: ...

    @property
    def clock(self) -> Clock: ...

    @property
    def secrets(self) -> tuple[str, ...]:
        """What the device is shown and no log may repeat: names, numbers, codes."""
        ...

    def unplug(self) -> None: ...

    def plug(self) -> None: ...


def need(bench: Bench, ability: Ability) -> None:
    """Skip the running test when the bench cannot do what it wants."""
    if ability not in bench.abilities:
        pytest.skip(f"this bench cannot {ability.name.lower().replace('_', ' ')}")


class Contract:
    """Base of the contracts: what holds for each of their tests."""

    @pytest.fixture(autouse=True)
    def _nothing_personal_is_logged(self, bench: Bench, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
        caplog.set_level(0)
        yield
        spoken = [record.getMessage() + str(record.__dict__) for record in caplog.get_records("call")]
        assert not [secret for secret in bench.secrets for line in spoken if secret in line]
