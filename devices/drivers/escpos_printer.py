"""Receipt printers that speak ESC/POS, on the network, a serial port or a device file."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from devices.drivers.paper_roll import PaperRoll
from devices.transport.errors import DeviceGoneError, InterruptedTransferError
from devices.transport.serial_line import serial_line
from devices.transport.stream import ByteStream, device_stream, tcp_stream
from devices.wire import escpos
from devices.wire.escpos import PrinterStatus
from devices.wire.paper_length import slip_millimetres
from kiosk.domain.paper import CharacterSet, PaperShape, Slip
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Clock, Monotonic
from kiosk.ports.driver import Driver, Host
from kiosk.ports.health import DeviceState, Health
from kiosk.ports.receipt_printer import ReceiptPrinter, SlipNotPrinted, SlipPrinted, SlipResult, SlipUnknown

_PIECE: Final = 4096
_DOTS: Final = {58: 384, 80: 576}
_COLUMNS: Final = {58: 32, 80: 48}


class EscposSettings(BaseModel):
    """`[devices.receipt_printer]`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    address: str = Field(
        pattern=r"^(/[^\x00]+|[^/\s:]+:[0-9]{1,5})$",
        description="主机:端口（网口打印机，例如 192.168.1.50:9100），或设备文件（/dev/usb/lp0、/dev/ttyS1）",
    )
    baud: int | None = Field(default=None, ge=300, description="串口波特率；不写表示设备文件不是串口")
    width_mm: Literal[58, 80] = Field(default=80, description="纸宽，毫米")
    dots: int | None = Field(default=None, ge=64, multiple_of=8, description="可打印点数；不写则 384（58 毫米）或 576")
    columns: int | None = Field(default=None, ge=16, description="每行半角字符数；不写则 32 或 48")
    characters: CharacterSet = Field(default=CharacterSet.GBK, description="打印机自带字库：gbk、gb18030、none")
    native_qr: bool = Field(default=True, description="打印机自己会画二维码")
    cutter: bool = Field(default=True, description="有切刀")
    reply_seconds: float = Field(default=0.3, gt=0, le=5, description="等状态应答的秒数；不应答即“状态未知”")
    confirm_seconds: float = Field(default=8.0, gt=0, le=60, description="发完后等打印机说打印完的秒数")
    connect_seconds: float = Field(default=1.0, gt=0, le=10, description="连接网口打印机的秒数")
    roll_metres: float | None = Field(default=None, gt=0, le=500, description="新纸卷的长度，米；写了就估计余纸")
    low_metres: float = Field(default=3.0, ge=0, le=100, description="余纸少于多少米算纸将尽")
    counter: Path | None = Field(default=None, description="记已用毫米数的文件；不写则重启后从下一次换纸算起")

    @property
    def shape(self) -> PaperShape:
        return PaperShape(
            width_mm=self.width_mm,
            dots=self.dots or _DOTS[self.width_mm],
            columns=self.columns or _COLUMNS[self.width_mm],
            characters=self.characters,
            native_qr=self.native_qr,
            cutter=self.cutter,
        )


