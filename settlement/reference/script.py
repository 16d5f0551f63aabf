"""What a run of the backend is told beyond its people: how strict it is, what it spoils, who is different this time."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from settlement.reference.misbehaviour import Chance, parse_chance
from settlement.reference.platform.call import Manners
from settlement.reference.tills.hall import Rush
from settlement.wire.till import Stage


class RushData(BaseModel):
    """`[rush]`: of the bills that a terminal asks to hold, `share` are taken by window or app just before."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    share: float = Field(default=0.0, ge=0.0, le=1.0)
    seed: int = 0
    until: Stage = Stage.BOOKED
    seconds: int = Field(default=900, gt=0, le=86_400)


class ChanceData(BaseModel):
    """`[[chance]]`: `spoil` has the grammar of misbehave without calls, and befalls this share of them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    spoil: str
    share: float = Field(gt=0.0, le=1.0)


class Script(BaseModel):
    """A `--script` file.

    `misbehave` has the grammar of `--misbehave`, which is applied before it. `people.<key>` replaces parts of that
    person's file, table by table; a list replaces the whole list. `seed` is for `[[chance]]`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    misbehave: str = ""
    accept_unarrived: bool = True
    remember_reversed: bool = False
    require_sign_in: bool = True
    seed: int = 0
    chance: tuple[ChanceData, ...] = ()
    rush: RushData = RushData()
    people: dict[str, dict[str, Any]] = Field(default_factory=dict[str, dict[str, Any]])

    @property
    def manners(self) -> Manners:
        return Manners(self.accept_unarrived, self.remember_reversed, self.require_sign_in)

    @property
    def chances(self) -> tuple[Chance, ...]:
        """Raises BadSpec for what nobody defined."""
        return tuple(chance for row in self.chance for chance in parse_chance(row.spoil, row.share))

    @property
    def crowd(self) -> Rush:
        return Rush(**self.rush.model_dump())


def read_script(path: Path) -> Script:
    """Raises ValueError naming what does not fit, OSError when there is no such file."""
    with path.open("rb") as file:
        return Script.model_validate(tomllib.load(file))
