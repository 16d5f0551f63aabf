"""A day's visits under another pack: what would have been asked, sent, due and settled otherwise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kiosk.domain.catalogue import Kind
from kiosk.domain.policy import Pack
from kiosk.filing.course import Dossier, Stage
from kiosk.flow.effects import ConfirmFiling
from kiosk.packing import shadow_pack
from kiosk.packs.loading import read_pack
from kiosk.saga.entry import Entry
from kiosk.saga.facts import Stamp
from kiosk.shadowing import Difference, last_day, on_day, replay, settled_on
from tests.kiosk.flow.clerk import clerk
from tests.kiosk.flow.walker import SID
from tests.kiosk.packs.samples import PACKS, change, copy
from tests.support.people import plan

MORNING = Stamp("boot", 10.0, 1_795_656_600.0)
DAY = date(2026, 11, 26)
OLD = read_pack(PACKS / "000000")


def filed(item: str) -> Dossier:
    """An application as this kiosk's journal has it."""
    one = clerk().to_filing(item).hand_in()
    application = one.asked(ConfirmFiling).application
    return Dossier(SID, item, application.person.certno, MORNING, Stage.OVER, application=application)


def found(dossier: Dossier, new: Pack) -> list[tuple[str, str, str]]:
    return [(one.what, one.old, one.new) for one in replay([dossier], [], OLD, new)]


Changed = Callable[[str, str], Pack]


@pytest.fixture
def changed(tmp_path: Path) -> Changed:
    def made(old: str, new: str) -> Pack:
        return read_pack(change(copy(tmp_path), old, new))

    return made


@pytest.mark.parametrize("item", [key for key, item in OLD.services.items.items() if item.kind is Kind.FILED])
def test_under_the_same_pack_every_item_is_filed_as_it_was(item: str) -> None:
    assert found(filed(item), OLD) == []


def test_a_limit_and_a_receiver_that_change_are_told(changed: Changed) -> None:
    old = (
        'days = 10, zh = "10 个工作日", en = "10 working days", document = "sim", place = "第3项", quote = "10个工作日'
    )
    new = changed(old, old.replace("10", "3"))
    assert found(filed("chronic-application"), new) == [("due", "2026-12-10", "2026-12-01")]


def test_a_paper_that_nobody_can_fetch_any_more_is_asked_of_the_person(changed: Changed) -> None:
    old = 'en = "Records and test reports (from the hospital)" }, ways = ["fetched"]'
    new = changed(old, old.replace('"fetched"', '"deferred", "window"') + ", days = 5")
    assert ("asked", "", "material-records") in found(filed("chronic-application"), new)
    assert ("sent", "material-records=fetched", "") in found(filed("chronic-application"), new)


def test_an_item_that_is_gone_and_one_that_asks_for_a_promise_are_told() -> None:
    items = dict(OLD.services.items)
    gone = replace(OLD, services=replace(OLD.services, items={key: items[key] for key in items if key != "transfer"}))
    assert found(filed("transfer"), gone) == [("item", "offered", "")]
    quiet = items | {"away-filing": replace(items["away-filing"], promise=())}
    assert found(filed("away-filing"), replace(OLD, services=replace(OLD.services, items=quiet))) == [
        ("promise", "yes", "no")
    ]


def test_an_answer_that_would_not_do_any_more_is_named_and_never_shown() -> None:
    items = dict(OLD.services.items)
    item = items["away-filing"]
    kinds = tuple(replace(one, options=one.options[1:]) if one.key == "care-kind" else one for one in item.questions)
    new = replace(OLD, services=replace(OLD.services, items=items | {"away-filing": replace(item, questions=kinds)}))
    told = found(filed("away-filing"), new)
    assert ("answer no longer accepted", "", "care-kind") in told
    assert "temporary" not in repr(told)


def test_a_settlement_is_judged_by_what_the_pack_decides_of_it() -> None:
    entry = Entry(SID, plan(), MORNING)
    profile = replace(OLD.settlement, window_med_types=(entry.plan.batch.med_type,), one_payment=False)
    told = list(replay([], [entry], OLD, replace(OLD, settlement=profile)))
    kind = f"settlement {entry.plan.batch.med_type}"
    assert next((one.item, one.what, one.old, one.new) for one in told) == (kind, "settled", "here", "at a window")
    assert not list(replay([], [entry], OLD, OLD))
    assert all(isinstance(one, Difference) for one in told)


def test_the_day_is_beijings_and_the_last_one_when_none_is_named() -> None:
    late = replace(filed("transfer"), begun=replace(MORNING, wall=MORNING.wall + 86400))
    assert on_day([late, filed("transfer")], DAY) == [filed("transfer")]
    assert last_day([late], []) == date(2026, 11, 27)
    assert last_day([], []) is None
    assert settled_on([], DAY) == []


def test_a_pack_that_is_not_there_and_a_kiosk_where_nobody_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert shadow_pack("999999", None, None, tmp_path, as_json=True) == 3
    assert shadow_pack("220000", None, None, tmp_path, as_json=True) == 1
    assert "nobody was here" in capsys.readouterr().err
