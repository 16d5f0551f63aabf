"""Values about a person, which hide themselves.

`str`, `repr`, `format`, logging and the repr of any dataclass that holds one show a mask; pickling raises. `reveal()`
is the one door, and `tests/architecture` lists the modules that may open it. A masked value is still compared and
hashed by its content.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, NoReturn, Self, final


class Personal:
    """A text about a person; subclasses say how much of it may be seen."""

    __slots__ = ("_content",)
    _largest: ClassVar[int] = 512

    def __init__(self, content: str) -> None:
        if not content or len(content) > self._largest:
            raise ValueError(f"{type(self).__name__}: empty or longer than {self._largest}")
        self._content = content

    @classmethod
    def optional(cls, content: str | None) -> Self | None:
        """None for what a device or reply left empty, because an empty name is not a name."""
        return cls(content) if content else None

    @final
    def reveal(self) -> str:
        """The content itself, for the wire, the paper and the page of its owner."""
        return self._content

    def masked(self) -> str:
        """What others may see."""
        return "***"

    @final
    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.masked()})"

    @final
    def __str__(self) -> str:
        return self.masked()

    @final
    def __format__(self, spec: str) -> str:
        return format(self.masked(), spec)

    @final
    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and isinstance(other, Personal) and other._content == self._content

    @final
    def __hash__(self) -> int:
        return hash((type(self), self._content))

    @final
    def __reduce__(self) -> NoReturn:
        raise TypeError(f"{type(self).__name__} is not pickled")


@final
class PersonName(Personal):
    """A name of up to 50 characters (1101 psn_name); shown as its first character and stars."""

    _largest = 200

    def masked(self) -> str:
        hidden = len(self._content) - 1
        return self._content[0] + "*" * min(hidden, 3) if hidden else "*"


@final
class ResidentId(Personal):
    """A certificate number (GB 11643 and the residence permits); shown as three first and four last characters."""

    _largest = 50

    def masked(self) -> str:
        if len(self._content) < 12:
            return "*" * len(self._content)
        return f"{self._content[:3]}{'*' * (len(self._content) - 7)}{self._content[-4:]}"


@final
class CardNumber(Personal):
    """The 9-character number printed on a social security card; its last two characters are shown."""

    def masked(self) -> str:
        return f"*******{self._content[-2:]}" if len(self._content) > 4 else "*******"


@final
class CardSerial(Personal):
    """卡识别码, 32 hex digits; never shown."""


@final
class SealedPin(Personal):
    """What an encrypting PIN pad gives out: a block that nobody on this machine can open; never shown nor kept."""

    _largest = 64


@final
class CardProof(Personal):
    """What a card and its key server tell one another through a reader, in either direction: it holds 卡识别码 and the
    numbers that open the card once; never shown nor kept.
    """

    _largest = 4096


@final
class PersonNumber(Personal):
    """psn_no, the platform's number of a person; never shown."""


@final
class Voucher(Personal):
    """A code or token that lets somebody act for the person: e-voucher, payment code, ecToken; never shown nor kept."""

    _largest = 8192


@final
class Particular(Personal):
    """What a certificate says of its holder besides name and number, as a text or code: sex, people, date of birth,
    address, nationality; never shown.
    """


@final
class Typed(Personal):
    """What a person entered in a form, or what was filled in for them; its first and last characters are shown."""

    def masked(self) -> str:
        content = self._content
        if len(content) < 8:
            return "*" * len(content)
        return f"{content[:3]}{'*' * (len(content) - 7)}{content[-4:]}"


@final
class Signature:
    """A name drawn by hand, as strokes of points in thousandths of the pad's width and height; hidden as a text is."""

    __slots__ = ("_strokes",)

    def __init__(self, strokes: Iterable[Iterable[tuple[int, int]]]) -> None:
        self._strokes = tuple(tuple(stroke) for stroke in strokes)
        if not any(self._strokes):
            raise ValueError("Signature: nothing is drawn")

    def reveal(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """The strokes, for whoever draws them on the paper that was signed."""
        return self._strokes

    def __repr__(self) -> str:
        return f"Signature({len(self._strokes)} strokes)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Signature) and other._strokes == self._strokes

    def __hash__(self) -> int:
        return hash(self._strokes)

    def __reduce__(self) -> NoReturn:
        raise TypeError("Signature is not pickled")


@final
class Portrait:
    """A picture of a person as the device gave it, in whatever form; it lives in memory, and nobody decodes it here.

    Not a `Personal`, which is a text, but it hides as one does: its repr tells the size alone, and it is not pickled.
    """

    __slots__ = ("__weakref__", "_content")

    def __init__(self, content: bytes) -> None:
        if not content:
            raise ValueError("Portrait: empty")
        self._content = bytes(content)

    def reveal(self) -> bytes:
        """The bytes, for whoever compares faces."""
        return self._content

    def __repr__(self) -> str:
        return f"Portrait({len(self._content)} bytes)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Portrait) and other._content == self._content

    def __hash__(self) -> int:
        return hash(self._content)

    def __reduce__(self) -> NoReturn:
        raise TypeError("Portrait is not pickled")
