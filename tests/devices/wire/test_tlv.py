import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.wire.tlv import Record, TlvFault, decode_record

tags = st.integers(0, 255)
values = st.binary(max_size=255)


@given(tags, values)
def test_what_was_encoded_is_decoded(tag: int, value: bytes) -> None:
    assert decode_record(Record(tag, value).encode(), tag) == Record(tag, value)


@given(tags, values, st.integers(1, 300))
def test_a_record_cut_or_lengthened_is_refused(tag: int, value: bytes, by: int) -> None:
    encoded = Record(tag, value).encode()
    assert isinstance(decode_record(encoded[:-by], tag), TlvFault)
    assert decode_record(encoded + bytes(by), tag) is TlvFault.WRONG_LENGTH


def test_another_record_is_refused() -> None:
    assert decode_record(b"\x08\x01A", 0x09) is TlvFault.WRONG_TAG


@given(st.binary(max_size=300), tags)
def test_no_bytes_are_too_odd(data: bytes, tag: int) -> None:
    assert isinstance(decode_record(data, tag), Record | TlvFault)


def test_a_record_holds_255_bytes_at_most() -> None:
    with pytest.raises(ValueError, match="255"):
        Record(1, bytes(256)).encode()


def test_a_record_does_not_show_its_value() -> None:
    assert repr(Record(0x08, b"111111198101011110")) == "Record(tag=08, 18 bytes)"
