"""Whole visits by two rule sets: the lines are split where the hospital stands, the shares are worked out at home."""

from decimal import Decimal
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from settlement.reference.benefit.areas import shipped_areas
from settlement.reference.benefit.payers import Situation, share_out
from settlement.reference.benefit.split import Split, total_of
from settlement.reference.ledger.dealings import Visit as VisitRow
from settlement.reference.ledger.parties import Insurance, Person
from settlement.reference.people import World
from settlement.reference.platform.call import Call, Manners
from settlement.reference.platform.pricing import Priced
from settlement.reference.platform.replies import settlement_details, settlement_info, undone_reply
from settlement.wire import codec, people, settle
from settlement.wire.envelope import Request, display_text
from tests.settlement.reference.house import House, StandingClock, Visit
from tests.settlement.reference.identities import check_identities
from tests.settlement.reference.test_benefit import BILLS, area, situations


def refusal(visit: Visit) -> str:
    return display_text(visit.house.ask("2206A", {"data": visit.quote_body()}).err_msg)


def balance(house: House, key: str) -> Decimal:
    query = {"mdtrt_cert_type": "02", "mdtrt_cert_no": house.world.people[key].certno}
    return codec.read(people.PersonOutput, house.told("1101", {"data": query})).insuinfo[0].balc


@pytest.mark.parametrize(
    ("key", "scenario", "insutype", "ratio", "pay_loc"),
    [
        ("zhangsan", "cold", "310", "0.6000", "2"),
        ("malan", "cold", "390", "0.5000", "3"),
        ("guozhiguan", "ct", "310", "0.4000", "3"),
        ("linsheng", "ct", "310", "0.8000", "3"),
        ("heqian", "cold", "310", "0.6000", "4"),
        ("heqian", "chronic-away", "310", "0.7500", "4"),
        ("shenyuan", "chronic-away", "310", "0.5500", "4"),
        ("liguihua", "chronic", "310", "0.8000", "2"),
    ],
)
def test_the_place_of_insurance_pays_by_its_own_rules(
    house: House, key: str, scenario: str, insutype: str, ratio: str, pay_loc: str
) -> None:
    visit = house.visit(key, scenario, insutype).uploaded()
    settled = visit.settled()
    check_identities(settled)
    assert settled.setlinfo.pool_prop_selfpay == Decimal(ratio)
    assert house.told("5203", visit.undo_body())["setlinfo"]["pay_loc"] == pay_loc
    check_identities(codec.read(settle.SettleOutput, house.told("2208", visit.undo_body())))


def test_the_place_of_care_splits_by_its_own_catalogue(house: House) -> None:
    """Ibuprofen is 乙 with 10 % by the common catalogue, and 甲 in 000100."""

    def split(care: str) -> Decimal:
        visit = house.visit("shenyuan", "chronic-away").register()
        told = house.ask("2204", visit.upload_body(), mdtrtarea_admvs=care)
        assert told.succeeded, told.err_msg
        return Decimal(str(told.output["result"][2]["preselfpay_amt"]))

    assert (split("000000"), split("000100")) == (Decimal("1.58"), Decimal("0.00"))


def test_a_wrong_area_is_a_wrong_purse(house: House) -> None:
    visit = house.visit("shenyuan", "chronic-away").uploaded()
    told = house.ask("2206A", {"data": visit.quote_body()}, insuplc_admdvs="000000")
    assert "参保地" in told.err_msg
    nowhere = house.ask("2206A", {"data": visit.quote_body()}, mdtrtarea_admvs="999999")
    assert "就医地" in nowhere.err_msg


def test_a_chronic_prescription_needs_the_disease_registered(house: House) -> None:
    assert "未办理此病种" in refusal(house.visit("qianduo", "chronic").uploaded())
    visit = house.visit("wujie", "hypertension").uploaded()
    assert "未办理此病种" in refusal(visit), "another disease is registered"


def test_a_disease_that_its_area_keeps_at_home_is_not_settled_away(house: House) -> None:
    visit = house.visit("shenyuan", "chronic-away")
    visit.bill["mdtrtinfo"]["dise_codg"] = "M05300"
    assert refusal(visit.uploaded()) == "该病种未开通跨省直接结算"


