"""his.ready, his.person and his.quote: nothing of these stays but a visit at the platform."""

from __future__ import annotations

from settlement.reference.front.cases import Case, Told, open_case, reported
from settlement.reference.front.errand import Declined, House
from settlement.reference.front.operator import Denied
from settlement.wire import his

_ANYWHERE = "000000"  # 1101 is asked before it is known where the person is insured
_SPLIT = (
    *("feedetl_sn", "cnt", "pric", "det_item_fee_sumamt", "chrgitm_lv", "med_chrgitm_type"),
    *("pric_uplmt_amt", "selfpay_prop", "fulamt_ownpay_amt", "overlmt_amt", "preselfpay_amt", "inscp_scp_amt"),
)
"""What a row of 5204 says as the answer to 2204 did."""
_MISSING = {"未查询到参保人员": his.Code.PERSON_UNKNOWN, "暂停参保": his.Code.INSURANCE_STOPPED}


def ready(house: House, _asked: his.AskReady, _sha256: str) -> Told:
    """Signed in at the platform, so that whoever is told yes can be settled for."""
    try:
        house.operator.sign_in()
    except Denied as denied:
        raise Declined(str(denied)) from denied
    return {"contract": his.CONTRACT}


def person(house: House, asked: his.AskPerson, _sha256: str) -> Told:
    """1101 in the HIS's name."""
    shown = asked.credential
    query = {"mdtrt_cert_type": shown.mdtrt_cert_type, "mdtrt_cert_no": shown.mdtrt_cert_no, "card_sn": shown.card_sn}
    try:
        return house.operator.ask("1101", {"data": query}, _ANYWHERE)
    except Denied as denied:
        code = next((code for phrase, code in _MISSING.items() if phrase in str(denied)), "")
        raise Declined(str(denied), code) from denied


def quote(house: House, asked: his.AskQuote, _sha256: str) -> Told:
    """2206A or 2303, and 2201 to 2204 before it as far as nobody has sent them."""
    case = reported(open_case(house, asked))
    told = case.ask(case.infnos[0], {"data": case.settling()})
    return told | {"result": _splits(case)}


def _splits(case: Case) -> list[Told]:
    """How the lines were split when they were uploaded, looked up by 5204; nothing where its bill says so already."""
    if all(line.split is not None for line in case.bill.lines):
        return []
    try:
        rows = case.ask("5204", {"data": case.who})["output"]
    except Declined:
        return []
    return [{name: row[name] for name in _SPLIT} for row in rows]
