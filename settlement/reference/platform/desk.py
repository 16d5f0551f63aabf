"""Takes a message in, checks its envelope, lets the right transaction handle it, and answers in a real platform's
dress.

Its oddities are deliberate: infcode comes as number or text, an empty output as null or {}, err_msg of a success as
null, "" or "success".
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, cast

from sqlalchemy import BindParameter, String, bindparam, exists, insert
from sqlalchemy.orm import Session

from settlement.reference.benefit.areas import Area, Areas, shipped_areas
from settlement.reference.clock import WallClock
from settlement.reference.ledger.dealings import MessageLog
from settlement.reference.ledger.queries import Change, table_of
from settlement.reference.ledger.store import Ledger, Unstorable
from settlement.reference.people import World
from settlement.reference.platform import (
    inquiries,
    persons,
    records,
    settling,
    sheets,
    statements,
    stays,
    undoing,
    visits,
)
from settlement.reference.platform.call import Call, File, Manners, Output, Refused, fresh_number
from settlement.reference.platform.persons import queue_for
from settlement.wire import codec
from settlement.wire.codec import Breakage, BrokenMessage
from settlement.wire.envelope import LARGEST_INPUT, Request

_SIGN_IN = "9001"
_UPLOAD = "9101"
_NUL = b"\\u0000"  # JSON has no other way to write it
_HANDLERS: Mapping[str, Callable[[Call], Output | File]] = MappingProxyType(
    {
        _SIGN_IN: persons.sign_in,
        "9002": persons.sign_out,
        "1101": persons.person_info,
        "1901": inquiries.dictionary,
        "2001": inquiries.benefits,
        "2201": visits.register,
        "2202": visits.deregister,
        "2203": visits.describe,
        "2203A": visits.describe,
        "2204": visits.upload,
        "2205": visits.withdraw,
        "2206": settling.quote,
        "2206A": settling.quote,
        "2207": settling.settle_bill,
        "2207A": settling.settle_bill,
        "2208": undoing.cancel,
        "2303": stays.quote,
        "2304": stays.settle,
        "2305": undoing.cancel,
        "2601": undoing.reverse,
        "3201": statements.compare_totals,
        "3202": statements.compare_details,
        "5201": records.visits,
        "5203": undoing.look_up,
        "5204": records.charged,
        "5206": inquiries.sums,
        "5260": sheets.sheet,
        "5265": sheets.sheet,
        "5269": sheets.sheet_file,
        "5270": sheets.sheet_file,
        "5301": inquiries.chronic_diseases,
        "5303": inquiries.stays,
        "9101": statements.upload,
        "9102": statements.download,
    }
)
_CODE_AS_TEXT = frozenset({"1101", "2204", "2207", "2207A", "2601"})
_SUCCESS_WORDS: Mapping[str, str | None] = MappingProxyType({"1101": "success", "2201": "", "9001": "success"})


@dataclass(frozen=True, slots=True)
class Desk:
    """The platform of one area: the place of care, unless a message names another. `answer` never raises for anything a
    client can send: bytes come in, an envelope goes out.
    """

    ledger: Ledger
    world: World
    area: Area
    clock: WallClock
    manners: Manners = field(default_factory=Manners)
    areas: Areas = field(default_factory=shipped_areas)

    def answer(self, body: bytes) -> bytes:
        now = self.clock.now()
        try:
            request = codec.read(Request, codec.decode(body))
        except BrokenMessage as broken:
            return codec.encode(self._reply("", now, Refused(_complaint(broken), "gateway_17")))
        if _NUL in body:  # the record of the message could not be kept either
            return codec.encode(self._reply(request.infno, now, Refused("报文解析失败", "gateway_18")))
        try:
            return self.ledger.carry_out(lambda session: self._handle(session, request, body, now))
        except Refused as refused:
            reply = codec.encode(self._reply(request.infno, now, refused))
        except Unstorable:
            reply = codec.encode(self._reply(request.infno, now, Refused("报文校验失败：字段超长", "valid_24")))
        except BrokenMessage as broken:
            reply = codec.encode(self._reply(request.infno, now, Refused(_complaint(broken), "valid_23")))
        self.ledger.carry_out(lambda session: note_message(session, request, body, reply, now, succeeded=False))
        return reply

    def _handle(self, session: Session, request: Request, body: bytes, now: datetime) -> bytes:
        """The reply of a success. What it commits, it commits together with the record of the message."""
        care = self.areas.at(request.mdtrtarea_admvs, now.date())
        if care is None:
            raise Refused("就医地医保区划不存在或未接入", "gateway_27")
        call = Call(session, request, now, care, self.world, self.manners, self.areas)
        self._check(call, len(body))
        queue_for(session, _persons_named(request.input))
        told = _HANDLERS[request.infno](call)
        if isinstance(told, File):
            note_message(session, request, body, b"", now, succeeded=True)
            return told.content
        reply = codec.encode(self._reply(request.infno, now, told))
        note_message(session, request, body, reply, now, succeeded=True)
        return reply

    def _check(self, call: Call, size: int) -> None:
        """`size` of the whole message: what is small altogether need not be written again to be counted."""
        request = call.request
        if request.infno not in _HANDLERS:
            raise Refused(f"交易编号{request.infno}不存在", "gateway_21")
        unbounded = request.infno == _UPLOAD or size <= LARGEST_INPUT
        if not unbounded and len(codec.encode({"input": request.input}).decode()) > LARGEST_INPUT:
            raise Refused("交易输入超过长度限制", "gateway_24")
        if _persons_named(request.input) and not request.insuplc_admdvs:
            raise Refused("交易输入有人员编号时参保地医保区划不能为空", "gateway_26")
        if request.infno != _SIGN_IN and self.manners.require_sign_in and not persons.signed_in(call):
            raise Refused("终端未签到或签到已失效，请重新签到", "sign_9003")

    def _reply(self, infno: str, now: datetime, result: Output | Refused) -> dict[str, Any]:
        times = f"{now:%Y%m%d%H%M%S}{now.microsecond // 1000:03d}"
        refused = isinstance(result, Refused)
        code = -1 if refused else 0
        return {
            "infcode": str(code) if infno in _CODE_AS_TEXT else code,
            "inf_refmsgid": f"{self.area.code}{now:%Y%m%d%H%M%S}{fresh_number(now)[-10:]}",
            "refmsg_time": times,
            "respond_time": times,
            "err_msg": result.err_msg if isinstance(result, Refused) else _SUCCESS_WORDS.get(infno),
            "output": None if isinstance(result, Refused) else result,
        }


_COLUMNS = ("msgid", "infno", "opter", "sha256", "succeeded", "reply", "at")
_SAME: BindParameter[str] = bindparam("same", type_=String)
_NOTE = Change(
    insert(table_of(MessageLog)).values(
        repeated=exists().where(MessageLog.msgid == _SAME), **{name: bindparam(name) for name in _COLUMNS}
    )
)


def _complaint(broken: BrokenMessage) -> str:
    if broken.breakage is Breakage.WRONG_SHAPE:
        return f"报文校验失败：{'、'.join(broken.fields)}"
    return "报文解析失败"


def _persons_named(message_input: dict[str, Any]) -> set[str]:
    """psn_no stands in the node itself or in the rows of a list."""
    nodes: list[Any] = []
    for node in message_input.values():
        nodes += node if isinstance(node, list) else [node]
    return {
        str(cast("dict[str, Any]", node)["psn_no"]) for node in nodes if isinstance(node, dict) and "psn_no" in node
    }


def note_message(
    session: Session, request: Request, body: bytes, reply: bytes, now: datetime, *, succeeded: bool
) -> None:
    """The record of a message and its answer, committed with what it did."""
    _NOTE.make(
        session,
        msgid=request.msgid,
        infno=request.infno,
        opter=request.opter,
        sha256=hashlib.sha256(body).hexdigest(),
        succeeded=succeeded,
        reply=reply.decode(),
        at=now,
        same=request.msgid,
    )
