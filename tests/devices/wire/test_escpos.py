import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.wire import escpos
from devices.wire.escpos import PrinterStatus
from kiosk.domain.paper import Align, CharacterSet, Cut, Feed, Line, PaperItem, PaperShape, Qr, Raster, Rule, Slip

NARROW = PaperShape(58, 384, 32)
WIDE = PaperShape(80, 576, 48, CharacterSet.GB18030)
REAL_TIME = (b"\x10\x04", b"\x10\x05", b"\x10\x14")


def encoded(*items: PaperItem, shape: PaperShape = WIDE) -> bytes:
    return b"".join(escpos.encode(Slip(shape, items)))


def body(*items: PaperItem, shape: PaperShape = WIDE) -> bytes:
    return encoded(*items, shape=shape).removeprefix(escpos.INITIALISE)


def test_every_slip_begins_with_a_reset_into_chinese_mode() -> None:
    assert encoded() == bytes.fromhex("1B40 1C26")


@pytest.mark.parametrize(
    ("item", "wire"),
    [
        (Line("门诊"), "C3C5D5EF 0A"),
        (Line("A1", bold=True, scale=2, align=Align.CENTRE), "1B6101 1B4501 1D2111 4131 0A"),
        (Line(""), "0A"),
        (Feed(3), "1B6403"),
        (Cut(), "1D564200"),
        (Raster(8, 2, b"\xaa\x55"), "1B6101 1D763000 0100 0200 AA55"),
    ],
)
def test_items_become_their_commands(item: PaperItem, wire: str) -> None:
    assert body(item).hex() == bytes.fromhex(wire).hex()


def test_a_row_is_told_only_what_differs_from_the_row_before() -> None:
    title, plain = Line("门诊", bold=True, scale=2, align=Align.CENTRE), Line("A1")
    large = "1B6101 1B4501 1D2111 C3C5D5EF 0A"
    assert body(title, title, plain, plain) == bytes.fromhex(
        f"{large} C3C5D5EF 0A 1B6100 1B4500 1D2100 4131 0A 4131 0A"
    )


def test_what_was_drawn_in_the_middle_does_not_move_the_next_row() -> None:
    assert body(Raster(8, 1, b"\xaa"), Line("A1")) == bytes.fromhex("1B6101 1D763000 0100 0100 AA 1B6100 4131 0A")


def test_a_qr_code_is_the_five_native_functions() -> None:
    wire = "1B6101 1D286B0400314132 00 1D286B0300314306 1D286B0300314531 1D286B0500315030 4142 1D286B0300315130"
    assert body(Qr("AB")).hex() == bytes.fromhex(wire).hex()


def test_chinese_content_of_a_qr_code_is_utf_8() -> None:
    assert "医保".encode() in body(Qr("医保"))


def test_a_printer_without_cutter_is_fed_to_its_tear_bar() -> None:
    shape = PaperShape(58, 384, 32, cutter=False)
    assert body(Cut(), shape=shape) == escpos.part_leftover(shape) == bytes.fromhex("1B6405")


def test_rare_characters_go_out_in_four_bytes_where_the_printer_has_them() -> None:
    assert "𬭎".encode("gb18030") in body(Line("张𬭎"))


@pytest.mark.parametrize(
    ("item", "shape"),
    [
        (Line("张𬭎"), NARROW),
        (Line("张三"), PaperShape(58, 384, 32, CharacterSet.NONE)),
        (Line("一二三四五六七八九十一二三四五六七"), NARROW),
        (Line("一二三四五六七八九", scale=2), NARROW),
        (Line("两\n行"), WIDE),
        (Raster(392, 1, bytes(49)), NARROW),
        (Qr("A"), PaperShape(58, 384, 32, native_qr=False)),
    ],
)
def test_what_does_not_fit_the_printer_is_a_defect_and_never_a_question_mark(
    item: PaperItem, shape: PaperShape
) -> None:
    with pytest.raises(ValueError):
        encoded(item, shape=shape)


def test_a_full_row_fits() -> None:
    assert body(Line("一二三四五六七八九十一二三四五六"), shape=NARROW)


