"""Numbers with a check character: one wrong character, or two that changed places, is never taken for the right one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.filing import CaseState, Offer
from kiosk.filing.course import Stage
from kiosk.flow.effects import KeepDraft
from kiosk.flow.events import OptionPicked
from kiosk.flow.served_states import Choosing, Concluding, Filling
from kiosk.flow.services.checks import is_credit_code
from kiosk.flow.states import Failed
from settlement.reference.office.offers import credit_code
from tests.kiosk.flow.clerk import CASE, PREPARED, clerk

LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
HOME = Offer("institution", "12111111MB0000001B", "模拟市儿童福利院")
BROKEN = Offer("institution", "12111111MB0000001C", "模拟市儿童福利院")


def right(body: str) -> str:
    (last,) = [one for one in LETTERS if is_credit_code(body + one)]
    return body + last


@pytest.mark.parametrize("number", ["91110000600037341L", "91350100M000100Y43"])
def test_published_credit_codes_are_right(number: str) -> None:
    assert is_credit_code(number)


BODIES = st.text(LETTERS, min_size=17, max_size=17)


@given(BODIES, st.integers(0, 17), st.sampled_from(LETTERS))
def test_one_wrong_character_is_noticed(body: str, place: int, other: str) -> None:
    number = right(body)
    wrong = number[:place] + other + number[place + 1 :]
    assert is_credit_code(wrong) is (other == number[place])
    assert credit_code(wrong) is is_credit_code(wrong), "kiosk and reference reckon alike, each in its own way"


@given(BODIES, st.integers(0, 16))
def test_two_neighbours_that_changed_places_are_noticed(body: str, place: int) -> None:
    number = right(body)
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert is_credit_code(swapped) is (swapped == number)


@given(st.text(max_size=20))
def test_anything_else_is_no_credit_code(text: str) -> None:
    if len(text) != 18 or not set(text) <= set(LETTERS):
        assert not is_credit_code(text)


def test_an_institution_is_asked_for_where_it_is_the_guardian_and_its_number_is_looked_at_first() -> None:
    one = clerk().to_filing("newborn-enrol", told=replace(PREPARED, offers=(BROKEN, HOME)))
    one.touch(OptionPicked("institution"))
    assert [option.key for option in one.at(Choosing).page.options] == [HOME.key]
    one.touch(OptionPicked(BROKEN.key))
    assert [option.key for option in one.at(Choosing).page.options] == [HOME.key], "what was not offered is no answer"
    one.touch(OptionPicked(HOME.key))
    assert [(key, value.reveal()) for key, value in one.asked(KeepDraft).answers] == [
        ("guardian", "institution"),
        ("institution", HOME.key),
    ]


def test_a_mother_is_asked_for_no_institution() -> None:
    one = clerk().to_filing("newborn-enrol", told=replace(PREPARED, offers=(HOME,)))
    one.touch(OptionPicked("mother"))
    assert one.at(Filling).desk.asked == "birth-letter"


def test_who_is_nobodys_agent_hears_where_one_is_registered() -> None:
    one = clerk().to_filing("newborn-enrol", told=replace(PREPARED, offers=(BROKEN,)))
    one.touch(OptionPicked("institution"))
    assert isinstance(one.screen, Failed)
    assert "经办人" in one.screen.reason


def test_the_office_of_the_place_of_insurance_is_named_on_page_and_slip() -> None:
    elsewhere = replace(CASE, state=CaseState.UNDER_REVIEW, taken_by="模拟乙市医疗保障经办机构")
    one = clerk().to_filing("info-change").hand_in().told(Stage.LODGED, elsewhere)
    page = one.at(Concluding).page
    (said,) = [point.text for point in page.points if point.label.of("zh") == "首问负责"]
    assert said.of("zh") == "模拟乙市医疗保障经办机构（您的参保地）；在外地先拨参保地区号，再拨 12393"
    assert "area code" in said.of("en")
