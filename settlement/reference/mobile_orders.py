"""Bills at the mobile payment centre before anybody has paid them: uploaded (6201) and withdrawn (6401)."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from settlement.reference.benefit.areas import Care
from settlement.reference.ledger.dealings import FeeRow, Visit
from settlement.reference.ledger.mobile import MobileBill, OrderStatus
from settlement.reference.ledger.parties import Person
from settlement.reference.ledger.vouchers import FaceAuth
from settlement.reference.people import World
from settlement.reference.platform.call import Refused, fresh_number
from settlement.reference.platform.persons import queue_for
from settlement.reference.platform.visits import describe_visit, open_visit, upload_rows
from settlement.wire import codec, mobile, outpatient
from settlement.wire.codec import Message

VOUCHER = "01"
"""mdtrt_cert_type of whoever comes with an e-voucher."""


def upload(session: Session, now: datetime, world: World, care: Care, asked: mobile.MobileUploadInput) -> MobileBill:
    """All of it or nothing; a repeat under the same order number is the same bill."""
    said = codec.encode(asked)
    sha256 = hashlib.sha256(said).hexdigest()
    known = session.scalar(select(MobileBill).where(MobileBill.org_ord == asked.medOrgOrd))
    if known is not None:
        if known.sha256 != sha256:
            raise Refused("机构订单号重复", "mobile_6201")
        return known
    person = _person(session, asked)
    mdtrt_id = asked.mdtrtId or _register(session, now, asked, person)
    _describe(session, asked, mdtrt_id)
    fees = [_national(row) | {"psn_no": person.psn_no, "mdtrt_id": mdtrt_id} for row in asked.feedetailList]
    upload_rows(session, world, [codec.read(outpatient.Fee, row) for row in fees], care)
    bill = MobileBill(
        pay_ord_id=f"ORD{fresh_number(now)}",
        pay_token=secrets.token_hex(16),
        org_ord=asked.medOrgOrd,
        sha256=sha256,
        psn_no=person.psn_no,
        mdtrt_id=mdtrt_id,
        registered=asked.mdtrtId is None,
        status=OrderStatus.UPLOADED,
        setl_id=None,
        body=said.decode(),
        told="",
        at=now,
    )
    session.add(bill)
    session.flush()
    return bill


def withdraw(session: Session, bill: MobileBill) -> None:
    """Lines and registration go, unless it was ordered; what is withdrawn stays so."""
    if bill.status in {OrderStatus.SETTLED, OrderStatus.REFUNDED}:
        raise Refused("订单已支付，请办理退费", "mobile_6401")
    if bill.status == OrderStatus.UPLOADED:
        session.execute(delete(FeeRow).where(FeeRow.mdtrt_id == bill.mdtrt_id, FeeRow.setl_id.is_(None)))
        if bill.registered:
            session.get_one(Visit, bill.mdtrt_id).cancelled = True
        bill.status = OrderStatus.WITHDRAWN


def authorised(session: Session, auth_no: str) -> str:
    """The token of whoever a certified terminal authorised."""
    known = session.get(FaceAuth, auth_no)
    person = session.get(Person, known.psn_no) if known else None
    if person is None or person.ec_token is None:
        raise Refused("授权码无效", "mobile_6202")
    return person.ec_token


def _person(session: Session, asked: mobile.MobileUploadInput) -> Person:
    """Whose voucher or authorisation it is; it must be the person that the message names."""
    queue_for(session, [asked.psnNo])
    person = session.get(Person, asked.psnNo)
    token = asked.ecToken or authorised(session, asked.payAuthNo or "")
    if person is None or person.ec_token is None or token != person.ec_token or asked.idNo != person.certno:
        raise Refused("电子凭证与参保人员不符", "mobile_6201")
    return person


def _register(session: Session, now: datetime, asked: mobile.MobileUploadInput, person: Person) -> str:
    said = _national(asked) | {"mdtrt_cert_type": VOUCHER, "mdtrt_cert_no": person.ec_token}
    return open_visit(session, now, codec.read(outpatient.Register, said)).mdtrt_id


def _describe(session: Session, asked: mobile.MobileUploadInput, mdtrt_id: str) -> None:
    said = _national(asked) | {"mdtrt_id": mdtrt_id}
    describe_visit(session, codec.read(outpatient.Visit, said))


def _national(part: Message) -> dict[str, Any]:
    """FeedetlSn is feedetl_sn at the platform."""
    said = part.model_dump(exclude_none=True)
    return {"".join(f"_{c.lower()}" if c.isupper() else c for c in name): value for name, value in said.items()}
