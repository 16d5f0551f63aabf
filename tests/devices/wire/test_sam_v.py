import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.wire import sam_v
from devices.wire.sam_v import Answer, Ask, Flaw, Framer, Status

TEXT, PORTRAIT = bytes(range(256)), b"WLf\x00" * 256
READ_BODY = b"\x01\x00\x04\x00" + TEXT + PORTRAIT


def answer_bytes(status: int, data: bytes = b"", *, spoil: int = 0) -> bytes:
    """An answer as the standard writes it; `spoil` is added to its check byte."""
    body = b"\x00\x00" + bytes((status,)) + data
    counted = (len(body) + 1).to_bytes(2, "big") + body
    check = 0
    for byte in counted:
        check ^= byte
    return bytes.fromhex("AAAAAA9669") + counted + bytes((check ^ spoil,))


NONE = answer_bytes(0x80)
READ = answer_bytes(0x90, READ_BODY)


def framed(*pieces: bytes) -> list[Answer | Flaw]:
    framer = Framer()
    found = [each for piece in pieces for each in framer.feed(piece)]
    return found + framer.silence()


@pytest.mark.parametrize(
    ("ask", "frame"),
    [
        (Ask.RESET, "AAAAAA9669 0003 10FF EC"),
        (Ask.STATUS, "AAAAAA9669 0003 11FF ED"),
        (Ask.FIND, "AAAAAA9669 0003 2001 22"),
        (Ask.SELECT, "AAAAAA9669 0003 2002 21"),
        (Ask.READ, "AAAAAA9669 0003 3001 32"),
        (Ask.BAUD_115200, "AAAAAA9669 0003 6000 63"),
        (Ask.BAUD_9600, "AAAAAA9669 0003 6004 67"),
    ],
)
def test_commands_are_those_of_the_standard(ask: Ask, frame: str) -> None:
    assert sam_v.command(ask) == bytes.fromhex(frame)


@pytest.mark.parametrize(
    ("frame", "answer"),
    [
        ("AAAAAA9669 0004 000090 94", Answer(Status.DONE)),
        ("AAAAAA9669 0004 000080 84", Answer(Status.NONE_FOUND)),
        ("AAAAAA9669 0004 000041 45", Answer(Status.NOT_READ)),
        ("AAAAAA9669 0004 000081 85", Answer(Status.NOT_SELECTED)),
        ("AAAAAA9669 0008 00009F 00000000 97", Answer(Status.FOUND, bytes(4))),
    ],
)
def test_answers_are_those_of_the_standard(frame: str, answer: Answer) -> None:
    assert framed(bytes.fromhex(frame)) == [answer]


def test_the_answer_with_a_card_has_the_length_of_the_standard() -> None:
    assert len(READ) == 1295
    assert READ[:14] == bytes.fromhex("AAAAAA9669 0508 000090 0100 0400")


def test_every_speed_has_its_command_in_the_order_of_the_standard() -> None:
    assert list(sam_v.SET_BAUD) == [115200, 57600, 38400, 19200, 9600]
    assert [ask[1] for ask in sam_v.SET_BAUD.values()] == [0, 1, 2, 3, 4]


@given(st.integers(0, len(READ)))
def test_an_answer_is_whole_wherever_the_line_splits_it(at: int) -> None:
    assert framed(READ[:at], READ[at:]) == [Answer(Status.DONE, READ_BODY)]


def test_an_answer_is_whole_byte_by_byte_and_two_in_one_breath_are_two() -> None:
    assert framed(*(bytes((byte,)) for byte in READ)) == [Answer(Status.DONE, READ_BODY)]
    assert framed(NONE + NONE + READ) == [Answer(Status.NONE_FOUND)] * 2 + [Answer(Status.DONE, READ_BODY)]


@given(st.binary(max_size=64), st.integers(1, 255))
def test_a_wrong_check_byte_is_told_and_the_next_answer_is_read(garbage: bytes, spoil: int) -> None:
    found = framed(answer_bytes(0x90, garbage, spoil=spoil) + NONE)
    assert found[0] is Flaw.CHECKSUM
    assert found[-1] == Answer(Status.NONE_FOUND)


