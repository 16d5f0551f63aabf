"""9001, 9002 and 1101, and how the other transactions find a person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import bindparam, delete
from sqlalchemy.orm import Session

from settlement.reference.ledger.dealings import SignIn
from settlement.reference.ledger.parties import Identity, Insurance, Person
from settlement.reference.ledger.queries import Query, run, store
from settlement.reference.platform.call import Call, Output, Refused, fresh_number
from settlement.reference.platform.rights import balance
from settlement.wire import people
from settlement.wire.values import from_fen

_CARD = "03"
_ACTIVE = "1"
_QUEUED = "persons queued for"
_SIGNED_IN = Query(SignIn, SignIn.opter == bindparam("opter"), SignIn.day == bindparam("day"))
_SIGN_IN = Query(SignIn, SignIn.sign_no == bindparam("sign_no"))
_SIGN_OUT = delete(SignIn).where(SignIn.sign_no == bindparam("sign_no"))
_PERSON = Query(Person, Person.psn_no == bindparam("psn_no"))
_QUEUE = Query(Person, Person.psn_no == bindparam("psn_no"), locked=True)
_BY_CERTNO = Query(Person, Person.certno == bindparam("number"))
_BY_CREDENTIAL = {
    "01": Query(Person, Person.ec_token == bindparam("number")),
    "02": _BY_CERTNO,
    _CARD: Query(Person, Person.card_number == bindparam("number")),
}
_INSURANCES = Query(Insurance, Insurance.psn_no == bindparam("psn_no"), order_by=(Insurance.id,))
_IDENTITIES = Query(Identity, Identity.psn_no == bindparam("psn_no"), order_by=(Identity.id,))


def sign_in(call: Call) -> Output:
    """9001: the same number for the same terminal all day, as real platforms answer a second sign-in."""
    opter = call.body(people.SignInInput).signIn.opter_no
    today = call.now.date()
    known = _SIGNED_IN.first(call.session, opter=opter, day=today)
    if known is None:
        known = SignIn.made(sign_no=fresh_number(call.now), opter=opter, day=today)
        store(call.session, known)
    return {"signinoutb": {"sign_no": known.sign_no, "sign_time": f"{today:%Y-%m-%d} 00:00:00"}}


def sign_out(call: Call) -> Output:
    """9002: the number is nobody's from now on; the terminal's next 9001 gets another."""
    run(call.session, _SIGN_OUT, {"sign_no": call.body(people.SignOutInput).signOut.sign_no})
    return {"signoutoutb": {"sign_time": f"{call.now:%Y-%m-%d %H:%M:%S}"}}


def signed_in(call: Call) -> bool:
    known = _SIGN_IN.first(call.session, sign_no=call.request.sign_no) if call.request.sign_no else None
    return known is not None and (known.opter, known.day) == (call.request.opter, call.now.date())


def person_info(call: Call) -> Output:
    """1101."""
    query = call.body(people.PersonInput).data
    person = _by_credential(call.session, query.mdtrt_cert_type, query.mdtrt_cert_no)
    if query.mdtrt_cert_type == _CARD and query.card_sn != person.card_serial:
        raise Refused("卡识别码与社会保障卡不符", "psn_1108")
    if (query.psn_name and query.psn_name != person.name) or (query.certno and query.certno != person.certno):
        raise Refused("人员姓名或证件号码与参保信息不符", "psn_1111")
    insurances = _INSURANCES.all(call.session, psn_no=person.psn_no)
    identities = _IDENTITIES.all(call.session, psn_no=person.psn_no)
    return {
        "baseinfo": base_info(person, call.now.date()),
        "insuinfo": [_insuinfo(call.session, row) for row in insurances],
        "idetinfo": [
            {
                "psn_idet_type": row.kind,
                "psn_type_lv": row.level,
                "memo": row.memo,
                "begntime": f"{row.since} 00:00:00",
                "endtime": None,
            }
            for row in identities
        ],
    }


def queue_for(session: Session, numbers: Iterable[str]) -> None:
    """Whoever else is about one of these persons (psn_no) waits until this transaction is over: year sums, account and
    fee lines are then nobody else's. Always in one order, so that two who name the same two do not wait for each other.
    """
    queued: dict[str, Person | None] = session.info.setdefault(_QUEUED, {})
    for psn_no in sorted(set(numbers)):
        queued[psn_no] = _QUEUE.first(session, psn_no=psn_no)


def find_person(session: Session, psn_no: str) -> Person:
    person = session.info.get(_QUEUED, {}).get(psn_no) or _PERSON.first(session, psn_no=psn_no)
    if person is None:
        raise Refused("未查询到人员编号对应的参保人员", "psn_1102")
    return person


def check_credential(person: Person, cert_type: str, cert_no: str) -> None:
    """Later messages repeat what the person identified with; it must still be the same person's."""
    numbers = {"01": (person.ec_token,), "02": (person.certno,), _CARD: (person.card_number, person.certno)}
    if cert_no not in numbers.get(cert_type, ()):
        raise Refused("就诊凭证与参保人员不符", "7d20c1e4@fsi-2")


def active_insurance(session: Session, psn_no: str, insutype: str, now: datetime) -> Insurance:
    today = now.date()
    for row in _INSURANCES.all(session, psn_no=psn_no):
        if row.insutype == insutype and row.status == _ACTIVE and (row.paused is None or row.paused > today):
            return row
    raise Refused("该人员已暂停参保，不能办理医保结算", "insu_3105")


def base_info(person: Person, today: date) -> dict[str, object]:
    return {
        "psn_no": person.psn_no,
        "psn_cert_type": "01",
        "certno": person.certno,
        "psn_name": person.name,
        "gend": person.gend,
        "naty": person.naty,
        "brdy": person.born.isoformat(),
        "age": Decimal(_age(person.born, today)).quantize(Decimal("0.1")),
        "exp_content": None,
    }


def _age(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _by_credential(session: Session, cert_type: str, cert_no: str) -> Person:
    known = _BY_CREDENTIAL.get(cert_type)
    if known is None:
        raise Refused("不支持的就诊凭证类型", "psn_1101")
    person = known.first(session, number=cert_no)
    if person is None and cert_type == _CARD:  # some areas put the social security number here
        person = _BY_CERTNO.first(session, number=cert_no)
    if person is None:
        raise Refused("未查询到参保人员信息", "psn_1102")
    return person


def _insuinfo(session: Session, row: Insurance) -> dict[str, object]:
    return {
        "balc": from_fen(balance(session, row)),
        "insutype": row.insutype,
        "psn_type": row.psn_type,
        "psn_insu_stas": row.status,
        "psn_insu_date": row.since.isoformat(),
        "paus_insu_date": row.paused.isoformat() if row.paused else None,
        "cvlserv_flag": "1" if row.civil_servant else "0",
        "insuplc_admdvs": row.area,
        "emp_name": row.employer,
    }
