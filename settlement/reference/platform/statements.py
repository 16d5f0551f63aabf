"""9101, 9102, 3201 and 3202: an institution's books of a day are held against the platform's own.

What is cleared through another province's agency stands in no total, as on the national platform.
"""

from __future__ import annotations

import base64
import binascii
import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from sqlalchemy import or_, select

from settlement.reference.ledger.dealings import Settlement, SettlementState
from settlement.reference.ledger.files import StoredFile
from settlement.reference.ledger.mobile import CENTRE
from settlement.reference.moments import bounds
from settlement.reference.platform.call import Call, File, Output, Refused, fresh_number
from settlement.wire.files import DownloadInput, UploadInput
from settlement.wire.reconciliation import DetailsInput, TotalsInput
from settlement.wire.values import from_fen, to_fen

_CLR_TYPES = {"21": "21", "52": "21"}
"""住院 is cleared apart, by med_type; all else that the reference hospital settles is 门诊."""
_AGREES, _DIFFERS = "0", "1"
_PLATFORM_MORE, _INSTITUTION_MORE, _UNLIKE = "101", "102", "103"
_STANDING, _UNDONE = "0", "1"
_LARGEST = 64 * 1024 * 1024
_COLUMNS = 7
"""setl_id, mdtrt_id, psn_no, medfee_sumamt, fund_pay_sumamt, acct_pay, refd_setl_flag."""


def clr_type(med_type: str) -> str:
    return _CLR_TYPES.get(med_type, "11")


def upload(call: Call) -> Output:
    """9101."""
    told = call.body(UploadInput).fsUploadIn
    try:
        content = base64.b64decode(told.content, validate=True)
    except (binascii.Error, ValueError):
        raise Refused("上传文件内容不正确", "file_9101") from None
    number = keep(call, told.filename, content)
    return {
        "file_qury_no": number,
        "filename": told.filename,
        "dld_endtime": None,
        "fixmedins_code": told.fixmedins_code,
    }


def download(call: Call) -> File:
    """9102: the file itself."""
    told = call.body(DownloadInput).fsDownloadIn
    return File(_found(call, told.file_qury_no).content)


def compare_totals(call: Call) -> Output:
    """3201: count and three sums of one insutype and clr_type."""
    told = call.body(TotalsInput).data
    standing = _standing(call, told.stmt_begndate, told.stmt_enddate) if told.setl_optins == call.area.code else []
    wanted = (told.insutype, told.clr_type)
    rows = [row for row in standing if (row.insutype, clr_type(row.med_type)) == wanted]
    ours = (len(rows), sum(row.medfee for row in rows), sum(row.fund for row in rows), sum(row.account for row in rows))
    theirs = (
        told.fixmedins_setl_cnt,
        to_fen(told.medfee_sumamt),
        to_fen(told.fund_pay_sumamt),
        to_fen(told.acct_pay),
    )
    agrees = ours == theirs
    words = (
        None if agrees else f"中心 {ours[0]} 笔 {from_fen(ours[1])} 元，机构 {theirs[0]} 笔 {from_fen(theirs[1])} 元"
    )
    return {
        "stmtinfo": {
            "setl_optins": told.setl_optins,
            "stmt_rslt": _AGREES if agrees else _DIFFERS,
            "stmt_rslt_dscr": words,
        }
    }


def compare_details(call: Call) -> Output:
    """3202: a file of what differs, row by row."""
    told = call.body(DetailsInput).data
    theirs = {row[0]: row for row in _table(_found(call, told.file_qury_no).content)}
    standing = _standing(call, told.stmt_begndate, told.stmt_enddate) if told.setl_optins == call.area.code else []
    ours = {row.setl_id: row for row in standing}
    name = f"result-{told.stmt_begndate}"
    number = keep(call, f"{name}.zip", _zipped(f"{name}.txt", _differences(call, ours, theirs)))
    return {"fileinfo": {"file_qury_no": number, "filename": f"{name}.zip", "dld_endtime": _until(call.now)}}


