"""Invented people from `config/people`, as far as plastic knows them. The format is documented in the README there."""

from __future__ import annotations

import tomllib
from contextlib import suppress
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError


class PersonMissingError(Exception):
    """No file, a file that is no person, or a person without a card; the message is for whoever asked."""


class Plastic(BaseModel):
    """The `[card]` table."""

    model_config = ConfigDict(frozen=True)

    serial: str
    number: str
    kind: str
    spec_version: str
    issuer: str
    issued: date
    expiry: date
    atr_history: str
    birthplace: str
    pin: str = "123456"


class Platform(BaseModel):
    """Of the `[platform]` table, what the person's telephone shows."""

    model_config = ConfigDict(frozen=True)

    ec_token: str | None = None


class Holder(BaseModel):
    """A person with a card; the rest of the file is the backend's."""

    model_config = ConfigDict(frozen=True)

    name: str
    certno: str
    gender: str
    nation: str
    card: Plastic
    platform: Platform = Platform()
    note: str = ""


def read_holder(path: Path) -> Holder:
    """Raises PersonMissingError."""
    try:
        with path.open("rb") as file:
            return Holder.model_validate(tomllib.load(file))
    except OSError as error:
        raise PersonMissingError(f"{path.name}: {error.strerror}") from error
    except (ValidationError, tomllib.TOMLDecodeError) as error:
        raise PersonMissingError(f"{path.name} describes no person with a card") from error


def read_holders(folder: Path) -> dict[str, Holder]:
    """Everybody with a card, by key; who has none is left out."""
    holders: dict[str, Holder] = {}
    for path in sorted(folder.glob("*.toml")):
        with suppress(PersonMissingError):
            holders[path.stem] = read_holder(path)
    return holders
