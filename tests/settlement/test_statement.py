"""Tables in archives: ours come out as they went in, and a far party's cannot harm us."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from settlement import statement
from settlement.statement import SENT, TOLD, unzipped, zipped
from settlement.wire.codec import Breakage, BrokenMessage

FIELD = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), min_size=1, max_size=12)
ROWS = st.lists(st.lists(FIELD, min_size=len(SENT), max_size=len(SENT)), max_size=5)


def archive(*members: tuple[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members:
            packed.writestr(name, content)
    return made.getvalue()


@given(ROWS)
def test_a_table_comes_out_as_it_went_in(rows: list[list[str]]) -> None:
    packed = zipped("20261122.txt", rows)
    assert [list(row.values()) for row in unzipped(packed, SENT)] == rows
    assert packed == zipped("20261122.txt", rows)


@pytest.mark.parametrize("mark", ["\t", "\n", "\r"])
def test_a_field_that_would_break_the_table_is_refused(mark: str) -> None:
    with pytest.raises(ValueError, match="tab or a line"):
        zipped("t.txt", [[f"a{mark}b"]])


def test_the_platforms_table_may_lack_trailing_fields_and_hold_empty_lines() -> None:
    table = "1\tM1\tS1\tH1\t101\r\n\r\n2\tM2\tS2\tH2\t103\t0\t多收\t4.52\t4.29\t0.00\n".encode()
    rows = unzipped(archive(("x.txt", table)), TOLD)
    assert [(row["setl_id"], row["stmt_rslt"], row["memo"], row["acct_pay"]) for row in rows] == [
        ("S1", "101", "", ""),
        ("S2", "103", "多收", "0.00"),
    ]


@pytest.mark.parametrize("content", ["﻿S1\t差异".encode(), "S1\t差异".encode(), "S1\t差异".encode("gb18030")])
def test_the_text_may_be_marked_or_of_the_national_standard(content: bytes) -> None:
    assert unzipped(archive(("x.txt", content)), SENT)[0]["mdtrt_id"] == "差异"


@pytest.mark.parametrize(
    "packed",
    [b"", b"PK", b"no archive", archive(), archive(("a", b"1"), ("b", b"2")), archive(("a.txt", b"1"))[:-30]],
    ids=["nothing", "two bytes", "text", "empty", "two members", "torn"],
)
def test_what_is_no_archive_of_one_table_is_broken(packed: bytes) -> None:
    with pytest.raises(BrokenMessage) as broken:
        unzipped(packed, SENT)
    assert broken.value.breakage is Breakage.WRONG_SHAPE


@given(st.binary(max_size=300), st.integers(0, 200), st.integers(0, 255))
def test_any_bytes_and_any_damage_are_rows_or_broken(noise: bytes, place: int, value: int) -> None:
    whole = bytearray(archive(("x.txt", b"1\t2\t3\n" * 9)))
    whole[place % len(whole)] = value
    for packed in (noise, bytes(whole)):
        try:
            unzipped(packed, SENT)
        except BrokenMessage:
            continue


def test_a_small_archive_of_a_huge_table_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statement, "LARGEST_TABLE", 1000)
    with pytest.raises(BrokenMessage) as broken:
        unzipped(archive(("x.txt", b"0" * 1_000_000)), SENT)
    assert broken.value.breakage is Breakage.TOO_LARGE


def test_a_row_with_too_many_fields_is_named() -> None:
    with pytest.raises(BrokenMessage) as broken:
        unzipped(archive(("x.txt", b"1\n" + b"\t" * 7)), SENT)
    assert broken.value.fields == ("line 2",)
