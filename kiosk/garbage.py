"""Python's collector of garbage in a process that starts quickly and then runs for months."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def put_off() -> Iterator[None]:
    """Nothing that a start makes is garbage; looking through it again and again would be an eighth of the start."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def take_up() -> None:
    """Collect from now on, but leave alone what the start made: a look through all that stops the screen for two
    frames.
    """
    gc.freeze()
    gc.enable()
