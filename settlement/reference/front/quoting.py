"""his.ready, his.person and his.quote: nothing of these stays but a visit at the platform."""

from __future__ import annotations

from settlement.reference.front.cases import Told, open_case, reported
from settlement.reference.front.errand import Declined, House
from settlement.reference.front.operator import Denied
from settlement.wire import his

_ANYWHERE = "000000"  # 1101 is asked before it is known where the person is insured
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
    return case.ask(case.infnos[0], {"data": case.settling()})
