"""The Internet Printing Protocol on the wire (RFC 8010, 8011): requests and responses as bytes, no connection.

Strict about lengths and order, since a response that is cut short must not look like one that says little; values of a
syntax that is not known here stay what they are, bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from struct import Struct
from typing import Final

_HEAD: Final = Struct("!BBHi")
_SHORT: Final = Struct("!H")
_INTEGER: Final = Struct("!i")
_RANGE: Final = Struct("!ii")
_RESOLUTION: Final = Struct("!iib")
_LONGEST: Final = 0x7FFF
_VERSION: Final = (2, 0)
_DEEPEST: Final = 8  # collections within collections


class IppBrokenError(ValueError):
    """Bytes that are no IPP; the text says where, and holds no value."""


class Group(IntEnum):
    """Delimiters of attribute groups."""

    OPERATION = 0x01
    JOB = 0x02
    END = 0x03
    PRINTER = 0x04
    UNSUPPORTED = 0x05


class Syntax(IntEnum):
    """Kinds of values, as far as they are read or written here."""

    UNSUPPORTED = 0x10
    UNKNOWN = 0x12
    NO_VALUE = 0x13
    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    OCTETS = 0x30
    DATE = 0x31
    RESOLUTION = 0x32
    RANGE = 0x33
    COLLECTION = 0x34
    TEXT_AND_LANGUAGE = 0x35
    NAME_AND_LANGUAGE = 0x36
    COLLECTION_END = 0x37
    TEXT = 0x41
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    URI_SCHEME = 0x46
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME = 0x49
    MEMBER = 0x4A


class Operation(IntEnum):
    PRINT_JOB = 0x0002
    CANCEL_JOB = 0x0008
    GET_JOB_ATTRIBUTES = 0x0009
    GET_JOBS = 0x000A
    GET_PRINTER_ATTRIBUTES = 0x000B


@dataclass(frozen=True, slots=True)
class Tagged:
    """A value with its kind: what a request states, and what a response holds of a kind not known here."""

    syntax: int
    value: Value


Value = int | bool | str | bytes | tuple[int, ...] | Mapping[str, Sequence["Value"]] | Tagged | None
"""Enums are integers, dates bytes, ranges and resolutions tuples; None stands for unknown, unsupported and no-value."""

Attributes = dict[str, list[Value]]


@dataclass(frozen=True, slots=True)
class Response:
    """`groups` in their order; a response about several jobs has a group for each."""

    status: int
    request: int
    groups: tuple[tuple[int, Attributes], ...]

    @property
    def good(self) -> bool:
        """successful-ok and its relatives."""
        return self.status < 0x0100

    def first(self, group: Group) -> Attributes:
        none: Attributes = {}
        return next((attributes for tag, attributes in self.groups if tag == group), none)


@dataclass(frozen=True, slots=True)
class Request:
    """`about` are the operation's attributes after charset and language, in an order that the standard prescribes."""

    operation: Operation
    number: int
    about: tuple[tuple[str, Tagged | tuple[Tagged, ...]], ...]
    job: tuple[tuple[str, Tagged | tuple[Tagged, ...]], ...] = field(default=())


def text(value: str) -> Tagged:
    return Tagged(Syntax.TEXT, value)


def name(value: str) -> Tagged:
    return Tagged(Syntax.NAME, value)


def keyword(value: str) -> Tagged:
    return Tagged(Syntax.KEYWORD, value)


def keywords(*values: str) -> tuple[Tagged, ...]:
    return tuple(keyword(value) for value in values)


def uri(value: str) -> Tagged:
    return Tagged(Syntax.URI, value)


def mime(value: str) -> Tagged:
    return Tagged(Syntax.MIME, value)


def integer(value: int) -> Tagged:
    return Tagged(Syntax.INTEGER, value)


def boolean(value: bool) -> Tagged:
    return Tagged(Syntax.BOOLEAN, value)


def encode(request: Request) -> bytes:
    """The bytes before the document's own; ValueError for a value that its syntax cannot hold."""
    head = _HEAD.pack(*_VERSION, request.operation, request.number)
    about = (
        ("attributes-charset", Tagged(Syntax.CHARSET, "utf-8")),
        ("attributes-natural-language", Tagged(Syntax.LANGUAGE, "zh-cn")),
        *request.about,
    )
    parts = [head, _group(Group.OPERATION, about)]
    if request.job:
        parts.append(_group(Group.JOB, request.job))
    return b"".join((*parts, bytes([Group.END])))


def _group(tag: Group, attributes: Sequence[tuple[str, Tagged | tuple[Tagged, ...]]]) -> bytes:
    return bytes([tag]) + b"".join(_attribute(label, stated) for label, stated in attributes)


def _attribute(label: str, stated: Tagged | tuple[Tagged, ...]) -> bytes:
    values = stated if isinstance(stated, tuple) else (stated,)
    if not values:
        raise ValueError("an attribute has at least one value")
    names = [label, *[""] * (len(values) - 1)]
    return b"".join(_field(each.syntax, named, _octets(each)) for named, each in zip(names, values, strict=True))


