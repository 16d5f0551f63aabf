"""A stream ends its waits when told to, and knows an end when it meets one."""

import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.conformance.waiting import FAR_SECONDS, Call, after, open_files
from devices.transport.errors import DeviceGoneError, InterruptedTransferError
from devices.transport.stream import DescriptorStream, device_stream, tcp_stream, unix_stream
from kiosk.engine.clock import SystemClock
from kiosk.ports.cancellation import Cancel

CLOCK = SystemClock()
MORE_THAN_A_PIPE_HOLDS = bytes(8 * 1024 * 1024)


@pytest.fixture
def ends() -> Iterator[tuple[DescriptorStream, socket.socket]]:
    """An open stream and the device at its far end."""
    near, far = socket.socketpair()
    stream = DescriptorStream(near.detach, CLOCK)
    stream.open()
    with far:
        yield stream, far
    stream.close()


Ends = tuple[DescriptorStream, socket.socket]


def test_what_is_sent_arrives_and_what_arrives_is_received(ends: Ends) -> None:
    stream, far = ends
    stream.send(b"ask", after(CLOCK, 5), Cancel())
    assert far.recv(10) == b"ask"
    far.sendall(b"answer")
    assert stream.receive(after(CLOCK, 5), Cancel()) == b"answer"


def test_nothing_by_the_deadline_is_nothing(ends: Ends) -> None:
    stream, _ = ends
    assert stream.receive(after(CLOCK, 0), Cancel()) == b""


def test_receiving_ends_when_cancelled_and_the_next_is_not_disturbed(ends: Ends) -> None:
    stream, far = ends
    call = Call(lambda cancel: stream.receive(after(CLOCK, FAR_SECONDS), cancel))
    assert call.cancelled() == b""
    far.sendall(b"later")
    assert stream.receive(after(CLOCK, 5), Cancel()) == b"later"


def test_after_a_cancel_nothing_is_taken_even_if_it_lies_there(ends: Ends) -> None:
    stream, far = ends
    far.sendall(b"for the next")
    cancel = Cancel()
    cancel.cancel()
    assert stream.receive(after(CLOCK, 5), cancel) == b""
    assert stream.receive(after(CLOCK, 5), Cancel()) == b"for the next"


def test_sending_to_a_device_that_takes_nothing_is_interrupted_and_says_how_far_it_came(ends: Ends) -> None:
    stream, far = ends
    with pytest.raises(InterruptedTransferError) as error:
        stream.send(MORE_THAN_A_PIPE_HOLDS, after(CLOCK, 0.2), Cancel())
    assert 0 < error.value.sent < len(MORE_THAN_A_PIPE_HOLDS)
    far.close()


def test_sending_ends_when_cancelled(ends: Ends) -> None:
    stream, _ = ends
    call = Call(lambda cancel: stream.send(MORE_THAN_A_PIPE_HOLDS, after(CLOCK, FAR_SECONDS), cancel))
    with pytest.raises(InterruptedTransferError):
        call.cancelled()


def test_a_slow_device_gets_all(ends: Ends) -> None:
    stream, far = ends
    got = bytearray()

    def take() -> None:
        while len(got) < len(MORE_THAN_A_PIPE_HOLDS):
            got.extend(far.recv(1 << 20))

    taking = threading.Thread(target=take)
    taking.start()
    stream.send(MORE_THAN_A_PIPE_HOLDS, after(CLOCK, FAR_SECONDS), Cancel())
    taking.join(20)
    assert len(got) == len(MORE_THAN_A_PIPE_HOLDS)


def test_what_was_not_asked_for_is_discarded(ends: Ends) -> None:
    stream, far = ends
    far.sendall(b"old")
    stream.discard()
    far.sendall(b"new")
    assert stream.receive(after(CLOCK, 5), Cancel()) == b"new"


def test_a_far_end_that_closes_is_gone(ends: Ends) -> None:
    stream, far = ends
    far.close()
    with pytest.raises(DeviceGoneError):
        stream.receive(after(CLOCK, 5), Cancel())
    with pytest.raises(DeviceGoneError):
        stream.discard()
    with pytest.raises(DeviceGoneError):
        stream.send(b"x", after(CLOCK, 5), Cancel())


def test_a_closed_stream_is_gone_and_can_be_opened_again() -> None:
    listening = socket.create_server(("127.0.0.1", 0))
    with listening:
        stream = tcp_stream("127.0.0.1", listening.getsockname()[1], CLOCK, 1)
        before = open_files()
        for _ in range(3):
            stream.open()
            stream.open()
            stream.close()
            stream.close()
        assert open_files() == before
        with pytest.raises(DeviceGoneError):
            stream.receive(after(CLOCK, 0), Cancel())


@pytest.mark.parametrize(
    "stream",
    [
        tcp_stream("127.0.0.1", 1, CLOCK, 1),
        unix_stream("/nowhere/card.sock", CLOCK),
        device_stream("/nowhere/lp0", CLOCK),
    ],
    ids=["tcp", "unix", "device"],
)
def test_what_is_not_there_is_gone_and_leaks_nothing(stream: DescriptorStream) -> None:
    before = open_files()
    for _ in range(3):
        with pytest.raises(DeviceGoneError):
            stream.open()
    assert not stream.opened
    assert open_files() == before


def test_a_device_file_is_opened_as_it_is(tmp_path: Path) -> None:
    pipe = tmp_path / "lp0"
    os.mkfifo(pipe)
    stream = device_stream(str(pipe), CLOCK)
    stream.open()
    stream.send(b"page", after(CLOCK, 5), Cancel())
    assert stream.receive(after(CLOCK, 5), Cancel()) == b"page"
    stream.close()