def test_a_disease_counts_against_its_own_limit(house: House) -> None:
    pressure = house.visit("liguihua", "hypertension").uploaded()
    first = pressure.settled()
    sugar = house.visit("liguihua", "diabetes")
    sugar.mdtrt_id = sugar.bill["mdtrt_id"]
    limits = [output.setldetail[0].crt_payb_lmt_amt for output in (first, sugar.quoted())]
    assert limits == [Decimal("3000.00"), Decimal("6000.00")]
    again = house.visit("liguihua", "chronic").uploaded().quoted()
    assert again.setldetail[0].crt_payb_lmt_amt == Decimal("3000.00") - first.setlinfo.hifp_pay


def test_who_lies_in_hospital_is_no_outpatient(house: House) -> None:
    visit = house.visit("yuzaiyuan", "cold").uploaded()
    assert "正在住院" in refusal(visit)
    assert not house.ask("2207A", {"data": visit.quote_body()}).succeeded


def test_the_familys_account_pays_after_the_own_one(house: House) -> None:
    owners = balance(house, "qianduo")
    child = house.visit("qianxiaobao", "family-account", "390").uploaded()
    settled = child.settled()
    check_identities(settled)
    info = settled.setlinfo
    assert info.acct_mulaid_pay == info.acct_pay == info.psn_part_amt
    assert info.psn_cash_pay == 0
    assert balance(house, "qianduo") == owners - info.acct_pay
    worker = house.visit("fangfang", "family-account").uploaded().settled().setlinfo
    assert worker.acct_mulaid_pay is not None
    assert worker.acct_pay == Decimal("6.30") + worker.acct_mulaid_pay
    assert balance(house, "fangfang") == 0
    house.told("2208", child.undo_body())
    assert balance(house, "qianduo") == owners - worker.acct_mulaid_pay


def test_a_person_in_extreme_need_pays_nothing(house: House) -> None:
    info = house.visit("tejin", "zero-own-part", "390").uploaded().settled().setlinfo
    assert info.psn_cash_pay == Decimal(0)
    assert info.acct_pay == Decimal(0)
    assert info.maf_pay > 0


def test_one_visit_may_bring_two_bills(house: House) -> None:
    first = house.visit("liguihua", "two-batches")
    kinds = [bill["med_type"] for bill in house.bills(first.person)]
    assert kinds == ["11", "14"]
    for bill in house.bills(first.person):
        check_identities(Visit(house, first.person, bill, "310").uploaded().settled())


@given(st.lists(BILLS, min_size=1, max_size=4).map(total_of), situations(), st.booleans())
def test_every_reply_and_its_cancel_hold_the_identities(bill: Split, situation: Situation, includes: bool) -> None:
    """Random bills of random persons, through the reply as it is written on the wire and read back."""
    call, priced = _priced(bill, situation, includes)
    info = settlement_info(call, _BODY, priced) | {"setl_id": "1"}
    details = settlement_details(call, priced)
    told = _over_the_wire({"setlinfo": info, "setldetail": details})
    check_identities(told, acct_pay_includes_mulaid=includes)
    texts = codec.encode(info).decode(), codec.encode({"setldetail": details}).decode()
    undone = _over_the_wire(undone_reply(*texts, "M" * 30, "2026-07-01 09:30:00", 0))
    check_identities(undone, acct_pay_includes_mulaid=includes)
    assert undone.setlinfo.medfee_sumamt == -told.setlinfo.medfee_sumamt
    assert undone.setlinfo.fund_pay_sumamt == -told.setlinfo.fund_pay_sumamt
    assert [row.fund_payamt for row in undone.setldetail] == [-row.fund_payamt for row in told.setldetail]


def _over_the_wire(reply: dict[str, object]) -> settle.SettleOutput:
    return codec.read(settle.SettleOutput, codec.decode(codec.encode(reply)))


_BODY = cast(
    "settle.Quote", SimpleNamespace(mdtrt_id="1", insutype="310", mdtrt_cert_type="02", med_type="11", chrg_bchno="C1")
)


def _priced(bill: Split, situation: Situation, includes: bool) -> tuple[Call, Priced]:
    now = StandingClock().now()
    person = Person(psn_no="1", certno="111111198101011110", name="张三", gend="1", naty="01", born=now.date())
    insurance = Insurance(psn_no="1", insutype="310", psn_type="1101", civil_servant=False)
    care = area().model_copy(update={"acct_pay_includes_mulaid": includes})
    request = cast("Request", SimpleNamespace(msgid="M" * 30))
    call = Call(cast("Session", None), request, now, care, cast("World", None), Manners(), shipped_areas())
    shares = share_out(bill, situation)
    return call, Priced(person, insurance, VisitRow(), (), area(), situation.entitlement, shares)
