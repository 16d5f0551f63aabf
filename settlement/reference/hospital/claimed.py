"""How an insurer's part ended: what it refuses a stay's deposits pay first, and the rest is asked of the patient."""

from __future__ import annotations

from sqlalchemy import select

from settlement.reference.hospital import stays
from settlement.reference.hospital.errand import Declined, Errand
from settlement.reference.hospital.holds import find_bill
from settlement.reference.ledger.books import Event, Kind, Move, post
from settlement.reference.ledger.claims import Promise, Promised
from settlement.reference.ledger.parties import Bill
from settlement.reference.ledger.queries import store
from settlement.reference.platform.call import fresh_number
from settlement.wire import claims, codec, hospital
from settlement.wire.claims import ClaimEnd
from settlement.wire.values import from_fen

_OF_CLAIM = {ClaimEnd.PAID: {Promised.PAID}, ClaimEnd.REFUSED: {Promised.OWED, Promised.TOPPED_UP, Promised.MET}}


def claimed(errand: Errand, wish: claims.Claimed) -> claims.ClaimedReply:
    """A repeat with the same word is answered alike; another word is refused."""
    session = errand.session
    row = session.scalar(select(Promise).where(Promise.claim_key == wish.claim_key).limit(1).with_for_update())
    if row is None or row.amount != wish.amount_fen:
        raise Declined("没有这一笔商业保险应付款")
    if row.state == Promised.OPEN:
        _end(errand, row, wish)
    if row.state not in _OF_CLAIM[wish.end]:
        raise Declined("商业保险的结果前后不一")
    owed = find_bill(session, row.owed_no) if row.state == Promised.OWED else None
    told = codec.read(hospital.FeeBatch, codec.decode(owed.body.encode())) if owed else None
    return claims.ClaimedReply(claim_key=wish.claim_key, noted=True, owed=told)


def _end(errand: Errand, row: Promise, wish: claims.Claimed) -> None:
    if wish.end is ClaimEnd.PAID:
        row.state = Promised.PAID
        return
    met = _met_by_deposits(errand, row, wish)
    row.met = sum(-move.fen for move in met)
    row.state = Promised.OWED if row.left else Promised.MET
    moves = [Move(Kind.CLAIM, row.claim_key, row.amount), *met]
    if row.left:
        moves.append(Move(Kind.OWED, row.chrg_bchno, -row.left))
        row.owed_no = _ask_for(errand, row, find_bill(errand.session, wish.batch_no), wish.reason)
    post(errand.session, Event.OWED, row.claim_key, errand.now, moves)


def _met_by_deposits(errand: Errand, row: Promise, wish: claims.Claimed) -> list[Move]:
    """What a stay's deposits would have given back pays first, and no kiosk may have given it back by then."""
    deposits = stays.deposits_of(errand.session, wish.batch_no)
    waiting = sum(one.surplus or 0 for one in deposits)
    if not waiting:
        return []
    met = min(waiting, row.amount)
    used = sum(one.amount for one in deposits) - waiting + met
    if wish.prepaid is None or wish.prepaid.used_fen != used:
        raise Declined("预交金要先支付商业保险没有付的部分")
    stays.check(deposits, wish.prepaid)
    return stays.use_more(errand.session, deposits, wish.prepaid, row.book_no)


def _ask_for(errand: Errand, row: Promise, bill: Bill, reason: str) -> str:
    """A bill of its own for what the insurer left: nothing is settled of it, for that is done."""
    first = codec.decode(bill.body.encode())
    number = fresh_number(errand.now)
    basis = f"{row.payer}没有付这一部分：{reason or '没有说明原因'}"
    asked = codec.read(
        hospital.FeeBatch,
        {name: first[name] for name in ("visit_no", "med_type", "dept_name", "doctor_name", "begntime", "patient_no")}
        | {
            "batch_no": f"B{number}",
            "chrg_bchno": f"C{number}",
            "total": from_fen(row.left),
            "lines": (),
            "deposit": {"ward": first["dept_name"], "basis": basis, "owed": True},
        },
    )
    values = {name: getattr(bill, name) for name in ("certno", "patient_no", "next_steps")}
    body = codec.encode(asked, "string").decode()
    made = Bill.made(**values, batch_no=asked.batch_no, chrg_bchno=asked.chrg_bchno, total=row.left, body=body)
    store(errand.session, made)
    return asked.batch_no
