"""5201 and 5204: a person's visits of a period and the lines that were charged. Nothing is changed."""

from __future__ import annotations

from sqlalchemy import select

from settlement.reference.clock import stamp
from settlement.reference.ledger.dealings import FeeRow, Visit
from settlement.reference.platform.call import Call, Output
from settlement.reference.platform.persons import find_person
from settlement.reference.platform.visits import split_told, terms_of
from settlement.wire import records
from settlement.wire.values import from_fen


def visits(call: Call) -> Output:
    """5201: of one kind; what was deregistered has never been."""
    query = call.body(records.VisitsInput).data
    person = find_person(call.session, query.psn_no)
    rows = call.session.scalars(
        select(Visit).where(Visit.psn_no == person.psn_no, Visit.med_type == query.med_type, Visit.cancelled.is_(False))
    )
    return {
        "mdtrtinfo": [
            {
                "mdtrt_id": row.mdtrt_id,
                "psn_no": row.psn_no,
                "insutype": row.insutype,
                "med_type": row.med_type,
                "begntime": stamp(row.opened_at),
                "ipt_otp_no": row.ipt_otp_no,
            }
            for row in rows
            if query.begntime <= stamp(row.opened_at) <= query.endtime
        ]
    }


def charged(call: Call) -> Output:
    """5204: the lines of a visit, those of one settlement where it is named."""
    query = call.body(records.FeesInput).data
    find_person(call.session, query.psn_no)
    own = select(FeeRow).join(Visit, Visit.mdtrt_id == FeeRow.mdtrt_id)
    rows = call.session.scalars(own.where(Visit.psn_no == query.psn_no, FeeRow.mdtrt_id == query.mdtrt_id))
    return {"output": [_line(call, row) for row in rows if query.setl_id in {None, row.setl_id}]}


def _line(call: Call, row: FeeRow) -> dict[str, object]:
    item = call.world.item_of(row.item)
    return {
        "mdtrt_id": row.mdtrt_id,
        "setl_id": row.setl_id or "",
        "feedetl_sn": row.feedetl_sn,
        "cnt": row.count,
        "pric": row.price,
        "det_item_fee_sumamt": from_fen(row.total),
        "med_list_codg": row.item,
        "medins_list_name": item.name if item else "",
        "list_type": item.list_type if item else "",
        **split_told(row, item, terms_of(item, call.area.care)),
    }
