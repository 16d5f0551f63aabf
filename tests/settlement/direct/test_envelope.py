"""What stands around every message, and the day's sign-in."""

import logging
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest

from kiosk.domain.money import Money
from kiosk.domain.policy import Area, Gateway
from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.driver import Host
from kiosk.ports.settlement import Accepted, PersonFound
from settlement import hospital, payment
from settlement.access import Access
from settlement.direct.driver import DRIVER, DirectSettings
from settlement.direct.gateway import SENT_BY_US
from settlement.direct.station import own_ip, own_mac
from settlement.wire.codec import decode, encode
from settlement.wire.envelope import ENDPOINT
from tests.settlement.direct.conftest import OpenTill
from tests.settlement.direct.scripted import ByRequest, envelope, person, refused, signed, told
from tests.settlement.sample_bill import REQUEST
from tests.support.far_end import Conversation, Received, says
from tests.support.parties import CARD, PERSON, PROFILE, Ear, HandClock, party_host


def test_the_envelope_is_the_national_one(open_till: OpenTill) -> None:
    till = open_till({})
    till.port.sign_in()
    sent = till.port.prepare_withdraw(PERSON.psn_no, "M1", insuplc_admdvs="000100")
    assert decode(sent.body) == {
        "infno": "2205",
        "msgid": "H00000000001202611220930000071",
        "mdtrtarea_admvs": "000000",
        "insuplc_admdvs": "000100",
        "recer_sys_code": "YBXT",
        "infver": "V1.0",
        "opter_type": "2",
        "opter": "007",
        "opter_name": "一层1号自助机",
        "inf_time": "2026-11-22 09:30:00",
        "fixmedins_code": "H00000000001",
        "fixmedins_name": "模拟医院",
        "sign_no": "S1",
        "input": {"data": {"mdtrt_id": "M1", "chrg_bchno": "0000", "psn_no": "00000000000000000001"}},
    }
    assert (sent.infno, sent.msgid) == ("2205", decode(sent.body)["msgid"])


def test_what_was_prepared_is_what_leaves(open_till: OpenTill) -> None:
    till = open_till({"2205": told({})})
    sent = till.port.prepare_withdraw(PERSON.psn_no, "M1", insuplc_admdvs="000000")
    assert till.port.accept(sent) == Accepted()
    assert till.far.asked[-1].body == sent.body
    assert till.far.asked[-1].path == ENDPOINT


def test_every_number_was_remembered_before_it_left(open_till: OpenTill) -> None:
    till = open_till({"1101": told(person())})
    till.port.find_person(CARD)
    assert till.ear.msgids == [asked["msgid"] for asked in till.platform.heard]


def test_numbers_go_on_where_the_last_run_ended(open_till: OpenTill) -> None:
    till = open_till({}, last_msgid="H00000000001202611221200000079")
    till.port.sign_in()
    assert till.ear.msgids == ["H00000000001202611221200010070"]


def test_amounts_are_numbers_or_texts_as_the_province_wants(open_till: OpenTill) -> None:
    for as_text, written in ((False, b'"medfee_sumamt":4.50'), (True, b'"medfee_sumamt":"4.50"')):
        till = open_till({}, profile=replace(PROFILE, amounts_as_text=as_text))
        request = replace(REQUEST, batch=replace(REQUEST.batch, total=Money(450)))
        assert written in till.port.prepare_quote(request).body


def test_a_gateway_with_a_path_for_each_transaction(open_till: OpenTill) -> None:
    paths = {infno: f"/fsi/api/{infno}" for infno in SENT_BY_US}
    till = open_till({"1101": told(person())}, profile=replace(PROFILE, gateway=Gateway.PER_INFNO, paths=paths))
    till.port.find_person(CARD)
    assert [asked.path for asked in till.far.asked] == ["/fsi/api/9001", "/fsi/api/1101"]


AWAY = replace(
    PROFILE,
    pools={"000000": Area("P", "M"), "000001": Area("P", "M"), "110000": Area("Q", "M")},
    limits=replace(PROFILE.limits, reply={"2205": 0.2}, reply_away={"2205": 5.0}),
)


@pytest.mark.parametrize(("area", "away"), [("000000", False), ("000001", False), ("110000", True), ("220000", True)])
def test_somebody_insured_in_another_pool_is_waited_for_longer(open_till: OpenTill, area: str, away: bool) -> None:
    def slowly(conversation: Conversation, request: Received) -> None:
        conversation.stopping.wait(0.7)
        says(encode(told({})))(conversation, request)

    till = open_till({"2205": slowly}, profile=AWAY)
    sent = till.port.prepare_withdraw(PERSON.psn_no, "M1", insuplc_admdvs=area)
    assert sent.away is away
    assert isinstance(till.port.accept(sent), Accepted if away else Unknown)


