"""Codes and faces lead to a token, once and for a short time; the token leads to the person."""

import json
from collections.abc import Callable
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from settlement.reference.ledger.store import Ledger
from settlement.reference.ledger.vouchers import SettleNotice
from settlement.reference.voucher import CENTRE, TELEPHONE, VoucherCentre
from settlement.wire import codec, people
from tests.settlement.reference.house import House, StandingClock

BUSINESS = {"orgId": "H00000000001", "businessType": "01301", "operatorId": "0001", "outBizNo": "biz-1"}

Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def centre(house: House, ledger: Ledger) -> VoucherCentre:
    return VoucherCentre(ledger, house.clock)


@pytest.fixture
def ask(centre: VoucherCentre) -> Ask:
    def ask(infno: str, **data: str) -> dict[str, Any]:
        frame = {"orgId": "H00000000001", "transType": infno, "data": BUSINESS | data}
        return codec.decode(centre.answer(CENTRE, codec.encode(frame)).body)

    return ask


def shown(centre: VoucherCentre, house: House, key: str) -> str:
    """The code on this person's telephone."""
    wish = codec.encode({"certno": house.world.people[key].certno})
    return str(codec.decode(centre.answer(TELEPHONE, wish).body)["ecQrCode"])


@pytest.mark.parametrize("infno", ["ec.query", "cn.nhsa.qrcode.get"])
def test_a_code_leads_to_a_token_and_the_token_to_the_person(
    centre: VoucherCentre, house: House, ask: Ask, infno: str
) -> None:
    told = ask(infno, ecQrCode=shown(centre, house, "lihong"))
    assert told["code"] == 0
    holder = json.loads(told["data"])
    assert (holder["userName"], holder["insuOrg"]) == ("李𬭎", "000000")
    query = {"mdtrt_cert_type": "01", "mdtrt_cert_no": holder["ecToken"]}
    found = codec.read(people.PersonOutput, house.told("1101", {"data": query}))
    assert found.baseinfo.certno == holder["idNo"]


def test_a_code_is_read_once(centre: VoucherCentre, house: House, ask: Ask) -> None:
    code = shown(centre, house, "zhangsan")
    assert ask("ec.query", ecQrCode=code)["code"] == 0
    assert "已失效" in ask("ec.query", ecQrCode=code)["message"]


def test_a_code_lives_for_a_minute(centre: VoucherCentre, house: House, ask: Ask) -> None:
    code = shown(centre, house, "zhangsan")
    house.clock.pass_by(seconds=61)
    assert "已失效" in ask("ec.query", ecQrCode=code)["message"]


def test_other_codes_are_no_vouchers(ask: Ask) -> None:
    assert "不是医保电子凭证" in ask("ec.query", ecQrCode="134500000000000001")["message"]
    assert "不是医保电子凭证" in ask("ec.query")["message"]


def test_a_face_is_vouched_for_and_checked_once_for_the_same_business(house: House, ask: Ask) -> None:
    certno = house.world.people["zhangsan"].certno
    auth_no = json.loads(ask("cn.nhsa.ec.auth", extData=certno)["data"])["authNo"]
    assert "不符" in ask("cn.nhsa.auth.check", authNo=auth_no, businessType="01101")["message"]
    assert "不符" in ask("cn.nhsa.auth.check", authNo=auth_no, outBizNo="another")["message"]
    holder = json.loads(ask("cn.nhsa.auth.check", authNo=auth_no)["data"])
    assert (holder["idNo"], holder["authNo"]) == (certno, auth_no)
    assert "已失效" in ask("cn.nhsa.auth.check", authNo=auth_no)["message"]


def test_an_authorisation_lives_for_five_minutes(house: House, ask: Ask) -> None:
    auth_no = json.loads(ask("cn.nhsa.ec.auth", extData=house.world.people["zhangsan"].certno)["data"])["authNo"]
    house.clock.pass_by(seconds=301)
    assert "已失效" in ask("cn.nhsa.auth.check", authNo=auth_no)["message"]


def test_a_stranger_is_not_vouched_for(house: House, ask: Ask) -> None:
    for certno in ("111111190001011111", house.world.people["zhengxin"].certno):
        assert "未通过" in ask("cn.nhsa.ec.auth", extData=certno)["message"]


def test_a_result_is_shown_for_a_settlement_that_exists(house: House, ledger: Ledger, ask: Ask) -> None:
    visit = house.visit("qianduo", "covered").uploaded()
    visit.settled()
    notice = {"medicalSettleState": "SUCCESS", "medicalSettleNo": visit.setl_id}
    assert ask("cn.nhsa.settle.notify", **notice)["code"] == 0
    assert ask("cn.nhsa.settle.notify", medicalSettleState="FAIL")["code"] == 0
    assert ask("cn.nhsa.settle.notify", **notice | {"medicalSettleNo": "1"})["code"] != 0
    with ledger.look() as session:
        assert [row.state for row in session.query(SettleNotice).order_by(SettleNotice.id)] == ["SUCCESS", "FAIL"]


def test_who_has_no_voucher_shows_none(centre: VoucherCentre, house: House) -> None:
    wish = codec.encode({"certno": house.world.people["zhengxin"].certno})
    assert "refused" in codec.decode(centre.answer(TELEPHONE, wish).body)


def test_unknown_transactions_are_refused(ask: Ask) -> None:
    assert "cn.nhsa.other" in ask("cn.nhsa.other")["message"]


@given(st.binary(max_size=60), st.sampled_from([CENTRE, TELEPHONE]))
def test_any_bytes_are_answered(body: bytes, path: str) -> None:
    """Nonsense never gets as far as the ledger."""
    centre = VoucherCentre(cast("Ledger", None), StandingClock())
    assert centre.answer(path, body).status == 400
