"""What becomes of a page when CUPS, its queue or the line to it is not as it should be."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from pydantic import ValidationError

from devices.conformance.page_printer import document
from devices.conformance.waiting import after, until
from devices.drivers import cups_printer
from devices.drivers.cups_printer import CupsSettings
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.driver import Host
from kiosk.ports.health import DeviceState
from kiosk.ports.page_printer import PageNotPrinted, PagePrinted, PagePrinter, PageResult
from tests.devices.support.cups import Cups, CupsPages

PDF = document("page")
GONE = PageNotPrinted(FaultCode.PAGE_PRINTER_GONE)


@pytest.fixture
def pages(cups: Cups, host: Host) -> CupsPages:
    cups.renew()
    return CupsPages(cups, host.clock)


def printer(host: Host, server: str, queue: str = "kiosk") -> PagePrinter:
    made = cups_printer.driver.make(CupsSettings(queue=queue, server=server, patience_seconds=0.3), host)
    made.open()
    return made


def put(host: Host, by: PagePrinter, seconds: float = 20.0) -> PageResult:
    return by.print("A1", PDF, after(host.clock, seconds), Cancel())


def test_a_queue_that_leads_to_a_file_is_no_printer(pages: CupsPages, host: Host) -> None:
    """It calls every job completed, and nothing is there."""
    hole = printer(host, pages.cups.socket, "hole")
    assert hole.status().state is DeviceState.HARDWARE_ERROR
    assert put(host, hole) == GONE
    assert not (pages.cups.folder / "hole.bin").exists()


def test_a_queue_that_is_not_there_is_no_device(pages: CupsPages, host: Host) -> None:
    nothing = printer(host, pages.cups.socket, "nothing")
    assert nothing.status().state is DeviceState.NO_DEVICE
    assert put(host, nothing) == GONE


@pytest.mark.parametrize("server", ["10.0.0.7:631", "printer.example:631", "", "localhost", "127.0.0.1.example:631"])
def test_a_service_of_another_machine_is_refused(server: str) -> None:
    """A statement goes there in clear."""
    with pytest.raises(ValidationError):
        CupsSettings(queue="kiosk", server=server)


def test_a_service_is_reached_by_its_port(pages: CupsPages, host: Host) -> None:
    assert isinstance(put(host, printer(host, f"127.0.0.1:{pages.cups.port}")), PagePrinted)
    assert pages.sheets() == [PDF]


@pytest.mark.parametrize("code", [1, 4], ids=["fails and is tried again", "stops the queue"])
def test_a_backend_that_fails_leaves_no_page_behind(pages: CupsPages, host: Host, code: int) -> None:
    pages.want(f"exit-{code}")
    assert put(host, printer(host, pages.cups.socket), 1.5) == GONE
    pages.give()
    pages.resume()
    assert isinstance(put(host, printer(host, pages.cups.socket)), PagePrinted)
    assert pages.sheets() == [PDF]


def test_what_the_last_job_wanted_keeps_nobody_from_printing(pages: CupsPages, host: Host) -> None:
    """Only a job makes the printer look again."""
    by = printer(host, pages.cups.socket)
    pages.want("paper")
    assert put(host, by) == PageNotPrinted(FaultCode.PAGE_PAPER_OUT)
    until(lambda: by.status().usable)
    assert by.status().warnings == (FaultCode.PAGE_PAPER_OUT,)
    pages.give()
    assert isinstance(put(host, by), PagePrinted)
    assert by.status().warnings == ()


def test_a_job_whose_answer_is_lost_is_found_and_followed(pages: CupsPages, host: Host) -> None:
    with lossy_line(pages.cups.socket, lost=1) as (address, lost):
        assert isinstance(put(host, printer(host, address)), PagePrinted)
        assert lost == [1]
    assert pages.sheets() == [PDF]


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n\x02\x00\x00\x00",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n\x02\x00\x00\x00\x00\x00\x00\x63\x03",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2000000\r\n\r\n" + bytes(1 << 21),
        b"no HTTP\r\n\r\n",
    ],
    ids=["hangs up", "error", "cut short", "another's answer", "without end", "no HTTP"],
)
def test_a_service_that_answers_nonsense_prints_nothing(host: Host, answer: bytes) -> None:
    with talker(answer) as address:
        by = printer(host, address)
        assert not by.status().usable
        assert put(host, by, 5.0) == GONE


def test_nobody_there(host: Host) -> None:
    by = printer(host, "/nonexistent/cups.sock")
    assert by.status().state is DeviceState.OFFLINE
    assert put(host, by) == GONE


@contextmanager
def listening() -> Iterator[socket.socket]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener


@contextmanager
def talker(answer: bytes) -> Iterator[str]:
    """Hears a request and says always the same."""
    with listening() as listener:

        def serve() -> None:
            while True:
                try:
                    plug, _ = listener.accept()
                except OSError:
                    return
                with plug:
                    try:
                        plug.recv(65536)
                        plug.sendall(answer)
                    except OSError:
                        continue

        threading.Thread(target=serve, daemon=True).start()
        yield f"127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)


@contextmanager
def lossy_line(far: str, lost: int) -> Iterator[tuple[str, list[int]]]:
    """Everything passes but the answers to so many Print-Jobs; the list says how many were lost."""
    gone: list[int] = []
    with listening() as listener:

        def serve() -> None:
            while True:
                try:
                    plug, _ = listener.accept()
                except OSError:
                    return
                with plug, socket.socket(socket.AF_UNIX) as beyond:
                    beyond.connect(far)
                    asked = _whole(plug)
                    beyond.sendall(asked)
                    answer = _whole(beyond)
                    if b"\x02\x00\x00\x02" in asked[:600] and len(gone) < lost:
                        gone.append(1)
                        continue
                    plug.sendall(answer)

        threading.Thread(target=serve, daemon=True).start()
        yield f"127.0.0.1:{listener.getsockname()[1]}", gone
        listener.shutdown(socket.SHUT_RDWR)


def _whole(plug: socket.socket) -> bytes:
    """One HTTP message with a Content-Length."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += plug.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    length = next(int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length:"))
    while len(body) < length:
        body += plug.recv(65536)
    return head + b"\r\n\r\n" + body
