"""What would not follow the interface does not leave, is named in the log, and ends in words."""

import json
import logging
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from kiosk.domain.codes import CertType
from kiosk.domain.dictionaries import Term
from kiosk.domain.insured import Credential
from kiosk.domain.personal import CardNumber
from kiosk.domain.visit import FeeBatch
from kiosk.faults import FaultCode
from kiosk.logs import JsonFormatter
from kiosk.ports.answers import NotSent
from kiosk.ports.clock import BEIJING
from kiosk.ports.settlement import Accepted, Prepared, SettlementPort
from settlement.wire.codec import decode, encode
from settlement.wire.fields import Kind, tables
from tests.settlement.direct.conftest import OpenTill, Till
from tests.settlement.direct.scripted import told
from tests.settlement.sample_bill import BATCH, REQUEST, wire_bill
from tests.support.parties import INSURANCE, PERSON, PROFILE, HandClock

PARTS = {"registration": ("2201", "data"), "mdtrtinfo": ("2203A", "mdtrtinfo"), "diseinfo": ("2203A", "diseinfo[]")} | {
    "feedetail": ("2204", "feedetail[]")
}
"""The hospital's parts of a bill, and the node of the message that each becomes."""
OURS = {"psn_no", "mdtrt_id", "mdtrt_cert_type", "mdtrt_cert_no", "insutype"}
"""What the kiosk itself adds to them."""


def batch_with(part: str, change: dict[str, Any], without: str = "") -> FeeBatch:
    """The bill with another hospital part, as it may come out of the journal of an older kiosk."""
    bill = wire_bill()
    row = bill[part][0] if isinstance(bill[part], list) else bill[part]
    row |= change
    row.pop(without, None)
    return replace(BATCH, parts=encode({name: bill[name] for name in PARTS}))


def prepare(port: SettlementPort, infno: str, batch: FeeBatch) -> Prepared:
    request = replace(REQUEST, batch=batch)
    match infno:
        case "2201":
            return port.prepare_register(PERSON, INSURANCE, batch)
        case "2203A":
            return port.prepare_describe(request)
        case "2204":
            return port.prepare_upload(request)
        case _:
            return port.prepare_quote(request)


def send(port: SettlementPort, sent: Prepared) -> object:
    match sent.infno:
        case "2201":
            return port.register(sent)
        case "2206A":
            return port.quote(sent)
        case _:
            return port.accept(sent)


def assert_withheld(till: Till, infno: str, batch: FeeBatch, field: str, caplog: pytest.LogCaptureFixture) -> None:
    sent = prepare(till.port, infno, batch)
    assert send(till.port, sent) == NotSent(FaultCode.BILL_MALFORMED)
    assert not till.platform.heard, "not even a sign-in left"
    assert sent.body == b""
    assert till.ear.msgids == [sent.msgid], "the journal has a number for it all the same"
    named = [record for record in caplog.records if field in getattr(record, "field", "")]
    assert [getattr(record, "infno", "") for record in named] == [infno]


def fields(kind: str) -> list[tuple[str, str]]:
    """Part and name of the hospital's fields that are required, that are bounded, or whose codes we can check."""
    found: list[tuple[str, str]] = []
    for part, (infno, node) in PARTS.items():
        for field in tables()[infno].input[node].values():
            is_text = field.kind in {Kind.TEXT, Kind.CODE}
            wanted = {
                "required": field.required and field.name != "vali_flag",  # which has a default
                "bounded": is_text and field.length is not None,
                "coded": field.kind is Kind.CODE and PROFILE.dictionaries.get(field.name) is not None,
            }
            if field.name not in OURS and wanted[kind]:
                found.append((part, field.name))
    return found


@pytest.mark.expected_log("kiosk.party", logging.ERROR, "withheld: .*: missing")
@pytest.mark.parametrize("change", ["left out", "empty"])
@pytest.mark.parametrize(("part", "name"), fields("required"))
def test_a_required_field_that_is_missing_is_named(
    open_till: OpenTill, caplog: pytest.LogCaptureFixture, part: str, name: str, change: str
) -> None:
    batch = batch_with(part, {}, without=name) if change == "left out" else batch_with(part, {name: ""})
    assert_withheld(open_till({}), PARTS[part][0], batch, f".{name} ", caplog)


@pytest.mark.expected_log("kiosk.party", logging.ERROR, "withheld: .*: string_too_long")
@pytest.mark.parametrize(("part", "name"), fields("bounded"))
def test_a_field_that_is_one_character_too_long_is_named(
    open_till: OpenTill, caplog: pytest.LogCaptureFixture, part: str, name: str
) -> None:
    infno, node = PARTS[part]
    length = tables()[infno].input[node][name].length or 0
    assert_withheld(open_till({}), infno, batch_with(part, {name: "长" * (length + 1)}), f".{name} ", caplog)


