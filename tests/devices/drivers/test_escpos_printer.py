"""What the driver believes of printers that are worse than the simulated one: clones, mutes, and lines that break."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from pydantic import ValidationError

from devices.drivers.escpos_printer import EscposPrinter, EscposSettings
from devices.transport.errors import DeviceGoneError, InterruptedTransferError
from devices.wire import escpos
from kiosk.domain.paper import CharacterSet, Cut, Line, PaperShape, Slip
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic
from kiosk.ports.driver import Host
from kiosk.ports.health import DeviceState
from kiosk.ports.receipt_printer import SlipNotPrinted, SlipPrinted, SlipUnknown

SETTINGS = EscposSettings(address="127.0.0.1:9100", reply_seconds=0.02, confirm_seconds=0.1)
SLIP = Slip(SETTINGS.shape, (Line("甲"), Cut()))
FINE = {1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}


def question(data: bytes) -> int | None:
    """Which DLE EOT this is."""
    return data[2] if data[:2] == b"\x10\x04" else None


@dataclass
class Clone:
    """A printer of `answers`; `in_order` is what it answers to GS r, `hook` sees every byte string first."""

    answers: dict[int, int] = field(default_factory=dict)
    in_order: bytes = b"\x00"
    hook: Callable[[bytes], None] = lambda _: None
    opened: bool = False
    sent: list[bytes] = field(default_factory=list)
    coming: bytearray = field(default_factory=bytearray)

    def open(self) -> None:
        self.opened = True

    def close(self) -> None:
        self.opened = False

    def discard(self) -> None:
        self.coming.clear()

    def send(self, data: bytes, deadline: Monotonic, cancel: Cancel) -> None:
        self.hook(data)
        asked = question(data)
        if asked in self.answers:
            self.coming.append(self.answers[asked])
        elif data == escpos.ASK_IN_ORDER:
            self.coming += self.in_order
        elif asked is None:
            self.sent.append(data)

    def receive(self, deadline: Monotonic, cancel: Cancel) -> bytes:
        data = bytes(self.coming)
        self.coming.clear()
        return data

    @property
    def job(self) -> bytes:
        return b"".join(self.sent)


def printer(line: Clone, host: Host) -> EscposPrinter:
    return EscposPrinter(line, SETTINGS, host)


def far(host: Host) -> Monotonic:
    return Monotonic(host.clock.monotonic() + 30)


@pytest.mark.parametrize(
    ("changed", "state", "warnings"),
    [
        ({}, DeviceState.ONLINE, ()),
        ({4: 0x1E}, DeviceState.ONLINE, (FaultCode.PAPER_LOW,)),
        ({1: 0x1A, 2: 0x32, 4: 0x7E}, DeviceState.USER_ERROR, (FaultCode.PAPER_OUT,)),
        ({4: 0x72}, DeviceState.USER_ERROR, (FaultCode.PAPER_OUT,)),
        ({1: 0x1A, 2: 0x16}, DeviceState.USER_ERROR, (FaultCode.PRINTER_OPEN,)),
        ({2: 0x16, 4: 0x72}, DeviceState.USER_ERROR, (FaultCode.PRINTER_OPEN,)),
        ({1: 0x1A, 3: 0x1A}, DeviceState.HARDWARE_ERROR, (FaultCode.PRINTER_JAMMED,)),
        ({1: 0x1A, 3: 0x32}, DeviceState.HARDWARE_ERROR, (FaultCode.PRINTER_JAMMED,)),
        ({1: 0x1A}, DeviceState.HARDWARE_ERROR, (FaultCode.PRINTER_JAMMED,)),
    ],
)
def test_status_bytes_become_one_word_and_warnings(
    host: Host, changed: dict[int, int], state: DeviceState, warnings: tuple[FaultCode, ...]
) -> None:
    health = printer(Clone({**FINE, **changed}), host).status()
    assert (health.state, health.warnings) == (state, warnings)


@pytest.mark.parametrize("answers", [{}, dict.fromkeys(FINE, 0x00), dict.fromkeys(FINE, 0xFF)])
def test_silence_and_nonsense_are_unknown_and_never_paper_out(host: Host, answers: dict[int, int]) -> None:
    health = printer(Clone(answers), host).status()
    assert (health.state, health.warnings) == (DeviceState.UNKNOWN, (FaultCode.PRINTER_SILENT,))
    assert health.usable


def test_a_printer_that_answers_one_question_only_is_taken_at_its_word(host: Host) -> None:
    assert printer(Clone({1: 0x12}), host).status().state is DeviceState.ONLINE


@pytest.mark.parametrize("in_order", [b"\x00", b"\x0f", b"\x03", b"\x0c", b"\x12\x00"])
def test_any_answer_in_order_means_printed(host: Host, in_order: bytes) -> None:
    line = Clone(dict(FINE), in_order=in_order)
    assert printer(line, host).print(SLIP, far(host), Cancel()) == SlipPrinted()
    assert line.job == b"".join(escpos.encode(SLIP))


def test_a_clone_without_an_answer_in_order_leaves_it_open(host: Host) -> None:
    line = Clone(dict(FINE), in_order=b"")
    assert printer(line, host).print(SLIP, far(host), Cancel()) == SlipUnknown()


def test_a_real_time_answer_is_not_taken_for_one_in_order(host: Host) -> None:
    line = Clone(dict(FINE), in_order=b"\x12\x12")
    assert printer(line, host).print(SLIP, far(host), Cancel()) == SlipUnknown()


def test_a_mute_printer_prints_and_leaves_it_open(host: Host) -> None:
    line = Clone(in_order=b"")
    assert printer(line, host).print(SLIP, far(host), Cancel()) == SlipUnknown(FaultCode.PRINTER_SILENT)
    assert line.job == b"".join(escpos.encode(SLIP))


def test_paper_that_ends_while_waiting_for_the_answer_in_order_is_told_and_the_job_forgotten(host: Host) -> None:
    line = Clone(dict(FINE), in_order=b"")

    def end_of_paper(data: bytes) -> None:
        if data == escpos.ASK_IN_ORDER:
            line.answers |= {1: 0x1A, 4: 0x72}

    line.hook = end_of_paper
    device = printer(line, host)
    assert device.print(SLIP, far(host), Cancel()) == SlipNotPrinted(FaultCode.PAPER_RAN_OUT, started=True)
    assert line.sent[-1] == escpos.FORGET_JOB


def test_what_a_failed_slip_left_is_parted_from_the_next_once(host: Host) -> None:
    line = Clone(dict(FINE), in_order=b"")
    device = printer(line, host)
    line.hook = lambda data: line.answers.update({2: 0x16}) if data == escpos.ASK_IN_ORDER else None
    assert device.print(SLIP, far(host), Cancel()) == SlipNotPrinted(FaultCode.PRINTER_OPEN, started=True)
    line.hook, line.answers, line.in_order = (lambda _: None), dict(FINE), b"\x00"
    whole = b"".join(escpos.encode(SLIP))
    for expected in (escpos.part_leftover(SETTINGS.shape) + whole, whole):
        line.sent.clear()
        assert device.print(SLIP, far(host), Cancel()) == SlipPrinted()
        assert line.job == expected


def test_a_line_that_breaks_before_the_last_byte_leaves_nothing_usable(host: Host) -> None:
    line = Clone(dict(FINE))

    def break_down(data: bytes) -> None:
        if question(data) is None:
            raise DeviceGoneError

    line.hook = break_down
    assert printer(line, host).print(SLIP, far(host), Cancel()) == SlipNotPrinted(FaultCode.PRINTER_GONE, started=False)
    assert not line.opened


def test_a_line_that_breaks_after_the_last_byte_leaves_it_open(host: Host) -> None:
    line = Clone(dict(FINE))

    def break_down(data: bytes) -> None:
        if data == escpos.ASK_IN_ORDER:
            raise DeviceGoneError

    line.hook = break_down
    assert printer(line, host).print(SLIP, far(host), Cancel()) == SlipUnknown(FaultCode.PRINTER_GONE)


@pytest.mark.parametrize(("taken", "started"), [(0, False), (5, True)])
def test_a_printer_that_takes_no_more_bytes_has_not_printed(host: Host, taken: int, started: bool) -> None:
    line = Clone(dict(FINE))

    def block(data: bytes) -> None:
        if question(data) is None and data != escpos.FORGET_JOB:
            raise InterruptedTransferError(taken)

    line.hook = block
    result = printer(line, host).print(SLIP, far(host), Cancel())
    assert result == SlipNotPrinted(FaultCode.PRINTER_SILENT, started=started)


def test_settings_state_the_paper() -> None:
    assert EscposSettings(address="10.0.0.5:9100").shape == PaperShape(80, 576, 48)
    narrow = EscposSettings(address="/dev/usb/lp0", width_mm=58, characters=CharacterSet.GB18030, cutter=False)
    assert narrow.shape == PaperShape(58, 384, 32, CharacterSet.GB18030, cutter=False)
    assert EscposSettings(address="h:1", dots=512, columns=42).shape == PaperShape(80, 512, 42)


@pytest.mark.parametrize(
    "wrong",
    [
        {"address": "lp0"},
        {"address": "host"},
        {"address": "host:x"},
        {"address": "h:1", "paper": 80},
        {"address": "h:1", "width_mm": 60},
        {"address": "h:1", "dots": 500},
    ],
)
def test_settings_that_make_no_sense_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        EscposSettings.model_validate(wrong)
