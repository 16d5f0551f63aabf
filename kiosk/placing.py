"""Where this kiosk stands, as a surveyor measured it and somebody the hospital trusts signed it."""

from __future__ import annotations

import base64
import binascii
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from kiosk.domain.confirming import Place
from kiosk.packing import find_verifier
from kiosk.settings import SettingsWrong, read_toml

_ALGORITHM = "ed25519"
Degrees = Annotated[str, StringConstraints(pattern=r"^-?[0-9]{1,3}\.[0-9]{4,8}$")]


class PlaceWrong(Exception):
    """The file names another kiosk, or its signature does not hold; the text says which."""


class _PlaceFile(BaseModel):
    """Text, not numbers: the signature is about the very digits."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    institution: str
    terminal: str
    latitude: Degrees
    longitude: Degrees
    surveyed: date
    signature: str


def read_place(path: Path, key: bytes, institution: str, terminal: str) -> Place:
    """The place in this file, of this very kiosk and signed by `key`; PlaceWrong otherwise."""
    try:
        told = read_toml(path, _PlaceFile)
        signature = base64.b64decode(told.signature, validate=True)
    except (SettingsWrong, binascii.Error) as problem:
        raise PlaceWrong(f"{path.name}: {problem}") from problem
    place = Place(told.institution, told.terminal, told.latitude, told.longitude, told.surveyed, signature)
    if (place.institution, place.terminal) != (institution, terminal):
        raise PlaceWrong(f"{path.name}: the place of {place.institution} {place.terminal}")
    verifier = find_verifier(_ALGORITHM)
    if verifier is None or not verifier.verifies(key, place.signed_bytes(), signature):
        raise PlaceWrong(f"{path.name}: not signed by place_key")
    return place
