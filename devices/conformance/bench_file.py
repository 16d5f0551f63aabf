"""The bench file of `--kiosk-bench`: who moves things on the bench, and which devices stand there.

operator = "sim"                    # human | robot | sim

[[device]]
kind = "scanner"                    # its section of the settings
driver = "my_scanner"               # its entry point
claims = ["aiming_tone"]
settings = { port = "{sim.scanner}" }
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from devices.conformance.bench import Ability
from devices.conformance.kinds import kind, kind_names

_PLACE: Final = re.compile(r"\{sim\.([a-z_]+)\}")


class BenchFileWrongError(Exception):
    """The bench file cannot be used; the message names the key."""


class _Table(BaseModel):
    """`unable` is what cannot be done on this bench, or to this device, by the names of `Ability` in small letters."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @field_validator("unable", mode="before", check_fields=False)
    @classmethod
    def _abilities(cls, names: list[str]) -> frozenset[Ability]:
        known = {ability.name.lower(): ability for ability in Ability}
        if unknown := sorted(set(names) - set(known)):
            raise ValueError(f"no ability {', '.join(unknown)}")
        return frozenset(known[name] for name in names)


class DeviceEntry(_Table):
    """`[[device]]`: one driver with one device.

    `claims` are the capabilities it is said to have: their tests must pass. `exempt` names tests that are left out,
    each with its reason, which the report repeats. `stand` are options of the bench (docs/drivers.md). `twin` are the
    settings of a second such device on the bench; simulators bring their own. `soak` is how many visits the soak has,
    where it is not the bench's number. `firmware` and `serial` are copied into the report.
    """

    kind: str
    driver: str
    name: str = Field(default="", pattern=r"^[a-z0-9_]*$")
    firmware: str = ""
    serial: str = ""
    claims: frozenset[str] = frozenset()
    unable: frozenset[Ability] = frozenset()
    soak: int | None = Field(default=None, ge=4, le=100_000)
    exempt: dict[str, str] = Field(default_factory=dict[str, str])
    settings: dict[str, Any] = Field(default_factory=dict[str, Any])
    stand: dict[str, Any] = Field(default_factory=dict[str, Any])
    twin: dict[str, Any] = Field(default_factory=dict[str, Any])

    @field_validator("kind")
    @classmethod
    def _known(cls, name: str) -> str:
        if name not in kind_names():
            raise ValueError(f"no kind {name!r}; there are {', '.join(kind_names())}")
        return name

    @property
    def title(self) -> str:
        """What the report and the test ids call it."""
        return self.name or self.driver

    def filled(self, places: Mapping[str, str]) -> dict[str, Any]:
        """The settings, with `{sim.scanner}` and its like replaced by where the simulator has put them."""
        return {
            key: _PLACE.sub(lambda match: places.get(match[1], match[0]), value) if isinstance(value, str) else value
            for key, value in self.settings.items()
        }

    def unfilled(self, places: Mapping[str, str]) -> str | None:
        """The first place that is named and that no simulator of this bench has."""
        named = (match[1] for value in self.settings.values() for match in _PLACE.finditer(str(value)))
        return next((name for name in named if name not in places), None)


class BenchFile(_Table):
    """`by` is who answers for the result and is printed above the line for the signature. `control` is the socket of a
    robot, which speaks the language of docs/simulators.md.
    """

    operator: Literal["human", "robot", "sim"]
    by: str = ""
    place: str = ""
    control: Path | None = None
    unable: frozenset[Ability] = frozenset()
    soak: int = Field(default=100, ge=4, le=100_000)
    device: tuple[DeviceEntry, ...] = Field(min_length=1)


def read_bench_file(path: Path) -> BenchFile:
    """The file, checked; BenchFileWrongError names what is wrong in it."""
    try:
        bench = BenchFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BenchFileWrongError(f"{path.name}: {error}") from error
    except ValidationError as error:
        fault = error.errors(include_input=False, include_url=False)[0]
        raise BenchFileWrongError(f"{path.name}: {'.'.join(map(str, fault['loc']))}: {fault['msg']}") from error
    _check(bench, path.name)
    return bench


def _check(bench: BenchFile, name: str) -> None:
    """What no single key can be blamed for."""
    if (bench.operator == "robot") != (bench.control is not None):
        raise BenchFileWrongError(f"{name}: control is a robot's socket: name it for a robot, and for nobody else")
    titles = [entry.title for entry in bench.device]
    twice = sorted({title for title in titles if titles.count(title) > 1})
    if twice:
        raise BenchFileWrongError(f"{name}: two devices are called {', '.join(twice)}: give one a name")
    for entry in bench.device:
        unknown = entry.claims - kind(entry.kind).claims
        if unknown:
            raise BenchFileWrongError(f"{name}: {entry.title}: nothing proves the claim {', '.join(sorted(unknown))}")
