import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.wire.scanner import LONGEST_CODE, Dialect, Frame, Framer, Rejection, Reply, answers, trigger
from kiosk.domain.personal import Voucher

ENDS = [b"\r", b"\n", b"\r\n"]
CODE = "134567890123456789"
ACK = b"\x02\x010000#SCNTRG1\x06;\x03"


def framed(*pieces: bytes, terminated: bool = True, dialect: Dialect = Dialect.NEWLAND) -> list[Frame]:
    """All frames of these pieces, followed by silence."""
    framer = Framer(dialect, terminated=terminated)
    frames = [frame for piece in pieces for frame in framer.feed(piece)]
    return frames + framer.silence()


@pytest.mark.parametrize("end", ENDS)
@given(at=st.integers(0, 40))
def test_a_code_is_whole_wherever_the_line_splits_it(end: bytes, at: int) -> None:
    stream = CODE.encode() + end + b"4240" + end
    assert framed(stream[:at], stream[at:]) == [Voucher(CODE), Voucher("4240")]


@given(st.lists(st.integers(1, 5), max_size=60), st.sampled_from(ENDS))
def test_splits_never_matter(sizes: list[int], end: bytes) -> None:
    stream = (ACK + CODE.encode() + end) * 3
    pieces, start = [], 0
    for size in sizes:
        pieces.append(stream[start : start + size])
        start += size
    assert framed(*pieces, stream[start:]) == [Reply.ACK, Voucher(CODE)] * 3


def test_silence_ends_a_code_where_no_terminator_is_agreed() -> None:
    assert framed(CODE.encode(), terminated=False) == [Voucher(CODE)]


def test_silence_spoils_a_code_that_lacks_its_terminator() -> None:
    assert framed(CODE.encode()) == [Rejection.CUT_SHORT]


def test_after_a_cut_code_the_next_is_whole() -> None:
    framer = Framer(Dialect.NONE, terminated=True)
    assert (framer.feed(b"4240"), framer.silence()) == ([], [Rejection.CUT_SHORT])
    assert framer.feed(b"4241\r") == [Voucher("4241")]


def test_silence_means_something_only_while_a_code_is_under_way() -> None:
    framer = Framer(Dialect.NEWLAND, terminated=True)
    pending: list[bool] = []
    for piece in (b"42", b"40\r", b"\x02", b"\x06;\x03"):
        framer.feed(piece)
        pending.append(framer.pending)
    assert pending == [True, False, True, False]


@pytest.mark.parametrize("control", [b"\x00", b"\x1b", b"\x7f", b"\xc2\x85", b"\x02"])
def test_a_code_with_a_control_character_is_refused(control: bytes) -> None:
    assert framed(b"42" + control + b"40\r", b"4241\r") == [Rejection.CONTROL_CHARACTER, Voucher("4241")]


def test_bytes_that_are_no_text_are_refused() -> None:
    assert framed(b"\xd5\xc5\xff\r") == [Rejection.NO_TEXT]
    assert framed(b"   \r") == [Rejection.NO_TEXT]


@pytest.mark.parametrize("length", [LONGEST_CODE + 1, 4096, 100_000])
def test_too_long_is_refused_once_and_the_next_code_is_read(length: int) -> None:
    assert framed(b"1" * length + b"\r", b"4241\r") == [Rejection.TOO_LONG, Voucher("4241")]
    assert framed(b"1" * length) == [Rejection.TOO_LONG]


def test_the_longest_code_is_taken() -> None:
    assert framed(b"1" * LONGEST_CODE + b"\r") == [Voucher("1" * LONGEST_CODE)]


@pytest.mark.parametrize("prefix", ["]Q1", "]C0", "]d2"])
def test_the_symbology_prefix_is_no_part_of_the_code(prefix: str) -> None:
    assert framed(f"{prefix}{CODE}\r".encode()) == [Voucher(CODE)]


@pytest.mark.parametrize(("byte", "reply"), [(b"\x06", Reply.ACK), (b"\x15", Reply.NAK), (b"\x05", Reply.ENQ)])
def test_replies_are_told_from_codes(byte: bytes, reply: Reply) -> None:
    answer = b"\x02\x010000#SCNTRG1" + byte + b";\x03"
    assert framed(answer + b"4241\r", answer) == [reply, Voucher("4241"), reply]


def test_a_scanner_that_never_replies_may_not_send_what_looks_like_one() -> None:
    assert framed(ACK + b"\r", dialect=Dialect.HONEYWELL) == [Rejection.CONTROL_CHARACTER]


@pytest.mark.parametrize("broken", [b"\x02\x06\x03", b"\x02;\x03", b"\x02#SCNTRG1?;\x03"])
def test_a_reply_that_says_neither_yes_nor_no_is_refused(broken: bytes) -> None:
    assert framed(broken) == [Rejection.CONTROL_CHARACTER]


def test_a_reply_that_never_ends_is_given_up() -> None:
    assert framed(b"\x02" + b"0" * 65 + b"\r4241\r") == [Rejection.TOO_LONG, Voucher("4241")]
    assert framed(b"\x02\x01", b"") == []


@given(st.binary(max_size=2000), st.booleans(), st.sampled_from(Dialect))
def test_no_bytes_are_too_odd(data: bytes, terminated: bool, dialect: Dialect) -> None:
    for frame in framed(data, terminated=terminated, dialect=dialect):
        assert isinstance(frame, Voucher | Rejection | Reply)
        if isinstance(frame, Voucher):
            assert 0 < len(frame.reveal()) <= LONGEST_CODE


@pytest.mark.parametrize(
    ("dialect", "start", "stop"),
    [
        (Dialect.NEWLAND, "7E013030303023 53434E54524731 3B03", "7E013030303023 53434E54524730 3B03"),
        (Dialect.HONEYWELL, "16540D", "16550D"),
        (Dialect.NONE, "", ""),
    ],
)
def test_triggers_are_the_vendors(dialect: Dialect, start: str, stop: str) -> None:
    assert trigger(dialect, on=True) == bytes.fromhex(start)
    assert trigger(dialect, on=False) == bytes.fromhex(stop)


def test_only_newland_acknowledges() -> None:
    assert [answers(dialect) for dialect in (Dialect.NEWLAND, Dialect.HONEYWELL, Dialect.NONE)] == [True, False, False]


def test_no_command_writes_to_the_flash() -> None:
    """Newland marks what is kept by `@`, Honeywell by a dot at the end; both wear their scanner out."""
    commands = [trigger(dialect, on=on) for dialect in Dialect for on in (True, False)]
    assert len([command for command in commands if command]) == 4
    assert not [command for command in commands if b"@" in command or command.endswith(b".")]
