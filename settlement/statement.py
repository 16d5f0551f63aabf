"""The lists that the platform and we exchange to find the settlements we differ about: tables of text, zipped.

A table is UTF-8 text with a tab between fields, a line a row and no header. Which columns a list of ours has is
remembered (3202), not confirmed; the reply's have names in a source. Archives come from a far party: what they unpack
to is bounded before it is unpacked.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Sequence

from settlement.wire.codec import Breakage, BrokenMessage

SENT = ("setl_id", "mdtrt_id", "psn_no", "medfee_sumamt", "fund_pay_sumamt", "acct_pay", "refd_setl_flag")
"""Our list of one day's settlements, by 9101 before 3202."""
TOLD = (
    "psn_no",
    "mdtrt_id",
    "setl_id",
    "msgid",
    "stmt_rslt",
    "refd_setl_flag",
    "memo",
    "medfee_sumamt",
    "fund_pay_sumamt",
    "acct_pay",
)
"""The platform's list of differences, by 9102 after it. `msgid` ties a row to the journal's entry."""

LARGEST_TABLE = 32 * 1024 * 1024
"""Bytes: a hospital of 10 000 settlements a day is below 2 MiB."""

Row = Sequence[str]

_BEGINNING = (1980, 1, 1, 0, 0, 0)  # the earliest a zip archive can say, so that equal rows make equal bytes


def zipped(name: str, rows: Iterable[Row]) -> bytes:
    """The table `name` in an archive.

    Raises:
        ValueError: a field holds what separates fields or rows.
    """
    table = io.StringIO()
    for row in rows:
        if any(mark in field for field in row for mark in "\t\r\n"):
            raise ValueError("a field holds a tab or a line's end")
        table.write("\t".join(row) + "\n")
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(zipfile.ZipInfo(name, _BEGINNING), table.getvalue().encode(), zipfile.ZIP_DEFLATED)
    return archive.getvalue()


def unzipped(archive: bytes, columns: Sequence[str]) -> list[dict[str, str]]:
    """The rows of the one table in an archive, by column; a platform may leave out trailing empty fields.

    Raises:
        BrokenMessage: no archive of one table, too large, or a row with too many fields.
    """
    text = _only_member(archive)
    rows: list[dict[str, str]] = []
    for number, line in enumerate(text.splitlines(), 1):
        fields = line.split("\t")
        if len(fields) > len(columns):
            raise BrokenMessage(Breakage.WRONG_SHAPE, (f"line {number}",))
        if any(fields):
            rows.append(dict(zip(columns, [*fields, *[""] * (len(columns) - len(fields))], strict=True)))
    return rows


def _only_member(archive: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as packed:
            members = [member for member in packed.infolist() if not member.is_dir()]
            if len(members) != 1:
                raise BrokenMessage(Breakage.WRONG_SHAPE, ("archive",))
            with packed.open(members[0]) as table:
                content = table.read(LARGEST_TABLE + 1)  # the archive's own word for its size is not believed
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise BrokenMessage(Breakage.WRONG_SHAPE, ("archive",)) from None
    if len(content) > LARGEST_TABLE:
        raise BrokenMessage(Breakage.TOO_LARGE)
    return _text(content)


def _text(content: bytes) -> str:
    """UTF-8, with or without its mark; some platforms write GB 18030."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BrokenMessage(Breakage.NOT_TEXT)
