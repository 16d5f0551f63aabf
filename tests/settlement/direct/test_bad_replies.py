"""Malformed, oversized, late, duplicated and foreign replies: each is told apart, and the next message is answered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kiosk.domain.money import Money
from kiosk.domain.policy import SettlementProfile
from kiosk.domain.settlement import Quote, Settlement
from kiosk.faults import FaultCode
from kiosk.ports.answers import Refused, Unknown
from kiosk.ports.settlement import Accepted, PersonFound, SettledWrong, SettlementPort
from settlement.wire.codec import LARGEST_MESSAGE, encode
from tests.settlement.direct.conftest import OpenTill
from tests.settlement.direct.scripted import ByRequest, envelope, person, quoted, refused, setlinfo, settled, told
from tests.settlement.sample_bill import REQUEST
from tests.support.far_end import Action, Conversation, Received, hangs_up, resets, response, says, sends, stays_silent
from tests.support.parties import CARD, PERSON, PROFILE

MEGABYTE = 1024 * 1024


def settle(port: SettlementPort) -> object:
    quote = port.quote(port.prepare_quote(REQUEST))
    assert isinstance(quote, Quote)
    return port.settle(port.prepare_settle(REQUEST, quote))


def reverse(port: SettlementPort) -> object:
    return port.accept(port.prepare_reverse(PERSON.psn_no, "X", "2207A", insuplc_admdvs="000000"))


def nested(depth: int) -> bytes:
    return b'{"infcode":0,"output":' + b"[" * depth + b"]" * depth + b"}"


NO_ANSWER: dict[str, Any] = {
    "nothing": says(b""),
    "html": says(b"<html><body>502 Bad Gateway</body></html>", headers=("Content-Type: text/html",)),
    "html that says json": says(b"\n <!DOCTYPE html><html></html>"),
    "text": says(b"OK"),
    "list": says(b"[0]"),
    "number": says(b"0"),
    "not UTF-8": says('{"infcode":0,"err_msg":"成功"}'.encode("gb18030")),
    "cut": says(b'{"infcode":0,"output":{"setlinfo":{"setl_id":"S1"'),
    "two objects": says(b'{"infcode":0}{"infcode":0}'),
    "NaN": says(b'{"infcode":0,"output":{"setlinfo":{"medfee_sumamt":NaN}}}'),
    "too deep": says(nested(100_000)),
    "too large": says(b'{"infcode":0,"err_msg":"' + b"x" * LARGEST_MESSAGE + b'"}'),
    "no infcode": says(b'{"err_msg":"success","output":{}}'),
    "infcode null": envelope(infcode=None),
    "infcode text": envelope(infcode="ok"),
    "infcode true": envelope(infcode=True),
    "infcode false": envelope(infcode=False),
    "infcode 500": envelope(infcode=500),
    "infcode -2": envelope(infcode="-2"),
    "output text": envelope(output="done"),
    "output list": envelope(output=["done"]),
    "another message": settled(medins_setl_id="H00000000001202611220930009999"),
    "another person": settled(psn_no="00000000000000000002"),
    "another visit": settled(mdtrt_id="M2"),
    "503": says(b'{"infcode":0}', 503),
    "404": says(b'{"infcode":-1}', 404),
    "redirect": says(b"", 302, ("Location: https://127.0.0.1/login",)),
    "half": sends(response(b'{"infcode":0', length=5000)),
    "reset": resets,
    "closed": hangs_up,
    "silence": stays_silent,
}


@pytest.mark.parametrize("reply", NO_ANSWER.values(), ids=NO_ANSWER)
def test_no_answer_is_unknown_and_the_next_message_is_answered(
    open_till: OpenTill, impatient: SettlementProfile, reply: Any
) -> None:
    till = open_till({"2206A": quoted(), "2207A": reply, "2601": told({})}, impatient)
    answer = settle(till.port)
    assert isinstance(answer, Unknown)
    assert answer.fault is FaultCode.SETTLEMENT_UNKNOWN
    assert answer.why
    assert reverse(till.port) == Accepted()
    assert len(till.platform.heard_of("2207A")) == 1, "sent more than once"


# --- late ---


def late(reply: dict[str, Any]) -> Action:
    """Comes when nobody waits for it any more."""

    def act(conversation: Conversation, request: Received) -> None:
        conversation.stopping.wait(0.5)
        says(encode(reply))(conversation, request)

    return act


def test_a_late_reply_is_not_taken_for_the_answer_to_the_next_message(
    open_till: OpenTill, impatient: SettlementProfile
) -> None:
    replies = {"2206A": quoted(), "2207A": late(told({})), "2601": late(refused("不能办理"))}
    till = open_till(replies, impatient)
    assert isinstance(settle(till.port), Unknown)
    assert reverse(till.port) == Refused(FaultCode.SETTLEMENT_UNKNOWN, "不能办理")


# --- duplicated ---


def twice(reply: dict[str, Any]) -> Action:
    """A proxy that repeats itself: both replies in one piece, the second before anything else was asked."""

    def act(conversation: Conversation, _request: Received) -> None:
        conversation.sock.sendall(response(encode(reply)) * 2)

    return act


WITHOUT_NUMBER = {"infcode": 0, "err_msg": "", "output": None, "respond_time": "20261122093000123"}


@pytest.mark.parametrize("reply", [told({}), WITHOUT_NUMBER], ids=["numbered", "timed"])
def test_a_reply_that_comes_twice_answers_one_message(open_till: OpenTill, reply: dict[str, Any]) -> None:
    """Else the reply to 2205 would acknowledge the 2601 behind it, and a settlement would stand that was given up."""
    till = open_till({"2205": twice(reply), "2601": refused("不能办理")})
    withdraw = till.port.prepare_withdraw(PERSON.psn_no, "M1", insuplc_admdvs="000000")
    assert till.port.accept(withdraw) == Accepted()
    answer = reverse(till.port)
    assert answer in (
        Unknown(FaultCode.REPLY_BROKEN, "answers another message"),
        Refused(FaultCode.SETTLEMENT_UNKNOWN, "不能办理"),
    )


def test_a_quote_that_comes_twice_is_never_read_as_a_settlement(open_till: OpenTill) -> None:
    till = open_till({"2206A": twice(quoted()), "2207A": settled()})
    answer = settle(till.port)
    repeated = Unknown(FaultCode.SETTLEMENT_UNKNOWN, "answers another message")
    assert answer == repeated or (isinstance(answer, Settlement) and answer.setl_id == "S0001")


# --- oversized sentences ---


@pytest.mark.parametrize(
    "text",
    ["长" * MEGABYTE, " " * MEGABYTE, "[" * MEGABYTE, "(@" * MEGABYTE, "不予支付" + " " * MEGABYTE + "[setl_1]"],
    ids=["characters", "spaces", "brackets", "marks", "a tail far away"],
)
def test_a_refusal_of_a_megabyte_is_one_and_its_reason_a_sentence(open_till: OpenTill, text: str) -> None:
    answer = settle(open_till({"2206A": quoted(), "2207A": refused(text)}).port)
    assert isinstance(answer, Refused)
    assert answer.fault is FaultCode.SETTLEMENT_REFUSED
    assert len(answer.reason) <= 200


def test_a_success_with_a_megabyte_of_words_is_a_success(open_till: OpenTill) -> None:
    long = ByRequest(lambda asked: settled().make(asked) | {"err_msg": "成" * 100_000, "warn_msg": "x" * MEGABYTE})
    assert isinstance(settle(open_till({"2206A": quoted(), "2207A": long}).port), Settlement)


def test_a_name_that_no_later_message_can_carry_is_unknown(open_till: OpenTill) -> None:
    output = person()
    output["baseinfo"]["psn_no"] = "1" * MEGABYTE
    assert isinstance(open_till({"1101": told(output)}).port.find_person(CARD), Unknown)


# --- amounts ---


@pytest.mark.parametrize("written", ["4.52", 4.52, "4.520", " 4.52"])
def test_amounts_may_be_texts(open_till: OpenTill, written: object) -> None:
    port = open_till({"2206A": quoted(acct_pay=written)}).port
    quote = port.quote(port.prepare_quote(REQUEST))
    if written == " 4.52":
        assert isinstance(quote, SettledWrong | Quote)
    else:
        assert isinstance(quote, Quote)
        assert quote.amounts.acct_pay == Money(452)


BALANCED_NEGATIVES = [
    ({"fulamt_ownpay_amt": "-0.01", "inscp_scp_amt": "4.30"}, "fulamt_ownpay_amt"),
    ({"overlmt_selfpay": "-0.01", "inscp_scp_amt": "4.30"}, "overlmt_selfpay"),
    ({"preselfpay_amt": "-0.23", "inscp_scp_amt": "4.75"}, "preselfpay_amt"),
    ({"inscp_scp_amt": "-4.29", "fulamt_ownpay_amt": "8.58"}, "inscp_scp_amt"),
    ({"act_pay_dedc": "-4.29"}, "act_pay_dedc"),
    ({"acct_pay": "4.53", "psn_cash_pay": "-0.01"}, "psn_cash_pay"),
    ({"acct_pay": "-4.52", "psn_cash_pay": "9.04"}, "acct_pay"),
    ({"acct_mulaid_pay": "-0.01"}, "acct_mulaid_pay"),
    ({"hifp_pay": "-1.00", "maf_pay": "1.00"}, "hifp_pay"),
    ({"fund_pay_sumamt": "-1.00", "hifp_pay": "-1.00", "psn_part_amt": "5.52", "psn_cash_pay": "1.00"}, "hifp_pay"),
    ({"psn_part_amt": "-4.52", "acct_pay": "0", "psn_cash_pay": "-4.52", "hosp_part_amt": "9.04"}, "psn_part_amt"),
]


@pytest.mark.parametrize(("changes", "name"), BALANCED_NEGATIVES)
def test_a_negative_amount_is_never_used_although_the_sums_agree(
    open_till: OpenTill, changes: dict[str, Any], name: str
) -> None:
    without_rows = told({"setlinfo": setlinfo(**changes), "setldetail": []})
    port = open_till({"2206A": without_rows}).port
    quote = port.quote(port.prepare_quote(REQUEST))
    assert isinstance(quote, SettledWrong)
    assert name in quote.broken


def test_an_overdrawn_account_and_a_surplus_of_the_hospital_are_believed(open_till: OpenTill) -> None:
    changes = {"balc": "-1.00", "hosp_part_amt": "-1.00", "hifp_pay": "1.00", "fund_pay_sumamt": "1.00"}
    port = open_till({"2206A": told({"setlinfo": setlinfo(**changes), "setldetail": []})}).port
    assert isinstance(port.quote(port.prepare_quote(REQUEST)), Quote)


def test_somebody_is_found_after_every_bad_answer(open_till: OpenTill) -> None:
    """One line, one bad reply after the other, and the person at the end of them."""
    quick = replace(PROFILE, limits=replace(PROFILE.limits, reply={"1101": 0.2}))
    bad = [reply for reply in NO_ANSWER.values() if not isinstance(reply, ByRequest)]
    till = open_till({"1101": [*bad, told(person())]}, quick)
    answers = [till.port.find_person(CARD) for _ in bad]
    assert all(isinstance(answer, Unknown) for answer in answers), answers
    assert isinstance(till.port.find_person(CARD), PersonFound)
