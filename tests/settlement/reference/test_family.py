"""家庭共济 at the reference platform: in which order accounts are drawn on, whose they are, and when they are not."""

from __future__ import annotations

from contextlib import closing
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, select

from settlement.reference.ledger.parties import Insurance
from settlement.reference.ledger.rights import FamilyGrant
from settlement.reference.ledger.store import Ledger
from settlement.wire.settle import SetlInfo
from tests.settlement.reference.house import House

MEDFEE, ZERO = Decimal("51.52"), Decimal("0.00")
_HERSELF, _HUSBAND = "00000000000000000056", "00000000000000000058"


def account(house: House, key: str) -> int:
    """Fen on somebody's employees' account, as 1101 tells."""
    query = {"mdtrt_cert_type": "02", "mdtrt_cert_no": house.world.people[key].certno}
    rows = house.told("1101", {"data": query})["insuinfo"]
    return int(next(row["balc"] for row in rows if row["insutype"] == "310") * 100)


def owners(info: SetlInfo) -> list[dict[str, Any]]:
    content: dict[str, Any] = (info.model_extra or {})["exp_content"] or {}
    return list(content.get("acct_mulaid_info", []))


def test_two_owners_are_drawn_on_in_turn_before_ones_own_account_where_the_area_has_it_so(house: House) -> None:
    before = {key: account(house, key) for key in ("mahui", "majun", "shihao")}
    info = house.visit("mahui", "family-account").uploaded().settled().setlinfo
    assert (info.acct_mulaid_pay, info.psn_cash_pay) == (MEDFEE, ZERO)
    assert [(row["acct_owner_name"], row["acct_owner_rela"], row["acct_mulaid_amt"]) for row in owners(info)] == [
        ("马俊", "2", Decimal("20.00")),
        ("石浩", "1", Decimal("31.52")),
    ]
    drawn = {key: before[key] - account(house, key) for key in before}
    assert drawn == {"mahui": 0, "majun": 2000, "shihao": 3152}


def test_the_own_account_is_first_and_what_it_lacks_is_the_relatives(house: House) -> None:
    owner = account(house, "qianduo")
    info = house.visit("fangfang", "family-account").uploaded().settled().setlinfo
    assert (account(house, "fangfang"), info.acct_mulaid_pay) == (0, info.acct_pay - Decimal("6.30"))
    assert owner - account(house, "qianduo") == (info.acct_mulaid_pay or 0) * 100


def test_what_no_account_has_is_the_persons_to_pay(house: House, database: str) -> None:
    """Father and husband have less together than the bill costs; the own account has the rest, until it is empty."""
    _spend(database, _HUSBAND, 499000)
    visit = house.visit("mahui", "family-account").uploaded()
    info = visit.settled().setlinfo
    assert (info.acct_mulaid_pay, info.acct_pay, info.psn_cash_pay) == (Decimal("30.00"), MEDFEE, ZERO)
    assert account(house, "mahui") == 30000 - 2152
    house.told("2208", visit.undo_body())
    assert [account(house, key) for key in ("mahui", "majun", "shihao")] == [30000, 2000, 1000]
    _spend(database, _HERSELF, 30000)
    info = house.visit("mahui", "family-account").uploaded().settled().setlinfo
    assert (info.acct_mulaid_pay, info.psn_cash_pay) == (Decimal("30.00"), MEDFEE - 30)


def _spend(database: str, psn_no: str, fen: int) -> None:
    with closing(Ledger(database)) as ledger, ledger.transact() as session:
        row = session.scalars(select(Insurance).where(Insurance.psn_no == psn_no, Insurance.insutype == "310")).one()
        row.opening_balance -= fen


def test_an_owner_who_takes_it_back_between_quote_and_settlement_pays_nothing(house: House, database: str) -> None:
    """The settlement then is another than the quote: whoever collected by the quote has to undo it."""
    visit = house.visit("qianxiaobao", "family-account", "390").uploaded()
    quoted = visit.quoted().setlinfo
    assert quoted.psn_cash_pay == 0
    body = visit.settle_body()
    with closing(Ledger(database)) as ledger, ledger.transact() as session:
        session.execute(delete(FamilyGrant).where(FamilyGrant.psn_no == visit.who["psn_no"]))
    owner = account(house, "qianduo")
    settled = house.told("2207A", body)["setlinfo"]
    assert (settled["acct_mulaid_pay"], settled["exp_content"]) == (0, None)
    assert settled["psn_cash_pay"] == quoted.acct_pay
    assert account(house, "qianduo") == owner


def test_the_areas_own_field_leaves_a_relatives_account_alone(house: House) -> None:
    visit = house.visit("qianxiaobao", "family-account", "390").uploaded()
    told = [
        house.told("2206A", {"data": visit.quote_body() | said})["setlinfo"]
        for said in ({}, {"acct_mulaid_used_flag": "1"}, {"acct_mulaid_used_flag": "0"})
    ]
    unsaid, used, alone = told
    assert unsaid["acct_mulaid_pay"] == used["acct_mulaid_pay"] > 0
    assert (alone["acct_mulaid_pay"], alone["psn_cash_pay"]) == (0, used["acct_mulaid_pay"])