class EscposPrinter:
    """A `ReceiptPrinter`.

    Asks DLE EOT before, during and after; believes that a slip is printed only when GS r, which is worked off in order
    behind the last line, was answered. At paper end a printer goes offline and leaves GS r unanswered, so the paper is
    asked by DLE EOT.
    """

    def __init__(self, line: ByteStream, settings: EscposSettings, host: Host) -> None:
        self._line = line
        self._settings = settings
        self._shape = settings.shape
        self._clock = host.clock
        self._log = host.log
        self._answered_in_order = False
        self._leftover = False
        length = settings.roll_metres
        self._roll = PaperRoll(length * 1000, settings.low_metres * 1000, settings.counter) if length else None

    @property
    def shape(self) -> PaperShape:
        return self._shape

    def open(self) -> None:
        with suppress(DeviceGoneError):
            self._line.open()

    def close(self) -> None:
        self._line.close()

    def status(self) -> Health:
        try:
            self._be_connected()
            return self._health(self._ask(Cancel()))
        except DeviceGoneError:
            self._line.close()
            return Health(DeviceState.NO_DEVICE, (FaultCode.PRINTER_GONE,))

    def print(self, slip: Slip, deadline: Monotonic, cancel: Cancel) -> SlipResult:
        if slip.shape != self._shape:
            raise ValueError("the slip was made for another printer")
        pieces = tuple(escpos.commands_within(escpos.encode(slip), _PIECE))
        result = self._print(pieces, deadline, cancel)
        self._count(slip, result)
        if not isinstance(result, SlipPrinted):
            self._log.info("slip not printed", extra={"fault": result.fault})
        return result

    def _count(self, slip: Slip, result: SlipResult) -> None:
        """A slip that was begun counts whole: better a roll brought too early than one that ends in a receipt."""
        if self._roll is not None and not (isinstance(result, SlipNotPrinted) and not result.started):
            self._roll.spend(slip_millimetres(slip))

    def _health(self, status: PrinterStatus) -> Health:
        """The printer's own word, and the roll's where the printer has nothing to complain of."""
        health = _health(status)
        if self._roll is None:
            return health
        self._roll.look(status)
        fine = health.state is DeviceState.ONLINE and not health.warnings
        return Health(DeviceState.ONLINE, (FaultCode.PAPER_LOW,)) if fine and self._roll.low else health

    def _print(self, pieces: Sequence[bytes], deadline: Monotonic, cancel: Cancel) -> SlipResult:
        try:
            self._be_connected()
            status = self._ask(cancel)
            fault = _fault(status)
            if fault is None and self._leftover:
                self._line.send(escpos.part_leftover(self._shape), deadline, cancel)
        except DeviceGoneError:
            self._line.close()
            return SlipNotPrinted(FaultCode.PRINTER_GONE, started=False)
        except InterruptedTransferError:
            return SlipNotPrinted(FaultCode.PRINTER_SILENT, started=False)
        if fault is not None:
            return SlipNotPrinted(fault, started=False)
        self._leftover = False
        return self._send_all(pieces, talks=not status.silent, deadline=deadline, cancel=cancel)

    def _send_all(self, pieces: Sequence[bytes], *, talks: bool, deadline: Monotonic, cancel: Cancel) -> SlipResult:
        sent = 0
        try:
            for piece in pieces:
                self._line.send(piece, deadline, cancel)
                sent += len(piece)
                fault = _fault(self._ask(cancel)) if talks else None
                if fault is not None:
                    return self._fail(fault)
            return self._confirm(talks=talks, deadline=deadline, cancel=cancel)
        except DeviceGoneError:
            self._line.close()
            return self._lost(sent, sum(map(len, pieces)))
        except InterruptedTransferError as error:
            return self._interrupted(sent + error.sent, sum(map(len, pieces)))

    def _confirm(self, *, talks: bool, deadline: Monotonic, cancel: Cancel) -> SlipResult:
        """Wait for the answer in order; a fault met meanwhile is why it does not come."""
        seconds = self._settings.confirm_seconds if talks else self._settings.reply_seconds
        until = Monotonic(min(deadline, self._clock.monotonic() + seconds))
        self._answered_in_order = False
        self._line.send(escpos.ASK_IN_ORDER, until, cancel)
        while not self._answered_in_order and not cancel.cancelled and self._clock.monotonic() < until:
            self._take(self._line.receive(self._patience(until), cancel))
            if talks and not self._answered_in_order and (fault := _fault(self._ask(cancel))) is not None:
                return self._fail(fault)
        return SlipPrinted() if self._answered_in_order else SlipUnknown()

    def _fail(self, fault: FaultCode) -> SlipNotPrinted:
        """Part of the slip is on paper: the rest must not come out later, and the next slip must not hang on it."""
        self._leftover = True
        with suppress(DeviceGoneError, InterruptedTransferError):
            self._line.send(escpos.FORGET_JOB, self._patience(), Cancel())
            self._line.receive(
                self._patience(), Cancel()
            )  # those that obey say so: before that, a closed cover resumes
        return SlipNotPrinted(FaultCode.PAPER_RAN_OUT if fault is FaultCode.PAPER_OUT else fault, started=True)

    def _lost(self, sent: int, whole: int) -> SlipResult:
        """The printer went away. Once all was sent it may well have printed."""
        if sent == whole:
            return SlipUnknown(FaultCode.PRINTER_GONE)
        self._leftover = sent > 0
        return SlipNotPrinted(FaultCode.PRINTER_GONE, started=sent > 0)

    def _interrupted(self, sent: int, whole: int) -> SlipResult:
        """It takes no more bytes, or nobody waits any longer."""
        if sent >= whole:
            return SlipUnknown()
        if sent == 0:
            return SlipNotPrinted(FaultCode.PRINTER_SILENT, started=False)
        return self._fail(FaultCode.PRINTER_SILENT)

    def _be_connected(self) -> None:
        """A printer that was switched off and on closes its end; that shows only on reading."""
        try:
            self._line.open()
            self._line.discard()
        except DeviceGoneError:
            self._line.close()
            self._line.open()

    def _ask(self, cancel: Cancel) -> PrinterStatus:
        """All four questions of DLE EOT, up to the first that stays without an answer."""
        answers: dict[int, int | None] = {}
        for question in escpos.QUESTIONS:
            patience = self._patience()
            try:
                self._line.send(escpos.ask(question), patience, cancel)
            except InterruptedTransferError:
                break
            answers[question] = self._listen(patience, cancel)
            if answers[question] is None:
                break
        return escpos.status(answers)

    def _listen(self, patience: Monotonic, cancel: Cancel) -> int | None:
        """The next answer to DLE EOT, None when none comes in time."""
        while data := self._line.receive(patience, cancel):
            answer = self._take(data)
            if answer is not None:
                return answer
        return None

    def _take(self, data: bytes) -> int | None:
        """The first answer to DLE EOT in `data`; an answer in order is noted on the way."""
        self._answered_in_order |= any(map(escpos.is_in_order_answer, data))
        return next(filter(escpos.is_status, data), None)

    def _patience(self, until: Monotonic | None = None) -> Monotonic:
        """When to stop waiting for one answer."""
        soon = self._soon(self._settings.reply_seconds)
        return soon if until is None else Monotonic(min(until, soon))

    def _soon(self, seconds: float) -> Monotonic:
        return Monotonic(self._clock.monotonic() + seconds)


