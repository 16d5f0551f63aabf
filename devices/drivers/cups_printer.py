"""A4 printers behind CUPS: a job is followed to its end, and one that has not ended is taken back.

What CUPS calls completed counts only where the whole document reached it and its queue leads to a printer. A page that
comes out after the patient left would be in somebody else's hands, so nothing is left in the queue. A statement holds
names and goes in clear as far as CUPS: that one is this machine's, and it is its own business to reach the printer.
"""

from __future__ import annotations

import re
import secrets
from itertools import count
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from devices.transport.errors import DeviceGoneError, InterruptedTransferError
from devices.transport.http_post import HttpPost
from devices.wire import cups, ipp
from devices.wire.cups import Job, JobState, Queue
from devices.wire.ipp import Operation, Request, Response, Tagged
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic
from kiosk.ports.driver import Driver, Host
from kiosk.ports.health import DeviceState, Health
from kiosk.ports.page_printer import PageNotPrinted, PagePrinted, PagePrinter, PageResult

_NAME: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]*")
_USER: Final = "kiosk"
_LOOK_SECONDS: Final = 0.1
_ASK_SECONDS: Final = 1.0
_TAKE_BACK_SECONDS: Final = 0.2
_GONE: Final = (FaultCode.PAGE_PRINTER_GONE,)
_FAILURES: Final = (DeviceGoneError, InterruptedTransferError, ValueError)

Stated = tuple[tuple[str, Tagged | tuple[Tagged, ...]], ...]


