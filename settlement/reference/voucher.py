"""The e-voucher centre: whose code, whose face, and the token by which 1101 then finds the person.

One door takes `{orgId, transType, data}` and answers `{code, message, orgId, data}` with the inner object written as
JSON once more, as the terminals' library does. At a real terminal the library reads code and face by itself and
compares the face with a certified camera; nothing of that reaches anybody. Here `data.ecQrCode` carries the code that
a scanner read, and `data.extData` the certno of whoever stands before the simulated terminal.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement.reference import simulated_faces
from settlement.reference.answer import Answer
from settlement.reference.clock import WallClock
from settlement.reference.ledger.dealings import Settlement
from settlement.reference.ledger.parties import Insurance, Person
from settlement.reference.ledger.store import Ledger, Unstorable
from settlement.reference.ledger.vouchers import FaceAuth, SettleNotice, VoucherCode
from settlement.wire import codec
from settlement.wire.codec import BrokenMessage, Message
from settlement.wire.face import FaceHolderInput, FaceInput, FaceOutput, SettledNoticeInput
from settlement.wire.voucher import VoucherHolder, VoucherQueryInput, VoucherRequest

CENTRE = "/ec"
TELEPHONE = "/demo/voucher"
PATHS = (CENTRE, TELEPHONE)

_CODE_LIVES = timedelta(seconds=60)
_AUTH_LIVES = timedelta(minutes=5)
_SUCCESS, _REFUSED = 0, 1

Told = dict[str, Any]


class Telephone(Message):
    """Asks for what somebody's telephone would show."""

    certno: str


class Declined(Exception):
    """`message` of a reply whose code is not 0."""


@dataclass(frozen=True, slots=True)
class Question:
    session: Session
    now: datetime
    data: Told


@dataclass(frozen=True, slots=True)
class VoucherCentre:
    ledger: Ledger
    clock: WallClock

    def answer(self, path: str, body: bytes) -> Answer:
        """Never raises for anything a client can send; `path` is one of `PATHS`."""
        try:
            asked = codec.decode(body)
            if path == TELEPHONE:
                wish = codec.read(Telephone, asked)
                return Answer(codec.encode(self.ledger.carry_out(lambda session: self._show_code(session, wish))))
            return Answer(codec.encode(self._serve(codec.read(VoucherRequest, asked))))
        except (BrokenMessage, Unstorable):
            return Answer(codec.encode({"code": _REFUSED, "message": "报文格式错误"}), HTTPStatus.BAD_REQUEST)

    def _serve(self, frame: VoucherRequest) -> Told:
        handler = _HANDLERS.get(frame.transType)
        told: Told = {"orgId": frame.orgId}
        try:
            if handler is None:
                return told | {"code": _REFUSED, "message": f"不支持的交易{frame.transType}"}
            inner = self.ledger.carry_out(lambda session: handler(Question(session, self.clock.now(), frame.data)))
        except Declined as declined:
            return told | {"code": _REFUSED, "message": str(declined)}
        return told | {"code": _SUCCESS, "message": "成功", "data": codec.encode(inner).decode()}

    def _show_code(self, session: Session, wish: Telephone) -> Told:
        person = session.scalar(select(Person).where(Person.certno == wish.certno))
        if person is None or person.ec_token is None:
            return {"refused": "此人没有激活医保电子凭证"}
        code = f"424{secrets.randbelow(10**19):019d}000000"  # 17 unique, 2 random, 2 of the province, 4 zeros
        session.add(VoucherCode(code=code, psn_no=person.psn_no, issued_at=self.clock.now(), read_for=None))
        return {"ecQrCode": code, "seconds": int(_CODE_LIVES.total_seconds())}


def _read_code(question: Question) -> Told:
    asked = codec.read(VoucherQueryInput, question.data)
    known = question.session.get(VoucherCode, asked.ecQrCode or "", with_for_update=True)
    if known is None:
        raise Declined("不是医保电子凭证")
    if known.read_for is not None or question.now - known.issued_at > _CODE_LIVES:
        raise Declined("医保电子凭证已失效，请刷新")
    known.read_for = asked.outBizNo
    return _holder(question.session, known.psn_no)


def _show_face(question: Question) -> Told:
    """The terminal vouches for a face; whose it was is told to whoever asks with the number."""
    asked = codec.read(FaceInput, question.data)
    person = question.session.scalar(select(Person).where(Person.certno == asked.extData))
    if person is None or person.ec_token is None:
        raise Declined("刷脸认证未通过")
    auth_no = secrets.token_hex(16)
    question.session.add(
        FaceAuth(
            auth_no=auth_no,
            psn_no=person.psn_no,
            out_biz_no=asked.outBizNo,
            business_type=asked.businessType,
            at=question.now,
            spent=False,
        )
    )
    return FaceOutput(authNo=auth_no).model_dump()


def _check_face(question: Question) -> Told:
    asked = codec.read(FaceHolderInput, question.data)
    known = question.session.get(FaceAuth, asked.authNo, with_for_update=True)
    same = known is not None and (known.out_biz_no, known.business_type) == (asked.outBizNo, asked.businessType)
    if known is None or not same:
        raise Declined("授权编号与业务不符")
    if known.spent or question.now - known.at > _AUTH_LIVES:
        raise Declined("授权编号已失效")
    known.spent = True
    return _holder(question.session, known.psn_no) | {"authNo": asked.authNo}


def _notify(question: Question) -> Told:
    asked = codec.read(SettledNoticeInput, question.data)
    if asked.medicalSettleNo and question.session.get(Settlement, asked.medicalSettleNo) is None:
        raise Declined("未查询到结算信息")
    question.session.add(
        SettleNotice(
            out_biz_no=asked.outBizNo,
            state=asked.medicalSettleState,
            setl_id=asked.medicalSettleNo or "",
            at=question.now,
        )
    )
    return {}


def _holder(session: Session, psn_no: str) -> Told:
    person = session.get_one(Person, psn_no)
    area = session.scalar(select(Insurance.area).where(Insurance.psn_no == psn_no).order_by(Insurance.id).limit(1))
    told = VoucherHolder(
        idNo=person.certno,
        userName=person.name,
        idType="01",
        ecToken=person.ec_token or "",
        insuOrg=area or "",
        gender=person.gend,
        birthday=person.born.isoformat(),
    )
    return told.model_dump(exclude_defaults=True)


def _check_any_face(question: Question) -> Told:
    """Also those that a simulated terminal saw."""
    simulated_faces.note(question.session, question.now, question.data)
    return _check_face(question)


_HANDLERS: Mapping[str, Callable[[Question], Told]] = MappingProxyType(
    {
        "ec.query": _read_code,
        "cn.nhsa.qrcode.get": _read_code,
        "cn.nhsa.ec.auth": _show_face,
        "cn.nhsa.auth.check": _check_any_face,
        "cn.nhsa.settle.notify": _notify,
    }
)
