"""Where kiosks come in to the platform: which paths there are, and the door behind them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from kiosk.domain.policy import Csb, Gateway, Signing
from settlement.reference.clock import WallClock
from settlement.reference.doors import Door, OpenDoor, SealedDoor, open_door
from settlement.reference.keys import prepare_keys
from settlement.wire.envelope import ENDPOINT


class _CsbTable(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    api_name: str
    api_version: str
    milliseconds: bool = False


class Manner(BaseModel):
    """What a policy pack says of its gateway; this backend reads nothing else of it."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    gateway: Gateway = Gateway.SINGLE
    paths: dict[str, str] = Field(default_factory=dict[str, str])
    signing: Signing = Signing.NONE
    csb: _CsbTable | None = None
    sealed_version: str = "1.0.0"


def read_manner(pack: Path) -> Manner:
    """Of the pack in this folder. ValueError names what does not fit, OSError says that there is none."""
    with (pack / "pack.toml").open("rb") as file:
        return Manner.model_validate(tomllib.load(file).get("settlement", {}))


@dataclass(frozen=True, slots=True)
class Entrance:
    """`paths` are those that are served, each with the infnos that belong there; None: all of them.

    `mobile` is the mobile payment centre's own door, which seals whatever the platform's does; None: it stands open.
    """

    door: Door
    paths: Mapping[str, frozenset[str] | None]
    mobile: SealedDoor | None = None

    def takes(self, path: str, infno: str) -> bool:
        """A message at the door of another transaction is nobody's."""
        served = self.paths[path]
        return served is None or infno in served


def open_entrance(manner: Manner, folder: Path, clock: WallClock) -> Entrance:
    """Leaves the keys of the gateway and of the mobile payment centre in `folder`."""
    keys = prepare_keys(folder)
    csb = Csb(**manner.csb.model_dump()) if manner.csb else None
    door = open_door(manner.signing, keys, clock, csb, manner.sealed_version)
    return Entrance(door, _served(manner), SealedDoor(keys, clock, manner.sealed_version))


OPEN = Entrance(OpenDoor(), {ENDPOINT: None})
"""One endpoint that asks for nothing: mutual TLS says who calls."""


def _served(manner: Manner) -> dict[str, frozenset[str] | None]:
    if manner.gateway is Gateway.SINGLE:
        return {ENDPOINT: None}
    paths: dict[str, set[str]] = {}
    for infno, path in manner.paths.items():
        paths.setdefault(path, set()).add(infno)
    return {path: frozenset(infnos) for path, infnos in paths.items()}
