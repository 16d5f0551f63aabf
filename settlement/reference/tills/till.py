"""One till of the hospital's: it holds, takes money, settles and books, or stops half-way as it was told.

It does so through the faces that kiosks use, in transactions of its own, and so wins and loses like any other till.
Unlike a kiosk it keeps no journal: what it had in hand when the backend ended is for the audit to find.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import assert_never

from settlement.reference.hospital.billing import settling_insurance
from settlement.reference.people import PersonFile, World
from settlement.reference.tills import phone
from settlement.reference.tills.clerk import Clerk, Declined, Told
from settlement.wire import codec, hospital, payment, settle
from settlement.wire.codec import Message
from settlement.wire.outpatient import ALL_UNSETTLED
from settlement.wire.payment import PayStatus, RefundStatus
from settlement.wire.till import Stage, TakeBill
from settlement.wire.values import to_fen

_RESIDENT_ID = "02"
_BY_ITEM = "01"  # psn_setlway
_ON_PHONE = {Stage.SETTLED, Stage.BOOKED}
_FORWARD = (Stage.HELD, Stage.PAID, Stage.SETTLED, Stage.BOOKED)


@dataclass
class Deal:
    """A bill in a till's hands, and what is done about it so far."""

    bill: hospital.FeeBatch
    person: PersonFile
    insutype: str
    area: str
    key: str
    order: str
    stage: Stage | None = None
    mdtrt_id: str = ""
    quote: settle.SetlInfo | None = None
    msgid: str = ""
    setl_id: str = ""
    channel: str = "window"

    @property
    def psn_no(self) -> str:
        return self.person.platform.psn_no if self.person.platform else ""

    @property
    def who(self) -> Told:
        return {"psn_no": self.psn_no}

    @property
    def visit(self) -> Told:
        return self.who | {"mdtrt_id": self.mdtrt_id}

    @property
    def credential(self) -> Told:
        return self.who | {"mdtrt_cert_type": _RESIDENT_ID, "mdtrt_cert_no": self.person.certno}

    @property
    def quoted(self) -> settle.SetlInfo:
        if self.quote is None:
            raise Declined("尚未预结算")
        return self.quote

    @property
    def cash(self) -> int:
        cash = self.quoted.psn_cash_pay
        return to_fen(cash) if cash is not None else 0


