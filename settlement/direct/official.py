"""5260 and its provincial relatives: the sheet itself in the answer, or a file that 9102 fetches."""

from __future__ import annotations

from typing import Any

from kiosk.domain.policy import OfficialSheet
from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.official import NoSheet, Sheet, SheetAsked
from settlement.direct import questions
from settlement.direct.asking import Asking
from settlement.direct.files import Files
from settlement.direct.gateway import Output
from settlement.nodes import node
from settlement.official import no_sheet, read_sheet, whole_sheet
from settlement.wire import official as wire
from settlement.wire.codec import BrokenMessage, read


def official(asking: Asking, files: Files, made: OfficialSheet, asked: SheetAsked, *, away: bool) -> Sheet | NoSheet:
    """`made` says under which numbers, and where in the answer to look."""
    infno = made.away if away else made.local
    answer = asking.ask(infno, lambda: questions.official_sheet(asked), asked.insuplc_admdvs)
    if not isinstance(answer, Output):
        return no_sheet(answer)
    sheet = _found(files, made, answer.fields)
    return sheet if isinstance(sheet, Sheet) else no_sheet(sheet)


def _found(files: Files, made: OfficialSheet, fields: dict[str, Any]) -> Sheet | NotSent | Refused | Unknown:
    content = _at(fields, made.content)
    if isinstance(content, str) and content:
        return read_sheet(content)
    try:
        named = read(wire.SheetFile, _at(fields, made.file))
    except BrokenMessage:
        return Unknown(FaultCode.OFFICIAL_BROKEN, "neither a sheet nor a file")
    fetched = files.download(named.file_qury_no, named.filename)
    return whole_sheet(fetched) if isinstance(fetched, bytes) else fetched


def _at(fields: dict[str, Any], path: str) -> Any:
    """What stands at `data.pdf`."""
    *outer, name = path.split(".")
    for each in outer:
        fields = node(fields, each)
    return fields.get(name)
