"""IPP as bytes: what we send is what the standard says, what comes back is read whole or refused."""

from __future__ import annotations

import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.wire import ipp
from devices.wire.ipp import Group, IppBrokenError, Operation, Request, Syntax, Tagged, decode, encode

WORDS = st.text(max_size=40)
LABELS = st.text("abcdefghijklmnopqrstuvwxyz-", min_size=1, max_size=30)
I32 = st.integers(-(2**31), 2**31 - 1)


def field(tag: int, name: str, value: bytes) -> bytes:
    """Written out anew, so that the codec is not its own witness."""
    return struct.pack("!BH", tag, len(name)) + name.encode() + struct.pack("!H", len(value)) + value


def response(*groups: bytes, status: int = 0, number: int = 7, end: bytes = b"\x03") -> bytes:
    return struct.pack("!BBHi", 2, 0, status, number) + b"".join(groups) + end


# RFC 8010, appendix A.1, without the attributes that we never send.
PRINT_JOB = bytes.fromhex(
    "0200 0002 00000001 01"
    "47 0012 617474726962757465732d63686172736574 0005 7574662d38"
    "48 001b 617474726962757465732d6e61747572616c2d6c616e6775616765 0005 7a682d636e"
    "45 000b 7072696e7465722d757269 0017 6970703a2f2f6c6f63616c686f73742f7072696e746572"
    "42 0008 6a6f622d6e616d65 0002 4131"
    "02 21 0006 636f70696573 0004 00000001"
    "44 0005 7369646573 0009 6f6e652d7369646564"
    "03"
)


def test_a_request_has_the_bytes_of_the_standard() -> None:
    about = (("printer-uri", ipp.uri("ipp://localhost/printer")), ("job-name", ipp.name("A1")))
    job = (("copies", ipp.integer(1)), ("sides", ipp.keyword("one-sided")))
    request = Request(Operation.PRINT_JOB, 1, about, job)
    assert encode(request) == PRINT_JOB


def test_values_of_one_attribute_follow_without_its_name() -> None:
    request = Request(Operation.GET_PRINTER_ATTRIBUTES, 1, (("requested-attributes", ipp.keywords("a", "b")),))
    assert encode(request).endswith(b"\x44\x00\x14requested-attributes\x00\x01a\x44\x00\x00\x00\x01b\x03")


@given(LABELS, I32, WORDS, st.booleans())
def test_what_is_encoded_is_read_back(label: str, number: int, words: str, truth: bool) -> None:
    about = (
        (label, ipp.integer(number)),
        (f"{label}1", ipp.text(words)),
        (f"{label}2", ipp.boolean(truth)),
        (f"{label}3", (ipp.name(words), ipp.name("二"))),
    )
    read = decode(encode(Request(Operation.GET_JOBS, 9, about)))
    assert (read.status, read.request) == (Operation.GET_JOBS, 9)
    said = read.first(Group.OPERATION)
    assert said["attributes-charset"] == ["utf-8"]
    assert [said[name] for name, _ in about] == [[number], [words], [truth], [words, "二"]]


@pytest.mark.parametrize(
    "stated",
    [
        Tagged(Syntax.INTEGER, 2**31),
        Tagged(Syntax.INTEGER, True),
        Tagged(Syntax.INTEGER, "1"),
        Tagged(Syntax.BOOLEAN, 1),
        Tagged(Syntax.TEXT, "x" * 32768),
        Tagged(Syntax.DATE, b""),
        (),
    ],
)
def test_a_value_that_its_syntax_cannot_hold_is_a_defect(stated: Any) -> None:
    with pytest.raises(ValueError):
        encode(Request(Operation.GET_JOBS, 1, (("x", stated),)))


def test_every_syntax_of_an_answer() -> None:
    collection = (
        field(0x34, "media-col", b"")
        + field(0x4A, "", b"media-size")
        + field(0x34, "", b"")
        + field(0x4A, "", b"x-dimension")
        + field(0x21, "", struct.pack("!i", 21000))
        + field(0x37, "", b"")
        + field(0x4A, "", b"media-type")
        + field(0x44, "", b"stationery")
        + field(0x37, "", b"")
    )
    group = (
        b"\x04"
        + field(0x23, "printer-state", struct.pack("!i", 3))
        + field(0x22, "accepting", b"\x01")
        + field(0x33, "copies", struct.pack("!ii", 1, 99))
        + field(0x32, "dpi", struct.pack("!iib", 600, 600, 3))
        + field(0x31, "since", bytes(11))
        + field(0x35, "info", b"\x00\x05zh-cn\x00\x03\xe4\xb8\x80")
        + field(0x13, "nothing", b"")
        + field(0x7F, "later", b"??")
        + collection
        + field(0x41, "after", b"x")
    )
    assert decode(response(group)).first(Group.PRINTER) == {
        "printer-state": [3],
        "accepting": [True],
        "copies": [(1, 99)],
        "dpi": [(600, 600, 3)],
        "since": [bytes(11)],
        "info": ["一"],
        "nothing": [None],
        "later": [Tagged(0x7F, b"??")],
        "media-col": [{"media-size": [{"x-dimension": [21000]}], "media-type": ["stationery"]}],
        "after": ["x"],
    }


def test_an_answer_about_several_jobs_has_a_group_for_each() -> None:
    jobs = [b"\x02" + field(0x21, "job-id", struct.pack("!i", number)) for number in (4, 5)]
    read = decode(response(b"\x01", *jobs, status=0x0001))
    assert [said["job-id"] for tag, said in read.groups if tag == Group.JOB] == [[4], [5]]
    assert read.good
    assert not decode(response(b"\x01", status=0x0406)).good


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x02\x00\x00\x00\x00\x00\x00",
        response(end=b""),
        response(b"\x01", end=b""),
        response(field(0x21, "x", bytes(4))),
        response(b"\x04" + field(0x21, "", bytes(4))),
        response(b"\x04" + field(0x21, "x", bytes(3))),
        response(b"\x04" + field(0x22, "x", bytes(2))),
        response(b"\x04" + field(0x41, "x", b"\xff")),
        response(b"\x04" + b"\x41\x00\x01x\xff\xff"),
        response(b"\x04" + field(0x34, "x", b"")),
        response(b"\x04" + field(0x34, "x", b"") + field(0x21, "", bytes(4))),
        response(b"\x04" + field(0x34, "x", b"") + (field(0x4A, "", b"m") + field(0x34, "", b"")) * 50),
        response(b"\x04" + field(0x35, "x", b"\x00\x09zh")),
        b"\x09" + response()[1:],
    ],
)
def test_bytes_that_are_no_answer_are_refused(data: bytes) -> None:
    with pytest.raises(IppBrokenError):
        decode(data)


@given(st.data())
def test_an_answer_cut_anywhere_is_refused(data: st.DataObject) -> None:
    whole = response(b"\x01" + field(0x47, "attributes-charset", b"utf-8"), b"\x02" + field(0x21, "job-id", bytes(4)))
    at = data.draw(st.integers(0, len(whole) - 1))
    with pytest.raises(IppBrokenError):
        decode(whole[:at])


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(noise: bytes) -> None:
    for data in (noise, response(b"\x04" + noise), response(b"\x04" + field(0x34, "x", b"") + noise)):
        try:
            decode(data)
        except IppBrokenError:
            continue


def test_what_follows_the_attributes_is_a_document() -> None:
    assert decode(response(b"\x01") + b"%PDF").groups == ((Group.OPERATION, {}),)
