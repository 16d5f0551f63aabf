"""Rules are data with a day from which they hold; a file that leaves something unsaid is not read."""

from datetime import date
from pathlib import Path

import pytest

from settlement.reference.benefit import areas
from settlement.reference.benefit.areas import Relation, read_areas, relation, shipped_areas

FOLDER = Path(areas.__file__).parent
TODAY = date(2026, 7, 1)


def changed(tmp_path: Path, name: str, old: str, new: str, area: str = "000000") -> Path:
    text = (FOLDER / f"area-{area}.toml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / name
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_everything_is_invented_and_says_so() -> None:
    assert {area.code for area in shipped_areas().known} == {"000000", "000100", "000181", "000199", "000200"}
    for area in shipped_areas().known:
        assert "虚构" in area.name
        first = (FOLDER / f"area-{area.code}.toml").read_text(encoding="utf-8").splitlines()[0]
        assert "Every figure is invented" in first


def test_the_rules_of_a_day_are_those_that_began_last(tmp_path: Path) -> None:
    old = changed(tmp_path, "old.toml", "effective = 2025-01-01", "effective = 2020-01-01")
    new = changed(tmp_path, "new.toml", "effective = 2025-01-01", "effective = 2027-01-01")
    known = read_areas([new, FOLDER / "area-000000.toml", old])
    days = [date(2019, 12, 31), date(2020, 1, 1), date(2026, 12, 31), date(2027, 1, 1)]
    found = [known.at("000000", day) for day in days]
    assert [area.effective.year if area else None for area in found] == [None, 2020, 2025, 2027]
    assert known.at("000100", TODAY) is None


@pytest.mark.parametrize(
    ("insured", "care", "expected"),
    [
        ("000000", "000000", Relation.HERE),
        ("000100", "000181", Relation.SAME_PROVINCE),  # the first four digits are the same, the pools are not
        ("000199", "000100", Relation.SAME_PROVINCE),
        ("000000", "000100", Relation.SAME_PROVINCE),
        ("000200", "000000", Relation.OTHER_PROVINCE),
    ],
)
def test_local_or_away_is_said_by_the_tables_not_by_digits(insured: str, care: str, expected: Relation) -> None:
    home, there = (shipped_areas().at(code, TODAY) for code in (insured, care))
    assert home
    assert there
    assert relation(home, there) is expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"03" = "0.6000" }', '"04" = "0.6000" }'),
        ("province =", "province_of ="),
        ('ratio = "0.5000", fund = "320100"', 'ratio = 0.5, fund = "320100"'),
        ('none = "0.1000"', 'nothing = "0.1000"'),
    ],
)
def test_rules_that_leave_something_unsaid_are_refused(tmp_path: Path, old: str, new: str) -> None:
    with pytest.raises(ValueError, match=r"level|province|ratio|nothing"):
        read_areas([changed(tmp_path, "wrong.toml", old, new)])
