"""The platform's answers to a whole visit: what it commits, what it undoes, and what it refuses."""

from decimal import Decimal
from typing import Any

import pytest

from kiosk.domain.codes import InsuStatus
from settlement.reference.platform.call import Manners
from settlement.wire import codec, outpatient, people, settle
from settlement.wire.envelope import ENDPOINT, display_text
from tests.settlement.reference.conftest import MakeHouse
from tests.settlement.reference.house import TERMINAL, House, Visit
from tests.settlement.reference.identities import check_identities

EVERYBODY = [
    ("zhangsan", "cold", "310"),
    ("zhangsan", "ct", "310"),
    ("liguihua", "hypertension", "310"),
    ("wangdashan", "stomach", "390"),
    ("zhaomin", "ct", "310"),
    ("chenyan", "herbs", "310"),
    ("maihemuti", "emergency", "390"),
    ("qianduo", "covered", "310"),
    ("tangwei", "tumour", "310"),
    ("fengjing", "registration", "310"),
]


@pytest.mark.parametrize(("key", "scenario", "insutype"), EVERYBODY)
def test_quote_settlement_and_cancel_hold_the_identities(house: House, key: str, scenario: str, insutype: str) -> None:
    visit = house.visit(key, scenario, insutype).uploaded()
    quoted, settled = visit.quoted(), visit.settled()
    check_identities(quoted)
    check_identities(settled)
    assert quoted.setlinfo.setl_id is None
    assert quoted.setlinfo.psn_cash_pay == settled.setlinfo.psn_cash_pay
    assert settled.setlinfo.medins_setl_id == visit.settled_msgid
    cancelled = codec.read(settle.SettleOutput, house.told("2208", visit.undo_body()))
    check_identities(cancelled)
    assert cancelled.setlinfo.medfee_sumamt == -settled.setlinfo.medfee_sumamt
    assert cancelled.setlinfo.psn_part_amt is None
    assert cancelled.setlinfo.medins_setl_id not in {"", visit.settled_msgid}
    assert not visit.stands()


def test_each_uploaded_line_comes_back_split(house: House) -> None:
    visit = house.visit("zhangsan", "ct").register()
    rows = codec.read(outpatient.UploadOutput, house.told("2204", visit.upload_body())).result
    assert [row.chrgitm_lv for row in rows] == ["02", "02"]
    for row in rows:
        parts = (row.fulamt_ownpay_amt, row.overlmt_amt, row.preselfpay_amt, row.inscp_scp_amt)
        assert row.det_item_fee_sumamt == sum(part for part in parts if part is not None)
    assert rows[0].overlmt_amt == Decimal("30.00")


def test_own_part_is_zero_where_account_and_funds_pay_all(house: House) -> None:
    settled = house.visit("qianduo", "covered").uploaded().settled()
    assert settled.setlinfo.psn_cash_pay == 0


def test_a_settlement_counts_for_the_year_until_it_is_undone(house: House) -> None:
    first = house.visit("zhangsan", "cold").uploaded()
    before = first.quoted().setlinfo
    first.settled()
    assert before.act_pay_dedc == Decimal("50.00")
    second = house.visit("zhangsan", "cold").uploaded()
    assert second.quoted().setlinfo.act_pay_dedc == 0
    assert balance(house, first) == before.balc
    house.told("2601", first.reverse_body())
    assert second.quoted().setlinfo.act_pay_dedc == Decimal("50.00")
    assert balance(house, first) == Decimal("68.15")


def balance(house: House, visit: Visit) -> Decimal:
    query = {"mdtrt_cert_type": "02", "mdtrt_cert_no": visit.person.certno}
    return codec.read(people.PersonOutput, house.told("1101", {"data": query})).insuinfo[0].balc


def test_a_bill_is_settled_once(house: House) -> None:
    visit = house.visit().uploaded()
    body = visit.settle_body()
    visit.settled()
    again = house.ask("2207A", body)
    assert not again.succeeded
    assert "不能重复结算" in again.err_msg
    assert visit.stands()


def test_the_same_msgid_is_not_answered_alike(house: House) -> None:
    visit = house.visit().uploaded()
    body = visit.settle_body()
    visit.settled()
    assert not house.ask("2207A", body, visit.settled_msgid).succeeded


def test_a_reversal_frees_the_bill_and_is_refused_the_second_time(house: House) -> None:
    visit = house.visit().uploaded()
    visit.settled()
    house.told("2601", visit.reverse_body())
    assert not visit.stands()
    second = house.ask("2601", visit.reverse_body())
    assert not second.succeeded
    assert "退费结算标志不为未退费" in display_text(second.err_msg)
    visit.settled()
    assert visit.stands()


