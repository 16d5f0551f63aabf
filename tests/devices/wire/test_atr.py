from hypothesis import example, given
from hypothesis import strategies as st

from devices.wire.atr import historical_bytes

HISTORY = bytes.fromhex("00814E43238697159900BF7C7A")


def test_the_card_of_the_specification() -> None:
    assert historical_bytes(b"\x3b\x6d\x00\x00" + HISTORY) == HISTORY


def test_what_pcsc_makes_up_for_a_contactless_card() -> None:
    """3B 8D 80 01, history, and a check byte that is not part of it."""
    assert historical_bytes(b"\x3b\x8d\x80\x01" + HISTORY + b"\x5a") == HISTORY


def test_a_card_without_historical_bytes_has_none() -> None:
    assert historical_bytes(b"\x3b\x00") == b""


@given(
    st.lists(st.integers(0, 15).map(lambda bits: bits & 0x7), max_size=4),
    st.integers(0, 7),
    st.binary(max_size=15),
    st.binary(max_size=1),
)
def test_interface_bytes_of_any_depth_are_passed_over(
    groups: list[int], last: int, history: bytes, check: bytes
) -> None:
    """Each group but the last ends in a TD that announces the next."""
    announced = [*(bits | 0x8 for bits in groups), last]
    body = b""
    for place, bits in enumerate(announced):
        body += b"\x11" * (bits & 0x7).bit_count()
        if bits & 0x8:
            body += bytes((announced[place + 1] << 4,))
    assert historical_bytes(bytes((0x3B, announced[0] << 4 | len(history))) + body + history + check) == history


@given(st.binary(max_size=40))
@example(b"\x3b\xff\xff\xff\xff")
@example(b"\x3b")
def test_whatever_a_reader_says_there_are_at_most_fifteen(atr: bytes) -> None:
    history = historical_bytes(atr)
    assert len(history) <= 15
    assert history in atr
