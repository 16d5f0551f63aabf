"""Secrets of the site: read from files that nobody else may read, hidden from every log and traceback."""

from __future__ import annotations

import base64
import binascii
from pathlib import Path
from typing import NoReturn, final

_READABLE_BY_OTHERS = 0o007
_LARGEST = 4096


@final
class Secret:
    """Bytes that show themselves to nobody but by `reveal()`; tests/architecture lists who may ask for them."""

    __slots__ = ("_content",)

    def __init__(self, content: bytes) -> None:
        if not content:
            raise ValueError("an empty secret")
        self._content = content

    def reveal(self) -> bytes:
        """The content, for the computation that needs it and for nothing else."""
        return self._content

    def __repr__(self) -> str:
        return "Secret(***)"

    def __format__(self, spec: str) -> str:
        return format(repr(self), spec)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not pickled")


def read_text_secret(path: Path) -> Secret:
    """The one line of a file, as its UTF-8 bytes.

    Raises:
        OSError: no such file, or others than its owner and group may read it.
        ValueError: it is empty, has more than one line or characters that no header can carry.
    """
    (line,) = _lines(path, 1)
    if not (line.isascii() and line.isprintable()):
        raise ValueError("a secret with characters beyond ASCII")
    return Secret(line.encode())


def read_key_lines(path: Path, count: int, *, private: bool) -> tuple[bytes, ...]:
    """A file of `count` keys, one a line, in hexadecimal or Base64: centres hand them out in either.

    Raises:
        OSError: no such file, or it is `private` and others than its owner and group may read it.
        ValueError: it has another number of lines, or a line is neither.
    """
    return tuple(_key(line) for line in _lines(path, count, private=private))


def _lines(path: Path, count: int, *, private: bool = True) -> list[str]:
    with path.open("rb") as file:
        if private and path.stat().st_mode & _READABLE_BY_OTHERS:
            raise PermissionError("a secret that anybody may read")
        text = file.read(_LARGEST).decode()
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) != count:
        raise ValueError(f"{len(lines)} lines instead of {count}")
    return lines


def _key(line: str) -> bytes:
    try:
        return bytes.fromhex(line)
    except ValueError:
        pass
    try:
        return base64.b64decode(line, validate=True)
    except binascii.Error:
        raise ValueError("a key that is neither hexadecimal nor Base64") from None
