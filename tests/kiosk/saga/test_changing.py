"""Our `replace` gives what the library's does, and refuses what it refuses."""

import dataclasses
from dataclasses import dataclass
from typing import Any

import pytest

from kiosk.saga.changing import replace


@dataclass(frozen=True)
class _Plain:
    one: int = 1
    two: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Slotted:
    one: int = 1
    two: tuple[int, ...] = ()


@dataclass(frozen=True)
class _Checked(_Plain):
    def __post_init__(self) -> None:
        if self.one < 0:
            raise ValueError("one")


@pytest.mark.parametrize("kind", [_Plain, _Slotted, _Checked])
def test_it_gives_what_the_library_gives_and_leaves_the_first_alone(kind: Any) -> None:
    first = kind(1, (2,))
    changed = replace(first, one=5)
    assert changed == dataclasses.replace(first, one=5) == kind(5, (2,))
    assert type(changed) is kind
    assert hash(changed) == hash(kind(5, (2,)))
    assert first == kind(1, (2,))
    with pytest.raises(dataclasses.FrozenInstanceError):
        changed.one = 6


@pytest.mark.parametrize("kind", [_Plain, _Slotted, _Checked])
def test_what_is_no_field_is_refused(kind: Any) -> None:
    with pytest.raises(TypeError, match="three"):
        replace(kind(), three=3)


def test_a_record_that_checks_itself_is_checked() -> None:
    with pytest.raises(ValueError, match="one"):
        replace(_Checked(), one=-1)
