"""The loopback reader's line, against a far end that misbehaves in ways the simulator does not."""

import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from devices.conformance.waiting import FAR_SECONDS, Call, after
from devices.transport.apdu_socket import ApduSocketSlot
from devices.transport.card_slot import NO_READER, Occupancy
from devices.transport.errors import CardGoneError, CardMuteError, DeviceGoneError, InterruptedTransferError
from kiosk.engine.clock import SystemClock
from kiosk.ports.cancellation import Cancel

CLOCK = SystemClock()
INSERTED = b"\x00\x02I\x3b"


def answer(number: int, payload: bytes) -> bytes:
    return (len(payload) + 2).to_bytes(2, "big") + b"A" + bytes((number,)) + payload


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[[Callable[[socket.socket], None]], ApduSocketSlot]]:
    """Serve one connection by a function; gives the slot that connects to it."""
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(tmp_path / "card.sock"))
    listening.listen()
    threads: list[threading.Thread] = []
    slots: list[ApduSocketSlot] = []

    def start(behave: Callable[[socket.socket], None]) -> ApduSocketSlot:
        def run() -> None:
            host, _ = listening.accept()
            with host:
                behave(host)

        threads.append(threading.Thread(target=run, daemon=True))
        threads[-1].start()
        slots.append(ApduSocketSlot(str(tmp_path / "card.sock"), CLOCK, 0.3))
        return slots[-1]

    yield start
    for slot in slots:
        slot.close()
    for thread in threads:
        thread.join(10)
    listening.close()


Serve = Callable[[Callable[[socket.socket], None]], ApduSocketSlot]


def frame(host: socket.socket) -> bytes:
    size = int.from_bytes(host.recv(2), "big")
    return host.recv(size)


def test_the_late_answer_to_a_cancelled_command_is_not_taken_for_the_next(serve: Serve) -> None:
    held: list[int] = []
    arrived = threading.Event()

    def behave(host: socket.socket) -> None:
        host.sendall(INSERTED)
        host.sendall(answer(frame(host)[1], b"ATR"))
        held.append(frame(host)[1])
        arrived.set()
        second = frame(host)[1]
        host.sendall(answer(held[0], b"late\x90\x00") + answer(second, b"right\x90\x00"))
        host.recv(1)

    slot = serve(behave)
    cancel = Cancel()
    with slot.connect(after(CLOCK, FAR_SECONDS), cancel) as transmit:
        call = Call(lambda _: transmit(b"first"))
        assert arrived.wait(10)
        cancel.cancel()
        with pytest.raises(InterruptedTransferError):
            call.result()
    assert slot._exchange(b"C", b"second", after(CLOCK, 5), Cancel()) == b"right\x90\x00"
    slot.close()


def test_frames_may_come_in_any_pieces(serve: Serve) -> None:
    def behave(host: socket.socket) -> None:
        for byte in INSERTED:
            host.sendall(bytes((byte,)))
        number = frame(host)[1]
        for byte in answer(number, b"ATR"):
            host.sendall(bytes((byte,)))
        host.recv(1)

    slot = serve(behave)
    with slot.connect(after(CLOCK, 5), Cancel()):
        assert slot.look().occupancy is Occupancy.OCCUPIED
    slot.close()


def test_a_far_end_that_is_no_reader_is_no_reader(serve: Serve) -> None:
    slot = serve(lambda host: host.sendall(b"\x00\x05HELLO"))
    assert slot.look() == NO_READER


def test_a_far_end_that_says_nothing_is_no_reader(serve: Serve) -> None:
    released = threading.Event()

    def behave(_: socket.socket) -> None:
        released.wait(10)

    slot = serve(behave)
    assert slot.look() == NO_READER
    released.set()


def test_a_card_that_leaves_during_a_command_is_gone(serve: Serve) -> None:
    def behave(host: socket.socket) -> None:
        host.sendall(INSERTED)
        host.sendall(answer(frame(host)[1], b"ATR"))
        frame(host)
        host.sendall(b"\x00\x01O")
        host.recv(1)

    slot = serve(behave)
    with slot.connect(after(CLOCK, 5), Cancel()) as transmit, pytest.raises(CardGoneError):
        transmit(b"command")
    assert slot.look().occupancy is Occupancy.EMPTY
    slot.close()


def test_a_card_that_answers_reset_with_nothing_is_mute(serve: Serve) -> None:
    def behave(host: socket.socket) -> None:
        host.sendall(b"\x00\x01I")
        host.sendall(answer(frame(host)[1], b""))
        host.recv(1)

    slot = serve(behave)
    with pytest.raises(CardMuteError), slot.connect(after(CLOCK, 5), Cancel()):
        pass
    slot.close()


def test_a_reader_that_goes_during_a_command_is_gone(serve: Serve) -> None:
    def behave(host: socket.socket) -> None:
        host.sendall(INSERTED)
        host.sendall(answer(frame(host)[1], b"ATR"))
        frame(host)

    slot = serve(behave)
    with slot.connect(after(CLOCK, 5), Cancel()) as transmit, pytest.raises(DeviceGoneError):
        transmit(b"command")
    assert slot.look() == NO_READER
