"""How an implementation of a port is announced, and what it is given."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar, runtime_checkable

from pydantic import BaseModel

from kiosk.domain.policy import SettlementProfile
from kiosk.ports.clock import Clock
from kiosk.ports.key_server import KeyDesk

PortT_co = TypeVar("PortT_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Host:
    """All that a driver gets from the kiosk: the time, a log of its own, and the key server where the site has one."""

    clock: Clock
    log: logging.Logger
    keys: KeyDesk | None = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class PartyHost(Host):
    """What an adapter of a far party (platform, hospital, payment) gets besides: who we are there, and the rules.

    `terminal` is kiosk.number as text, unique in the institution. `last_msgid` is the newest msgid ever made on this
    kiosk and `remember_msgid` keeps the next one: it must be on disk when the call returns, because numbers never run
    back. `clock_offset` is told by how many seconds the platform's clock is ahead of ours: whenever that is more than
    the profile allows, and once when it is right again. It is called in the thread of the call that noticed.
    `watch_certificate` takes a function that tells when the certificate we show there ends; it is asked once a day.
    """

    profile: SettlementProfile
    fixmedins_code: str
    fixmedins_name: str
    terminal: str
    terminal_name: str
    last_msgid: str | None
    remember_msgid: Callable[[str], None]
    clock_offset: Callable[[float], None]
    watch_certificate: Callable[[Callable[[], datetime]], None]


@runtime_checkable
class Remarking(Protocol):
    """Settings of a driver that are right, and of which whoever checks them should know something all the same."""

    def remarks(self) -> Iterable[str]: ...


class DoesNotFit(ValueError):
    """Settings and pack do not go together; the text names keys, never values, and is shown to hospital IT."""


@dataclass(frozen=True)  # with slots, Driver[Port](...) cannot be written on Python 3.11
class Driver(Generic[PortT_co]):
    """What an entry point names.

    `settings` is the driver's own pydantic model (forbid extra keys: a misspelt key is refused by name), `make`
    builds the port from it without opening anything (DoesNotFit when it cannot). A `simulated` driver is refused by
    the production profile and makes the screen say 模拟.
    """

    settings: type[BaseModel]
    simulated: bool
    make: Callable[[Any, Host], PortT_co]
