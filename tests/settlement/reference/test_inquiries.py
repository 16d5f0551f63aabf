"""The platform's answers to questions agree with what it settles."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from kiosk.installed import config_dir
from settlement.reference.ledger.store import Ledger
from settlement.reference.people import read_world
from settlement.reference.platform.desk import Desk
from settlement.wire import codec, inquiry, records
from tests.settlement.reference.house import House, StandingClock, Visit, home_area

PERIOD = {"begntime": "2025-06-01 00:00:00", "endtime": "2026-07-31 23:59:59"}


def number(house: House, key: str) -> dict[str, str]:
    return Visit(house, house.world.people[key], {}, "310").who


def sums(house: House, key: str, **body: str) -> dict[tuple[str, str], Decimal]:
    told = codec.read(records.SumsOutput, house.told("5206", {"data": number(house, key) | body}))
    return {(row.insutype, row.cum_type_code): row.cum for row in told.cuminfo}


def benefits(house: House, key: str, **body: str) -> dict[str, tuple[str, str]]:
    asked = {"insutype": "310", "fixmedins_code": "H00000000001", "begntime": "2026-07-01 09:30:00"} | body
    told = codec.read(inquiry.BenefitOutput, house.told("2001", {"data": number(house, key) | asked}))
    return {row.fund_pay_type: (row.trt_enjymnt_flag, row.trt_chk_rslt) for row in told.trtinfo}


@pytest.fixture
def aging(ledger: Ledger) -> House:
    """Where the hypertension of somebody is on file no longer."""
    ended = {"code": "M03900", "name": "高血压", "since": date(2024, 1, 1), "until": date(2025, 12, 31)}
    running = {"code": "M01600", "name": "糖尿病", "since": date(2025, 1, 1)}
    world = read_world(config_dir() / "people", {"wujie": {"platform": {"diseases": [running, ended]}}})
    clock = StandingClock()
    desk = Desk(ledger, world, home_area(world, clock), clock)
    house = House(lambda _path, body: desk.answer(body), world, clock)
    house.sign_in()
    return house


def test_chronic_diseases_are_told_with_those_that_ended(aging: House) -> None:
    told = codec.read(inquiry.ChronicDiseaseOutput, aging.told("5301", {"data": number(aging, "wujie")}))
    assert [(row.opsp_dise_code, row.enddate) for row in told.feedetail] == [("M01600", ""), ("M03900", "2025-12-31")]
    none = codec.read(inquiry.ChronicDiseaseOutput, aging.told("5301", {"data": number(aging, "lihong")}))
    assert none.feedetail == ()


def test_a_chronic_visit_is_paid_for_while_its_disease_is_on_file(aging: House) -> None:
    assert benefits(aging, "wujie", med_type="14", dise_codg="M01600") == {"310100": ("1", ""), "310200": ("1", "")}
    ended = benefits(aging, "wujie", med_type="14", dise_codg="M03900")
    assert ended["310100"] == ("0", "未查询到有效的门诊慢特病备案")
    assert benefits(aging, "zhangsan", med_type="14")["310100"][0] == "0"


def test_an_ordinary_visit_is_paid_for_and_one_without_a_plan_is_not(house: House) -> None:
    assert benefits(house, "zhangsan", med_type="11")["310100"] == ("1", "")
    assert benefits(house, "zhangsan", med_type="51") == {"310100": ("0", "该险种不支持此医疗类别")}


@pytest.mark.parametrize(
    ("infno", "body"),
    [
        ("5301", {}),
        ("5206", {}),
        ("5303", PERIOD),
        ("2001", {"insutype": "310", "fixmedins_code": "H", "med_type": "11"}),
    ],
)
def test_nobody_is_told_about_a_person_who_is_not_insured(house: House, infno: str, body: dict[str, Any]) -> None:
    begun = {"begntime": "2026-07-01 09:30:00"} if infno == "2001" else {}
    assert not house.ask(infno, {"data": {"psn_no": "9"} | body | begun}).succeeded


def test_the_years_sums_grow_with_a_settlement_and_shrink_with_its_undoing(house: House) -> None:
    before = sums(house, "zhangsan")
    visit = house.visit().uploaded()
    settled = visit.settled().setlinfo
    grown = sums(house, "zhangsan")
    assert grown["310", "F0000"] - before["310", "F0000"] == settled.medfee_sumamt
    assert grown["310", "Q0000"] - before["310", "Q0000"] == settled.act_pay_dedc
    assert grown["310", "D310101"] - before["310", "D310101"] == settled.hifp_pay
    assert grown["310", "D310201"] - before["310", "D310201"] == settled.acct_pay
    assert grown["310", "C0000"] - before["310", "C0000"] == 1
    house.told("2601", visit.reverse_body())
    assert sums(house, "zhangsan") == before


def test_a_visit_is_listed_under_its_kind_with_its_lines_until_it_is_deregistered(house: House) -> None:
    visit = house.visit().uploaded()
    settled = visit.settled().setlinfo
    who = number(house, "zhangsan")
    period = {"begntime": "2025-01-01 00:00:00", "endtime": "2026-12-31 23:59:59"}
    told = codec.read(records.VisitsOutput, house.told("5201", {"data": who | period | {"med_type": "11"}}))
    assert settled.mdtrt_id in [row.mdtrt_id for row in told.mdtrtinfo]
    assert house.told("5201", {"data": who | period | {"med_type": "21"}}) == {"mdtrtinfo": []}
    wish = {"data": who | {"mdtrt_id": settled.mdtrt_id, "setl_id": settled.setl_id}}
    lines = codec.read(records.FeesOutput, house.told("5204", wish)).output
    assert {row.setl_id for row in lines} == {settled.setl_id}
    assert sum(row.det_item_fee_sumamt or 0 for row in lines) == settled.medfee_sumamt
    other = {"data": number(house, "liguihua") | {"mdtrt_id": settled.mdtrt_id}}
    assert house.told("5204", other) == {"output": []}


def test_the_sums_of_an_earlier_month_do_not_know_a_later_one(house: House) -> None:
    house.visit().uploaded().settled()
    assert sums(house, "zhangsan", cum_ym="202606")["310", "C0000"] == 0
    assert sums(house, "zhangsan", cum_ym="202607")["310", "C0000"] == 1
    assert sums(house, "zhangsan", cum_ym="202512")["310", "Q0000"] == 0


def test_an_insurance_that_settles_nothing_has_no_sums(house: House) -> None:
    assert {insutype for insutype, _ in sums(house, "zhaomin")} == {"310"}


def test_a_stay_is_told_within_its_period(house: House) -> None:
    told = codec.read(inquiry.StayOutput, house.told("5303", {"data": number(house, "yuzaiyuan") | PERIOD}))
    begun = f"{house.clock.now() - timedelta(days=300):%Y-%m-%d}"
    assert [(row.mdtrt_id, row.med_type, row.begndate) for row in told.data] == [("SZY2026000038", "21", begun)]
    later = {"begntime": "2026-01-01 00:00:00", "endtime": "2026-01-31 23:59:59"}
    assert house.told("5303", {"data": number(house, "yuzaiyuan") | later}) == {"data": []}


def test_a_dictionary_is_told_and_an_unknown_one_is_empty(house: House) -> None:
    asked = {"parentValue": "", "admdvs": "000000", "date": "2026-07-01", "valiFlag": "1"}
    told = codec.read(inquiry.DictionaryOutput, house.told("1901", {"data": asked | {"type": "yes_no"}}))
    assert [(row.value, row.label) for row in told.list] == [("0", "否"), ("1", "是")]
    assert house.told("1901", {"data": asked | {"type": "nothing"}}) == {"list": []}
