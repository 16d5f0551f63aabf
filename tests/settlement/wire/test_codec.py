"""No digit may be lost between bytes and amounts, and nothing unbelievable may pass as a message."""

from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from settlement.wire import codec
from settlement.wire.codec import Breakage, BrokenMessage, Decimals

_SCALARS = st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.text()
_DECIMALS = st.decimals(min_value=-(10**13), max_value=10**13, places=6)
_KEYS = st.text(max_size=4)
_VALUES = st.recursive(
    _SCALARS | _DECIMALS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(_KEYS, _VALUES, max_size=4))
def test_whatever_is_encoded_is_decoded_alike(value: dict[str, Any]) -> None:
    assert codec.decode(codec.encode(value)) == value


@pytest.mark.parametrize("literal", ["12.30", "1234567890123456.78", "0.10", "-4.52"])
def test_numbers_keep_every_digit(literal: str) -> None:
    assert str(codec.decode(b'{"a":%s}' % literal.encode())["a"]) == literal


@pytest.mark.parametrize(("decimals", "written"), [("number", b'{"a":12.30}'), ("string", b'{"a":"12.30"}')])
def test_amounts_are_written_in_the_form_the_province_reads(decimals: Decimals, written: bytes) -> None:
    assert codec.encode({"a": Decimal("12.30")}, decimals) == written


def test_a_byte_order_mark_is_no_content() -> None:
    assert codec.decode(b'\xef\xbb\xbf{"a":1}') == {"a": 1}


@pytest.mark.parametrize(
    ("data", "breakage"),
    [
        (b'{"a":NaN}', Breakage.NOT_JSON),
        (b'{"a":Infinity}', Breakage.NOT_JSON),
        (b'{"infcode":0,"output"', Breakage.NOT_JSON),
        (b"<html>502 Bad Gateway</html>", Breakage.NOT_JSON),
        (b"", Breakage.NOT_JSON),
        ('{"a":"张三"}'.encode("gb18030"), Breakage.NOT_TEXT),
        (b"[1]", Breakage.NOT_AN_OBJECT),
        (b"null", Breakage.NOT_AN_OBJECT),
        (b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}", Breakage.TOO_DEEP),
        (b'{"a":"' + b"x" * 100 + b'"}', Breakage.TOO_LARGE),
    ],
)
def test_what_is_no_message_is_named(data: bytes, breakage: Breakage) -> None:
    largest = 100 if breakage is Breakage.TOO_LARGE else codec.LARGEST_MESSAGE
    with pytest.raises(BrokenMessage) as caught:
        codec.decode(data, largest)
    assert caught.value.breakage is breakage


@given(st.binary(max_size=200))
def test_any_bytes_are_a_message_or_broken(data: bytes) -> None:
    with suppress(BrokenMessage):  # any other exception fails the test
        assert isinstance(codec.decode(data), dict)
