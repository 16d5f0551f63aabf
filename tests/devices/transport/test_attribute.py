"""Small files of numbers, as Linux shows devices under /sys."""

from pathlib import Path

import pytest

from devices.transport.attribute import read_number, write_number
from devices.transport.errors import DeviceGoneError, GarbledError


@pytest.mark.parametrize(("text", "number"), [("0\n", 0), ("255", 255), (" 17.5 \n", 17.5), ("-3\n", -3)])
def test_the_number_that_stands_there(tmp_path: Path, text: str, number: float) -> None:
    (tmp_path / "value").write_text(text)
    assert read_number(tmp_path / "value") == number


@pytest.mark.parametrize("raw", [b"", b"\n", b"on", b"\xff", b"1 2", b"9" * 100 + b"x"])
def test_what_is_no_number(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "value").write_bytes(raw)
    if raw.startswith(b"9"):
        assert read_number(tmp_path / "value") > 0, "no attribute is so long: it is cut"
    else:
        with pytest.raises(GarbledError):
            read_number(tmp_path / "value")


def test_a_number_is_written_whole_and_never_makes_the_file(tmp_path: Path) -> None:
    (tmp_path / "value").write_text("255\n")
    write_number(tmp_path / "value", 3)
    assert (tmp_path / "value").read_text() == "3\n"
    with pytest.raises(DeviceGoneError):
        write_number(tmp_path / "none", 3)
    assert not (tmp_path / "none").exists()


def test_a_file_that_is_gone_is_a_device_that_is(tmp_path: Path) -> None:
    with pytest.raises(DeviceGoneError):
        read_number(tmp_path / "none")