def _fault(status: PrinterStatus) -> FaultCode | None:
    """Why nothing can be printed; None also for what the printer does not say."""
    if status.cover_open:
        return FaultCode.PRINTER_OPEN
    if status.paper_out:
        return FaultCode.PAPER_OUT
    if status.jammed or status.broken or status.offline:
        return FaultCode.PRINTER_JAMMED
    return None


def _health(status: PrinterStatus) -> Health:
    """Cover and paper are a person's to mend, the rest is the machine's."""
    if status.silent:
        return Health(DeviceState.UNKNOWN, (FaultCode.PRINTER_SILENT,))
    fault = _fault(status)
    if fault is FaultCode.PRINTER_JAMMED:
        return Health(DeviceState.HARDWARE_ERROR, (fault,))
    if fault is not None:
        return Health(DeviceState.USER_ERROR, (fault,))
    return Health(DeviceState.ONLINE, (FaultCode.PAPER_LOW,) if status.paper_low else ())


def _line(settings: EscposSettings, clock: Clock) -> ByteStream:
    if not settings.address.startswith("/"):
        host, _, port = settings.address.rpartition(":")
        return tcp_stream(host, int(port), clock, settings.connect_seconds)
    if settings.baud is None:
        return device_stream(settings.address, clock)
    return serial_line(settings.address, settings.baud, clock)


def _make(settings: EscposSettings, host: Host) -> ReceiptPrinter:
    return EscposPrinter(_line(settings, host.clock), settings, host)


real: Driver[ReceiptPrinter] = Driver(EscposSettings, simulated=False, make=_make)
simulated: Driver[ReceiptPrinter] = Driver(EscposSettings, simulated=True, make=_make)
