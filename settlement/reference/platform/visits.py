"""2201 to 2205: registering a visit, describing it, uploading and withdrawing its fee lines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from kiosk.domain.codes import MATERNITY
from settlement.reference.benefit.areas import Care
from settlement.reference.benefit.rounding import rounded
from settlement.reference.benefit.split import UNLISTED, Split, Terms, split_line
from settlement.reference.ledger.dealings import FeeRow, Visit
from settlement.reference.ledger.queries import Change, Query, run, store, table_of
from settlement.reference.people import Item, World
from settlement.reference.platform.call import Call, Output, Refused, fresh_number
from settlement.reference.platform.persons import active_insurance, check_credential, find_person
from settlement.wire import outpatient
from settlement.wire.outpatient import ALL_UNSETTLED, Fee, Register
from settlement.wire.outpatient import Visit as VisitBody
from settlement.wire.values import from_fen, to_fen

_NO_LIMIT = Decimal("999999.000000")  # pric_uplmt_amt of an item without a price limit
_MOST_LINES = 100
_VISIT = Query(Visit, Visit.mdtrt_id == bindparam("mdtrt_id"))
_VISITS = Query(Visit, Visit.psn_no == bindparam("psn_no"), Visit.ipt_otp_no == bindparam("ipt_otp_no"))
_ROWS = Query(FeeRow, FeeRow.mdtrt_id == bindparam("mdtrt_id"))
_KNOWN = select(FeeRow.feedetl_sn).where(FeeRow.feedetl_sn.in_(bindparam("numbers", expanding=True)))
_DESCRIBED = Change(
    update(table_of(Visit))
    .where(Visit.mdtrt_id == bindparam("visit"))
    .values(med_type=bindparam("med_type"), disease=bindparam("disease"))
)
_CANCELLED = Change(update(table_of(Visit)).where(Visit.mdtrt_id == bindparam("visit")).values(cancelled=True))


def register(call: Call) -> Output:
    """2201."""
    visit = open_visit(call.session, call.now, call.body(outpatient.RegisterInput).data)
    return {"data": {"mdtrt_id": visit.mdtrt_id, "psn_no": visit.psn_no, "ipt_otp_no": visit.ipt_otp_no}}


def open_visit(session: Session, now: datetime, data: Register) -> Visit:
    person = find_person(session, data.psn_no)
    check_credential(person, data.mdtrt_cert_type, data.mdtrt_cert_no)
    active_insurance(session, person.psn_no, data.insutype, now)
    visit = Visit.made(
        mdtrt_id=fresh_number(now),
        psn_no=person.psn_no,
        ipt_otp_no=data.ipt_otp_no,
        insutype=data.insutype,
        med_type=None,
        disease="",
        cancelled=False,
        opened_at=now,
    )
    store(session, visit)
    return visit


def deregister(call: Call) -> Output:
    """2202: the visit of that mdtrt_id, or, when the till never learned it, all open ones of that visit number."""
    data = call.body(outpatient.DeregisterInput).data
    of_number = _VISITS.all(call.session, psn_no=data.psn_no, ipt_otp_no=data.ipt_otp_no)
    named = (visit for visit in of_number if not data.mdtrt_id or visit.mdtrt_id == data.mdtrt_id)
    visits = [visit for visit in named if not visit.cancelled]
    if not visits and not call.manners.accept_unarrived:
        raise Refused("未查询到有效的门诊挂号信息", "reg_2210")
    if any(_rows(call.session, visit.mdtrt_id) for visit in visits):
        raise Refused("存在未撤销的费用明细，不能撤销挂号", "reg_2214")
    for visit in visits:
        _CANCELLED.make(call.session, visit=visit.mdtrt_id)
    return None


def describe(call: Call) -> Output:
    """2203A; 2203 says less of the diagnoses."""
    if call.request.infno == "2203":
        describe_visit(call.session, call.body(outpatient.PlainDescribeInput).mdtrtinfo)
    else:
        describe_visit(call.session, call.body(outpatient.DescribeInput).mdtrtinfo)
    return None


def describe_visit(session: Session, body: VisitBody) -> None:
    visit = open_visit_of(session, body.mdtrt_id, body.psn_no)
    if any(row.setl_id for row in _rows(session, visit.mdtrt_id)):
        raise Refused("就诊已结算，不能修改就诊信息", "mdtrt_2233")
    if body.med_type in MATERNITY and not (body.matn_type and body.geso_val and body.birctrl_matn_date):
        raise Refused("生育类别、孕周数和生育日期不能为空", "mdtrt_2236")
    _DESCRIBED.make(session, visit=visit.mdtrt_id, med_type=body.med_type, disease=body.dise_codg or "")


def upload(call: Call) -> Output:
    """2204: all lines or none."""
    fees = call.body(outpatient.UploadInput).feedetail
    if not 0 < len(fees) <= _MOST_LINES:
        raise Refused(f"费用明细条数须在 1 至 {_MOST_LINES} 之间", "fee_2240")
    care = call.area.care
    return {
        "result": [
            split_reply(row, item, terms_of(item, care))
            for row, item in upload_rows(call.session, call.world, fees, care)
        ]
    }


def upload_rows(session: Session, world: World, fees: Iterable[Fee], care: Care) -> list[tuple[FeeRow, Item | None]]:
    """Split by the catalogue of the place of care, wherever the person is insured."""
    fees = list(fees)
    _check_fees(session, fees)
    stored: list[tuple[FeeRow, Item | None]] = []
    for fee in fees:
        item = world.item_of(fee.med_list_codg)
        row = _fee_row(fee, split_line(to_fen(fee.det_item_fee_sumamt), fee.cnt, fee.pric, terms_of(item, care)))
        stored.append((row, item))
    store(session, *(row for row, _ in stored))
    return stored


def terms_of(item: Item | None, care: Care) -> Terms:
    if item is None:
        return UNLISTED
    deviation = care.terms.get(item.code)
    return deviation.terms if deviation else Terms(item.level, item.own_ratio, item.limit)


def withdraw(call: Call) -> Output:
    """2205: one batch, or with "0000" everything not yet settled. Nothing to withdraw is a success."""
    data = call.body(outpatient.WithdrawInput).data
    open_visit_of(call.session, data.mdtrt_id, data.psn_no)
    unsettled = delete(FeeRow).where(FeeRow.mdtrt_id == data.mdtrt_id, FeeRow.setl_id.is_(None))
    if data.chrg_bchno != ALL_UNSETTLED:
        unsettled = unsettled.where(FeeRow.chrg_bchno == data.chrg_bchno)
    call.session.execute(unsettled)
    return {}


def open_visit_of(session: Session, mdtrt_id: str, psn_no: str) -> Visit:
    visit = _VISIT.first(session, mdtrt_id=mdtrt_id)
    if visit is None or visit.psn_no != psn_no:
        raise Refused("未查询到就诊登记信息", "mdtrt_2230")
    if visit.cancelled:
        raise Refused("就诊登记已撤销", "3f90ab12@fsi-1")
    return visit


def _rows(session: Session, mdtrt_id: str) -> list[FeeRow]:
    return _ROWS.all(session, mdtrt_id=mdtrt_id)


def _check_fees(session: Session, fees: list[Fee]) -> None:
    for mdtrt_id, psn_no in {(fee.mdtrt_id, fee.psn_no) for fee in fees}:
        open_visit_of(session, mdtrt_id, psn_no)
    numbers = [fee.feedetl_sn for fee in fees]
    known = set(run(session, _KNOWN, {"numbers": numbers}).scalars())
    for fee in fees:
        if fee.feedetl_sn in known:
            raise Refused(f"费用明细流水号{fee.feedetl_sn}重复", "a41b77c0@fsi-1")
        known.add(fee.feedetl_sn)
        if abs(rounded(fee.cnt * fee.pric * 100) - to_fen(fee.det_item_fee_sumamt)) > 1:
            raise Refused(f"费用明细{fee.feedetl_sn}金额与数量、单价不符", "fee_2243")


def _fee_row(fee: Fee, split: Split) -> FeeRow:
    return FeeRow.made(
        feedetl_sn=fee.feedetl_sn,
        mdtrt_id=fee.mdtrt_id,
        chrg_bchno=fee.chrg_bchno,
        count=str(fee.cnt),
        price=str(fee.pric),
        item=fee.med_list_codg,
        total=split.total,
        full_self=split.full_self,
        over_limit=split.over_limit,
        first_self=split.first_self,
        in_scope=split.in_scope,
        setl_id=None,
    )


def split_reply(row: FeeRow, item: Item | None, terms: Terms) -> dict[str, object]:
    """One row of `result`, to whoever uploaded the line."""
    return {
        "feedetl_sn": row.feedetl_sn,
        "det_item_fee_sumamt": from_fen(row.total),
        "cnt": Decimal(row.count),
        "pric": Decimal(row.price),
        **split_told(row, item, terms),
        "bas_medn_flag": "0",
        "hi_nego_drug_flag": "0",
        "chld_medc_flag": None,
        "list_sp_item_flag": None,
        "lmt_used_flag": "0",
        "drt_reim_flag": None,
        "memo": None,
        "expContent": None,
    }


def split_told(row: FeeRow, item: Item | None, terms: Terms) -> dict[str, object]:
    """How a line is treated, as the answer to its upload says it and 5204 repeats it."""
    return {
        "pric_uplmt_amt": terms.limit if terms.limit is not None else _NO_LIMIT,
        "selfpay_prop": terms.own_ratio,
        "fulamt_ownpay_amt": from_fen(row.full_self),
        "overlmt_amt": from_fen(row.over_limit),
        "preselfpay_amt": from_fen(row.first_self),
        "inscp_scp_amt": from_fen(row.in_scope),
        "chrgitm_lv": terms.level,
        "med_chrgitm_type": item.charge_type if item else "14",
    }
