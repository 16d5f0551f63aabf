"""Reads code dictionaries: the national ones, and what a province adds to them, ends or renames."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError, model_validator

from kiosk.domain.dictionaries import Dictionaries, Dictionary, Term
from kiosk.installed import config_dir

_NATIONAL = "national.toml"
_BESIDE = "codes.toml"


class CodesWrong(Exception):
    """A file of codes is missing or damaged; the text names file and key."""


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TermTable(_Section):
    """The meaning of a code, written as a text, or as a table where it holds for some days only."""

    name: str
    since: date | None = None
    until: date | None = None

    @model_validator(mode="before")
    @classmethod
    def _written_as_text(cls, told: object) -> object:
        return {"name": told} if isinstance(told, str) else told

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.since is not None and self.until is not None and self.until < self.since:
            raise ValueError("ends before it begins")
        return self


Codes = dict[str, dict[str, TermTable]]
"""By dictionary, then by code."""


class _Open(_Section):
    fields: tuple[str, ...]


class _National(_Section):
    codes: Codes
    fields: dict[str, str]
    open: _Open
    unverified: dict[str, tuple[str, ...]]


_CODES: TypeAdapter[Codes] = TypeAdapter(Codes)


@cache
def read_national() -> Dictionaries:
    """The national dictionaries as they came with the kiosk; CodesWrong when they are not whole."""
    path = config_dir() / "packs" / _NATIONAL
    try:
        told = _National.model_validate(_tree(path))
    except ValidationError as problem:
        raise CodesWrong(f"{_NATIONAL}: {_first(problem)}") from problem
    by_name = {name: Dictionary(name, terms) for name, terms in terms_of(told.codes).items()}
    return Dictionaries(by_name, told.fields)


def read_codes(folder: Path) -> Codes:
    """codes.toml beside a pack, {} when there is none; CodesWrong when it is not whole."""
    path = folder / _BESIDE
    if not path.exists():
        return {}
    try:
        return _CODES.validate_python(_tree(path))
    except ValidationError as problem:
        raise CodesWrong(f"{folder.name}/{_BESIDE}: {_first(problem)}") from problem


def terms_of(codes: Codes) -> Mapping[str, tuple[Term, ...]]:
    return {
        name: tuple(Term(code, told.name, told.since, told.until) for code, told in terms.items())
        for name, terms in codes.items()
    }


def _tree(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise CodesWrong(f"{path.name}: {type(problem).__name__}") from problem


def _first(problem: ValidationError) -> str:
    error = problem.errors(include_input=False, include_url=False)[0]
    return f"{'.'.join(str(part) for part in error['loc'])}: {error['msg']}"
