"""Slips of unfinished applications at the reference office: their person's alone, for some days, until used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.domain.filing import item_of_draft
from kiosk.domain.insured import Person
from kiosk.installed import config_dir
from kiosk.ports.clock import BEIJING
from settlement.reference.counter import Counter
from settlement.reference.ledger.store import Ledger, sqlite_url
from settlement.reference.office import counter
from settlement.reference.people import read_world
from settlement.reference.seed import seed
from settlement.wire import codec, office
from tests.settlement.office.lines import applicant, key
from tests.support.parties import PERSON

NOW = datetime(2026, 11, 26, 9, 30, tzinfo=BEIJING)
FROM = [{"field": "from-area", "value": "000100"}]


@dataclass
class Day:
    """A wall clock that is moved by hand."""

    at: datetime = NOW

    def now(self) -> datetime:
        return self.at


class Office:
    """The office asked by whoever has its interface: a kiosk, or a clerk at a window."""

    def __init__(self, ledger: Ledger) -> None:
        self.day = Day()
        self._counter = Counter(ledger, read_world(config_dir() / "people"), self.day, counter.DOORS)

    def ask(self, path: str, who: Person = PERSON, **more: object) -> dict[str, Any]:
        told = {"certno": who.certno.reveal(), "psn_name": who.name.reveal(), "psn_no": who.psn_no.reveal()}
        body = codec.encode({"version": "1", "applicant": told, "item": "transfer"} | more)
        return codec.decode(self._counter.answer(path, body).body)

    def slip(self, number: int) -> str:
        return str(self.ask(office.KEEP, key=key(number), answers=FROM)["code"])


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    made = Ledger(sqlite_url(tmp_path_factory.mktemp("drafts") / "ledger.db"))
    seed(made, read_world(config_dir() / "people"), NOW)
    yield made
    made.close()


@pytest.fixture
def desk(ledger: Ledger) -> Office:
    return Office(ledger)


def test_a_slip_opens_its_persons_draft_and_names_nobody(desk: Office) -> None:
    code = desk.slip(1)
    assert item_of_draft(code) == "transfer"
    assert PERSON.certno.reveal() not in code
    assert desk.ask(office.PREPARE, code=code)["draft"] == FROM


def test_somebody_elses_slip_is_refused_in_words(desk: Office) -> None:
    answer = desk.ask(office.PREPARE, applicant("lihong"), code=desk.slip(2))
    assert answer["refused"] == "这张续办单不是您的，请由本人刷卡接着办"


@given(place=st.integers(0, 44), sign=st.sampled_from("0123456789abcdefABCDEF."))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_changed_slip_opens_nothing(desk: Office, place: int, sign: str) -> None:
    """Any sign of reference, day or tag another one."""
    code = desk.slip(3)
    place += len("YBD1.transfer.")
    changed = f"{code[:place]}{sign}{code[place + 1 :]}"
    assert ("refused" not in {name for name, value in desk.ask(office.PREPARE, code=changed).items() if value}) == (
        changed == code
    )


def test_a_slip_of_one_item_does_not_open_another(desk: Office) -> None:
    answer = desk.ask(office.PREPARE, code=desk.slip(4), item="info-change")
    assert "不是经办机构签发的" in answer["refused"]


def test_a_slip_is_over_when_its_day_is(desk: Office) -> None:
    code = desk.slip(5)
    desk.day.at += timedelta(days=7)
    assert desk.ask(office.PREPARE, code=code)["draft"] == FROM
    desk.day.at += timedelta(days=1)
    assert desk.ask(office.PREPARE, code=code)["refused"] == "这张续办单已经过期，请重新填写"
    assert desk.ask(office.PREPARE)["draft"] == [], "nor is it found by who asks"


def test_a_slip_opens_nothing_once_it_was_paused_anew_or_handed_in(desk: Office) -> None:
    first = desk.slip(6)
    assert desk.slip(6) == first, "kept again under its key it is the same"
    second = desk.slip(7)
    assert "已经用过" in desk.ask(office.PREPARE, code=first)["refused"]
    assert desk.ask(office.SUBMIT, key=key(7), pack="000000 1", answers=FROM)["case"]
    assert "已经提交" in desk.ask(office.PREPARE, code=second)["refused"]


def test_a_window_goes_on_with_the_slip_and_the_kiosk_then_does_not(desk: Office) -> None:
    """The clerk scans it, the card is read, the same draft lies there; what they hand in is a case like any."""
    code = desk.slip(8)
    answers = desk.ask(office.PREPARE, code=code)["draft"]
    case = desk.ask(office.SUBMIT, key=key(9), pack="window", answers=answers, terminal="W3")["case"]
    assert "已经用过" in desk.ask(office.PREPARE, code=code)["refused"]
    mine = desk.ask(office.CASES)["cases"]
    assert case["case_no"] in {row["case_no"] for row in mine}, "what a window took is seen at the kiosk"