def _field(syntax: int, label: str, value: bytes) -> bytes:
    named = label.encode("ascii")
    if max(len(named), len(value)) > _LONGEST:
        raise ValueError("an attribute's name and value have 32767 bytes at most")
    return bytes([syntax]) + _SHORT.pack(len(named)) + named + _SHORT.pack(len(value)) + value


def _octets(stated: Tagged) -> bytes:
    match stated.syntax, stated.value:
        case Syntax.BOOLEAN, bool(value):
            return bytes([value])
        case Syntax.INTEGER | Syntax.ENUM, int(value) if not isinstance(stated.value, bool):
            if not -(2**31) <= value < 2**31:
                raise ValueError("an integer has 32 bits")
            return _INTEGER.pack(value)
        case syntax, str(value) if syntax >= Syntax.TEXT:
            return value.encode()
        case _:
            raise ValueError("no value of this syntax")


def decode(data: bytes) -> Response:
    """A response, whole; IppBrokenError else. What follows the end of the attributes is a document, not looked at."""
    if len(data) < _HEAD.size:
        raise IppBrokenError("shorter than a head")
    major, _, status, request = _HEAD.unpack_from(data)
    if major not in {1, 2}:
        raise IppBrokenError("another version")
    return Response(status, request, tuple(_Reader(data, _HEAD.size).groups()))


class _Reader:
    """A place in the bytes."""

    def __init__(self, data: bytes, at: int) -> None:
        self._data, self._at = data, at

    def groups(self) -> Iterator[tuple[int, Attributes]]:
        tag = self._byte()
        while tag != Group.END:
            if not 0x01 <= tag <= 0x0F:
                raise IppBrokenError("a value before any group")
            attributes, following = self._attributes()
            yield tag, attributes
            tag = following

    def _attributes(self) -> tuple[Attributes, int]:
        """All of one group, and the delimiter that ends it."""
        found: Attributes = {}
        label = ""
        while (tag := self._byte()) > 0x0F:
            label = self.word() or label
            if not label:
                raise IppBrokenError("a value without a name")
            found.setdefault(label, []).append(self._value(tag, 0))
        return found, tag

    def _value(self, syntax: int, depth: int) -> Value:
        raw = self._take(self._length())
        return self._collection(depth) if syntax == Syntax.COLLECTION else _value(syntax, raw)

    def _collection(self, depth: int) -> Value:
        """Members up to the collection's end: each a name as a value of its own, then values without names."""
        if depth >= _DEEPEST:
            raise IppBrokenError("collections too deep")
        members: dict[str, list[Value]] = {}
        member: str | None = None
        while (tag := self._byte()) != Syntax.COLLECTION_END:
            if tag <= 0x0F or self.word():
                raise IppBrokenError("a collection without its end")
            if tag == Syntax.MEMBER:
                member = _words(self._take(self._length()))
            elif member is None:
                raise IppBrokenError("a member without a name")
            else:
                members.setdefault(member, []).append(self._value(tag, depth + 1))
        self.word()
        self._take(self._length())
        return members

    def word(self) -> str:
        """A length and so many bytes of text."""
        return _words(self._take(self._length()))

    def _length(self) -> int:
        length: int = _SHORT.unpack(self._take(_SHORT.size))[0]
        if length > _LONGEST:
            raise IppBrokenError("a length below zero")
        return length

    def _byte(self) -> int:
        return self._take(1)[0]

    def _take(self, length: int) -> bytes:
        taken = self._data[self._at : self._at + length]
        if len(taken) != length:
            raise IppBrokenError("cut short")
        self._at += length
        return taken


def _value(syntax: int, raw: bytes) -> Value:
    match syntax:
        case Syntax.INTEGER | Syntax.ENUM:
            return int(_INTEGER.unpack(_sized(raw, 4))[0])
        case Syntax.BOOLEAN:
            return _sized(raw, 1) != b"\0"
        case Syntax.RANGE:
            return tuple(_RANGE.unpack(_sized(raw, 8)))
        case Syntax.RESOLUTION:
            return tuple(_RESOLUTION.unpack(_sized(raw, 9)))
        case Syntax.DATE | Syntax.OCTETS:
            return raw
        case Syntax.TEXT_AND_LANGUAGE | Syntax.NAME_AND_LANGUAGE:
            return _spoken(raw)
        case _ if 0x10 <= syntax <= 0x1F:
            return None
        case _ if 0x40 <= syntax <= 0x5F:
            return _words(raw)
        case _:
            return Tagged(syntax, raw)


def _spoken(raw: bytes) -> str:
    """A text or name with its language, which nobody here asks for."""
    inner = _Reader(raw, 0)
    inner.word()
    return inner.word()


def _sized(raw: bytes, size: int) -> bytes:
    if len(raw) != size:
        raise IppBrokenError("a value of another length than its syntax has")
    return raw


def _words(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise IppBrokenError("a text that is not UTF-8") from error
