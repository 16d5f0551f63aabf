"""One person with several hospital numbers, and codes that open nothing by themselves."""

from typing import Any

import pytest

from settlement.wire import hospital
from settlement.wire.demo import DEMO_BILL
from tests.settlement.reference.house import House


def look_up(house: House, code: str) -> dict[str, Any]:
    return house.face(hospital.LOOK_UP, {"code": code})


def unpaid(house: House, key: str, **changes: Any) -> list[str]:
    person = house.world.people[key]
    query = {"certno": person.certno, "psn_name": person.name} | changes
    return [bill["patient_no"] for bill in house.face(hospital.BILLS, query)["bills"]]


@pytest.mark.parametrize(
    ("code", "kind"), [("JZK000000101", "card"), ("DZD202600000101", "slip"), ("JZK000000777", "card")]
)
def test_any_code_of_a_person_leads_to_all_numbers(house: House, code: str, kind: str) -> None:
    found = look_up(house, code)
    assert (found["kind"], found["patient_nos"]) == (kind, ["P00000101", "P00000777"])
    assert found["name"] == "张*"


def test_a_code_shows_no_identity(house: House) -> None:
    found = str(look_up(house, "WD202600000990"))
    person = house.world.people["fengjing"]
    assert person.certno not in found
    assert person.name not in found
    assert "refused" in look_up(house, "WD209900000000")
    assert "refused" in look_up(house, "x")


def test_bills_under_all_numbers_of_a_person_come_together(house: House) -> None:
    certno = house.world.people["zhangsan"].certno
    for number in ("P00000101", "P00000777"):
        house.face(DEMO_BILL, {"certno": certno, "scenario": "ct", "patient_no": number})
    assert unpaid(house, "zhangsan") == ["P00000101", "P00000777"]


def test_a_record_without_a_document_is_found_by_its_code_and_the_name(house: House) -> None:
    certno = house.world.people["fengjing"].certno
    house.face(DEMO_BILL, {"certno": certno, "scenario": "emergency", "patient_no": "P00000990"})
    assert unpaid(house, "fengjing") == []
    numbers = look_up(house, "WD202600000990")["patient_nos"]
    assert unpaid(house, "fengjing", patient_nos=numbers) == ["P00000990"]
    assert unpaid(house, "zhangsan", patient_nos=numbers) == [], "somebody else's slip in the hand"
    assert unpaid(house, "fengjing", patient_nos=numbers, psn_name="") == []


def test_a_number_that_is_known_to_be_somebodys_adds_nothing(house: House) -> None:
    certno = house.world.people["zhangsan"].certno
    house.face(DEMO_BILL, {"certno": certno, "scenario": "ct"})
    assert unpaid(house, "lihong", patient_nos=["P00000101"], psn_name="张三") == []