def test_a_pack_without_pools_knows_only_its_own_area(open_till: OpenTill) -> None:
    port = open_till({}).port
    assert not port.prepare_withdraw(PERSON.psn_no, "M1", insuplc_admdvs="000000").away
    assert port.prepare_withdraw(PERSON.psn_no, "M1", insuplc_admdvs="000001").away


def test_a_missing_path_is_named_before_anybody_is_served(open_till: OpenTill) -> None:
    with pytest.raises(ValueError, match=r"no path for 9001, .*, 5203"):
        open_till({}, profile=replace(PROFILE, gateway=Gateway.PER_INFNO, paths={"1101": "/x"}))


# --- signing in ---


def test_signs_in_once_a_day(open_till: OpenTill) -> None:
    till = open_till({})
    assert [till.port.sign_in() for _ in range(3)] == [Accepted()] * 3
    assert [asked["input"] for asked in till.platform.heard] == [
        {"signIn": {"opter_no": "007", "mac": "02:00:00:00:00:07", "ip": "10.0.0.7"}}
    ]
    till.clock.shown += timedelta(days=1)
    assert till.port.sign_in() == Accepted()
    assert len(till.platform.heard_of("9001")) == 2


def test_a_message_prepared_after_midnight_carries_the_new_days_number(open_till: OpenTill) -> None:
    till = open_till({})
    till.port.sign_in()
    till.clock.shown += timedelta(hours=15)
    sent = till.port.prepare_reverse(PERSON.psn_no, "X", "2207A", insuplc_admdvs="000000")
    assert decode(sent.body)["sign_no"] == "S2"


def test_whoever_stops_gives_the_number_back_and_gets_another(open_till: OpenTill) -> None:
    till = open_till({"9002": told({"signoutoutb": {"sign_time": "2026-11-23 18:00:00"}})})
    assert till.port.sign_out() == Accepted(), "never signed in"
    till.port.sign_in()
    assert till.port.sign_out() == Accepted()
    (asked,) = till.platform.heard_of("9002")
    assert (asked["sign_no"], asked["input"]) == ("S1", {"signOut": {"sign_no": "S1", "opter_no": "007"}})
    assert till.port.sign_out() == Accepted()
    till.port.sign_in()
    assert [asked["infno"] for asked in till.platform.heard] == ["9001", "9002", "9001"]


def test_yesterdays_number_ended_with_its_day(open_till: OpenTill) -> None:
    till = open_till({})
    till.port.sign_in()
    till.clock.shown += timedelta(days=1)
    assert till.port.sign_out() == Accepted()
    assert [asked["infno"] for asked in till.platform.heard] == ["9001"]


def test_a_refused_sign_out_is_said_and_the_number_is_not_used_again(open_till: OpenTill) -> None:
    till = open_till({"9002": refused("终端未签到或签到已失效，请重新签到[sign_9003]")})
    till.port.sign_in()
    assert isinstance(till.port.sign_out(), Refused)
    till.port.sign_in()
    assert len(till.platform.heard_of("9001")) == 2


