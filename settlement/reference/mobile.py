"""The mobile payment centre (6201 to 6401): a bill is uploaded, ordered, looked up, given back or withdrawn.

It stands at the platform's desk like everybody else: what it settles is a settlement there, counts for the year, and
must be booked by the hospital. Every message is sealed both ways. What no source says is this centre's own: an order
settles at once (ordStas 3) with the account used as the upload says; medOrgOrd, payOrdId and appRefdSn make a repeat
the same thing; the own part is collected elsewhere, so that CASH is never given back here.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from settlement.reference import mobile_orders
from settlement.reference.answer import Answer
from settlement.reference.doors import SealedDoor
from settlement.reference.ledger.dealings import Settlement
from settlement.reference.ledger.mobile import CENTRE, MobileBill, MobileRefund, OrderStatus
from settlement.reference.ledger.parties import Person
from settlement.reference.ledger.store import Unstorable
from settlement.reference.platform import settling, undoing
from settlement.reference.platform.call import Call, Refused
from settlement.reference.platform.desk import Desk, note_message
from settlement.reference.platform.persons import queue_for
from settlement.wire import codec, mobile
from settlement.wire.codec import BrokenMessage, Message
from settlement.wire.envelope import Request
from settlement.wire.settle import SettleOutput

_ECHO = ("fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt")
_SUCCESS, _FAIL = "SUCC", "FAIL"
_REFUSED = "-1"

WishT = TypeVar("WishT", bound=Message)


@dataclass(frozen=True, slots=True)
class Errand:
    """One message to the centre, inside its database transaction."""

    session: Session
    now: datetime
    desk: Desk

    def ask(self, infno: str, data: dict[str, Any], insured: str, handler: Callable[[Call], Any]) -> dict[str, Any]:
        """The centre's own message at the platform's desk, and its output; on record like everybody's."""
        hospital = self.desk.world.hospital
        request = {
            "infno": infno,
            "msgid": f"M{secrets.token_hex(14)}",
            "mdtrtarea_admvs": self.desk.area.code,
            "insuplc_admdvs": insured,
            "recer_sys_code": "YBXT",
            "opter_type": "3",
            "opter": CENTRE,
            "opter_name": "移动支付中心",
            "inf_time": f"{self.now:%Y-%m-%d %H:%M:%S}",
            "fixmedins_code": hospital.code,
            "fixmedins_name": hospital.name,
            "input": {"data": data},
        }
        desk, made = self.desk, codec.read(Request, request)
        output = handler(Call(self.session, made, self.now, desk.area, desk.world, desk.manners, desk.areas))
        reply = codec.encode({"infcode": 0, "output": output})
        note_message(self.session, made, codec.encode(made), reply, self.now, succeeded=True)
        return dict(codec.decode(reply)["output"])


@dataclass(frozen=True, slots=True)
class MobileCentre:
    """The face behind `PATHS`. `door` None: nothing is sealed, for whoever speaks to it in this process."""

    desk: Desk
    door: SealedDoor | None = None

    def answer(self, path: str, body: bytes) -> Answer:
        """Never raises for anything a client can send; what no kiosk of ours signed is answered in the clear."""
        message = body if self.door is None else self.door.admit({}, body)
        if message is None:
            return Answer(codec.encode({"code": _REFUSED, "message": "验签失败"}))
        try:
            wish, handler = _HANDLERS[path]
            asked = codec.read(wish, codec.decode(message))
            told = self.desk.ledger.carry_out(
                lambda session: handler(Errand(session, self.desk.clock.now(), self.desk), asked)
            )
            return self._told(told)
        except Refused as refused:
            return self._told({}, refused.sentence)
        except Unstorable:
            return self._told({}, "报文校验失败：字段超长")
        except BrokenMessage as broken:
            return self._told({}, f"报文校验失败：{'、'.join(broken.fields)}")

    def _told(self, content: dict[str, Any], refusal: str = "") -> Answer:
        code, words = (_REFUSED, refusal) if refusal else ("0", "成功")
        said = codec.encode(content)
        if self.door is None:
            return Answer(codec.encode({"code": code, "message": words, "data": content}))
        return Answer(self.door.reply(said, code, words))


def _upload(errand: Errand, asked: mobile.MobileUploadInput) -> dict[str, Any]:
    """6201."""
    desk = errand.desk
    bill = mobile_orders.upload(errand.session, errand.now, desk.world, desk.area.care, asked)
    return {"payOrdId": bill.pay_ord_id, "payToken": bill.pay_token}


