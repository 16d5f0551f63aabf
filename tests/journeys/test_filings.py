"""Every scripted visit to the office ends as its script names, for every pack that has the item."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from kiosk.domain.catalogue import Kind
from kiosk.installed import config_dir
from kiosk.packs.loading import read_pack
from tests.support.forking import Forge
from tests.support.house import House, house

ITEMS = {
    "away-filing": "away-filing",
    "chronic-application": "chronic-application",
    "newborn-enrol": "newborn-enrol",
    "family-bind": "family-bind",
    "info-change": "info-change",
    "transfer": "transfer",
    "claim-precheck": "claim-precheck",
    "maternity-benefit": "maternity-benefit",
    "assistance": "assistance",
    "registration": "registration",
    "one-thing": "one-thing",
    "proxy-filing": "proxy-filing",
    "query-rights": "query-rights",
    "referral-out": "referral-out",
    "contribution": "contribution",
    "rx-forward": "rx-forward",
    "dual-channel": "dual-channel",
    "account-premium": "account-premium",
    "voucher": "voucher",
    "opinion": "opinion",
}
AREAS = ("000000", "220000", "370400", "411300", "421000", "530000")


def having(item: str) -> list[str]:
    return [area for area in AREAS if item in read_pack(config_dir() / "packs" / area).services.items]


ALL = [(visit, area) for visit, item in ITEMS.items() for area in having(item)]
QUICK = [(visit, having(item)[number % len(having(item))]) for number, (visit, item) in enumerate(ITEMS.items())]


@pytest.fixture(scope="module")
def home(forge: Forge, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("filings"), forge) as made:
        yield made


@pytest.fixture(scope="module")
def of_each_area(forge: Forge, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], House]]:
    """A house an area: what an office offers a person once (a referral, a premium due) is gone when it was taken up."""
    with ExitStack() as houses:
        yield cache(lambda area: houses.enter_context(house(tmp_path_factory.mktemp(area), forge)))


@pytest.mark.parametrize(("visit", "area"), QUICK)
def test_a_visit_ends_as_its_script_names(visit: str, area: str, home: House) -> None:
    ended = home.visit("--pack", area, name=visit)
    assert ended.code == 0, (ended.lines, ended.errors[-3:])


@pytest.mark.long
@pytest.mark.parametrize(("visit", "area"), ALL)
def test_a_visit_ends_as_its_script_names_in_every_area(
    visit: str, area: str, of_each_area: Callable[[str], House]
) -> None:
    ended = of_each_area(area).visit("--pack", area, name=visit)
    assert ended.code == 0, (ended.lines, ended.errors[-3:])


@pytest.mark.parametrize(
    "visit",
    [
        "query-stopped",
        "policy-question",
        "window-handover",
        "away-under-review",
        "rx-no-delivery",
        "proxy-beyond",
        "newborn-institution",
        "notified",
    ],
)
def test_visits_without_an_item_of_their_own(visit: str, home: House) -> None:
    ended = home.visit(name=visit)
    assert ended.code == 0, (ended.lines, ended.errors[-3:])


def test_a_doctors_word_comes_later_from_the_hospitals_own_system(home: House) -> None:
    """Signed by the hospital and not given here: whoever looks at what is on file for them finds it."""
    ended = home.visit(name="doctor-confirms-later")
    assert ended.code == 0, (ended.lines, ended.errors[-3:])
    case = ended.answer["cases"][-1]["case_no"]
    (row,) = home.ledger("SELECT doctor, here FROM case_confirmations WHERE case_no = ?", case)
    assert (row["doctor"], row["here"]) == ("何志远", 0)
    assert home.visit(name="query-rights").code == 0


def test_a_photographed_material_is_the_offices_alone(home: House) -> None:
    """Three that would not do, then one that did: it is there once, and no picture lies on our disk."""
    ended = home.visit(name="photographed")
    assert ended.code == 0, (ended.lines, ended.errors[-3:])
    rows = home.ledger("SELECT material, width, height FROM filed_pictures")
    assert [(row["material"], row["width"], row["height"]) for row in rows] == [("diagnosis", 854, 480)]
    for path in (home.root / "kiosk").rglob("*"):
        assert not path.is_file() or b"JFIF" not in path.read_bytes(), path.name


def test_a_draft_that_is_continued_asks_only_for_the_rest(home: House) -> None:
    ended = home.visit(name="draft-continued")
    assert ended.code == 0, (ended.lines, ended.errors[-3:])
    states = ended.answer["states"]
    assert "Choosing bind-act" not in states
    assert "Filling member-id" in states


def test_a_slip_opens_the_draft_at_another_kiosk_for_its_person_alone(home: House, tmp_path: Path) -> None:
    """Printed here; there, at a kiosk that never saw them, somebody else is refused and its person goes on."""
    assert home.visit(name="draft-slip").code == 0
    (tmp_path / "backend").mkdir()
    for credential in (home.root / "backend").glob("*.[pk]e[my]"):
        shutil.copy(credential, tmp_path / "backend")
    there = replace(home, root=tmp_path)
    stranger = there.visit(name=_alone("draft-of-another", tmp_path))
    assert stranger.code == 0, (stranger.lines, stranger.errors[-3:])
    owner = there.visit(name=_alone("draft-by-code", tmp_path))
    assert owner.code == 0, (owner.lines, owner.errors[-3:])
    assert "Choosing bind-act" not in owner.answer["states"]


def _alone(name: str, folder: Path) -> str:
    """The script without the one that is played before it."""
    told = (config_dir() / "visits" / f"{name}.toml").read_text(encoding="utf-8")
    path = folder / f"{name}.toml"
    path.write_text("".join(row for row in told.splitlines(True) if not row.startswith("before =")), encoding="utf-8")
    return str(path)


def test_a_rated_case_is_rated_at_the_office(home: House) -> None:
    ended = home.visit(name="away-filing")
    assert ended.answer["effort"]["taps"] <= 8
    assert ended.answer["effort"]["seconds"] <= 60.0
    case = ended.answer["cases"][-1]
    (row,) = home.ledger("SELECT level, labels FROM case_scores WHERE case_no = ?", case["case_no"])
    assert (row["level"], row["labels"]) == (5, "0")


def test_a_low_rating_is_followed_up_and_given_anew_once(home: House) -> None:
    """The slip of the case comes out with the page, and the second score is beside the first at the office."""
    ended = home.visit(name="rated-again")
    assert ended.code == 0, (ended.lines, ended.errors[-3:])
    rows = home.ledger("SELECT case_no, level FROM case_scores ORDER BY case_no, level")
    scores: dict[str, list[int]] = {}
    for row in rows:
        scores.setdefault(row["case_no"], []).append(row["level"])
    assert [1, 5] in scores.values()


def test_one_form_is_five_cases_and_one_receipt(home: House) -> None:
    case = home.visit(name="one-thing").answer["cases"][-1]
    rows = home.ledger("SELECT item FROM filed_parts WHERE whole = ?", case["case_no"])
    assert len(rows) == 5
    assert len(case["parts"]) == 5


def test_every_filed_item_of_the_fictional_catalogue_has_a_visit() -> None:
    items = read_pack(config_dir() / "packs" / "000000").services.items
    filed = {key for key, item in items.items() if item.kind is Kind.FILED}
    assert filed - set(ITEMS.values()) == {"two-diseases", "chronic-cross"}
