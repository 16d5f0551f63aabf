"""What the adapter `his` says, and what it makes of each answer the contract knows; the rest is in tests/contract."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any

import pytest

from kiosk.domain.codes import CertType
from kiosk.domain.insured import Credential
from kiosk.domain.money import Money
from kiosk.domain.personal import ResidentId
from kiosk.domain.settlement import Quote, Settlement
from kiosk.faults import FaultCode
from kiosk.ports.answers import Refused, Unknown
from kiosk.ports.driver import Host
from kiosk.ports.settlement import (
    Accepted,
    PersonFound,
    PersonMissing,
    Prepared,
    SettledWrong,
    SettlementPort,
    Standing,
)
from settlement.his.driver import HisSettings, make
from settlement.his.exchange import Answer
from settlement.wire import his
from settlement.wire.codec import BrokenMessage, decode
from tests.settlement.direct.scripted import account_detail, person, setlinfo
from tests.settlement.his.conftest import OpenTill, Till, answers, refuses
from tests.settlement.sample_bill import REQUEST
from tests.support.far_end import hangs_up, says
from tests.support.parties import CARD, INSURANCE, PERSON

AREA = {"insuplc_admdvs": "000000"}
LOST = "his.H00000000001202611220930000071"


def told(**changes: Any) -> dict[str, Any]:
    return {"setlinfo": setlinfo(**changes), "setldetail": [account_detail()]}


SETTLED = told(
    setl_id="S0001", setl_time="2026-11-22 09:30:01", medins_setl_id="H0000000000120261122093000900", psn_no=None
)


def quoted(till: Till) -> Quote:
    quote = till.port.quote(till.port.prepare_quote(REQUEST))
    assert isinstance(quote, Quote)
    return quote


def settle(till: Till) -> object:
    return till.port.settle(till.port.prepare_settle(REQUEST, quoted(till)))


# --- what is said ---


def test_every_message_says_who_speaks_under_a_key_that_is_kept(open_till: OpenTill) -> None:
    till = open_till({his.READY: answers(contract="1.0")}, cashier="ZZ03")
    assert till.port.sign_in() == Accepted()
    assert till.heard == {
        "key": f"his.{till.ear.msgids[-1]}",
        "fixmedins_code": "H00000000001",
        "terminal": "007",
        "terminal_name": "一层1号自助机",
        "cashier": "ZZ03",
        "sent_at": "2026-11-22 09:30:00",
    }


def test_its_certificate_is_watched_like_that_of_any_far_party(open_till: OpenTill) -> None:
    [ends] = open_till({}).ear.certificates
    assert ends().tzinfo is not None


def test_without_a_cashier_the_terminal_is_its_own(open_till: OpenTill) -> None:
    till = open_till({his.READY: answers(contract="1.7")})
    assert till.port.sign_in() == Accepted()
    assert till.heard["cashier"] == "007"


def test_a_person_is_asked_for_by_all_that_was_shown(open_till: OpenTill) -> None:
    till = open_till({his.PERSON: answers(**person())})
    card = replace(CARD, opaque=b"\x00vendor")
    assert till.port.find_person(card) == PersonFound(replace(PERSON, credential=card, gend="1"))
    assert till.heard["credential"] == {
        "mdtrt_cert_type": "03",
        "mdtrt_cert_no": "M00000019",
        "card_sn": "0" * 31 + "1",
        "card_blob": "AHZlbmRvcg==",
    }


def test_the_token_of_an_e_voucher_is_told_as_such(open_till: OpenTill) -> None:
    till = open_till({his.PERSON: answers(**person())})
    till.port.find_person(Credential(CertType.VOUCHER, ResidentId("111111198101011110")))
    assert till.heard["credential"]["ec_token"] == till.heard["credential"]["mdtrt_cert_no"]


def test_a_settle_repeats_the_bill_and_what_the_patient_agreed_to(open_till: OpenTill) -> None:
    till = open_till({his.QUOTE: answers(**told()), his.SETTLE: answers(**SETTLED)})
    assert isinstance(settle(till), Settlement)
    (_, asked), (_, settled) = till.face.heard
    assert {name: settled[name] for name in asked} == asked | {"key": settled["key"]}
    assert settled["agreed"] == {
        "fulamt_ownpay_amt": "0.00",
        "overlmt_selfpay": "0.00",
        "preselfpay_amt": "0.23",
        "inscp_scp_amt": "4.29",
        "fund_pay_sumamt": "0.00",
        "acct_pay": "4.52",
        "psn_cash_pay": "0.00",
    }
    assert settled["key"] != asked["key"]
    assert (settled["batch_no"], settled["mdtrt_id"], settled["medfee_sumamt"]) == ("B1", "M1", "4.52")


def test_a_card_that_is_not_complete_is_no_message(open_till: OpenTill) -> None:
    till = open_till({})
    with pytest.raises(ValueError, match="without a number"):
        till.port.prepare_quote(replace(REQUEST, person=replace(PERSON, credential=replace(CARD, number=None))))


def test_a_bill_that_the_contract_cannot_carry_is_no_message(open_till: OpenTill) -> None:
    with pytest.raises(BrokenMessage, match="mdtrt_id"):
        open_till({}).port.prepare_quote(replace(REQUEST, mdtrt_id=""))


# --- what is answered ---


def test_a_settlement_bears_the_msgid_that_the_platform_knows(open_till: OpenTill) -> None:
    till = open_till({his.QUOTE: answers(**told()), his.SETTLE: answers(**SETTLED)})
    settlement = settle(till)
    assert isinstance(settlement, Settlement)
    assert (settlement.setl_id, settlement.msgid) == ("S0001", "H0000000000120261122093000900")
    assert settlement.amounts.acct_pay == Money(452)


@pytest.mark.parametrize("number", [None, "", "x" * 31, 7])
def test_without_it_the_settlement_bears_our_key(number: object, open_till: OpenTill) -> None:
    reply = told(setl_id="S0001", medins_setl_id=number)
    till = open_till({his.QUOTE: answers(**told()), his.SETTLE: answers(**reply)})
    settlement = settle(till)
    assert isinstance(settlement, Settlement)
    assert settlement.msgid == till.heard["key"]


@pytest.mark.parametrize("contract", ["2.0", "0.9", "next"])
def test_another_contract_is_not_signed_in(contract: str, open_till: OpenTill) -> None:
    till = open_till({his.READY: answers(contract=contract)})
    assert till.port.sign_in() == Refused(FaultCode.SIGN_IN_REFUSED, f"his {contract}")


def test_a_front_that_cannot_settle_today_says_so(open_till: OpenTill) -> None:
    till = open_till({his.READY: [refuses(text="医保平台维护"), answers(version=1), hangs_up]})
    assert till.port.sign_in() == Refused(FaultCode.SIGN_IN_REFUSED, "医保平台维护")
    assert till.port.sign_in() == Unknown(FaultCode.REPLY_BROKEN, "wrong shape: contract")
    assert isinstance(till.port.sign_in(), Unknown)


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        (his.Code.PERSON_UNKNOWN, FaultCode.PERSON_UNKNOWN),
        (his.Code.INSURANCE_STOPPED, FaultCode.INSURANCE_STOPPED),
        ("", FaultCode.PERSON_UNKNOWN),
        ("new_word", FaultCode.PERSON_UNKNOWN),
    ],
)
def test_who_is_refused_is_missing(code: str, fault: FaultCode, open_till: OpenTill) -> None:
    till = open_till({his.PERSON: refuses(code, "查无此人")})
    assert till.port.find_person(CARD) == PersonMissing(fault, "查无此人")


@pytest.mark.parametrize(
    ("code", "fault"),
    [(his.Code.BILL_NOT_HELD, FaultCode.BILL_TAKEN), ("", FaultCode.QUOTE_REFUSED)],
)
def test_a_quote_that_is_refused(code: str, fault: FaultCode, open_till: OpenTill) -> None:
    till = open_till({his.QUOTE: refuses(code)})
    assert till.port.quote(till.port.prepare_quote(REQUEST)) == Refused(fault, "不行")


def test_amounts_of_somebody_else_are_nobodys(open_till: OpenTill) -> None:
    other = told(psn_no="9" * 20)
    till = open_till({his.QUOTE: [answers(**told()), answers(**other)], his.SETTLE: answers(**SETTLED | other)})
    assert settle(till) == Unknown(FaultCode.SETTLEMENT_UNKNOWN, "speaks of somebody else")
    again = till.port.quote(till.port.prepare_quote(REQUEST))
    assert again == Unknown(FaultCode.REPLY_BROKEN, "speaks of somebody else")


def reverse(port: SettlementPort, key: str = LOST) -> object:
    return port.accept(port.prepare_reverse(PERSON.psn_no, key, "2207A", **AREA))


def test_nothing_to_reverse_is_a_yes_only_where_that_is_final(open_till: OpenTill) -> None:
    words = ["reversed", "nothing", "running", "never_heard_of_it"]
    till = open_till({his.REVERSE: [*(answers(outcome=word) for word in words), refuses(text="不行")]})
    assert [reverse(till.port) for _ in range(5)] == [
        Accepted(),
        Accepted(),
        Unknown(FaultCode.SETTLEMENT_UNKNOWN, "running"),
        Unknown(FaultCode.REPLY_BROKEN, "wrong shape: outcome"),
        Refused(FaultCode.SETTLEMENT_UNKNOWN, "不行"),
    ]
    assert till.heard["of_key"] == LOST


def test_a_cancel_that_runs_is_not_done(open_till: OpenTill) -> None:
    till = open_till({his.CANCEL: [answers(outcome="running"), answers(outcome="cancelled")]})

    def cancel() -> object:
        return till.port.accept(till.port.prepare_cancel(PERSON.psn_no, "M1", "S0001", insuplc_admdvs="000000"))

    assert [cancel(), cancel()] == [Unknown(FaultCode.SETTLEMENT_UNKNOWN, "running"), Accepted()]
    assert till.heard["setl_id"] == "S0001"


def test_whether_a_settlement_stands(open_till: OpenTill) -> None:
    words = ("settled", "not_settled", "unknown", "perhaps")
    till = open_till({his.QUERY: [*(answers(state=word) for word in words), refuses()]})

    def standing() -> object:
        return till.port.standing(till.port.prepare_query(PERSON.psn_no, "M1", "S0001", **AREA))

    assert [standing() for _ in range(5)] == [
        Standing(stands=True),
        Standing(stands=False),
        Unknown(FaultCode.SETTLEMENT_UNKNOWN, "running"),
        Unknown(FaultCode.REPLY_BROKEN, "wrong shape: state"),
        Refused(FaultCode.SETTLEMENT_UNKNOWN, "不行"),
    ]


def test_a_lost_settle_can_be_looked_up_by_its_key(open_till: OpenTill) -> None:
    wrong = told(setl_id="S0001", psn_cash_pay="0.01")
    till = open_till(
        {
            his.QUERY: [
                answers(state="settled", **SETTLED),
                answers(state="settled", **wrong),
                answers(state="not_settled"),
                answers(state="unknown"),
                refuses(),
            ]
        }
    )
    found = till.port.look_up(REQUEST, LOST)
    assert isinstance(found, Settlement)
    assert found.setl_id == "S0001"
    assert till.heard["of_key"] == LOST
    assert till.port.look_up(REQUEST, LOST) == SettledWrong("S0001", ("person",))
    assert till.port.look_up(REQUEST, LOST) == Standing(stands=False)
    assert till.port.look_up(REQUEST, LOST) == Unknown(FaultCode.SETTLEMENT_UNKNOWN, "running")
    assert isinstance(till.port.look_up(REQUEST, LOST), Refused)


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        ({"key": "his.other", "answer": {}}, "answers another message"),
        ({"answer": {}}, "answers another message"),
        ({"key": "x"}, "wrong shape: "),
        ({"key": "x", "answer": {}, "refused": {}}, "wrong shape: "),
        ({"key": "x", "answer": []}, "wrong shape: answer"),
        (says(b"not json"), "not JSON"),
        (says(b"{}", 503), "http 503"),
        (says(b"{}", 400), "http 400"),
    ],
)
def test_what_is_no_answer_of_this_contract_is_unknown(reply: Any, why: str, open_till: OpenTill) -> None:
    till = open_till({his.REVERSE: reply})
    answer = reverse(till.port)
    assert isinstance(answer, Unknown)
    assert answer.why == why


def test_a_clock_that_differs_is_told(open_till: OpenTill) -> None:
    late = answers(outcome="nothing") | {"answered_at": "2026-11-22 09:32:00"}
    till = open_till({his.REVERSE: [late, answers(outcome="nothing")]})
    assert [reverse(till.port), reverse(till.port)] == [Accepted(), Accepted()]
    assert till.ear.offsets == [120.0, 0.0]


# --- what the HIS does itself ---


@pytest.mark.expected_log("kiosk.party", logging.ERROR, "where the HIS settles")
def test_what_the_his_does_itself_is_refused_without_a_byte_leaving(open_till: OpenTill) -> None:
    till = open_till({})
    port, refused = till.port, FaultCode.UPLOAD_REFUSED
    assert port.register(port.prepare_register(PERSON, INSURANCE, REQUEST.batch)) == Refused(refused)
    asked: list[Prepared] = [
        port.prepare_deregister(PERSON.psn_no, "M1", "MZ1", **AREA),
        port.prepare_describe(REQUEST),
        port.prepare_upload(REQUEST),
        port.prepare_withdraw(PERSON.psn_no, "M1", **AREA),
    ]
    assert [sent.infno for sent in asked] == ["2202", "2203A", "2204", "2205"]
    assert [port.accept(sent) for sent in asked] == [Refused(refused)] * 4
    assert till.face.heard == []


@pytest.mark.expected_log("kiosk.party", logging.ERROR, "where the HIS settles")
def test_what_another_adapter_sent_is_not_reversed_here(open_till: OpenTill) -> None:
    """The adapter was changed while a 2207 was lost: the HIS has never seen it, so its "nothing" would mean nothing."""
    till = open_till({})
    answer = reverse(till.port, "H00000000001202611220930000071")
    assert isinstance(answer, Refused)
    assert answer.fault is FaultCode.SETTLEMENT_UNKNOWN
    assert till.face.heard == []


def test_nothing_shows_what_was_answered() -> None:
    assert repr(Answer({"setlinfo": {"psn_name": "张三"}})) == "Answer(setlinfo)"


def test_a_host_that_knows_no_far_parties_is_a_defect(open_till: OpenTill, access_to: Any) -> None:
    settings = HisSettings(**access_to("https://127.0.0.1:1").model_dump())
    with pytest.raises(TypeError):
        make(settings, Host(open_till({}).clock, logging.getLogger("x")))


def test_amounts_leave_as_text(open_till: OpenTill) -> None:
    sent = open_till({}).port.prepare_quote(REQUEST)
    assert decode(sent.body)["medfee_sumamt"] == "4.52"
    assert sent.infno == his.QUOTE
