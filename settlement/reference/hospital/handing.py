"""A bill on its patient's phone: given there by a kiosk, brought back from there, or left there until its time is over.

A phone holds a bill like any till, under the key it was handed over with. Its order (6201) is made in the transaction
that ends the kiosk's hold and withdrawn (6401) in the one that ends the phone's, so that nobody else may pay between.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from settlement.reference import mobile_orders
from settlement.reference.hospital.billing import fee_batch, place_of_care, settling_insurance
from settlement.reference.hospital.errand import Declined, Errand
from settlement.reference.hospital.holds import end_hold, find_bill, find_hold, money_open, new_hold, refuse_paid
from settlement.reference.ledger.attempts import Registration
from settlement.reference.ledger.dealings import FeeRow, Settlement, SettlementState, Visit
from settlement.reference.ledger.mobile import PHONE, Handing, MobileBill
from settlement.reference.ledger.parties import Bill
from settlement.reference.ledger.queries import Query, store
from settlement.reference.people import PersonFile
from settlement.reference.platform.call import Refused
from settlement.wire import codec, hospital
from settlement.wire.codec import Message
from settlement.wire.handing import HandOver, HandOverReply, OnPhone
from settlement.wire.mobile import MobileUploadInput

WHERE = "医院公众号“待缴费”，或“我的医保”里的待支付订单"
"""Where on the phone a bill waits that was handed over."""
STAYS = timedelta(hours=24)
_LINK = "https://pay.hospital.invalid/bill"
_UNDERSCORE = re.compile(r"_([a-z])")
_RESIDENT_ID, _BY_ITEM, _OUTPATIENT, _NOT_REFORMED, _ACCOUNT = "01", "01", "01", "0", "1"
_HANDED = Query(Handing, Handing.hand_key == bindparam("hand_key"))


def hand_over(errand: Errand, wish: HandOver, stays: timedelta = STAYS) -> HandOverReply:
    """The same answer under the same key, also when the bill has long been paid or brought back."""
    bill = find_bill(errand.session, wish.batch_no)
    known = _HANDED.first(errand.session, hand_key=wish.hand_key)
    if known is not None:
        return codec.read(HandOverReply, codec.decode(known.reply.encode()))
    refuse_paid(errand.session, bill)
    held = find_hold(errand.session, wish.hold_key, wish.batch_no)
    if held is None or held.released_at:
        raise Declined("该费用不在占用中，不能转到手机")
    if money_open(errand.session, held.owner, held.held_at) or _settled(errand.session, bill):
        raise Declined("该费用上一次支付尚未了结")
    order = _order(errand, bill, wish.hand_key)
    end_hold(errand, held)
    until = errand.now + stays
    store(errand.session, new_hold(errand, wish.hand_key, wish.batch_no, PHONE, until))
    handed = _told(order.pay_ord_id, until.isoformat(timespec="seconds"))
    reply = HandOverReply(hand_key=wish.hand_key, handed=handed)
    row = Handing.made(
        hand_key=wish.hand_key,
        batch_no=wish.batch_no,
        pay_ord_id=order.pay_ord_id,
        until=until,
        reply=codec.encode(reply).decode(),
    )
    store(errand.session, row)
    return reply


def _told(number: str, until: str) -> OnPhone:
    return OnPhone(until=until, where=WHERE, number=number, link=f"{_LINK}/{number}")


def _settled(session: Session, bill: Bill) -> bool:
    standing = (Settlement.chrg_bchno == bill.chrg_bchno, Settlement.state == SettlementState.STANDING)
    return session.scalar(select(Settlement.setl_id).where(*standing).limit(1)) is not None


def _order(errand: Errand, bill: Bill, number: str) -> MobileBill:
    """6201 by the hospital's mobile service, for whoever has an e-voucher; what the HIS reported itself goes before."""
    person, batch = errand.world.person_of(bill.certno), fee_batch(bill)
    insutype = settling_insurance(person) if person else None
    if person is None or person.platform is None or person.platform.ec_token is None or insutype is None:
        raise Declined("就诊人没有激活医保电子凭证，请在本机或窗口缴费")
    _withdraw_report(errand.session, batch.batch_no)
    area = next((row.area for row in person.platform.insurances if row.insutype == insutype), "")
    said = composed(errand.world.hospital.code, batch, person, insutype, area) | {"medOrgOrd": number}
    asked = codec.read(MobileUploadInput, said)
    try:
        return mobile_orders.upload(errand.session, errand.now, errand.world, place_of_care(errand).care, asked)
    except Refused as refused:
        raise Declined(refused.sentence) from refused


def _withdraw_report(session: Session, batch_no: str) -> None:
    known = session.get(Registration, batch_no)
    if known is None:
        return
    session.execute(delete(FeeRow).where(FeeRow.mdtrt_id == known.mdtrt_id, FeeRow.setl_id.is_(None)))
    session.get_one(Visit, known.mdtrt_id).cancelled = True
    session.delete(known)
    session.flush()


def composed(code: str, bill: hospital.FeeBatch, person: PersonFile, insutype: str, area: str) -> dict[str, Any]:
    """6201 of a bill, but for its order number, in the name of whoever has the phone."""
    platform = person.platform
    return {
        **_camel(bill.registration),
        **_camel(bill.mdtrtinfo),
        "orgCodg": code,
        "psnNo": platform.psn_no if platform else "",
        "ecToken": platform.ec_token if platform else "",
        "idNo": person.certno,
        "userName": person.name,
        "idType": _RESIDENT_ID,
        "insutype": insutype,
        "insuCode": area,
        "iptOtpNo": bill.visit_no,
        "mdtrtId": bill.mdtrt_id,
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


def _camel(part: Message | None) -> dict[str, Any]:
    said = part.model_dump(exclude_none=True) if part is not None else {}
    return {_UNDERSCORE.sub(lambda found: found[1].upper(), name): value for name, value in said.items()}
