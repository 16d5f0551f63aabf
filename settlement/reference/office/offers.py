"""What somebody else has begun and a person takes up: a doctor's referral, a prescription, an authority, a premium.

Each may be chosen only while it is on offer to this very person; a referral, a prescription and a premium only once.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import or_, select

from settlement.reference.benefit.rules import Filing
from settlement.reference.hospital.errand import Errand
from settlement.reference.ledger.books import Event, Kind, Move, account_holder, post
from settlement.reference.ledger.office import FiledCase, OfficeOffer
from settlement.reference.ledger.parties import Insurance
from settlement.reference.ledger.rights import CareElsewhere
from settlement.reference.platform.rights import EMPLOYEES, balance
from settlement.wire import office
from settlement.wire.office import State

Verdict = tuple[State, str]
_GONE = (State.REFUSED, "这一项已经用过或者过期了，请重新选")
_LASTING = frozenset({"proxy-filing", "newborn-enrol"})
"""Items whose offers hold until their last day, however often they are taken up."""


@dataclass(frozen=True, slots=True)
class Shop:
    name: str
    about: str
    delivers: bool


SHOPS = {
    "shop-1": Shop("模拟第一大药房", "模拟路 1 号，有“双通道”药品，可以送药上门", delivers=True),
    "shop-2": Shop("模拟便民药房", "模拟路 88 号，医院东门对面，不送药上门", delivers=False),
}
"""Invented pharmacies that take prescriptions from the hospital."""


def offered(errand: Errand, person: str, item: str) -> tuple[office.Offer, ...]:
    rows = tuple(
        office.Offer(field=row.field, key=row.key, label=row.label, note=row.note)
        for row in _rows(errand, person, item)
        if item in _LASTING or not _taken_up(errand, row)
    )
    if item != "rx-forward":
        return rows
    shops = (office.Offer(field="pharmacy", key=key, label=one.name, note=one.about) for key, one in SHOPS.items())
    return (*rows, *shops)


def _rows(errand: Errand, person: str, item: str) -> list[OfficeOffer]:
    today = errand.now.date()
    query = select(OfficeOffer).where(
        OfficeOffer.psn_no == person,
        OfficeOffer.item == item,
        or_(OfficeOffer.until.is_(None), OfficeOffer.until >= today),
    )
    return list(errand.session.scalars(query.order_by(OfficeOffer.id)))


def _taken_up(errand: Errand, row: OfficeOffer) -> bool:
    done = select(FiledCase.answers).where(FiledCase.item == row.item, FiledCase.state != State.REFUSED)
    return any([row.field, row.key] in json.loads(answers) for answers in errand.session.scalars(done))


def _chosen(errand: Errand, person: str, item: str, key: str) -> OfficeOffer | None:
    row = next((one for one in _rows(errand, person, item) if one.key == key), None)
    return None if row is None or (item not in _LASTING and _taken_up(errand, row)) else row


def refer(errand: Errand, person: str, answers: dict[str, str]) -> Verdict:
    """转外就医: the doctor began it, the patient's word makes it count, and the place of care is filed with it."""
    row = _chosen(errand, person, "referral-out", answers.get("referral", ""))
    if row is None:
        return _GONE
    since = errand.now.date()
    errand.session.add_all(
        CareElsewhere(psn_no=person, area=area, kind=Filing.REFERRAL, since=since, until=row.until, from_file=False)
        for area in row.scope.split(",")
        if area
    )
    return State.IN_FORCE, f"{row.label}：已确认，异地就医备案同时生效"


def forward(errand: Errand, person: str, answers: dict[str, str]) -> Verdict:
    """外配处方: a pharmacy that does not deliver says so, and nothing has been sent to it."""
    row = _chosen(errand, person, "rx-forward", answers.get("prescription", ""))
    shop = SHOPS.get(answers.get("pharmacy", ""))
    if row is None or shop is None:
        return _GONE
    if answers.get("delivery") != "deliver":
        return State.IN_FORCE, f"{shop.name}已经收到处方，凭医保码或社保卡到店取药"
    if not shop.delivers:
        return State.REFUSED, f"{shop.name}不送药上门，处方没有送出。请改为到店取，或换一家"
    return State.IN_FORCE, f"{shop.name}已经收到处方，送到您登记的住址"


def act_for(errand: Errand, agent: str, answers: dict[str, str]) -> Verdict:
    """授权代理: within what the principal said, until the day they said."""
    row = _chosen(errand, agent, "proxy-filing", answers.get("principal", ""))
    if row is None:
        return State.REFUSED, "没有查到委托授权"
    if answers.get("proxy-item", "") not in row.scope.split(","):
        return State.REFUSED, "委托人没有授权这件事，只能办授权范围里的"
    return State.UNDER_REVIEW, "双方身份已记录，经办机构核对后办理"


def enrol(errand: Errand, agent: str, answers: dict[str, str]) -> Verdict:
    """新生儿参保: a welfare institution is a guardian by an agent whom it has registered, under its own number."""
    code = answers.get("institution", "")
    if answers.get("guardian") != "institution":
        return (State.REFUSED, "只有福利机构作为监护人时才填机构") if code else (State.UNDER_REVIEW, "")
    row = _chosen(errand, agent, "newborn-enrol", code)
    if row is None or not credit_code(row.key):
        return State.REFUSED, "没有查到这家福利机构，或者它没有登记您为经办人"
    return State.UNDER_REVIEW, f"监护人：{row.label}，由登记的经办人办理；核对孩子的安置材料后参保"


def credit_code(text: str) -> bool:
    """GB 32100-2015, written out: the weights as the standard's table has them."""
    weights = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
    letters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    if len(text) != 18 or not set(text) <= set(letters):
        return False
    total = sum(weight * letters.index(one) for weight, one in zip(weights, text[:17], strict=True))
    return letters[(31 - total % 31) % 31] == text[17]


def collect(errand: Errand, person: str, answers: dict[str, str], case_no: str) -> Verdict:
    """A premium out of one's own account: the sum is the office's, and what the account lacks is not taken in part."""
    row = _chosen(errand, person, "account-premium", answers.get("premium", ""))
    if row is None:
        return _GONE
    own = select(Insurance).where(Insurance.psn_no == person, Insurance.insutype == EMPLOYEES)
    insurance = errand.session.scalar(own.limit(1))
    if insurance is None or balance(errand.session, insurance) < row.fen:
        return State.REFUSED, "个人账户余额不够，一分也没有扣"
    holder = account_holder(person, EMPLOYEES)
    moves = (Move(Kind.ACCOUNT, holder, -row.fen), Move(Kind.PREMIUM, case_no, row.fen))
    post(errand.session, Event.PREMIUM, case_no, errand.now, moves)
    return State.IN_FORCE, f"{row.label}：已从个人账户扣款"
