import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.sim.printer.realtime import Order, Question, Received, Receiver

FORGET = bytes.fromhex("10 14 08 01 03 14 01 06 02 08")


def received(*pieces: bytes) -> list[Received]:
    receiver = Receiver()
    joined: list[Received] = []
    for item in (item for piece in pieces for item in receiver.feed(piece)):
        if isinstance(item, bytes) and joined and isinstance(joined[-1], bytes):
            joined[-1] += item
        else:
            joined.append(item)
    return joined


def test_questions_are_heard_wherever_they_stand() -> None:
    assert received(b"AB\x10\x04\x01CD\x10\x04\x04") == [b"AB", Question(1), b"CD", Question(4)]


def test_an_order_to_forget_is_heard() -> None:
    assert received(b"A" + FORGET + b"B") == [b"A", Order.FORGET, b"B"]


@pytest.mark.parametrize("wire", [b"\x10\x04\x05", b"\x10\x04\x00", b"\x10\x05", b"\x10\x14\x01", b"\x10\x14\x08\x02"])
def test_other_real_time_commands_are_unknown(wire: bytes) -> None:
    assert Order.UNKNOWN in received(wire)


@given(st.integers(0, 20), st.integers(0, 20))
def test_a_command_cut_by_the_line_is_waited_for(first: int, second: int) -> None:
    stream = b"AB\x10\x04\x02C" + FORGET + b"D"
    cuts = sorted((first, second))
    pieces = stream[: cuts[0]], stream[cuts[0] : cuts[1]], stream[cuts[1] :]
    assert received(*pieces) == [b"AB", Question(2), b"C", Order.FORGET, b"D"]


@given(st.binary(max_size=200).filter(lambda data: not {b"\x10\x04", b"\x10\x05", b"\x10\x14"} & set(zip_pairs(data))))
def test_plain_bytes_pass_unchanged(data: bytes) -> None:
    passed = b"".join(item for item in received(data) if isinstance(item, bytes))
    assert passed == (data[:-1] if data.endswith(b"\x10") else data)


def zip_pairs(data: bytes) -> list[bytes]:
    return [data[at : at + 2] for at in range(len(data) - 1)]
