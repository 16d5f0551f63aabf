"""A patient's phone begins a bill: 6201 and 6202 at the mobile payment centre, the own part left for another till."""

from __future__ import annotations

import re
import secrets
from typing import Any

from settlement.reference.ledger.mobile import MobileBill
from settlement.reference.ledger.vouchers import FaceAuth
from settlement.reference.mobile import MobileCentre
from settlement.reference.people import PersonFile
from settlement.reference.platform.desk import Desk
from settlement.reference.tills.clerk import Declined
from settlement.wire import codec, hospital, mobile
from settlement.wire.codec import Message

_UNDERSCORE = re.compile(r"_([a-z])")
_RESIDENT_ID, _BY_ITEM, _OUTPATIENT, _NOT_REFORMED, _ACCOUNT = "01", "01", "01", "0", "1"


def order(desk: Desk, bill: hospital.FeeBatch, person: PersonFile, insutype: str, area: str) -> None:
    """
    Raises:
        Declined: the centre's own sentence, or somebody without an e-voucher.
    """
    platform = person.platform
    if platform is None or platform.ec_token is None:
        raise Declined("没有激活电子凭证")
    uploaded = _ask(desk, mobile.UPLOAD, _upload(desk, bill, person, insutype, area))
    ticket = {name: uploaded[name] for name in ("payOrdId", "payToken")}
    ordered = {
        **ticket,
        "payAuthNo": _authorised(desk, platform.psn_no),
        "orgCodg": desk.world.hospital.code,
        "orgBizSer": secrets.token_hex(10),
        "chrgBchno": bill.chrg_bchno,
        "feeType": _OUTPATIENT,
        "mdtrtId": bill.mdtrt_id or _visit(desk, ticket["payOrdId"]),
    }
    _ask(desk, mobile.ORDER, ordered)


def _upload(desk: Desk, bill: hospital.FeeBatch, person: PersonFile, insutype: str, area: str) -> dict[str, Any]:
    platform = person.platform
    return {
        **_camel(bill.registration),
        **_camel(bill.mdtrtinfo),
        "orgCodg": desk.world.hospital.code,
        "psnNo": platform.psn_no if platform else "",
        "ecToken": platform.ec_token if platform else "",
        "idNo": person.certno,
        "userName": person.name,
        "idType": _RESIDENT_ID,
        "insutype": insutype,
        "insuCode": area,
        "medOrgOrd": secrets.token_hex(10),
        "iptOtpNo": bill.visit_no,
        "medType": bill.med_type,
        "feeType": _OUTPATIENT,
        "medfeeSumamt": bill.total,
        "acctUsedFlag": _ACCOUNT,
        "psnSetlway": _BY_ITEM,
        "chrgBchno": bill.chrg_bchno,
        "pubHospRfomFlag": _NOT_REFORMED,
        "feedetailList": [_camel(row) for row in bill.feedetail],
        "diseinfoList": [_camel(row) for row in bill.diseinfo],
    }


def _authorised(desk: Desk, psn_no: str) -> str:
    """As a certified terminal in the phone answers it (payAuthNo)."""
    auth_no = secrets.token_hex(16)
    auth = FaceAuth(
        auth_no=auth_no,
        psn_no=psn_no,
        out_biz_no=secrets.token_hex(8),
        business_type="01301",
        at=desk.clock.now(),
        spent=False,
    )
    desk.ledger.carry_out(lambda session: session.add(auth))
    return auth_no


def _visit(desk: Desk, pay_ord_id: str) -> str:
    """The visit that 6201 registered: the centre tells the hospital, which the phone is part of."""
    with desk.ledger.look() as session:
        return session.get_one(MobileBill, pay_ord_id).mdtrt_id


def _ask(desk: Desk, path: str, said: dict[str, Any]) -> dict[str, Any]:
    told = codec.decode(MobileCentre(desk).answer(path, codec.encode(said)).body)
    if told["code"] != "0":
        raise Declined(str(told["message"]))
    return dict(told["data"])


def _camel(part: Message | None) -> dict[str, Any]:
    said = part.model_dump(exclude_none=True) if part is not None else {}
    return {_UNDERSCORE.sub(lambda found: found[1].upper(), name): value for name, value in said.items()}