@pytest.mark.parametrize("size", [0, 1, 3, 2323, 4096, 0xFFFF])
def test_a_length_that_no_answer_has_is_told_and_the_next_answer_is_read(size: int) -> None:
    broken = sam_v.PREAMBLE + size.to_bytes(2, "big") + b"\x00\x00\x90"
    assert framed(broken + NONE) == [Flaw.LENGTH, Answer(Status.NONE_FOUND)]


def test_a_length_that_swallows_the_next_answer_gives_it_back() -> None:
    longer = sam_v.PREAMBLE + b"\x00\x14" + b"\x00\x00\x90"
    assert Answer(Status.NONE_FOUND) in framed(longer + NONE)
    assert Answer(Status.NONE_FOUND) in framed(longer + NONE + NONE)


def test_a_status_that_the_standard_does_not_know_is_told() -> None:
    assert framed(answer_bytes(0x77) + NONE) == [Flaw.STATUS, Answer(Status.NONE_FOUND)]
    assert framed(NONE.replace(b"\x00\x00\x80\x84", b"\x01\x00\x80\x85")) == [Flaw.STATUS]


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_spoilt_frames_end_typed_and_the_next_good_one_is_read(data: st.DataObject) -> None:
    """Twenty frames an example, each spoilt by bytes put in, taken out or changed, then one that is not; ten thousand
    are spoilt by tests/devices/fuzz.
    """
    framer = Framer()
    for _ in range(20):
        frame = bytearray(data.draw(st.sampled_from([NONE, answer_bytes(0x9F, bytes(4)), READ[:200], READ])))
        at = data.draw(st.integers(0, len(frame) - 1))
        frame[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=6))
        for found in (*framer.feed(bytes(frame)), *framer.silence()):
            assert isinstance(found, Answer | Flaw)
        assert framer.feed(NONE) == [Answer(Status.NONE_FOUND)]
        assert not framer.pending


@given(st.binary(max_size=6000), st.booleans())
def test_no_bytes_are_too_odd_and_a_good_answer_behind_them_is_read(noise: bytes, led: bool) -> None:
    framer = Framer()
    for found in (*framer.feed((sam_v.PREAMBLE if led else b"") + noise), *framer.silence()):
        assert isinstance(found, Answer | Flaw)
    assert framer.feed(READ) == [Answer(Status.DONE, READ_BODY)]


def test_a_flood_is_not_held() -> None:
    framer = Framer()
    framer.feed(sam_v.PREAMBLE + b"\x09\x00" + bytes(100_000))
    assert len(framer._held) < 2500


@pytest.mark.parametrize("ask", Ask)
def test_only_a_reading_answers_with_a_person(ask: Ask) -> None:
    reading = Answer(Status.DONE, READ_BODY)
    assert sam_v.fits(ask, reading) is (ask is Ask.READ)


def test_an_answer_to_another_command_is_known_by_its_form() -> None:
    done, found, none = Answer(Status.DONE), Answer(Status.FOUND, bytes(4)), Answer(Status.NONE_FOUND)
    assert (sam_v.fits(Ask.STATUS, done), sam_v.fits(Ask.FIND, done), sam_v.fits(Ask.SELECT, done)) == (
        True,
        False,
        False,
    )
    assert (sam_v.fits(Ask.FIND, found), sam_v.fits(Ask.STATUS, found)) == (True, False)
    assert sam_v.fits(Ask.FIND, none)
    assert not sam_v.fits(Ask.FIND, Answer(Status.NONE_FOUND, b"x"))


def test_text_and_portrait_are_parted_and_miscounted_ones_refused() -> None:
    assert sam_v.text_and_portrait(READ_BODY) == (TEXT, PORTRAIT)
    assert sam_v.text_and_portrait(b"\x01\x00\x04\x01" + READ_BODY[4:]) is Flaw.LENGTH
    assert sam_v.text_and_portrait(READ_BODY[:-1]) is Flaw.LENGTH
    assert sam_v.text_and_portrait(b"") is Flaw.LENGTH


def test_an_answer_does_not_show_what_it_holds() -> None:
    assert repr(Answer(Status.DONE, "张三".encode("utf-16-le"))) == "Answer(DONE, 4 bytes)"
