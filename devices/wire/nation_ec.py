"""What goes into `NationEcTrans` and what comes out: the e-voucher library of the certified terminals.

`char* NationEcTrans(url, inJson, outJson[20480])` returns "0000" when it has run at all. In: `{orgId, transType,
data}`. Out: `{code, message, orgId, data}`, code 0 for success, `data` written as JSON once more inside a text.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeGuard, cast

from kiosk.domain.insured import VoucherIdentity
from kiosk.domain.money import Money
from kiosk.domain.personal import PersonName, ResidentId, Voucher
from kiosk.ports.face_terminal import Errand, FaceAuthorised, HolderFound, SettleNotice

FUNCTION: Final = "NationEcTrans"
OUT_SIZE: Final = 20_480
RAN: Final = b"0000"
_SUCCESS: Final = 0
_ID_TYPE: Final = "01"
_REASON_LONGEST: Final = 60


class Trans(StrEnum):
    """transType."""

    FACE = "cn.nhsa.ec.auth"
    CODE = "cn.nhsa.qrcode.get"
    NOTIFY = "cn.nhsa.settle.notify"


@dataclass(frozen=True, slots=True)
class Station:
    """Who asks: the institution and, as its operator, this kiosk."""

    org_id: str
    operator_id: str
    operator_name: str = ""
    office_id: str = ""
    office_name: str = ""


@dataclass(frozen=True, slots=True)
class Declined:
    """The library understood and says no, in its own sentence."""

    reason: str


@dataclass(frozen=True, slots=True)
class Broken:
    """The answer is none; the text says in what, and repeats nothing of it."""

    why: str


def request(trans: Trans, station: Station, errand: Errand, notice: SettleNotice | None = None) -> bytes:
    """DeviceType SelfService is what a kiosk is; amounts are yuan with two places."""
    data: dict[str, str] = {
        "orgId": station.org_id,
        "businessType": errand.business.value,
        "operatorId": station.operator_id,
        "operatorName": station.operator_name,
        "officeId": station.office_id,
        "officeName": station.office_name,
        "outBizNo": errand.number,
    }
    if trans is Trans.CODE:
        data["deviceType"] = "SelfService"
    if notice is not None:
        data |= _notice(notice)
    filled = {name: value for name, value in data.items() if value}
    return json.dumps({"orgId": station.org_id, "transType": trans.value, "data": filled}, ensure_ascii=False).encode()


def _notice(notice: SettleNotice) -> dict[str, str]:
    amounts: dict[str, Money | None] = {
        "totalFee": notice.total,
        "hifAmt": notice.fund,
        "acctAmt": notice.account,
        "ownAmt": notice.own,
    }
    state = "SUCCESS" if notice.settled else "FAIL"
    told = {"medicalSettleState": state, "medicalSettleNo": notice.setl_id}
    return told | {name: str(amount.yuan()) for name, amount in amounts.items() if amount is not None}


def read_face(answer: bytes) -> FaceAuthorised | Declined | Broken:
    told = _data(answer)
    if not isinstance(told, dict):
        return told
    number: object = told.get("authNo")
    return FaceAuthorised(Voucher(number)) if _text(number, 64) else Broken("authNo")


def read_holder(answer: bytes) -> HolderFound | Declined | Broken:
    """Whose voucher: number, name and ecToken are all wanted, and the number must be a resident's by its own word."""
    told = _data(answer)
    if not isinstance(told, dict):
        return told
    if told.get("idType", _ID_TYPE) not in {_ID_TYPE, ""}:
        return Broken("idType")
    limits = {"idNo": 50, "userName": 200, "ecToken": 512}
    missing = next((name for name, most in limits.items() if not _text(told.get(name), most)), None)
    if missing is not None:
        return Broken(missing)
    region: object = told.get("insuOrg")
    return HolderFound(
        VoucherIdentity(
            PersonName(told["userName"]),
            ResidentId(told["idNo"]),
            Voucher(told["ecToken"]),
            region if _text(region, 20) else "",
        )
    )


def taken(answer: bytes) -> bool:
    """Whether a notice was taken."""
    return isinstance(_data(answer), dict)


def _data(answer: bytes) -> dict[str, Any] | Declined | Broken:
    frame = _object(answer)
    if frame is None:
        return Broken("no object")
    code = frame.get("code")
    if code not in (_SUCCESS, str(_SUCCESS)) or isinstance(code, bool):
        message = frame.get("message")
        return Declined(message[:_REASON_LONGEST] if isinstance(message, str) else "")
    inner = frame.get("data")
    if isinstance(inner, dict):
        return cast("dict[str, Any]", inner)
    told = _object(inner.encode()) if isinstance(inner, str) and inner else {}
    return Broken("data") if told is None else told


def _object(text: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return cast("dict[str, Any]", found) if isinstance(found, dict) else None


def _text(value: object, most: int) -> TypeGuard[str]:
    return isinstance(value, str) and 0 < len(value) <= most and value.isprintable()
