"""A code may be sent on the days it is in force, and a province has the last word on which those are."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.dictionaries import Dictionaries, Dictionary, Term

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)
MED_TYPE = Dictionary("med_type", (Term("11", "普通门诊"), Term("14", "门诊慢特病")))
NATIONAL = Dictionaries(
    {"med_type": MED_TYPE, "yes_no": Dictionary("yes_no", (Term("0", "否"), Term("1", "是")))}, {"etip_flag": "yes_no"}
)


@pytest.mark.parametrize(
    ("since", "until", "holds"),
    [
        (None, None, True),
        (TODAY, None, True),
        (TODAY + DAY, None, False),
        (None, TODAY, True),
        (None, TODAY - DAY, False),
        (TODAY, TODAY, True),
    ],
)
def test_a_term_holds_from_its_first_to_its_last_day(since: date | None, until: date | None, holds: bool) -> None:
    dictionary = Dictionary("med_type", (Term("9101", "特检", since, until),))
    assert dictionary.allows("9101", TODAY) is holds
    assert dictionary.in_force(TODAY) == ({"9101": "特检"} if holds else {})


@given(st.dates(), st.dates(), st.dates())
def test_a_code_that_comes_back_has_the_meaning_of_its_day(first: date, change: date, day: date) -> None:
    old, new = Term("15", "旧", None, change - DAY if change > date.min else date.min), Term("15", "新", change)
    dictionary = Dictionary("med_type", (old, new))
    if change > date.min:
        assert dictionary.in_force(day)["15"] == ("新" if day >= change else "旧")


def test_a_field_is_looked_up_in_its_own_dictionary_or_in_the_one_named_for_it() -> None:
    assert NATIONAL.allows("med_type", "11", TODAY)
    assert not NATIONAL.allows("med_type", "1", TODAY)
    assert NATIONAL.allows("etip_flag", "1", TODAY)
    assert not NATIONAL.allows("etip_flag", "2", TODAY)


def test_a_field_without_a_dictionary_is_open() -> None:
    assert NATIONAL.allows("caty", "A03.01", TODAY)
    assert Dictionaries().allows("med_type", "nonsense", TODAY)


def test_a_province_adds_ends_and_renames() -> None:
    local = NATIONAL.amended({"med_type": [Term("1404", "两病"), Term("14", "门诊慢特病", None, TODAY - DAY)]})
    found = local.get("med_type")
    assert found is not None
    assert found.in_force(TODAY) == {"11": "普通门诊", "1404": "两病"}
    assert NATIONAL.allows("med_type", "14", TODAY)


def test_a_province_that_gives_a_whole_dictionary_leaves_nothing_of_the_national_one() -> None:
    local = NATIONAL.amended({"med_type": [Term("21", "住院")], "caty": [Term("A03", "内科")]}, whole=["med_type"])
    assert not local.allows("med_type", "11", TODAY)
    assert local.allows("med_type", "21", TODAY)
    assert not local.allows("caty", "A04", TODAY)
    assert local.allows("etip_flag", "1", TODAY)