@pytest.mark.parametrize("accepts", [True, False])
def test_a_reversal_of_what_never_arrived(make_house: MakeHouse, accepts: bool) -> None:
    house = make_house(Manners(accept_unarrived=accepts))
    visit = house.visit()
    assert house.ask("2601", visit.reverse_body(house.msgid())).succeeded is accepts


@pytest.mark.parametrize("remembers", [False, True])
def test_a_settlement_that_arrives_after_its_reversal(make_house: MakeHouse, remembers: bool) -> None:
    """Real platforms promise no memory of reversed messages: the late settlement lands, and is reversed once more."""
    house = make_house(Manners(remember_reversed=remembers))
    visit = house.visit().uploaded()
    late, body = house.msgid(), visit.settle_body()
    house.told("2601", visit.reverse_body(late))
    landed = house.ask("2207A", body, late)
    assert landed.succeeded is not remembers
    if not remembers:
        visit.setl_id = landed.output["setlinfo"]["setl_id"]
        house.told("2601", visit.reverse_body(late))
        assert not visit.stands()


def test_reversing_a_cancel_puts_the_settlement_back(house: House) -> None:
    visit = house.visit().uploaded()
    visit.settled()
    cancel = house.msgid()
    house.told("2208", visit.undo_body(), cancel)
    assert not house.ask("2208", visit.undo_body()).succeeded
    house.told("2601", visit.reverse_body(cancel, "2208"))
    assert visit.stands()


def test_what_cannot_be_reversed_is_refused(house: House) -> None:
    visit = house.visit().register()
    assert not house.ask("2601", visit.reverse_body(house.msgid(), "2204")).succeeded


def test_uploaded_lines_are_unique_until_withdrawn(house: House) -> None:
    visit = house.visit().uploaded()
    twice = house.ask("2204", visit.upload_body())
    assert "重复" in twice.err_msg
    assert visit.quoted().setlinfo.medfee_sumamt == Decimal(visit.bill["total"])
    assert not house.ask("2202", deregister(visit)).succeeded
    house.told("2205", withdraw(visit, "0000"))
    assert not house.ask("2206A", {"data": visit.quote_body()}).succeeded
    house.told("2204", visit.upload_body())
    house.told("2205", withdraw(visit, visit.bill["chrg_bchno"]))
    house.told("2202", deregister(visit))
    assert not house.ask("2204", visit.upload_body()).succeeded


def test_one_wrong_line_uploads_none(house: House) -> None:
    visit = house.visit().register()
    body = visit.upload_body()
    body["feedetail"][-1]["det_item_fee_sumamt"] = Decimal("99.99")
    assert not house.ask("2204", body).succeeded
    house.told("2204", visit.upload_body())


def deregister(visit: Visit, *, known: bool = True) -> dict[str, Any]:
    return {"data": visit.who | {"mdtrt_id": visit.mdtrt_id if known else "", "ipt_otp_no": visit.bill["visit_no"]}}


def withdraw(visit: Visit, chrg_bchno: str) -> dict[str, Any]:
    return {"data": visit.who | {"mdtrt_id": visit.mdtrt_id, "chrg_bchno": chrg_bchno}}


def test_a_registration_whose_reply_was_lost_is_found_by_its_visit_number(house: House) -> None:
    visit = house.visit().register()
    house.told("2202", deregister(visit, known=False))
    assert not house.ask("2204", visit.upload_body()).succeeded
    house.told("2202", deregister(visit, known=False))


def test_settling_needs_what_the_quote_said(house: House) -> None:
    visit = house.visit().uploaded()
    body = visit.settle_body()
    body["data"]["preselfpay_amt"] += Decimal("0.01")
    refused = house.ask("2207A", body)
    assert "preselfpay_amt" in refused.err_msg


@pytest.mark.parametrize(
    "change",
    [
        {"medfee_sumamt": "1.00"},
        {"insutype": "390"},
        {"med_type": "14"},
        {"chrg_bchno": "C0"},
        {"mdtrt_id": "0"},
        {"mdtrt_cert_no": "111111198101011111"},
        {"psn_no": "00000000000000000002"},
    ],
)
def test_a_quote_must_fit_the_visit(house: House, change: dict[str, str]) -> None:
    visit = house.visit().uploaded()
    assert not house.ask("2206A", {"data": visit.quote_body() | change}).succeeded