def _differences(
    call: Call, ours: dict[str, Settlement], theirs: dict[str, Sequence[str]]
) -> Iterator[tuple[str, ...]]:
    for setl_id, row in ours.items():
        other = theirs.get(setl_id)
        if other is None or other[-1] == _UNDONE:
            yield _told(row, _PLATFORM_MORE)
        elif [_fen(text) for text in other[3:6]] != [row.medfee, row.fund, row.account]:
            yield _told(row, _UNLIKE)
    for setl_id, other in theirs.items():
        if setl_id not in ours and other[-1] == _STANDING:
            known = call.session.get(Settlement, setl_id)
            if known is not None:
                yield _told(known, _INSTITUTION_MORE)
            else:
                yield (other[2], other[1], setl_id, "", _INSTITUTION_MORE, _STANDING, "", *other[3:6])


def _told(row: Settlement, result: str) -> tuple[str, ...]:
    undone = _STANDING if row.state == SettlementState.STANDING else _UNDONE
    amounts = (str(from_fen(row.medfee)), str(from_fen(row.fund)), str(from_fen(row.account)))
    return (row.psn_no, row.mdtrt_id, row.setl_id, row.msgid, result, undone, "", *amounts)


def _standing(call: Call, begin: str, end: str) -> list[Settlement]:
    """Settlements of the institution in those days that were not undone and are not cleared elsewhere.

    What the centre of the phones settled is the institution's as well: it serves the one hospital of this world.
    """
    first, _ = bounds(date.fromisoformat(begin))
    _, last = bounds(date.fromisoformat(end))
    wanted = select(Settlement).where(
        Settlement.settled_at >= first,
        Settlement.settled_at < last,
        Settlement.state == SettlementState.STANDING,
        Settlement.care_area == call.area.code,
        or_(Settlement.msgid.startswith(call.request.fixmedins_code), Settlement.opter == CENTRE),
    )
    return [row for row in call.session.scalars(wanted.order_by(Settlement.setl_id)) if not _cleared_away(call, row)]


def _cleared_away(call: Call, row: Settlement) -> bool:
    insured = call.areas.at(row.insured_area, row.settled_at.date())
    return insured is None or insured.province != call.area.province


def _fen(text: str) -> int | None:
    try:
        return to_fen(Decimal(text))
    except (InvalidOperation, ValueError):
        return None


def keep(call: Call, name: str, content: bytes) -> str:
    """The number under which 9102 gives it out again."""
    number = f"F{fresh_number(call.now)}"
    call.session.add(
        StoredFile(
            file_qury_no=number,
            fixmedins_code=call.request.fixmedins_code,
            filename=name,
            content=content,
            at=call.now,
        )
    )
    return number


def _found(call: Call, number: str) -> StoredFile:
    """Nobody fetches another institution's file."""
    file = call.session.get(StoredFile, number)
    if file is None or file.fixmedins_code != call.request.fixmedins_code:
        raise Refused("文件不存在或已过期", "file_9102")
    return file


def _table(archive: bytes) -> list[Sequence[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as packed:
            first = packed.infolist()[0]
            if first.file_size > _LARGEST:
                raise Refused("对账文件过大", "stmt_3202")
            text = packed.read(first).decode()
    except (zipfile.BadZipFile, IndexError, UnicodeDecodeError):
        raise Refused("对账文件格式不正确", "stmt_3202") from None
    rows = [line.split("\t") for line in text.splitlines() if line]
    if any(len(row) != _COLUMNS for row in rows):
        raise Refused("对账文件列数不正确", "stmt_3202")
    return list[Sequence[str]](rows)


def _zipped(name: str, rows: Iterator[tuple[str, ...]]) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, "".join("\t".join(row) + "\n" for row in rows))
    return archive.getvalue()


def _until(now: datetime) -> str:
    return f"{now + timedelta(days=1):%Y-%m-%d %H:%M:%S}"
