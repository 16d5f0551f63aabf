"""his.settle, his.reverse, his.query and his.cancel: once for each key, whatever is lost or repeated."""

from __future__ import annotations

from typing import assert_never

from settlement.reference.front import attempts, elsewhere
from settlement.reference.front.cases import Case, Told, is_stay, open_case
from settlement.reference.front.errand import Declined, House, Unfinished
from settlement.reference.front.operator import Denied
from settlement.reference.ledger.attempts import Attempt, AttemptState
from settlement.wire import codec, his
from settlement.wire.settle import SettleOutput

_UNDONE_ALREADY = "退费结算标志不为未退费"
_NEVER_CAME = "未查询到需要冲正的交易"
_ECHO = ("fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt")
_UNDONE = frozenset({AttemptState.REVERSED, AttemptState.CANCELLED})


def settle(house: House, asked: his.AskSettle, sha256: str) -> Told:
    """Written down, 2207A, written down. A repeat of the same message is told what came of the first; a no is final."""
    known = attempts.find(house, asked.key)
    if known is not None and known.state == AttemptState.CLOSED:
        attempts.note_late(house, asked, sha256)
    if known is not None:
        return _again(known, sha256)
    msgid = house.operator.msgid()
    attempts.begin(house, asked, sha256, msgid)
    try:
        told = _settle(house, asked, msgid)
    except Declined as declined:
        attempts.end(house, asked.key, AttemptState.REFUSED, declined.told)
        raise
    attempts.end(house, asked.key, AttemptState.SETTLED, told)
    return told


def _settle(house: House, asked: his.AskSettle, msgid: str) -> Told:
    case = open_case(house, asked)
    if not case.mdtrt_id or not case.uploaded:
        raise Declined("请先预结算")
    _check_agreed(case, asked.agreed)
    echo = {name: getattr(asked.agreed, name) for name in _ECHO}
    return case.ask(case.infnos[1], {"data": case.settling() | echo}, msgid)


def _check_agreed(case: Case, agreed: his.Agreed) -> None:
    """The patient paid what the quote said: should it say something else by now, nothing is settled."""
    now = codec.read(SettleOutput, case.ask(case.infnos[0], {"data": case.settling()})).setlinfo
    said = agreed.model_dump()
    if {name: getattr(now, name) for name in said} != said:
        raise Declined("预结算结果已变化，请重新办理", his.Code.QUOTE_CHANGED)


def _again(known: Attempt, sha256: str) -> Told:
    """What a key was answered, once more."""
    state = AttemptState(known.state)
    if state is AttemptState.CLOSED or state in _UNDONE:
        raise Declined("该笔结算已撤销", his.Code.KEY_CLOSED)
    if known.sha256 != sha256:
        raise Declined("同一编号的内容不同", his.Code.KEY_REUSED)
    if state is AttemptState.BEGUN:
        raise Unfinished
    told = codec.decode(known.told.encode())
    if state is AttemptState.REFUSED:
        raise Declined.again(told)
    return told


def reverse(house: House, asked: his.AskReverse, _sha256: str) -> Told:
    """2601 where something may stand; else the key is closed for whatever comes later."""
    known = attempts.find(house, asked.of_key)
    if known is None:
        attempts.close(house, asked)
        return {"outcome": his.Reversal.NOTHING}
    if known.psn_no != asked.psn_no:
        raise Declined("人员与结算不符")
    state = AttemptState(known.state)
    match state:
        case AttemptState.CLOSED | AttemptState.REFUSED:
            return {"outcome": his.Reversal.NOTHING}
        case AttemptState.REVERSED | AttemptState.CANCELLED:
            return {"outcome": his.Reversal.REVERSED}
        case AttemptState.SETTLED | AttemptState.BEGUN:
            attempts.refuse_booked(house, known)
            return {"outcome": _take_back(house, asked, known)}
        case _ as never:
            assert_never(never)


def _take_back(house: House, asked: his.AskReverse, known: Attempt) -> his.Reversal:
    """2601 by the msgid that was written down before the 2207 left."""
    body = {
        "data": {
            "psn_no": known.psn_no,
            "omsgid": known.msgid,
            "oinfno": "2304" if is_stay(house, known.batch_no) else "2207A",
        }
    }
    try:
        house.operator.ask("2601", body, asked.insuplc_admdvs)
    except Denied as denied:
        if _NEVER_CAME in str(denied) and known.state == AttemptState.BEGUN:
            attempts.end(house, known.key, AttemptState.CLOSED)
            return his.Reversal.NOTHING
        if _UNDONE_ALREADY not in str(denied):
            raise Declined(str(denied)) from denied
    attempts.end(house, known.key, AttemptState.REVERSED)
    return his.Reversal.REVERSED


def query(house: House, asked: his.AskQuery, _sha256: str) -> Told:
    """By the key of a lost settle, or by setl_id. What was never seen may be on its way, so it is unknown."""
    known = _known(house, asked)
    if known is None and asked.setl_id is not None:
        return elsewhere.standing(house, asked.setl_id, asked.psn_no)
    if known is None or known.state == AttemptState.BEGUN:
        return {"state": his.Standing.UNKNOWN}
    if known.psn_no != asked.psn_no:
        raise Declined("人员与结算不符")
    if known.state != AttemptState.SETTLED:
        return {"state": his.Standing.NOT_SETTLED}
    return {"state": his.Standing.SETTLED, **codec.decode(known.told.encode())}


def _known(house: House, asked: his.AskQuery) -> Attempt | None:
    if asked.setl_id is not None:
        return attempts.find_settled(house, asked.setl_id, asked.psn_no)
    return attempts.find(house, asked.of_key or "")


def cancel(house: House, asked: his.AskCancel, _sha256: str) -> Told:
    """2208 or 2305; what is undone already is a success."""
    known = attempts.find_settled(house, asked.setl_id, asked.psn_no)
    if known is None:
        return elsewhere.cancel(house, asked)
    if known.state not in _UNDONE:
        attempts.refuse_booked(house, known)
        _give_up(house, asked, known)
    return {"outcome": his.Cancelling.CANCELLED}


def sheet(house: House, asked: his.AskSheet, _sha256: str) -> Told:
    """The platform's, fetched in the HIS's name."""
    body = {"data": {"psn_no": asked.psn_no, "setl_id": asked.setl_id}}
    try:
        return {"pdf": house.operator.ask("5260", body, asked.insuplc_admdvs)["data"]["pdf"]}
    except Denied as denied:
        raise Declined(str(denied)) from denied


def _give_up(house: House, asked: his.AskCancel, known: Attempt) -> None:
    mdtrt_id = codec.decode(known.told.encode())["setlinfo"]["mdtrt_id"]
    body = {"data": {"setl_id": asked.setl_id, "mdtrt_id": mdtrt_id, "psn_no": asked.psn_no}}
    try:
        house.operator.ask("2305" if is_stay(house, known.batch_no) else "2208", body, asked.insuplc_admdvs)
    except Denied as denied:
        if _UNDONE_ALREADY not in str(denied):
            raise Declined(str(denied)) from denied
    attempts.end(house, known.key, AttemptState.CANCELLED)
