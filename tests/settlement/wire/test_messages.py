"""The shapes both sides rely on: the envelope, the tolerance towards replies, the strictness towards requests."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from settlement.wire import codec, envelope, hospital, outpatient, payment, people, settle
from settlement.wire.codec import Breakage, BrokenMessage
from settlement.wire.envelope import Request, Response, display_text

_ENVELOPE: dict[str, Any] = {
    "infno": "1101",
    "msgid": "H00000000001202607011200000001",
    "mdtrtarea_admvs": "000000",
    "recer_sys_code": "FSI_LOCAL",
    "opter": "0001",
    "opter_name": "自助机0001",
    "inf_time": "2026-07-01 12:00:00",
    "fixmedins_code": "H00000000001",
    "fixmedins_name": "模拟医院",
    "input": {"data": {"psn_name": "张三"}},
}


def test_a_kiosk_signs_its_requests_as_a_self_service_terminal() -> None:
    request = codec.read(Request, _ENVELOPE)
    assert (request.opter_type, request.infver) == ("2", "V1.0")
    assert codec.decode(codec.encode(request))["input"] == {"data": {"psn_name": "张三"}}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("msgid", "x" * 31),
        ("msgid", ""),
        ("infno", "2207AAA"),
        ("inf_time", "2026-7-1"),
        ("opter_name", "长" * 51),
        ("input", None),
    ],
)
def test_requests_are_held_to_their_lengths(field: str, value: object) -> None:
    with pytest.raises(BrokenMessage) as caught:
        codec.read(Request, _ENVELOPE | {field: value})
    assert caught.value.breakage is Breakage.WRONG_SHAPE
    assert caught.value.fields == (field,)


@pytest.mark.parametrize("missing", ["msgid", "opter", "fixmedins_code", "input"])
def test_mandatory_fields_are_missed_by_name(missing: str) -> None:
    with pytest.raises(BrokenMessage) as caught:
        codec.read(Request, {key: value for key, value in _ENVELOPE.items() if key != missing})
    assert caught.value.fields == (missing,)


@pytest.mark.parametrize("infcode", [0, "0"])
@pytest.mark.parametrize("output", [None, {}, ""])
@pytest.mark.parametrize("err_msg", [None, "", "success"])
def test_success_is_read_in_every_dress_it_wears(infcode: object, output: object, err_msg: object) -> None:
    response = codec.read(Response, {"infcode": infcode, "output": output, "err_msg": err_msg, "mid": 7})
    assert response.succeeded
    assert response.output == {}


def test_rows_without_a_node_are_found_under_one() -> None:
    rows = [{"feedetl_sn": "1"}, {"feedetl_sn": "2"}]
    assert codec.read(Response, {"infcode": "0", "output": rows}).output == {"output": rows}
    assert codec.read(Response, {"infcode": 0, "output": []}).output == {"output": []}


@pytest.mark.parametrize("body", [{"infcode": None}, {"infcode": "ok"}, {}, {"infcode": 0, "output": [1]}])
def test_what_is_no_answer_is_broken(body: dict[str, Any]) -> None:
    with pytest.raises(BrokenMessage):
        codec.read(Response, body)


@pytest.mark.parametrize(
    ("err_msg", "shown"),
    [
        ("未查询到参保人员信息[psn_1102]", "未查询到参保人员信息"),
        ("费用明细重复(7f3c9a@10.2.3.4)", "费用明细重复"),
        ("费用明细重复（7f3c9a@10.2.3.4）", "费用明细重复"),
        ("参保状态异常[insu_31](7f3c@fsi-7)", "参保状态异常"),
        ("药品[阿莫西林]不在目录内", "药品[阿莫西林]不在目录内"),
        ("已停保(2026-01-01起)", "已停保(2026-01-01起)"),
        ("", ""),
    ],
)
def test_the_patient_does_not_read_the_platforms_line_numbers(err_msg: str, shown: str) -> None:
    assert display_text(err_msg) == shown


@given(st.text(max_size=80))
def test_display_text_only_ever_shortens(err_msg: str) -> None:
    shown = display_text(err_msg)
    assert shown in err_msg
    assert display_text(shown) == shown


def test_no_message_shows_what_it_contains() -> None:
    person = people.PersonQuery(mdtrt_cert_type="02", mdtrt_cert_no="111111198101011110", psn_name="张三")
    assert "张三" not in f"{person} {person!r} {people.PersonInput(data=person)!r}"
    with pytest.raises(BrokenMessage) as caught:
        codec.read(people.PersonInput, {"data": {"mdtrt_cert_type": "张三", "mdtrt_cert_no": {"张三": 1}}})
    assert "张三" not in f"{caught.value} {caught.value!r}"


def test_unknown_fields_survive() -> None:
    query = codec.read(people.PersonQuery, {"mdtrt_cert_type": "02", "mdtrt_cert_no": "1", "exp_content": {"a": 1}})
    assert codec.decode(codec.encode(query))["exp_content"] == {"a": 1}


def test_a_cancel_has_negative_amounts_and_may_leave_the_persons_part_null() -> None:
    zero = dict.fromkeys(
        (
            "fulamt_ownpay_amt",
            "overlmt_selfpay",
            "preselfpay_amt",
            "cvlserv_pay",
            "hifes_pay",
            "hifmi_pay",
            "hifob_pay",
            "maf_pay",
            "oth_pay",
        ),
        0,
    )
    info = zero | {
        "medfee_sumamt": "-4.52",
        "inscp_scp_amt": Decimal("-4.52"),
        "hifp_pay": "-4.52",
        "fund_pay_sumamt": Decimal("-4.52"),
        "acct_pay": 0,
        "psn_part_amt": None,
    }
    read = codec.read(settle.SettleOutput, {"setlinfo": info}).setlinfo
    assert read.medfee_sumamt == Decimal("-4.52")
    assert read.psn_part_amt is None


def test_hospital_and_person_parts_make_whole_bodies() -> None:
    part = outpatient.RegisterPart(
        begntime="2026-07-01 08:00:00",
        ipt_otp_no="1",
        atddr_no="D1",
        dr_name="李四",
        dept_code="01",
        dept_name="内科",
        caty="A03",
    )
    whole = codec.read(
        outpatient.Register,
        part.model_dump() | {"psn_no": "1", "insutype": "310", "mdtrt_cert_type": "02", "mdtrt_cert_no": "1"},
    )
    assert whole.dept_name == "内科"


@pytest.mark.parametrize("body", [{}, {"held": "h", "expires_at": "x", "refused": "no"}])
def test_a_hold_is_held_or_refused(body: dict[str, Any]) -> None:
    with pytest.raises(BrokenMessage):
        codec.read(hospital.HoldReply, body)


@pytest.mark.parametrize("order", ["short", "A" * 26, "a" * 33, "a" * 19 + "-"])
def test_orders_have_the_form_every_payment_service_takes(order: str) -> None:
    with pytest.raises(BrokenMessage):
        codec.read(payment.OrderQuery, {"order": order})


@pytest.mark.parametrize("fen", [0, -1, True, 1.0, "100"])
def test_a_collection_is_a_positive_whole_number_of_fen(fen: object) -> None:
    body = {"order": "a" * 26, "amount_fen": fen, "code": "130000000000000000", "subject": "s", "terminal": "0001"}
    with pytest.raises(BrokenMessage):
        codec.read(payment.Collect, body)


def test_there_is_one_door() -> None:
    assert envelope.ENDPOINT == "/fsi/api/rsfComIfsService/callService"
