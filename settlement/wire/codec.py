"""JSON bytes to Python values and back without losing a digit.

pydantic's own JSON reader rounds 1234567890123456.78, the standard library cannot write a Decimal as a number, and both
would echo what a patient's message contained when they fail. Hash and sign the bytes that `encode` returns, never a
second encoding.
"""

from __future__ import annotations

import codecs
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal, TypeVar, cast

import msgspec
from pydantic import BaseModel, ConfigDict, ValidationError

Decimals = Literal["number", "string"]
"""How amounts are written: both are met at real platforms, and both must be read."""

LARGEST_MESSAGE = 4 * 1024 * 1024
"""Bytes. A bill of a thousand lines is below one MiB; more is a mistake or an attack."""


class Breakage(StrEnum):
    """Why bytes are no message of ours."""

    TOO_LARGE = "too large"
    NOT_TEXT = "not UTF-8"
    NOT_JSON = "not JSON"
    TOO_DEEP = "nested too deeply"
    NOT_AN_OBJECT = "not a JSON object"
    WRONG_SHAPE = "wrong shape"


class BrokenMessage(Exception):
    """A message that cannot be believed. Carries why and which fields, never what they contained.

    `complaints` says of each field what is wrong with it, in pydantic's words for kinds of errors: missing,
    string_too_long, value_error; or in ours.
    """

    def __init__(self, breakage: Breakage, fields: tuple[str, ...] = (), complaints: tuple[str, ...] = ()) -> None:
        super().__init__(f"{breakage}: {', '.join(fields)}" if fields else str(breakage))
        self.breakage = breakage
        self.fields = fields
        self.complaints = complaints


class Message(BaseModel):
    """Base of every wire model: keeps unknown fields, cannot change, and shows its contents in no log and no error."""

    model_config = ConfigDict(extra="allow", frozen=True, hide_input_in_errors=True, defer_build=True)

    def __repr__(self) -> str:
        return f"{type(self).__name__}(…)"

    def __str__(self) -> str:
        return repr(self)


MessageT = TypeVar("MessageT", bound=Message)

_DECODER = msgspec.json.Decoder(float_hook=Decimal)
_ENCODERS = {form: msgspec.json.Encoder(decimal_format=form) for form in ("number", "string")}


def decode(data: bytes, largest: int = LARGEST_MESSAGE) -> dict[str, Any]:
    """The JSON object in `data`; numbers with a point or exponent become Decimal.

    Raises:
        BrokenMessage: also for NaN and Infinity, which JSON does not have.
    """
    if len(data) > largest:
        raise BrokenMessage(Breakage.TOO_LARGE)
    try:
        value = _DECODER.decode(data.removeprefix(codecs.BOM_UTF8))
    except UnicodeDecodeError:
        raise BrokenMessage(Breakage.NOT_TEXT) from None
    except msgspec.DecodeError:
        raise BrokenMessage(Breakage.NOT_JSON) from None
    except RecursionError:
        raise BrokenMessage(Breakage.TOO_DEEP) from None
    if not isinstance(value, dict):
        raise BrokenMessage(Breakage.NOT_AN_OBJECT)
    return cast("dict[str, Any]", value)


def encode(message: Message | dict[str, Any], decimals: Decimals = "number") -> bytes:
    """UTF-8 JSON; absent optional fields of a model are left out, Decimals keep their places."""
    value = message.model_dump(exclude_none=True) if isinstance(message, Message) else message
    return _ENCODERS[decimals].encode(value)


def read(model: type[MessageT], value: object) -> MessageT:
    """`value` as a message of this shape.

    Raises:
        BrokenMessage: with the paths of the fields that do not fit.
    """
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise broken_by(error) from None


def broken_by(error: ValidationError) -> BrokenMessage:
    """What a model did not take, without what stood there."""
    found = error.errors(include_input=False, include_context=False, include_url=False)
    wrong = {".".join(map(str, row["loc"])): row["type"] for row in found}
    return BrokenMessage(Breakage.WRONG_SHAPE, tuple(wrong), tuple(wrong.values()))