def test_a_stopped_insurance_is_shown_and_settles_nothing(house: House) -> None:
    visit = house.visit("zhouping", "cold")
    found = house.told("1101", {"data": visit.credential})
    assert found["insuinfo"][0]["psn_insu_stas"] == InsuStatus.PAUSED
    body = visit.bill["registration"] | visit.who | visit.credential | {"insutype": "310"}
    assert "暂停参保" in house.ask("2201", {"data": body}).err_msg


def test_somebody_the_platform_does_not_know(house: House) -> None:
    unknown = house.world.people["zhengxin"].certno
    refused = house.ask("1101", {"data": {"mdtrt_cert_type": "02", "mdtrt_cert_no": unknown}})
    assert display_text(refused.err_msg) == "未查询到参保人员信息"


def test_one_person_may_have_six_insurances(house: House) -> None:
    certno = house.world.people["sunli"].certno
    found = codec.read(
        people.PersonOutput, house.told("1101", {"data": {"mdtrt_cert_type": "02", "mdtrt_cert_no": certno}})
    )
    assert [row.insutype for row in found.insuinfo] == ["310", "320", "330", "39999", "510", "390"]


def test_a_person_is_found_by_card_and_by_voucher(house: House) -> None:
    person = house.world.people["lihong"]
    assert person.card
    assert person.platform
    card = {"mdtrt_cert_type": "03", "mdtrt_cert_no": person.card.number, "card_sn": person.card.serial}
    voucher = {"mdtrt_cert_type": "01", "mdtrt_cert_no": person.platform.ec_token}
    for credential in (card, voucher):
        assert house.told("1101", {"data": credential})["baseinfo"]["psn_name"] == "李𬭎"
    assert not house.ask("1101", {"data": card | {"card_sn": "0" * 32}}).succeeded
    assert not house.ask("1101", {"data": card | {"psn_name": "李四"}}).succeeded


def test_a_terminal_signs_in_once_a_day(house: House) -> None:
    visit = house.visit()
    today = house.sign_no
    assert house.sign_in() == today
    house.clock.pass_by(days=1)
    stale = house.ask("1101", {"data": visit.credential})
    assert "未签到" in stale.err_msg
    assert house.sign_in() != today
    house.told("1101", {"data": visit.credential})


def test_a_number_given_back_is_nobodys(house: House) -> None:
    number = house.sign_in()
    house.told("9002", {"signOut": {"sign_no": number, "opter_no": TERMINAL}})
    assert "sign_9003" in house.ask("9002", {"signOut": {"sign_no": number, "opter_no": TERMINAL}}).err_msg
    assert house.sign_in() != number


def test_replies_wear_the_odd_dress_of_real_platforms(house: House) -> None:
    visit = house.visit().uploaded()
    raw = [codec.decode(house.post(ENDPOINT, house.envelope("1101", {"data": visit.credential})))["infcode"]]
    raw.append(codec.decode(house.post(ENDPOINT, house.envelope("2206A", {"data": visit.quote_body()})))["infcode"])
    assert raw == ["0", 0]
    withdrawn = codec.decode(house.post(ENDPOINT, house.envelope("2205", withdraw(visit, "0000"))))
    deregistered = codec.decode(house.post(ENDPOINT, house.envelope("2202", deregister(visit))))
    assert (withdrawn["output"], deregistered["output"]) == ({}, None)


def test_naming_a_person_without_the_insured_area_is_refused(house: House) -> None:
    visit = house.visit().register()
    body = house.envelope("2204", visit.upload_body(), insuplc_admdvs=None)
    assert codec.decode(house.post(ENDPOINT, body))["infcode"] in {-1, "-1"}


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"infno":"2207"}', b'{"infno":"2207","input":{}}'])
def test_garbage_is_answered_in_an_envelope(house: House, body: bytes) -> None:
    assert codec.decode(house.post(ENDPOINT, body))["infcode"] == -1


def test_a_text_no_database_keeps_is_refused(house: House) -> None:
    visit = house.visit().register()
    body = visit.upload_body()
    body["feedetail"][0]["feedetl_sn"] = "a\x00b"
    refused = house.ask("2204", body)
    assert (refused.succeeded, display_text(refused.err_msg)) == (False, "报文解析失败")
    house.told("2204", visit.upload_body())


def test_unknown_transactions_and_missing_fields_are_refused_by_name(house: House) -> None:
    assert "9999" in house.ask("9999", {}).err_msg
    assert "data.mdtrt_cert_no" in house.ask("1101", {"data": {"mdtrt_cert_type": "02"}}).err_msg
