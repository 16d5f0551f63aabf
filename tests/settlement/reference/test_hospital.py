"""One bill, one payer: holds keep others away, bookings are told once, and nothing frees a bill with money on it."""

from decimal import Decimal

import pytest

from settlement.wire import hospital, payment
from settlement.wire.demo import DEMO_BILL
from tests.settlement.reference.house import House

ORDER = "order0000000000000001"


def test_a_person_sees_only_what_is_unpaid(house: House) -> None:
    visit = house.visit("zhangsan", "cold")
    house.visit("zhangsan", "ct")
    assert [bill["total"] for bill in house.bills(visit.person)] == ["142.90", "245.80"]
    assert visit.finished()["booked"]
    assert [bill["total"] for bill in house.bills(visit.person)] == ["245.80"]
    assert house.bills(house.world.people["fengjing"]) == []


def test_a_bill_adds_up_to_the_fen(house: House) -> None:
    herbs = house.visit("chenyan", "herbs").bill
    assert [line["amount"] for line in herbs["lines"]] == ["8.93", "9.70", "2.67"]
    assert herbs["total"] == "21.30"
    assert [row["det_item_fee_sumamt"] for row in herbs["feedetail"]] == ["8.93", "9.70", "2.67"]


def test_a_hospital_may_have_registered_and_uploaded_itself(house: House) -> None:
    registered = house.visit("sunli", "registered").bill
    assert registered["mdtrt_id"]
    assert registered["fees_uploaded"] is False
    uploaded = house.visit("wujie", "diabetes")
    assert uploaded.bill["fees_uploaded"] is True
    uploaded.mdtrt_id = uploaded.bill["mdtrt_id"]
    assert uploaded.settled().setlinfo.medfee_sumamt == Decimal(uploaded.bill["total"])


def test_a_held_bill_is_refused_to_everybody_else(house: House) -> None:
    visit = house.visit()
    first = visit.hold("kiosk-one")
    assert visit.hold("kiosk-one")["held"] == first["held"]
    assert "refused" in visit.hold("kiosk-two", "0002")
    house.face(hospital.RELEASE, {"hold_key": "kiosk-one", "batch_no": visit.bill["batch_no"]})
    assert visit.hold("kiosk-two", "0002")["held"] != first["held"]


def test_a_hold_that_comes_after_its_release_holds_nothing(house: House) -> None:
    visit = house.visit()
    released = house.face(hospital.RELEASE, {"hold_key": "kiosk-one", "batch_no": visit.bill["batch_no"]})
    assert released["released"] is True
    assert "refused" in visit.hold("kiosk-one")
    assert visit.hold("kiosk-two", "0002")["held"]


def test_holds_run_out_unless_renewed(house: House) -> None:
    visit = house.visit()
    visit.hold("kiosk-one", seconds=60)
    house.clock.pass_by(seconds=50)
    renewal = {"hold_key": "kiosk-one", "batch_no": visit.bill["batch_no"], "seconds": 60}
    assert house.face(hospital.RENEW, renewal)["held"]
    house.clock.pass_by(seconds=50)
    assert "refused" in visit.hold("kiosk-two", "0002")
    house.clock.pass_by(seconds=20)
    assert visit.hold("kiosk-two", "0002")["held"]
    assert "refused" in house.face(hospital.RENEW, renewal)


@pytest.mark.parametrize("code", ["134567890123456789", "130005000000000000"], ids=["paid", "pending"])
def test_expiry_does_not_free_a_bill_with_money_on_it(house: House, code: str) -> None:
    visit = house.visit()
    visit.hold("kiosk-one", seconds=60)
    visit.collect(ORDER, 100, code)
    house.clock.pass_by(seconds=61)
    assert "refused" in visit.hold("kiosk-two", "0002")
    if visit.collect(ORDER, 100, code)["status"] == "paid":
        house.face(payment.REFUND, {"order": ORDER, "refund_order": f"r{ORDER}", "amount_fen": 100})
    else:
        house.face(payment.CLOSE, {"order": ORDER})
    assert visit.hold("kiosk-two", "0002")["held"]


def test_expiry_does_not_free_a_bill_that_is_settled(house: House) -> None:
    visit = house.visit("qianduo", "covered").uploaded()
    visit.hold("kiosk-one", seconds=60)
    visit.settled()
    house.clock.pass_by(seconds=61)
    assert "refused" in visit.hold("kiosk-two", "0002")
    house.told("2601", visit.reverse_body())
    assert visit.hold("kiosk-two", "0002")["held"]


def test_booking_says_where_to_go_and_is_repeated_word_for_word(house: House) -> None:
    visit = house.visit("zhangsan", "cold").uploaded()
    visit.hold("kiosk-one")
    output = visit.settled()
    paid = [{"order": ORDER, "amount_fen": int((output.setlinfo.psn_cash_pay or 0) * 100), "channel": "wechat"}]
    body = visit.book_body(output, paid, "kiosk-one")
    booked = house.face(hospital.BOOK, body)
    assert [step["what"] for step in booked["next_steps"]] == ["抽血化验", "取药", "取药"]
    assert booked["next_steps"][1]["room"] == "3号窗口"
    assert booked["einvoice"]["number"].isdigit()
    assert house.face(hospital.BOOK, body) == booked
    assert "refused" in house.face(hospital.BOOK, body | {"book_key": "book-by-another"})
    assert "refused" in visit.hold("kiosk-two", "0002")


@pytest.mark.parametrize(
    "change",
    [
        {"medfee_sumamt": "142.91"},
        {"payments": []},
        {"payments": [{"order": ORDER, "amount_fen": 1}]},
        {"acct_pay": "142.90"},
        {"hold_key": "never-held"},
        {"batch_no": "B0"},
    ],
)
def test_a_booking_that_does_not_fit_is_refused(house: House, change: dict[str, object]) -> None:
    visit = house.visit("zhangsan", "cold").uploaded()
    visit.hold("kiosk-one")
    output = visit.settled()
    paid = [{"order": ORDER, "amount_fen": int((output.setlinfo.psn_cash_pay or 0) * 100)}]
    assert "refused" in house.face(hospital.BOOK, visit.book_body(output, paid, "kiosk-one") | change)


def test_demo_bills_are_for_people_and_templates_that_exist(house: House) -> None:
    assert "refused" in house.face(DEMO_BILL, {"certno": "111111190001011111"})
    certno = house.world.people["zhangsan"].certno
    assert "refused" in house.face(DEMO_BILL, {"certno": certno, "scenario": "no-such"})
    assert house.face(DEMO_BILL, {"certno": certno})["batch_no"]


@pytest.mark.parametrize("owner", ["0" * 5_000, "a\x00b"])
def test_what_no_database_keeps_is_refused_or_kept_whole(house: House, kind: str, owner: str) -> None:
    answer = house.visit().hold("kiosk-one", owner)
    assert ("held" if kind == "sqlite" else "refused") in answer
    assert answer["hold_key"] == "kiosk-one"


def test_a_malformed_request_says_so(house: House) -> None:
    assert "refused" in house.face(hospital.HOLD, {"hold_key": "k"})
