"""1101: who is this, and may they settle?"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kiosk.domain.codes import CertType
from kiosk.domain.insured import Credential, Insurance
from kiosk.domain.money import Money
from kiosk.domain.personal import PersonName, ResidentId
from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.settlement import PersonFound, PersonMissing
from tests.settlement.direct.conftest import OpenTill
from tests.settlement.direct.scripted import person, refused, told
from tests.support.far_end import hangs_up
from tests.support.parties import CARD, PERSON

ID_CARD = Credential(CertType.RESIDENT_ID, ResidentId("111111198101011110"), name=PersonName("张三"))


def ask(open_till: OpenTill, output: dict[str, Any], credential: Credential = CARD) -> Any:
    return open_till({"1101": told(output)}).port.find_person(credential)


def test_a_card_is_asked_about_by_number_and_serial(open_till: OpenTill) -> None:
    till = open_till({"1101": told(person())})
    assert till.port.find_person(CARD) == PersonFound(replace(PERSON, gend="1"))
    data = till.platform.heard_of("1101")[0]["input"]["data"]
    assert data == {"mdtrt_cert_type": "03", "mdtrt_cert_no": "M00000019", "card_sn": "0" * 31 + "1"}


def test_an_id_card_is_asked_about_by_its_number(open_till: OpenTill) -> None:
    till = open_till({"1101": told(person())})
    assert isinstance(till.port.find_person(ID_CARD), PersonFound)
    data = till.platform.heard_of("1101")[0]["input"]["data"]
    assert data == {"mdtrt_cert_type": "02", "mdtrt_cert_no": "111111198101011110"}


def test_a_card_that_keeps_its_number_is_not_asked_about(open_till: OpenTill) -> None:
    till = open_till({})
    assert till.port.find_person(replace(CARD, number=None)) == PersonMissing(FaultCode.CARD_INCOMPLETE)
    assert not till.platform.heard


def test_six_rows_of_a_real_reply_keep_their_order(open_till: OpenTill) -> None:
    output = person()
    row = output["insuinfo"][0]
    rows = [("310", 1), ("320", "1"), ("330", "1"), ("39999", "4"), ("510", "1"), ("390", "2")]
    output["insuinfo"] = [row | {"insutype": insutype, "psn_insu_stas": stas} for insutype, stas in rows]
    found = ask(open_till, output)
    assert [each.insutype for each in found.person.insurances] == [insutype for insutype, _ in rows]
    assert [each.insutype for each in found.person.settling(date(2026, 11, 22))] == ["310"]


@pytest.mark.parametrize(
    "row",
    [
        {"psn_insu_stas": "2"},
        {"psn_insu_stas": "4"},
        {"paus_insu_date": "2026-11-22"},
        {"paus_insu_date": "2026-11-22 00:00:00"},
        {"paus_insu_date": "some day"},
        {"insutype": "510"},
    ],
)
def test_nobody_settles_without_a_running_basic_insurance(open_till: OpenTill, row: dict[str, Any]) -> None:
    assert ask(open_till, person(**row)) == PersonMissing(FaultCode.INSURANCE_STOPPED)


def test_a_pause_that_has_not_begun_settles_still(open_till: OpenTill) -> None:
    found = ask(open_till, person(paus_insu_date="2026-11-23"))
    assert found.person.insurances == (Insurance("310", "1101", "1", Money(137815), "000000", date(2026, 11, 23)),)


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("未查询到参保人员信息[psn_1102]", FaultCode.PERSON_UNKNOWN),
        ("该人员已暂停参保(4f1a@10.0.0.1)", FaultCode.INSURANCE_STOPPED),
    ],
)
def test_known_sentences_of_refusal_are_told_apart(open_till: OpenTill, sentence: str, fault: FaultCode) -> None:
    answer = open_till({"1101": refused(sentence)}).port.find_person(CARD)
    assert isinstance(answer, PersonMissing)
    assert answer.fault is fault
    assert answer.reason == sentence[: sentence.index("[" if "[" in sentence else "(")]


def test_another_refusal_stays_one(open_till: OpenTill) -> None:
    answer = open_till({"1101": refused("卡识别码与社会保障卡不符[psn_1108]")}).port.find_person(CARD)
    assert answer == Refused(FaultCode.PERSON_UNKNOWN, "卡识别码与社会保障卡不符")


@pytest.mark.parametrize(
    ("age", "brdy", "years"), [(Decimal("45.0"), "", 45), ("8.5", None, 8), (None, "1981-12-01", 44), (None, "", 45)]
)
def test_the_age_comes_from_the_best_source(open_till: OpenTill, age: object, brdy: object, years: int) -> None:
    output = person()
    output["baseinfo"] |= {"age": age, "brdy": brdy}
    assert ask(open_till, output).person.age == years


@pytest.mark.parametrize(
    "base",
    [
        {"psn_no": ""},
        {"psn_no": "1" * 31},
        {"psn_name": ""},
        {"certno": None},
        {"age": None, "brdy": None, "certno": "passport"},
    ],
)
def test_a_person_that_later_messages_cannot_name_is_unknown(open_till: OpenTill, base: dict[str, Any]) -> None:
    output = person()
    output["baseinfo"] |= base
    assert isinstance(ask(open_till, output), Unknown)


def test_an_answer_about_somebody_else_is_never_shown(open_till: OpenTill) -> None:
    other = replace(ID_CARD, number=ResidentId("111111199001011119"))
    assert isinstance(ask(open_till, person(), other), Unknown)


def test_a_lost_question_is_unknown_and_a_dead_platform_not_sent(open_till: OpenTill) -> None:
    till = open_till({"1101": hangs_up})
    assert isinstance(till.port.find_person(CARD), Unknown)
    till.far.stop()
    assert till.port.find_person(CARD) == NotSent(FaultCode.PLATFORM_UNREACHABLE)