class CupsSettings(BaseModel):
    """`[devices.page_printer] driver = "cups_printer"`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    queue: str = Field(pattern=r"^[A-Za-z0-9_-]{1,127}$", description="CUPS 里的打印队列名")
    server: str = Field(
        default="/run/cups/cups.sock",
        pattern=r"^(/.+|(127\.0\.0\.1|localhost):\d{1,5})$",
        description="本机 CUPS 的套接字，或 localhost:端口；网络上的打印机由本机 CUPS 加密去连",
    )
    media: str = Field(default="iso_a4_210x297mm", description="纸张，IPP 的名字")
    patience_seconds: float = Field(default=8.0, gt=0, le=120, description="缺纸、卡纸等，等人处理多少秒，然后撤回")


class CupsPrinter:
    """A `PagePrinter`.

    What CUPS says of paper and covers while it prints nothing is how the last job left it: a warning, not a reason to
    send none, since only a job makes it look again.
    """

    def __init__(self, settings: CupsSettings, host: Host) -> None:
        self._settings, self._clock, self._log = settings, host.clock, host.log
        self._line = HttpPost(settings.server, host.clock)
        self._numbers = count(1)
        self._opened = False
        self._left_behind: set[int] = set()

    def open(self) -> None:
        self._opened = True

    def close(self) -> None:
        self._opened = False

    def status(self) -> Health:
        if not self._opened:
            return Health(DeviceState.NO_DEVICE, _GONE)
        try:
            soon, cancel = self._soon(_ASK_SECONDS), Cancel()
            self._clear_away(soon, cancel)
            return _health(self._queue(soon, cancel))
        except (DeviceGoneError, InterruptedTransferError):
            return Health(DeviceState.OFFLINE, _GONE)
        except ValueError:
            return Health(DeviceState.NO_DEVICE, _GONE)

    def print(self, name: str, pdf: bytes, deadline: Monotonic, cancel: Cancel) -> PageResult:
        """Print once; ValueError for a name that is none of our numbers."""
        if not _NAME.fullmatch(name):
            raise ValueError("a document is named by letters, figures and dashes")
        until = Monotonic(deadline - _TAKE_BACK_SECONDS)
        try:
            if not self._opened or not self._ready(until, cancel):
                return PageNotPrinted()
            number = self._sent(f"{name}-{secrets.token_hex(4)}", pdf, until, cancel)
        except _FAILURES as error:
            self._log.info("page not sent", extra={"error": type(error).__name__})
            return PageNotPrinted()
        fault = self._followed(number, until, cancel)
        return self._ended(number, len(pdf), fault)

    def _ready(self, deadline: Monotonic, cancel: Cancel) -> bool:
        """Whether the queue leads to a printer and takes jobs; what was left in it is cleared away first."""
        self._clear_away(deadline, cancel)
        queue = self._queue(deadline, cancel)
        return queue.prints and queue.accepting and not queue.stopped

    def _sent(self, label: str, pdf: bytes, deadline: Monotonic, cancel: Cancel) -> int:
        """The job's number. One whose answer is lost is looked for by its label: it may be printing."""
        about = (
            ("requesting-user-name", ipp.name(_USER)),
            ("job-name", ipp.name(label)),
            ("document-format", ipp.mime("application/pdf")),
        )
        job = (
            ("copies", ipp.integer(1)),
            ("media", ipp.keyword(self._settings.media)),
            ("sides", ipp.keyword("one-sided")),
        )
        try:
            return cups.job_number(self._ask(Operation.PRINT_JOB, about, deadline, cancel, job=job, document=pdf))
        except InterruptedTransferError:
            number = self._found(label)
            if number is None:
                raise
            return number

    def _found(self, label: str) -> int | None:
        about = (
            ("requesting-user-name", ipp.name(_USER)),
            ("which-jobs", ipp.keyword("all")),
            ("requested-attributes", ipp.keywords("job-id", "job-name")),
        )
        try:
            answer = self._ask(Operation.GET_JOBS, about, self._soon(_TAKE_BACK_SECONDS), Cancel())
        except _FAILURES:
            return None
        return cups.job_named(answer, label)

    def _followed(self, number: int, deadline: Monotonic, cancel: Cancel) -> FaultCode:
        """Until it is over, nobody waits any longer, or the printer has wanted something too long: what it wants."""
        wanting: Monotonic | None = None
        fault = FaultCode.PAGE_PRINTER_GONE
        while not cancel.cancelled and (now := self._clock.monotonic()) < deadline:
            try:
                job, queue = self._job(number, deadline, cancel), self._queue(deadline, cancel)
            except _FAILURES:
                break
            wanted = job.blocking or queue.blocking
            if job.state.over or queue.stopped:
                return wanted or fault
            fault = wanted or FaultCode.PAGE_PRINTER_GONE
            wanting = None if wanted is None else wanting or now
            if wanting is not None and now - wanting >= self._settings.patience_seconds:
                break
            cancel.sleep(min(_LOOK_SECONDS, deadline - now))
        return fault

    def _ended(self, number: int, size: int, fault: FaultCode) -> PageResult:
        """Take it back unless it is over; its state then has the last word, since it may have ended meanwhile."""
        deadline, cancel = self._soon(_TAKE_BACK_SECONDS), Cancel()
        try:
            job = self._job(number, deadline, cancel)
            if not job.state.over:
                fault = job.blocking or fault
                self._cancel(number, deadline, cancel)
                job = self._job(number, deadline, cancel)
        except _FAILURES:
            self._left_behind.add(number)
            return PageNotPrinted(fault)
        whole = job.kilobytes is None or job.kilobytes >= -(-size // 1024)
        if job.state is JobState.COMPLETED and whole:
            return PagePrinted(f"job {number}")
        return PageNotPrinted(fault)

    def _cancel(self, number: int, deadline: Monotonic, cancel: Cancel) -> None:
        """One that is over already is refused, which is as good."""
        about = (("job-id", ipp.integer(number)), ("requesting-user-name", ipp.name(_USER)))
        self._ask(Operation.CANCEL_JOB, about, deadline, cancel, refusable=True)

    def _clear_away(self, deadline: Monotonic, cancel: Cancel) -> None:
        """What could not be taken back in time, for lack of an answer."""
        for number in tuple(self._left_behind):
            self._cancel(number, deadline, cancel)
            self._left_behind.discard(number)

    def _queue(self, deadline: Monotonic, cancel: Cancel) -> Queue:
        about = (("requested-attributes", ipp.keywords(*cups.ASKED_OF_PRINTER)),)
        return cups.queue(self._ask(Operation.GET_PRINTER_ATTRIBUTES, about, deadline, cancel))

    def _job(self, number: int, deadline: Monotonic, cancel: Cancel) -> Job:
        about = (
            ("job-id", ipp.integer(number)),
            ("requested-attributes", ipp.keywords(*cups.ASKED_OF_JOB)),
        )
        return cups.job(self._ask(Operation.GET_JOB_ATTRIBUTES, about, deadline, cancel))

    def _ask(
        self,
        operation: Operation,
        about: Stated,
        deadline: Monotonic,
        cancel: Cancel,
        *,
        job: Stated = (),
        document: bytes = b"",
        refusable: bool = False,
    ) -> Response:
        """ValueError when the answer is no IPP, is another's, or a refusal that is not `refusable`."""
        place = f"/printers/{self._settings.queue}"
        whose = ("printer-uri", ipp.uri(f"ipp://localhost{place}"))
        request = Request(operation, next(self._numbers), (whose, *about), job)
        data = self._line.post(place, "application/ipp", ipp.encode(request) + document, deadline, cancel)
        answer = ipp.decode(data)
        if answer.request != request.number:
            raise ValueError("an answer to another question")
        if not answer.good and not refusable:
            raise ValueError(f"refused with {answer.status:#06x}")
        return answer

    def _soon(self, seconds: float) -> Monotonic:
        return Monotonic(self._clock.monotonic() + seconds)


def _health(queue: Queue) -> Health:
    warnings = tuple(
        fault for fault, so in ((queue.blocking, True), (FaultCode.PAGE_SUPPLY_LOW, queue.low)) if fault and so
    )
    if not queue.prints:
        return Health(DeviceState.HARDWARE_ERROR, _GONE)
    if queue.stopped or not queue.accepting:
        return Health(DeviceState.OFFLINE, warnings or _GONE)
    if queue.busy:
        return Health(DeviceState.USER_ERROR if queue.blocking else DeviceState.DEVICE_BUSY, warnings)
    return Health(DeviceState.ONLINE, warnings)


def _make(settings: CupsSettings, host: Host) -> PagePrinter:
    return CupsPrinter(settings, host)


driver: Driver[PagePrinter] = Driver(CupsSettings, simulated=False, make=_make)
