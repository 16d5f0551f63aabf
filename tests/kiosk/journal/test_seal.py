"""Sealed content opens with its key, in its place, unchanged; and in no other way."""

from __future__ import annotations

import multiprocessing
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.journal.seal import Unsealable, new_key, read_key, read_or_make_key, seal, unseal

KEY = new_key()


@given(st.binary(max_size=500), st.binary(max_size=50))
def test_what_is_sealed_opens_again(content: bytes, context: bytes) -> None:
    assert unseal(KEY, seal(KEY, content, context), context) == content


@given(st.binary(min_size=1, max_size=100), st.data())
def test_a_changed_byte_does_not_open(content: bytes, data: st.DataObject) -> None:
    sealed = bytearray(seal(KEY, content, b"here"))
    at = data.draw(st.integers(0, len(sealed) - 1))
    sealed[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Unsealable):
        unseal(KEY, bytes(sealed), b"here")


@pytest.mark.parametrize(("key", "context"), [(new_key(), b"here"), (KEY, b"elsewhere")], ids=["key", "place"])
def test_another_key_or_place_does_not_open(key: bytes, context: bytes) -> None:
    with pytest.raises(Unsealable):
        unseal(key, seal(KEY, b"content", b"here"), context)


@pytest.mark.parametrize("torn", [b"", b"short", bytes(27)])
def test_torn_content_does_not_open(torn: bytes) -> None:
    with pytest.raises(Unsealable):
        unseal(KEY, torn, b"")


def test_the_same_content_never_looks_the_same() -> None:
    assert len({seal(KEY, b"content", b"") for _ in range(100)}) == 100


def test_the_kiosks_key_is_made_once_and_only_for_us(tmp_path: Path) -> None:
    key = read_or_make_key(tmp_path / "key")
    assert read_or_make_key(tmp_path / "key") == read_key(tmp_path / "key") == key
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


@pytest.mark.parametrize("content", [b"", b"half a key", bytes(33)])
def test_a_damaged_key_is_said_and_never_replaced(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "key").write_bytes(content)
    with pytest.raises(Unsealable, match="damaged"):
        read_or_make_key(tmp_path / "key")
    assert (tmp_path / "key").read_bytes() == content


def test_a_reader_makes_no_key(tmp_path: Path) -> None:
    with pytest.raises(Unsealable, match="cannot be read"):
        read_key(tmp_path / "key")
    assert list(tmp_path.iterdir()) == []


def _make(folder: str) -> bytes:
    return read_or_make_key(Path(folder) / "key")


def test_processes_that_start_together_get_one_key(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        assert len(set(pool.map(_make, [str(tmp_path)] * 6))) == 1
