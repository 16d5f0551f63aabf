"""A patient's phone: it begins a bill by itself (6201, 6202), or pays one that a kiosk has handed to it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement.reference.hospital import handing
from settlement.reference.hospital.errand import Declined as HospitalDeclined
from settlement.reference.hospital.errand import Errand
from settlement.reference.ledger.dealings import Settlement
from settlement.reference.ledger.mobile import Handing, MobileBill
from settlement.reference.ledger.parties import Hold
from settlement.reference.ledger.vouchers import FaceAuth
from settlement.reference.mobile import MobileCentre
from settlement.reference.people import PersonFile
from settlement.reference.platform.desk import Desk
from settlement.reference.tills.clerk import Clerk, Declined
from settlement.wire import codec, hospital, mobile, payment
from settlement.wire.handing import HandOver
from settlement.wire.payment import PayStatus
from settlement.wire.settle import SetlInfo
from settlement.wire.values import to_fen

_OUTPATIENT = "01"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A bill on the phone, and the centre's order for it."""

    hand_key: str
    pay_ord_id: str
    pay_token: str
    mdtrt_id: str
    setl_id: str | None


def order(desk: Desk, bill: hospital.FeeBatch, person: PersonFile, insutype: str, area: str) -> None:
    """6201 and 6202, the own part left for another till.

    Raises:
        Declined: the centre's own sentence, or somebody without an e-voucher.
    """
    platform = person.platform
    if platform is None or platform.ec_token is None:
        raise Declined("没有激活电子凭证")
    said = handing.composed(desk.world.hospital.code, bill, person, insutype, area) | {"mdtrtId": None}
    uploaded = _ask(desk, mobile.UPLOAD, said | {"medOrgOrd": secrets.token_hex(10)})
    number = uploaded["payOrdId"]
    mdtrt_id = bill.mdtrt_id or _visit(desk, number)
    _settle(desk, bill, platform.psn_no, Waiting("", number, uploaded["payToken"], mdtrt_id, None))


def hand_over(desk: Desk, bill: hospital.FeeBatch, hold_key: str, seconds: int) -> None:
    """As a kiosk has it done, for so long."""
    wish = HandOver(hand_key=f"{hold_key}-phone", hold_key=hold_key, batch_no=bill.batch_no)
    stays = timedelta(seconds=seconds)
    try:
        desk.ledger.carry_out(
            lambda session: handing.hand_over(Errand(session, desk.clock.now(), desk.world), wish, stays)
        )
    except HospitalDeclined as declined:
        raise Declined(str(declined)) from declined


def waiting(desk: Desk, batch_no: str) -> Waiting | None:
    """What of the bill waits on its patient's phone: not what was brought back, nor what has lapsed there."""

    def find(session: Session) -> Waiting | None:
        wanted = (
            select(Handing, MobileBill)
            .join(MobileBill, MobileBill.pay_ord_id == Handing.pay_ord_id)
            .join(Hold, Hold.hold_key == Handing.hand_key)
            .where(Handing.batch_no == batch_no, Hold.released_at.is_(None), Hold.expires_at > desk.clock.now())
        )
        found = session.execute(wanted).first()
        if found is None:
            return None
        row, bill = found
        return Waiting(row.hand_key, bill.pay_ord_id, bill.pay_token, bill.mdtrt_id, bill.setl_id)

    with desk.ledger.look() as session:
        return find(session)


def pay(clerk: Clerk, code: str, bill: hospital.FeeBatch, waits: Waiting, psn_no: str, *, whole: bool) -> str:
    """What its owner does with it on the phone: the insurance's part, then the own part, then the hospital books.

    The setl_id.

    Raises:
        Declined: by whoever; what was done before stays done.
    """
    desk = clerk.desk
    if waits.setl_id is None:
        _settle(desk, bill, psn_no, waits)
    with desk.ledger.look() as session:
        setl_id = session.get_one(MobileBill, waits.pay_ord_id).setl_id
        settled = session.get_one(Settlement, setl_id)
        info, msgid = codec.read(SetlInfo, codec.decode(settled.info.encode())), settled.msgid
    if whole:
        _book(clerk, bill, waits, info, msgid, _collect(clerk, code, waits, info))
    return setl_id or ""


def _settle(desk: Desk, bill: hospital.FeeBatch, psn_no: str, waits: Waiting) -> None:
    """6202."""
    ordered = {
        "payOrdId": waits.pay_ord_id,
        "payToken": waits.pay_token,
        "payAuthNo": _authorised(desk, psn_no),
        "orgCodg": desk.world.hospital.code,
        "orgBizSer": secrets.token_hex(10),
        "chrgBchno": bill.chrg_bchno,
        "feeType": _OUTPATIENT,
        "mdtrtId": waits.mdtrt_id,
    }
    _ask(desk, mobile.ORDER, ordered)


def _collect(clerk: Clerk, code: str, waits: Waiting, info: SetlInfo) -> tuple[hospital.BookedPayment, ...]:
    """The own part, under the order's own number: asked twice it is paid once."""
    fen = to_fen(info.psn_cash_pay) if info.psn_cash_pay is not None else 0
    if not fen:
        return ()
    number = f"phone{waits.pay_ord_id.lower()}"[-32:]
    wish = payment.Collect(order=number, amount_fen=fen, code=code, subject="手机缴费", terminal=clerk.opter)
    paid = clerk.tell(payment.COLLECT, wish, payment.PayReply)
    if paid.status is not PayStatus.PAID:
        raise Declined(paid.reason or "未支付")
    return (hospital.BookedPayment(order=number, amount_fen=fen, channel=paid.channel or "app"),)


def _book(
    clerk: Clerk,
    bill: hospital.FeeBatch,
    waits: Waiting,
    info: SetlInfo,
    msgid: str,
    paid: tuple[hospital.BookedPayment, ...],
) -> None:
    wish = hospital.Book(
        book_key=f"book-{waits.hand_key}",
        hold_key=waits.hand_key,
        batch_no=bill.batch_no,
        setl_id=info.setl_id or "",
        msgid=msgid,
        medfee_sumamt=info.medfee_sumamt,
        fund_pay_sumamt=info.fund_pay_sumamt,
        acct_pay=info.acct_pay,
        psn_cash_pay=info.psn_cash_pay if info.psn_cash_pay is not None else info.acct_pay * 0,
        payments=paid,
    )
    told = clerk.tell(hospital.BOOK, wish, hospital.BookReply)
    if told.refused is not None:
        raise Declined(told.refused)


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
