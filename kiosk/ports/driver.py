"""How an implementation of a port is announced, and what it is given."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from kiosk.ports.clock import Clock

PortT = TypeVar("PortT", covariant=True)


@dataclass(frozen=True, slots=True)
class Host:
    """All that a driver gets from the kiosk: the time and a log of its own."""

    clock: Clock
    log: logging.Logger


@dataclass(frozen=True, slots=True)
class Driver(Generic[PortT]):
    """What an entry point names.

    `settings` is the driver's own pydantic model (forbid extra keys: a misspelt key is refused by name), `make` builds the port from it
    without opening anything. A `simulated` driver is refused by the production profile and makes the screen say 模拟.
    """

    settings: type[BaseModel]
    simulated: bool
    make: Callable[[Any, Host], PortT]