@pytest.mark.expected_log("kiosk.party", logging.ERROR, "withheld: .*: not a code in force today")
@pytest.mark.parametrize(("part", "name"), fields("coded"))
def test_a_code_of_no_dictionary_is_named(
    open_till: OpenTill, caplog: pytest.LogCaptureFixture, part: str, name: str
) -> None:
    assert_withheld(open_till({}), PARTS[part][0], batch_with(part, {name: "Z"}), f".{name} ", caplog)


@pytest.mark.expected_log("kiosk.party", logging.ERROR, "withheld")
def test_the_log_names_field_and_transaction_and_never_what_stood_there(
    open_till: OpenTill, caplog: pytest.LogCaptureFixture
) -> None:
    till = open_till({})
    prepare(till.port, "2204", batch_with("feedetail", {"bilg_dr_name": "张三" * 26}))
    line = json.loads(JsonFormatter(till.clock).format(caplog.records[-1]))
    assert line["infno"] == "2204"
    assert line["field"] == "feedetail.0.bilg_dr_name 开单医师姓名: string_too_long"
    assert "张三" not in json.dumps(line, ensure_ascii=False)


def till_on(open_till: OpenTill, day: int) -> Till:
    """Where the province has a code of its own for two days, the 22nd and the 23rd."""
    local = Term("9101", "模拟", date(2026, 11, 22), date(2026, 11, 23))
    profile = replace(PROFILE, dictionaries=PROFILE.dictionaries.amended({"med_type": [local]}))
    return open_till({"2203A": told({})}, profile, HandClock(datetime(2026, 11, day, 23, 59, 59, tzinfo=BEIJING)))


LOCAL = batch_with("mdtrtinfo", {"med_type": "9101"})


@pytest.mark.parametrize("day", [22, 23])
def test_a_code_leaves_on_the_days_it_is_in_force(open_till: OpenTill, day: int) -> None:
    port = till_on(open_till, day).port
    assert send(port, prepare(port, "2203A", LOCAL)) == Accepted()


@pytest.mark.expected_log("kiosk.party", logging.ERROR, "withheld")
@pytest.mark.parametrize("day", [21, 24])
def test_a_code_stays_on_all_other_days(open_till: OpenTill, caplog: pytest.LogCaptureFixture, day: int) -> None:
    assert_withheld(till_on(open_till, day), "2203A", LOCAL, "mdtrtinfo.med_type ", caplog)


@pytest.mark.expected_log("kiosk.party", logging.ERROR, "2204 withheld: input: too long")
def test_a_message_that_is_too_long_as_a_whole_is_named(open_till: OpenTill, caplog: pytest.LogCaptureFixture) -> None:
    batch = batch_with("feedetail", {"expContent": "长" * 40_000})
    assert_withheld(open_till({}), "2204", batch, "input: too long", caplog)


@pytest.mark.expected_log("kiosk.party", logging.ERROR, "2204 withheld: not JSON")
def test_parts_that_are_no_message_at_all_are_withheld(open_till: OpenTill, caplog: pytest.LogCaptureFixture) -> None:
    assert_withheld(open_till({}), "2204", replace(BATCH, parts=b"torn"), "not JSON", caplog)


@pytest.mark.expected_log("kiosk.party", logging.ERROR, "1101 withheld: mdtrt_cert_no 就诊凭证编号: string_too_long")
def test_a_card_with_an_impossible_number_ends_in_words_too(open_till: OpenTill) -> None:
    till = open_till({})
    card = Credential(CertType.SOCIAL_CARD, CardNumber("1" * 51))
    assert till.port.find_person(card) == NotSent(FaultCode.CARD_UNREADABLE)
    assert not till.platform.heard_of("1101")


@pytest.mark.expected_log("kiosk.party", logging.ERROR, "withheld: opter_name.*: string_too_long")
def test_a_terminal_with_an_impossible_name_says_that_the_settings_are_wrong(open_till: OpenTill) -> None:
    till = open_till({}, terminal_name="长" * 51)
    assert send(till.port, prepare(till.port, "2204", BATCH)) == NotSent(FaultCode.SETTINGS_WRONG)
    assert not till.platform.heard


@pytest.mark.parametrize("spelling", ["expContent", "exp_content"])
@pytest.mark.parametrize("content", ["a text", {"er_flag": "1"}, [{"er_flag": "1"}]])
def test_what_a_province_puts_in_besides_leaves_as_it_came(open_till: OpenTill, spelling: str, content: Any) -> None:
    sent = prepare(open_till({}).port, "2204", batch_with("feedetail", {spelling: content}))
    assert decode(sent.body)["input"]["feedetail"][0][spelling] == content


def test_a_field_the_hospital_leaves_empty_is_left_out(open_till: OpenTill) -> None:
    sent = prepare(open_till({}).port, "2204", batch_with("feedetail", {"rxno": "", "sin_dos_dscr": None}))
    assert not {"rxno", "sin_dos_dscr"} & decode(sent.body)["input"]["feedetail"][0].keys()