def _order(errand: Errand, asked: mobile.MobileOrderInput) -> dict[str, Any]:
    """6202: the insurance's part is settled; a repeat is told the same."""
    bill = _bill(errand, asked.payOrdId, asked.payToken)
    if bill.told:
        return codec.decode(bill.told.encode())
    if bill.status != OrderStatus.UPLOADED:
        raise Refused("订单已撤销", "mobile_6202")
    upload = codec.read(mobile.MobileUploadInput, codec.decode(bill.body.encode()))
    person = errand.session.get_one(Person, bill.psn_no)
    if mobile_orders.authorised(errand.session, asked.payAuthNo) != person.ec_token or asked.mdtrtId != bill.mdtrt_id:
        raise Refused("授权码与订单不符", "mobile_6202")
    info = _settle(errand, upload, bill, person)
    bill.status, bill.setl_id = OrderStatus.SETTLED, info.setl_id
    told = {
        "payOrdId": bill.pay_ord_id,
        "ordStas": bill.status,
        "feeSumamt": info.medfee_sumamt,
        "ownPayAmt": info.psn_cash_pay,
        "psnAcctPay": info.acct_pay,
        "fundPay": info.fund_pay_sumamt,
    }
    bill.told = codec.encode(told).decode()
    return told


def _settle(errand: Errand, upload: mobile.MobileUploadInput, bill: MobileBill, person: Person) -> Any:
    """2206A and 2207A in one transaction."""
    data = {
        "psn_no": person.psn_no,
        "mdtrt_cert_type": mobile_orders.VOUCHER,
        "mdtrt_cert_no": person.ec_token,
        "med_type": upload.medType,
        "medfee_sumamt": upload.medfeeSumamt,
        "psn_setlway": upload.psnSetlway,
        "mdtrt_id": bill.mdtrt_id,
        "chrg_bchno": upload.chrgBchno,
        "acct_used_flag": upload.acctUsedFlag or "1",
        "insutype": upload.insutype,
    }
    quoted = errand.ask("2206A", data, upload.insuCode, settling.quote)
    echo = {name: quoted["setlinfo"][name] for name in _ECHO}
    return codec.read(SettleOutput, errand.ask("2207A", data | echo, upload.insuCode, settling.settle_bill)).setlinfo


def _look_up(errand: Errand, asked: mobile.MobileOrderNumberInput) -> dict[str, Any]:
    """6301: how it is now."""
    bill = _bill(errand, asked.payOrdId, asked.payToken)
    told = codec.decode(bill.told.encode()) if bill.told else {"payOrdId": bill.pay_ord_id}
    return told | {"ordStas": bill.status, "medOrgOrd": bill.org_ord, "setlType": "ALL" if bill.setl_id else ""}


def _refund(errand: Errand, asked: mobile.MobileRefundInput) -> dict[str, Any]:
    """6203: 2208 of what 6202 settled."""
    known = errand.session.get(MobileRefund, asked.appRefdSn)
    if known is not None:
        return {"refStatus": known.status if known.pay_ord_id == asked.payOrdId else _FAIL}
    bill = errand.session.get(MobileBill, asked.payOrdId, with_for_update=True)
    if bill is None:
        raise Refused("订单不存在", "mobile_6203")
    done = bill.status == OrderStatus.SETTLED and asked.refdType in {"ALL", "HI"} and _undo(errand, bill, asked)
    refund = MobileRefund(
        app_refd_sn=asked.appRefdSn, pay_ord_id=bill.pay_ord_id, status=_SUCCESS if done else _FAIL, at=errand.now
    )
    errand.session.add(refund)
    return {"refStatus": refund.status}


def _undo(errand: Errand, bill: MobileBill, asked: mobile.MobileRefundInput) -> bool:
    """Whether the amounts are those that were paid; then nothing stands any more."""
    settlement = errand.session.get_one(Settlement, bill.setl_id)
    fen = settlement.fund + settlement.account
    if asked.totlRefdAmt * 100 != fen or asked.cashRefdAmt:
        return False
    queue_for(errand.session, [bill.psn_no])
    data = {"setl_id": settlement.setl_id, "mdtrt_id": bill.mdtrt_id, "psn_no": bill.psn_no}
    errand.ask("2208", data, settlement.insured_area, undoing.cancel)
    bill.status = OrderStatus.REFUNDED
    return True


def _withdraw(errand: Errand, asked: mobile.MobileOrderNumberInput) -> dict[str, Any]:
    """6401."""
    mobile_orders.withdraw(errand.session, _bill(errand, asked.payOrdId, asked.payToken))
    return {"success": "true", "message": "成功"}


def _bill(errand: Errand, pay_ord_id: str, pay_token: str) -> MobileBill:
    bill = errand.session.get(MobileBill, pay_ord_id, with_for_update=True)
    if bill is None or bill.pay_token != pay_token:
        raise Refused("订单不存在", "mobile_6301")
    queue_for(errand.session, [bill.psn_no])
    return bill


_HANDLERS: Mapping[str, tuple[type[Any], Callable[[Errand, Any], dict[str, Any]]]] = {
    mobile.UPLOAD: (mobile.MobileUploadInput, _upload),
    mobile.ORDER: (mobile.MobileOrderInput, _order),
    mobile.REFUND: (mobile.MobileRefundInput, _refund),
    mobile.QUERY: (mobile.MobileOrderNumberInput, _look_up),
    mobile.WITHDRAW: (mobile.MobileOrderNumberInput, _withdraw),
}
PATHS = tuple(_HANDLERS)
