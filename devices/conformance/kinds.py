"""What the kit has to know of a kind of device: one value of `Kind` in one module of `devices.conformance.stands`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any, Protocol

from devices.conformance import stands
from devices.conformance.bench import Bench, Contract
from devices.conformance.groups import Group
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic
from kiosk.ports.health import Health


class Device(Protocol):
    """What every port has in common."""

    def open(self) -> None: ...

    def close(self) -> None: ...

    def status(self) -> Health: ...


BlockingCall = Callable[[Any, Monotonic, Cancel], object]
Session = Callable[[Any, Any, Random, bool], None]


@dataclass(frozen=True)
class Kind:
    """A kind is named as its section of the settings: `card_reader` stands in `[devices.card_reader]`, its drivers in
    the entry points `kiosk.card_readers`.

    `contract` knows the device by the fixture `device`. `stand` makes a bench of a hand, a clock and the options of
    the bench file. `calls` are the port's blocking calls by name, made on an idle device; `mute` has the bench make
    the device say nothing from now on. `session(bench, device, random, mishap)` is one visit of a patient, in which
    something goes wrong if `mishap`; it raises AssertionError when the device did not do what it should. `streams`: it
    answers its calls by itself, as a camera does, so that an answer tells of no visit.
    """

    contract: type[Contract]
    device: str
    stand: Callable[..., Bench]
    group: Group = Group.OWN
    claims: frozenset[str] = frozenset()
    calls: Mapping[str, BlockingCall] = field(default_factory=dict[str, BlockingCall])
    mute: Callable[[Any], None] | None = None
    session: Session | None = None
    streams: bool = False


def its_own(method: str) -> BlockingCall:
    """The driver's method of that name. Taken from the port's class it would be the protocol's, which asks no device,
    needs no time, and is in time whatever the driver does.
    """

    def call(device: Any, deadline: Monotonic, cancel: Cancel) -> object:
        return getattr(device, method)(deadline, cancel)

    return call


def kind_names() -> tuple[str, ...]:
    return tuple(sorted(module.name for module in pkgutil.iter_modules(stands.__path__)))


def kind(name: str) -> Kind:
    """The kind of that name; KeyError names those there are."""
    if name not in kind_names():
        raise KeyError(f"no kind {name!r}; there are {', '.join(kind_names())}")
    found = importlib.import_module(f"{stands.__name__}.{name}").KIND
    if not isinstance(found, Kind):
        raise TypeError(f"{name}.KIND is no Kind")
    return found