def test_threads_share_one_sign_in(open_till: OpenTill) -> None:
    till = open_till({})
    threads = [Thread(target=till.port.sign_in) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(till.platform.heard_of("9001")) == 1


def test_signed_in_still_says_when_the_platform_is_gone(open_till: OpenTill) -> None:
    till = open_till({})
    till.port.sign_in()
    till.far.stop()
    assert till.port.sign_in() == NotSent(FaultCode.PLATFORM_UNREACHABLE)


def test_a_refused_sign_in_stops_before_the_person_is_named(open_till: OpenTill) -> None:
    till = open_till({"9001": refused("终端未备案[sign_9]")})
    assert till.port.find_person(CARD) == Refused(FaultCode.SIGN_IN_REFUSED, "终端未备案")
    assert not till.platform.heard_of("1101")


@pytest.mark.parametrize("reply", [told({}), told({"signinoutb": {}}), envelope(infcode=500), says(b"[]")])
def test_a_sign_in_without_a_number_is_unknown(open_till: OpenTill, reply: object) -> None:
    assert isinstance(open_till({"9001": reply}).port.sign_in(), Unknown)


def test_a_platform_that_forgot_the_sign_in_is_asked_again_at_once(open_till: OpenTill) -> None:
    till = open_till({"1101": [refused("签到流水号无效，请重新签到[sign_9003]"), told(person())]})
    till.port.sign_in()
    assert isinstance(till.port.find_person(CARD), PersonFound)
    assert [asked["infno"] for asked in till.platform.heard] == ["9001", "1101", "9001", "1101"]
    assert [asked["sign_no"] for asked in till.platform.heard_of("1101")] == ["S1", "S2"]


def test_a_money_message_without_sign_in_is_refused_once_and_right_the_next_time(open_till: OpenTill) -> None:
    till = open_till({"2601": [refused("请重新签到"), told({})]})

    def reverse() -> object:
        return till.port.accept(till.port.prepare_reverse(PERSON.psn_no, "X", "2207A", insuplc_admdvs="000000"))

    assert reverse() == Refused(FaultCode.SIGN_IN_REFUSED, "请重新签到")
    assert reverse() == Accepted()
    assert [asked["sign_no"] for asked in till.platform.heard_of("2601")] == ["S1", "S2"]


def test_the_machine_says_its_own_address_where_the_settings_are_silent() -> None:
    assert own_ip("https://127.0.0.1:8443/front") == "127.0.0.1"
    assert own_ip("https://no-such-host.invalid") == "127.0.0.1"
    assert re.fullmatch(r"([0-9A-F]{2}:){5}[0-9A-F]{2}", own_mac() or "00:00:00:00:00:00")


# --- clocks ---


def test_an_offset_is_told_while_it_lasts_and_once_when_it_is_over(open_till: OpenTill) -> None:
    times = ["20261122093200000", "20261122093200500", "20261122093001000", "20261122093002000"]
    till = open_till({"2205": [envelope(respond_time=time) for time in times]})
    for _ in times:
        till.port.accept(till.port.prepare_withdraw(PERSON.psn_no, "M1", insuplc_admdvs="000000"))
    assert till.ear.offsets == [120.0, 120.5, 1.0]


def test_a_clock_that_was_set_right_is_noticed_although_nobody_settles(open_till: OpenTill) -> None:
    """Out of service, no message leaves whose reply could tell: the idle look asks the platform for the time itself."""

    def signs(_asked: dict[str, Any]) -> dict[str, Any]:
        return signed("S1") | {"respond_time": "20261122093200000"}

    till = open_till({"9001": ByRequest(signs)})
    till.port.sign_in()
    assert till.ear.offsets == [120.0]
    for _ in range(3):
        till.port.sign_in()
    assert len(till.platform.heard_of("9001")) == 1, "wrong as before: nothing new to ask"
    till.clock.shown += timedelta(seconds=119)
    for _ in range(3):
        till.port.sign_in()
    assert till.ear.offsets == [120.0, 1.0]
    assert len(till.platform.heard_of("9001")) == 2


def test_a_clock_that_was_set_wrong_is_noticed_before_the_next_person(open_till: OpenTill) -> None:
    def signs(_asked: dict[str, Any]) -> dict[str, Any]:
        return signed("S1") | {"respond_time": "20261122093000000"}

    till = open_till({"9001": ByRequest(signs)})
    till.port.sign_in()
    assert till.ear.offsets == []
    till.clock.shown -= timedelta(hours=1)
    till.port.sign_in()
    assert till.ear.offsets == [3600.0]


@pytest.mark.parametrize("time", [None, "", "null", 20261122093001000])
def test_an_unreadable_time_of_answer_harms_nothing(open_till: OpenTill, time: object) -> None:
    till = open_till({"9001": envelope(respond_time=time, output={"signinoutb": {"sign_no": "S1"}})})
    assert till.port.sign_in() == Accepted()
    assert not till.ear.offsets


# --- settings ---


def test_unknown_settings_are_refused_by_name() -> None:
    with pytest.raises(ValueError, match="verify"):
        DirectSettings.model_validate({"url": "https://h", "ca": "a", "cert": "b", "key": "c", "verify": False})


def test_a_host_that_knows_no_institution_is_a_mistake_of_ours(access_to: Callable[[str], Access]) -> None:
    host = Host(HandClock(), logging.getLogger("kiosk.party"))
    for driver in (DRIVER, hospital.DRIVER, payment.DRIVER):
        assert not driver.simulated
        with pytest.raises(TypeError, match="PartyHost"):
            driver.make(access_to("https://127.0.0.1"), host)


def test_each_party_has_the_life_of_its_certificate_watched(access_to: Callable[[str], Access]) -> None:
    ear, access = Ear(), access_to("https://127.0.0.1")
    for driver in (DRIVER, hospital.DRIVER, payment.DRIVER):
        driver.make(driver.settings(**access.model_dump()), party_host(HandClock(), ear))
    assert [ends() for ends in ear.certificates] == [access.certificate_ends()] * 3