@dataclass
class Till:
    """A window or an app. `code` is the payment code that its patients show."""

    clerk: Clerk
    world: World
    code: str
    _deals: dict[str, Deal] = field(default_factory=dict[str, Deal])
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, asked: TakeBill, bill: hospital.FeeBatch, person: PersonFile) -> Deal:
        """Goes on with the bill as far as asked, from where this till had stopped.

        Raises:
            Declined: by whoever; what was done before stays done.
        """
        with self._lock:
            deal = self._deals.get(asked.batch_no) or self._begin(bill, person)
            if (waits := phone.waiting(self.clerk.desk, asked.batch_no)) and asked.until in _ON_PHONE:
                deal.setl_id = phone.pay(
                    self.clerk, self.code, bill, waits, deal.psn_no, whole=asked.until is Stage.BOOKED
                )
                deal.stage = asked.until
                return deal
            self._deals[asked.batch_no] = deal
            if asked.until in {Stage.ORDERED, Stage.HANDED}:
                self._step(asked.until, asked.seconds)(deal)
                del self._deals[asked.batch_no]
                return deal
            if asked.until is Stage.RELEASED:
                self._give_back(deal)
                del self._deals[asked.batch_no]
                return deal
            done = _FORWARD.index(deal.stage) + 1 if deal.stage in _FORWARD else 0
            for stage in _FORWARD[done : _FORWARD.index(asked.until) + 1]:
                self._step(stage, asked.seconds)(deal)
                deal.stage = stage
            return deal

    def _begin(self, bill: hospital.FeeBatch, person: PersonFile) -> Deal:
        insutype = settling_insurance(person)
        rows = person.platform.insurances if person.platform else ()
        area = next((row.area for row in rows if row.insutype == insutype), "")
        if insutype is None:
            raise Declined("没有可以结算的参保信息")
        key = secrets.token_hex(10)
        return Deal(
            bill, person, insutype, area, f"{self.clerk.opter}-{key}", f"till{key}", mdtrt_id=bill.mdtrt_id or ""
        )

    def _step(self, stage: Stage, seconds: int) -> Callable[[Deal], None]:
        match stage:
            case Stage.HELD:
                return lambda deal: self._hold(deal, seconds)
            case Stage.PAID:
                return self._pay
            case Stage.SETTLED:
                return self._settle
            case Stage.BOOKED:
                return self._book
            case Stage.RELEASED:
                return self._give_back
            case Stage.ORDERED:
                return lambda deal: self._order(deal, seconds)
            case Stage.HANDED:
                return lambda deal: self._hand(deal, seconds)
            case _ as never:
                assert_never(never)

    def _hold(self, deal: Deal, seconds: int) -> None:
        wish = hospital.Hold(hold_key=deal.key, batch_no=deal.bill.batch_no, owner=self.clerk.opter, seconds=seconds)
        _accepted(self.clerk.tell(hospital.HOLD, wish, hospital.HoldReply).refused)

    def _order(self, deal: Deal, seconds: int) -> None:
        """Held while the phone orders, and free again for whoever collects the own part."""
        self._hold(deal, seconds)
        phone.order(self.clerk.desk, deal.bill, deal.person, deal.insutype, deal.area)
        wish = hospital.Release(hold_key=deal.key, batch_no=deal.bill.batch_no)
        _accepted(self.clerk.tell(hospital.RELEASE, wish, hospital.ReleaseReply).refused)
        deal.stage = Stage.ORDERED

    def _hand(self, deal: Deal, seconds: int) -> None:
        self._hold(deal, max(seconds, 1))
        phone.hand_over(self.clerk.desk, deal.bill, deal.key, seconds)
        deal.stage = Stage.HANDED

    def _pay(self, deal: Deal) -> None:
        """Quotes, and takes the own part; nothing where there is none."""
        self._report(deal)
        body = self._settling(deal)
        told = codec.read(settle.SettleOutput, self.clerk.ask("2206A", {"data": body}, deal.area))
        deal.quote = told.setlinfo
        if not deal.cash:
            return
        wish = payment.Collect(
            order=deal.order, amount_fen=deal.cash, code=self.code, subject="门诊", terminal=self.clerk.opter
        )
        paid = self.clerk.tell(payment.COLLECT, wish, payment.PayReply)
        if paid.status is not PayStatus.PAID:
            raise Declined(paid.reason or "未支付")
        deal.channel = paid.channel or deal.channel

    def _report(self, deal: Deal) -> None:
        """2201, 2203A and 2204 as far as the hospital has not sent them."""
        if not deal.mdtrt_id:
            body = _dump(deal.bill.registration) | deal.credential | {"insutype": deal.insutype}
            deal.mdtrt_id = str(self.clerk.ask("2201", {"data": body}, deal.area)["data"]["mdtrt_id"])
        if deal.bill.fees_uploaded:
            return
        diagnoses = [_dump(row) | deal.who for row in deal.bill.diseinfo]
        described = {"mdtrtinfo": _dump(deal.bill.mdtrtinfo) | deal.visit, "diseinfo": diagnoses}
        self.clerk.ask("2203A", described, deal.area)
        self.clerk.ask("2204", {"feedetail": [_dump(row) | deal.visit for row in deal.bill.feedetail]}, deal.area)

    def _settling(self, deal: Deal) -> Told:
        return deal.credential | {
            "med_type": deal.bill.med_type,
            "medfee_sumamt": deal.bill.total,
            "psn_setlway": _BY_ITEM,
            "mdtrt_id": deal.mdtrt_id,
            "chrg_bchno": deal.bill.chrg_bchno,
            "acct_used_flag": "1",
            "insutype": deal.insutype,
        }

    def _settle(self, deal: Deal) -> None:
        echo = ("fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt")
        body = self._settling(deal) | {name: getattr(deal.quoted, name) for name in echo}
        deal.msgid = self.clerk.msgid()
        told = codec.read(settle.SettleOutput, self.clerk.ask("2207A", {"data": body}, deal.area, deal.msgid))
        deal.setl_id = told.setlinfo.setl_id or ""

    def _book(self, deal: Deal) -> None:
        fen, channel = deal.cash, deal.channel
        paid = (hospital.BookedPayment(order=deal.order, amount_fen=fen, channel=channel),) if fen else ()
        wish = hospital.Book(
            book_key=f"book-{deal.key}",
            hold_key=deal.key,
            batch_no=deal.bill.batch_no,
            setl_id=deal.setl_id,
            msgid=deal.msgid,
            medfee_sumamt=deal.quoted.medfee_sumamt,
            fund_pay_sumamt=deal.quoted.fund_pay_sumamt,
            acct_pay=deal.quoted.acct_pay,
            psn_cash_pay=deal.quoted.psn_cash_pay or deal.quoted.acct_pay * 0,
            payments=paid,
        )
        _accepted(self.clerk.tell(hospital.BOOK, wish, hospital.BookReply).refused)

    def _give_back(self, deal: Deal) -> None:
        """Undoes in the opposite order; a booked bill is the pharmacy's already."""
        if deal.stage is Stage.BOOKED:
            raise Declined("该费用已入账")
        if deal.setl_id:
            reverse = {"omsgid": deal.msgid, "oinfno": "2207A"}
            self.clerk.ask("2601", {"data": deal.who | reverse}, deal.area)
        if deal.quote is not None and deal.cash:
            self._refund(deal)
        if deal.mdtrt_id and not deal.bill.fees_uploaded:
            self.clerk.ask("2205", {"data": deal.visit | {"chrg_bchno": ALL_UNSETTLED}}, deal.area)
        if deal.mdtrt_id and not deal.bill.mdtrt_id:
            self.clerk.ask("2202", {"data": deal.visit | {"ipt_otp_no": deal.bill.visit_no}}, deal.area)
        wish = hospital.Release(hold_key=deal.key, batch_no=deal.bill.batch_no)
        _accepted(self.clerk.tell(hospital.RELEASE, wish, hospital.ReleaseReply).refused)
        deal.stage = Stage.RELEASED

    def _refund(self, deal: Deal) -> None:
        wish = payment.Refund(order=deal.order, refund_order=f"r{deal.order}", amount_fen=deal.cash)
        back = self.clerk.tell(payment.REFUND, wish, payment.RefundReply)
        if back.status is not RefundStatus.REFUNDED:
            raise Declined(back.reason or "未退款")


def _accepted(refusal: str | None) -> None:
    if refusal is not None:
        raise Declined(refusal)


def _dump(part: Message | None) -> Told:
    return part.model_dump(exclude_none=True) if part is not None else {}
