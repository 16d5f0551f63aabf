from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.wire.apdu import Command, Response, ResponseError, complete, correcting_length

READ = Command(0x00, 0xB2, 0x09, 0x00, le=32)


def card(answers: dict[str, str]) -> Callable[[bytes], bytes]:
    """A card that knows these commands and no others."""
    return lambda apdu: bytes.fromhex(answers[apdu.hex(" ").upper()])


@pytest.mark.parametrize(
    ("command", "wire"),
    [
        (Command(0, 0xA4, 0x04, 0, data=b"\xef\x05"), "00A4040002EF05"),
        (Command(0, 0xB2, 7, 0, le=11), "00B207000B"),
        (Command(0, 0xB2, 7, 0, le=256), "00B2070000"),
        (Command(0, 0x84, 0, 0, le=8), "0084000008"),
        (Command(0, 0xB0, 0, 0), "00B00000"),
    ],
)
def test_a_command_is_encoded_in_the_short_form(command: Command, wire: str) -> None:
    assert command.encode().hex().upper() == wire
    assert wire.startswith(command.header)


@pytest.mark.parametrize("le", [0, 257])
def test_an_impossible_length_is_a_defect(le: int) -> None:
    with pytest.raises(ValueError, match="le is"):
        Command(0, 0xB2, 7, 0, le=le)


def test_too_much_data_is_a_defect() -> None:
    with pytest.raises(ValueError, match="255"):
        Command(0, 0xB2, 7, 0, data=bytes(256))


@given(st.binary(max_size=256), st.integers(0x6000, 0x6FFF) | st.integers(0x9000, 0x9FFF))
def test_a_response_is_data_and_status(data: bytes, sw: int) -> None:
    assert Response.decode(data + sw.to_bytes(2, "big")) == Response(data, sw)


@pytest.mark.parametrize("raw", [b"", b"\x90", bytes(257) + b"\x90\x00", b"\x5a\x5a", b"\x00\x00"])
def test_what_is_no_response_is_refused(raw: bytes) -> None:
    with pytest.raises(ResponseError):
        Response.decode(raw)


def test_a_response_does_not_show_its_data() -> None:
    assert repr(Response("张三".encode("gbk"), 0x9000)) == "Response(4 bytes, sw=9000)"


def test_a_corrected_length_is_used() -> None:
    exchange = complete(card({"00 B2 09 00 20": "6C 06", "00 B2 09 00 06": "09 04 D5 C5 C8 FD 90 00"}))
    assert exchange(READ) == Response(bytes.fromhex("0904D5C5C8FD"), 0x9000)


def test_6c00_means_256() -> None:
    exchange = complete(card({"00 B2 09 00 20": "6C 00", "00 B2 09 00 00": "AB" * 256 + "90 00"}))
    assert len(exchange(READ).data) == 256


def test_a_length_is_corrected_only_once() -> None:
    asked: list[bytes] = []

    def stubborn(apdu: bytes) -> bytes:
        asked.append(apdu)
        return b"\x6c\x05"

    assert complete(stubborn)(READ).sw == 0x6C05
    assert len(asked) == 2


def test_more_data_is_fetched_and_joined() -> None:
    exchange = complete(
        card({"00 B2 09 00 20": "01 61 02", "00 C0 00 00 02": "02 03 61 01", "00 C0 00 00 01": "04 90 00"})
    )
    assert exchange(READ) == Response(bytes.fromhex("01020304"), 0x9000)


def test_a_wrong_length_of_get_response_is_corrected_too() -> None:
    exchange = complete(card({"00 B2 09 00 20": "61 10", "00 C0 00 00 10": "6C 01", "00 C0 00 00 01": "AA 90 00"}))
    assert exchange(READ).data == b"\xaa"


def test_endless_data_is_refused() -> None:
    with pytest.raises(ResponseError, match="for ever"):
        complete(lambda _: b"\x00\x61\x01")(READ)


@given(st.binary(min_size=1, max_size=2000), st.lists(st.integers(1, 255), min_size=40, max_size=40))
def test_however_a_card_portions_its_data_all_of_it_arrives(data: bytes, portions: list[int]) -> None:
    rest, sizes = bytearray(data), iter(portions)

    def portioned(apdu: bytes) -> bytes:
        wanted = apdu[4] or 256 if apdu[1] == 0xC0 else 0
        given_now = bytes(rest[:wanted])
        del rest[:wanted]
        return given_now + (b"\x90\x00" if not rest else bytes((0x61, min(len(rest), next(sizes)))))

    try:
        assert complete(portioned)(READ) == Response(data, 0x9000)
    except ResponseError:
        assert rest, "refused although all was said"


def test_an_error_passes_the_layers_unchanged() -> None:
    assert correcting_length(lambda _: Response(b"", 0x6A82))(READ).sw == 0x6A82
    assert complete(lambda _: b"\x69\x82")(READ) == Response(b"", 0x6982)
