"""The collector of garbage around a start."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from kiosk import garbage


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    gc.unfreeze()
    gc.enable()


def test_a_start_is_not_stopped_for_garbage() -> None:
    with garbage.put_off():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_a_start_that_fails_leaves_the_collector_at_work() -> None:
    with pytest.raises(OSError, match="no disk"), garbage.put_off():
        raise OSError("no disk")
    assert gc.isenabled()


def test_what_the_start_made_is_left_alone_afterwards() -> None:
    with garbage.put_off():
        made = [object()]
        assert any(each is made for each in gc.get_objects())
        garbage.take_up()
        assert gc.isenabled()
        assert not any(each is made for each in gc.get_objects())
