"""The e-voucher library's messages: what a kiosk asks, and that only a whole person is taken for one."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.wire.nation_ec import Broken, Declined, Station, Trans, read_face, read_holder, request, taken
from kiosk.domain.insured import VoucherIdentity
from kiosk.domain.money import Money
from kiosk.domain.personal import PersonName, ResidentId, Voucher
from kiosk.ports.face_terminal import Business, Errand, FaceAuthorised, HolderFound, SettleNotice

STATION = Station("H00000000001", "003", "门诊自助机 03")
ERRAND = Errand(Business.SETTLING, "K1")
HOLDER = {"idNo": "111111198101011110", "userName": "张三", "idType": "01", "ecToken": "EC1", "insuOrg": "000000"}


def answer(data: Any, code: Any = 0, **more: Any) -> bytes:
    return json.dumps({"code": code, "message": "成功", "data": data} | more, ensure_ascii=False).encode()


def test_a_kiosk_says_what_it_is() -> None:
    told = json.loads(request(Trans.CODE, STATION, ERRAND))
    assert told == {
        "orgId": "H00000000001",
        "transType": "cn.nhsa.qrcode.get",
        "data": {
            "orgId": "H00000000001",
            "businessType": "01301",
            "operatorId": "003",
            "operatorName": "门诊自助机 03",
            "outBizNo": "K1",
            "deviceType": "SelfService",
        },
    }


def test_amounts_of_a_notice_are_yuan_with_two_places() -> None:
    notice = SettleNotice(settled=True, setl_id="9", total=Money(5000), fund=Money(4005), own=Money(995))
    data = json.loads(request(Trans.NOTIFY, STATION, ERRAND, notice))["data"]
    assert (data["totalFee"], data["hifAmt"], data["ownAmt"]) == ("50.00", "40.05", "9.95")
    assert (data["medicalSettleState"], data["medicalSettleNo"], "acctAmt" in data) == ("SUCCESS", "9", False)


@pytest.mark.parametrize("data", [json.dumps(HOLDER, ensure_ascii=False), HOLDER])
@pytest.mark.parametrize("code", [0, "0"])
def test_a_holder_is_read_from_json_in_a_text_or_from_an_object(data: Any, code: Any) -> None:
    person = VoucherIdentity(PersonName("张三"), ResidentId("111111198101011110"), Voucher("EC1"), "000000")
    assert read_holder(answer(data, code)) == HolderFound(person)


@pytest.mark.parametrize("name", ["idNo", "userName", "ecToken"])
@pytest.mark.parametrize("spoilt", [None, "", 7, "x" * 600, "a\nb"])
def test_a_holder_without_all_parts_is_nobody(name: str, spoilt: Any) -> None:
    assert read_holder(answer(HOLDER | {name: spoilt})) == Broken(name)


def test_another_kind_of_certificate_is_nobody_here() -> None:
    assert read_holder(answer(HOLDER | {"idType": "99"})) == Broken("idType")


def test_a_refusal_has_the_centres_own_sentence() -> None:
    assert read_holder(answer(None, 1, message="已失效")) == Declined("已失效")
    assert read_face(answer(None, True, message="x" * 100)) == Declined("x" * 60)
    assert read_face(answer(None, "1", message=5)) == Declined("")


def test_a_face_number() -> None:
    assert read_face(answer({"authNo": "ano1"})) == FaceAuthorised(Voucher("ano1"))
    assert read_face(answer({"authNo": "x" * 65})) == Broken("authNo")


def test_a_notice_was_taken_or_not() -> None:
    assert taken(answer(None)) is True
    assert taken(answer("{}")) is True
    assert taken(answer("{}", 1)) is False


@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_nonsense_is_nobody(text: bytes) -> None:
    assert not isinstance(read_holder(text), HolderFound)
    assert not isinstance(read_face(text), FaceAuthorised)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=9),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["code", "data", "idNo", "userName", "ecToken", "authNo"]), inner, max_size=4
            )
        ),
        max_leaves=8,
    )
)
def test_any_json_is_a_person_whole_or_not_at_all(tree: Any) -> None:
    found = read_holder(json.dumps(tree).encode())
    if isinstance(found, HolderFound):
        assert found.identity.token.reveal()


def test_depth_without_end_is_no_answer() -> None:
    assert read_holder(b'{"code":0,"data":' + b"[" * 100_000) == Broken("no object")