@given(st.integers(1, 48), st.integers(1, 120), st.data())
def test_a_raster_is_sent_whole_in_bands(stride: int, height: int, data: st.DataObject) -> None:
    bits = data.draw(st.binary(min_size=stride * height, max_size=stride * height))
    sent, rows = bytearray(), 0
    commands = list(escpos.encode(Slip(NARROW, (Raster(stride * 8, height, bits),))))[1:]
    centred = bytes.fromhex("1B6101")
    assert commands[0].startswith(centred)
    for command in (commands[0].removeprefix(centred), *commands[1:]):
        header, band = command[:8], command[8:]
        assert header[:6] == bytes.fromhex("1D763000") + stride.to_bytes(2, "little")
        rows += int.from_bytes(header[6:], "little")
        sent += band
    assert rows == height
    assert len(sent) == len(bits)
    assert all(now & was == was for now, was in zip(sent, bits, strict=True)), "a dot was lost"


@given(st.lists(st.sampled_from([0x10, 0x04, 0x05, 0x14, 0x01]), min_size=2 * 64, max_size=2 * 64))
def test_no_picture_contains_a_real_time_command(dots: list[int]) -> None:
    sent = body(Raster(16, 64, bytes(dots)))
    assert not any(command in sent for command in REAL_TIME)


@pytest.mark.parametrize(("heavy", "black_rows"), [(False, 1), (True, 2)])
def test_a_rule_crosses_the_whole_paper_as_a_picture_that_the_printer_doubles(heavy: bool, black_rows: int) -> None:
    sent = body(Rule(heavy=heavy), shape=NARROW)
    assert sent[:11] == bytes.fromhex("1B6101 1D763003 1800 0400")
    assert sent.count(b"\xff") == black_rows * 24
    assert len(sent) == 11 + 4 * 24


@given(st.lists(st.binary(min_size=1, max_size=50)), st.integers(1, 200))
def test_joining_commands_loses_none_and_cuts_none(commands: list[bytes], size: int) -> None:
    pieces = list(escpos.commands_within(iter(commands), size))
    assert b"".join(pieces) == b"".join(commands)
    ends = {sum(map(len, commands[: count + 1])) for count in range(len(commands))}
    assert {sum(map(len, pieces[: count + 1])) for count in range(len(pieces))} <= ends
    assert all(len(piece) >= size for piece in pieces[:-1])


FINE = {1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}


def test_a_printer_that_says_nothing_is_not_one_without_paper() -> None:
    status = escpos.status(dict.fromkeys(escpos.QUESTIONS))
    assert status.silent
    assert status.paper_out is None


@pytest.mark.parametrize("byte", [0x00, 0xFF, 0x0F, 0x60, 0x37, 0x93])
def test_a_byte_without_the_fixed_bits_says_nothing(byte: int) -> None:
    assert not escpos.is_status(byte)
    assert escpos.status(dict.fromkeys(escpos.QUESTIONS, byte)).silent


def test_a_printer_in_order_says_so() -> None:
    assert escpos.status({**FINE}) == PrinterStatus(False, False, False, False, False, False)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({1: 0x1A}, {"offline": True}),
        ({2: 0x16}, {"cover_open": True}),
        ({2: 0x32}, {"paper_out": True}),
        ({4: 0x72}, {"paper_out": True}),
        ({4: 0x7E}, {"paper_out": True, "paper_low": True}),
        ({4: 0x1E}, {"paper_low": True}),
        ({3: 0x1A}, {"jammed": True}),
        ({3: 0x32}, {"broken": True}),
    ],
)
def test_status_bits_have_the_documented_meaning(answers: dict[int, int], said: dict[str, bool]) -> None:
    status = escpos.status({**FINE, **answers})
    fine = dict.fromkeys(("offline", "cover_open", "paper_out", "paper_low", "jammed", "broken"), False)
    assert status == PrinterStatus(**{**fine, **said})


def test_what_was_not_answered_stays_unknown_beside_what_was() -> None:
    status = escpos.status({1: 0x12, 2: None, 3: None, 4: 0x12})
    assert (status.offline, status.cover_open, status.paper_out, status.jammed) == (False, None, False, None)


@given(st.integers(0, 255))
def test_an_answer_in_order_is_never_taken_for_a_real_time_one(byte: int) -> None:
    assert not (escpos.is_status(byte) and escpos.is_in_order_answer(byte))


@pytest.mark.parametrize("byte", [0x00, 0x03, 0x0C, 0x0F])
def test_an_answer_in_order_counts_whatever_it_says_of_the_paper(byte: int) -> None:
    assert escpos.is_in_order_answer(byte)
