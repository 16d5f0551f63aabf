"""The simulated printer obeys physics and forgives nothing."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from devices.sim.printer import drawing
from devices.sim.printer.mechanism import Characters, Mishap, Model, Sheet
from devices.sim.printer.printer import Printer

START = b"\x1b@\x1c&"
CUT = b"\x1dVB\x00"
FORGET = bytes.fromhex("10 14 08 01 03 14 01 06 02 08")


@dataclass
class Desk:
    """A printer with everything that came out of it; `pending` are its timers, run by `run`."""

    model: Model = field(default_factory=Model)
    sheets: list[Sheet] = field(default_factory=list)
    said: bytearray = field(default_factory=bytearray)
    pending: list[tuple[float, Callable[[], None]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.printer = Printer(self.model, self.sheets.append, lambda seconds, act: self.pending.append((seconds, act)))

    def send(self, data: bytes) -> None:
        self.printer.receive(data, self.hear)
        self.run()

    def hear(self, data: bytes) -> None:
        self.said += data

    def run(self) -> float:
        """Let time pass until nothing is due; how long it took."""
        passed = 0.0
        while self.pending:
            seconds, act = self.pending.pop(0)
            passed += seconds
            act()
        return passed

    def ask(self, question: int) -> int:
        self.said.clear()
        self.send(bytes((0x10, 0x04, question)))
        return self.said[0]


@pytest.fixture
def desk() -> Desk:
    return Desk()


def rows(*texts: str) -> bytes:
    return START + b"".join(text.encode("gb18030") + b"\n" for text in texts)


def test_a_slip_begins_below_the_blade_and_ends_with_its_last_row(desk: Desk) -> None:
    desk.send(rows("甲", "乙") + CUT)
    (sheet,) = desk.sheets
    assert sheet.rows == ["甲", "乙"]
    assert sheet.complete
    assert sheet.dot_rows == 96 + 2 * 30


def test_cutting_without_feeding_cuts_off_what_was_just_printed(desk: Desk) -> None:
    desk.send(rows("甲") + b"\x1dV\x00")
    assert desk.printer.violations == ["cut through what was just printed"]


def test_a_picture_is_printed_dot_by_dot(desk: Desk) -> None:
    desk.send(START + bytes.fromhex("1D763000 0100 0200 80 01") + CUT)
    paper = drawing.stacked(desk.sheets[0].strips, 576)
    black = {(x, y) for y in range(paper.height) for x in range(576) if paper.getpixel((x, y)) == 0}
    assert black == {(0, 96), (7, 97)}


def test_a_qr_code_is_drawn_from_what_was_stored(desk: Desk) -> None:
    qr = "1D286B0400314132 00 1D286B0300314306 1D286B0300314531 1D286B0500315030 4142 1D286B0300315130"
    desk.send(START + bytes.fromhex(qr) + CUT)
    assert desk.sheets[0].codes == ["AB"]
    assert desk.sheets[0].marked


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\x07", "no command begins so: 07"),
        (START + "十".encode("gbk") * 25 + b"\n", "a row wider than the paper"),
        (START + "𬭎".encode("gb18030") + b"\n", "a four-byte character on a printer that has GBK only"),
        (START + b"A" + CUT, "a row was not ended"),
        (START + b"A\x1ba\x01\n", "justification inside a row"),
        (START + bytes.fromhex("1D763000 4900 0100") + bytes(73), "a picture wider than the paper"),
        (START + bytes.fromhex("1D286B0300315130"), "a QR code without content"),
        (START + bytes.fromhex("1D286B0400314131 00"), "QR model 1 is not read by telephones"),
        (b"\x10\x05\x01", "an unknown real-time command"),
    ],
)
def test_what_a_driver_must_not_send_is_noted(desk: Desk, data: bytes, why: str) -> None:
    desk.send(data)
    assert why in desk.printer.violations


def test_a_printer_without_qr_codes_says_so() -> None:
    desk = Desk(Model(native_qr=False))
    desk.send(START + bytes.fromhex("1D286B0500315030 4142 1D286B0300315130"))
    assert desk.printer.violations == ["this printer draws no QR codes"]


def test_a_printer_with_gb18030_prints_rare_characters() -> None:
    desk = Desk(Model(characters=Characters.GB18030))
    desk.send(rows("张𬭎") + CUT)
    assert desk.sheets[0].rows == ["张𬭎"]
    assert desk.printer.violations == []


def test_narrow_paper_holds_32_columns() -> None:
    desk = Desk(Model(58))
    desk.send(rows("十" * 16) + CUT)
    assert desk.printer.violations == []
    desk.send(rows("十" * 16 + "A"))
    assert desk.printer.violations == ["a row wider than the paper"]


def test_paper_ends_at_its_row_and_the_rest_waits(desk: Desk) -> None:
    desk.printer.mechanism.arm(Mishap.PAPER_OUT, 60 / 8)
    desk.send(rows("甲", "乙", "丙") + CUT + b"\x1dr\x01")
    assert desk.sheets == []
    assert desk.printer.mechanism.sheet.rows == ["甲", "乙"]
    assert desk.ask(1) == 0x1A
    assert desk.ask(2) == 0x32
    assert desk.ask(4) == 0x72
    desk.said.clear()
    desk.printer.mechanism.load_paper(low=False)
    desk.printer.work()
    desk.run()
    assert [(sheet.rows, sheet.complete) for sheet in desk.sheets] == [(["甲", "乙"], False), (["丙"], True)]
    assert desk.said == b"\x00"


def test_a_row_the_paper_is_too_short_for_is_lost(desk: Desk) -> None:
    desk.printer.mechanism.arm(Mishap.PAPER_OUT, 45 / 8)
    desk.send(rows("甲", "乙"))
    assert desk.printer.mechanism.sheet.rows == ["甲"]
    assert desk.printer.mechanism.sheet.dot_rows == 96 + 45


def test_what_waits_can_be_forgotten(desk: Desk) -> None:
    desk.printer.mechanism.arm(Mishap.COVER_OPEN, 1)
    desk.send(rows("甲", "乙") + CUT + FORGET)
    assert desk.said == b"\x37\x25\x00"
    desk.printer.mechanism.cover_open = False
    desk.printer.work()
    desk.run()
    assert desk.sheets == []


def test_an_open_cover_is_told_by_its_own_bit(desk: Desk) -> None:
    desk.printer.mechanism.arm(Mishap.COVER_OPEN, 0)
    assert (desk.ask(1), desk.ask(2), desk.ask(4)) == (0x1A, 0x16, 0x12)


def test_paper_near_its_end_is_told_and_does_not_stop_anything(desk: Desk) -> None:
    desk.printer.mechanism.load_paper(low=True)
    assert (desk.ask(1), desk.ask(4)) == (0x12, 0x1E)
    desk.said.clear()
    desk.send(rows("甲") + CUT + b"\x1dr\x01")
    assert desk.said == b"\x03"


def test_a_stuck_blade_shows_at_the_cut(desk: Desk) -> None:
    desk.printer.mechanism.blade_stuck = True
    desk.send(rows("甲"))
    assert desk.ask(3) == 0x12
    desk.send(CUT + b"\x1dr\x01")
    assert (desk.ask(1), desk.ask(2), desk.ask(3)) == (0x1A, 0x52, 0x1A)
    assert desk.sheets == []


def test_without_a_cutter_the_paper_is_torn_off() -> None:
    desk = Desk(Model(cutter=False))
    desk.send(rows("甲") + b"\x1bd\x05")
    desk.printer.mechanism.tear_off()
    assert [(sheet.rows, sheet.complete) for sheet in desk.sheets] == [(["甲"], True)]
    desk.send(CUT)
    assert desk.printer.violations == ["this printer has no cutter"]


def test_a_silent_printer_prints_and_says_nothing(desk: Desk) -> None:
    desk.printer.silent = True
    desk.send(b"\x10\x04\x01" + rows("甲") + CUT + b"\x1dr\x01")
    assert desk.said == b""
    assert desk.sheets[0].rows == ["甲"]


def test_a_slow_printer_takes_its_time(desk: Desk) -> None:
    desk.printer.rows_per_second = 30
    desk.printer.receive(rows("甲", "乙", "丙"), desk.hear)
    assert desk.run() == pytest.approx(3)


def test_status_is_answered_in_the_middle_of_a_slip(desk: Desk) -> None:
    desk.printer.receive(rows("甲", "乙") + CUT, desk.hear)
    assert desk.sheets == []
    desk.printer.receive(b"\x10\x04\x01", desk.hear)
    assert desk.said == b"\x12"


def test_a_command_may_come_in_pieces(desk: Desk) -> None:
    for byte in rows("甲") + CUT:
        desk.send(bytes((byte,)))
    assert desk.sheets[0].rows == ["甲"]
    assert desk.sheets[0].raw == rows("甲") + CUT


def test_an_answer_goes_to_whoever_asked(desk: Desk) -> None:
    other = bytearray()
    desk.printer.receive(b"\x10\x04\x01", other.extend)
    assert (bytes(other), bytes(desk.said)) == (b"\x12", b"")


def test_a_picture_of_a_slip_says_that_it_is_simulated_beside_the_paper_and_not_on_it(desk: Desk) -> None:
    desk.send(rows("甲") + CUT)
    paper = drawing.stacked(desk.sheets[0].strips, 576)
    photo = drawing.photograph(paper, 640)
    on_paper = photo.crop((44 + 32, 22, 44 + 32 + 576, 22 + paper.height))
    assert on_paper.tobytes() == paper.tobytes()
    beside = photo.crop((0, 0, 44, photo.height))
    assert min(beside.tobytes()) < 200
