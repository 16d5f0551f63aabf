"""A bill on its way through the front: what the hospital knows of it, and what it has told the platform so far."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement.reference.front.errand import Declined, House
from settlement.reference.front.operator import Denied
from settlement.reference.hospital.billing import fee_batch
from settlement.reference.ledger.attempts import Registration
from settlement.reference.ledger.parties import Bill, Hold
from settlement.wire import his, hospital
from settlement.wire.codec import Message
from settlement.wire.outpatient import ALL_UNSETTLED
from settlement.wire.values import to_fen

Told = dict[str, Any]

_BY_ITEM = "01"  # psn_setlway
_SPLIT = ("fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt")


@dataclass(frozen=True, slots=True)
class Case:
    """A bill that the asking terminal holds. `mdtrt_id` is "" before there is a visit."""

    house: House
    asked: his.AskQuote
    bill: hospital.FeeBatch
    mdtrt_id: str
    insutype: str
    uploaded: bool

    def ask(self, infno: str, body: Told, msgid: str | None = None) -> Told:
        """One transaction about this person; a refusal of the platform's is one of ours."""
        try:
            return self.house.operator.ask(infno, body, self.asked.insuplc_admdvs, msgid)
        except Denied as denied:
            raise Declined(str(denied)) from denied

    @property
    def who(self) -> Told:
        return {"psn_no": self.asked.psn_no, "mdtrt_id": self.mdtrt_id}

    @property
    def credential(self) -> Told:
        shown = self.asked.credential
        return {
            "psn_no": self.asked.psn_no,
            "mdtrt_cert_type": shown.mdtrt_cert_type,
            "mdtrt_cert_no": shown.mdtrt_cert_no,
        }

    @property
    def infnos(self) -> tuple[str, str]:
        """Of quote and settlement."""
        return ("2206A", "2207A") if self.bill.stay is None else ("2303", "2304")

    def settling(self) -> Told:
        """What quote and settlement have in common."""
        if self.bill.stay is not None:
            return self._staying(self.bill.stay)
        return self.credential | {
            "med_type": self.bill.med_type,
            "medfee_sumamt": self.bill.total,
            "psn_setlway": _BY_ITEM,
            "mdtrt_id": self.mdtrt_id,
            "chrg_bchno": self.bill.chrg_bchno,
            "acct_used_flag": self.asked.acct_used_flag,
            "insutype": self.asked.insutype,
            **(self.asked.extra or {}),
        }

    def _staying(self, stay: hospital.Stay) -> Told:
        return self.credential | {
            "medfee_sumamt": self.bill.total,
            "psn_setlway": stay.psn_setlway,
            "mdtrt_id": self.mdtrt_id,
            "acct_used_flag": self.asked.acct_used_flag,
            "insutype": self.asked.insutype,
            "mid_setl_flag": "0",
            **{name: getattr(stay, name) for name in _SPLIT},
            **(self.asked.extra or {}),
        }


def open_case(house: House, asked: his.AskQuote) -> Case:
    """Raises Declined when this terminal does not hold the bill, or speaks of other sums."""
    with house.ledger.look() as session:
        row = session.scalar(select(Bill).where(Bill.batch_no == asked.batch_no))
        if row is None or (row.chrg_bchno, row.total) != (asked.chrg_bchno, to_fen(asked.medfee_sumamt)):
            raise Declined("没有这笔费用，或金额已变")
        held = select(Hold.id).where(
            Hold.batch_no == asked.batch_no, Hold.owner == asked.terminal, Hold.released_at.is_(None)
        )
        if session.scalar(held.limit(1)) is None:
            raise Declined("该费用未被本终端占用", his.Code.BILL_NOT_HELD)
        bill = fee_batch(row)
        known = session.get(Registration, asked.batch_no)
    if known is not None:
        return Case(house, asked, bill, known.mdtrt_id, known.insutype, known.uploaded)
    return Case(house, asked, bill, bill.mdtrt_id or "", bill.insutype or asked.insutype, bill.fees_uploaded)


def is_stay(house: House, batch_no: str) -> bool:
    """Whether that bill was for a stay, whose settlement has numbers of its own."""
    with house.ledger.look() as session:
        row = session.scalar(select(Bill).where(Bill.batch_no == batch_no))
        return row is not None and fee_batch(row).stay is not None


def reported(case: Case) -> Case:
    """The same case with a visit at the platform that has all its lines; what was done before is not done again."""
    if case.bill.mdtrt_id is None and case.mdtrt_id and case.insutype != case.asked.insutype:
        case = _taken_back(case)
    if not case.mdtrt_id:
        case = _registered(case)
    return case if case.uploaded else _uploaded(case)


def _registered(case: Case) -> Case:
    """2201."""
    insutype = case.asked.insutype
    body = _dump(case.bill.registration) | case.credential | {"insutype": insutype}
    mdtrt_id = str(case.ask("2201", {"data": body})["data"]["mdtrt_id"])
    return _remember(replace(case, mdtrt_id=mdtrt_id, insutype=insutype))


def _uploaded(case: Case) -> Case:
    """2203A and 2204. A former try may have ended between the two, so its lines are withdrawn first."""
    case.ask("2205", {"data": case.who | {"chrg_bchno": ALL_UNSETTLED}})
    diagnoses = [_dump(row) | case.who for row in case.bill.diseinfo]
    case.ask("2203A", {"mdtrtinfo": _dump(case.bill.mdtrtinfo) | case.who, "diseinfo": diagnoses})
    case.ask("2204", {"feedetail": [_dump(row) | case.who for row in case.bill.feedetail]})
    return _remember(replace(case, uploaded=True))


def _taken_back(case: Case) -> Case:
    """2205 and 2202: the patient chose another insurance than last time."""
    case.ask("2205", {"data": case.who | {"chrg_bchno": ALL_UNSETTLED}})
    case.ask("2202", {"data": case.who | {"ipt_otp_no": case.bill.visit_no}})
    return replace(case, mdtrt_id="", uploaded=False)


def _remember(case: Case) -> Case:
    def note(session: Session) -> None:
        registration = Registration(
            batch_no=case.bill.batch_no, mdtrt_id=case.mdtrt_id, insutype=case.insutype, uploaded=case.uploaded
        )
        session.merge(registration)

    case.house.ledger.carry_out(note)
    return case


def _dump(part: Message | None) -> Told:
    return part.model_dump(exclude_none=True) if part is not None else {}
