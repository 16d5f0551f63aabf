import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.sim.printer import grammar
from devices.sim.printer.grammar import Character, Operation, Parsed, Violation, parse

WHOLE = [
    ("1B40", grammar.Reset()),
    ("1C26", grammar.ChineseMode(True)),
    ("1C2E", grammar.ChineseMode(False)),
    ("1B6102", grammar.Justify(2)),
    ("1B4501", grammar.Embolden(True)),
    ("1D2111", grammar.Magnify(2, 2)),
    ("1D2170", grammar.Magnify(8, 1)),
    ("41", Character("A", 1)),
    ("D2BD", Character("医", 2)),
    ("8230A034", Character(bytes.fromhex("8230A034").decode("gb18030"), 4)),
    ("0A", grammar.EndRow()),
    ("1B6403", grammar.FeedRows(3)),
    ("1D5600", grammar.CutHere(feed=False)),
    ("1D564200", grammar.CutHere(feed=True)),
    ("1D7201", grammar.TellInOrder(1)),
    ("1D763000 0200 0300 A1A2A3A4A5A6", grammar.Picture(2, 3, bytes.fromhex("A1A2A3A4A5A6"))),
    ("1D763003 0200 0100 A1A2", grammar.Picture(2, 1, bytes.fromhex("A1A2"), scale=2)),
    ("1D286B0400 31413200", grammar.QrModel(2)),
    ("1D286B0300 314306", grammar.QrModule(6)),
    ("1D286B0300 314531", grammar.QrLevel("M")),
    ("1D286B0500 3150304142", grammar.QrContent(b"AB")),
    ("1D286B0300 315130", grammar.QrDraw()),
]


@pytest.mark.parametrize(("wire", "operation"), WHOLE)
def test_commands_are_understood_whole_and_never_in_part(wire: str, operation: Operation) -> None:
    raw = bytes.fromhex(wire)
    assert parse(raw + b"rest", chinese=True) == Parsed(operation, len(raw))
    for end in range(1, len(raw)):
        assert parse(raw[:end], chinese=True) is None


@pytest.mark.parametrize(
    "wire",
    [
        "00",
        "07",
        "0D",
        "80",
        "FF",
        "1B21 01",
        "1B6103",
        "1B4502",
        "1D2188",
        "1D7203",
        "1D5605",
        "1D763001 0100 0100 00",
        "1D763000 0000 0100",
        "1D286B0300 314311",
        "1D286B0300 314534",
        "1D286B0400 31413300",
        "1D286B0300 325130",
        "1D28410200 3001",
        "1F1B",
        "8130FF30",
        "D23F",
        "81FF",
    ],
)
def test_what_is_no_command_of_this_printer_is_a_violation(wire: str) -> None:
    parsed = parse(bytes.fromhex(wire) + bytes(4), chinese=True)
    assert parsed is not None
    assert isinstance(parsed.operation, Violation)


def test_a_hanzi_outside_of_chinese_mode_is_a_violation() -> None:
    parsed = parse("医".encode("gbk"), chinese=False)
    assert parsed is not None
    assert isinstance(parsed.operation, Violation)


@given(st.binary(min_size=1, max_size=300), st.booleans())
def test_no_bytes_are_too_odd(data: bytes, chinese: bool) -> None:
    while data and (parsed := parse(data, chinese=chinese)) is not None:
        assert 0 < parsed.used <= len(data)
        data = data[parsed.used :]
