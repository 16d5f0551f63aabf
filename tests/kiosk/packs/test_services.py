"""What provinces say is carried with its own sentence, and what they leave open stays open."""

import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest

from kiosk.domain.catalogue import Element, Kind, Origin
from kiosk.domain.family import FamilyChoice
from kiosk.packs.forms import read_forms
from kiosk.packs.loading import PackWrong, read_pack
from tests.kiosk.packs.samples import PACKS, PAPERS, change, copy, line_with

TODAY = date(2026, 11, 26)
PAPERS_FOLDER = os.environ.get("KIOSK_POLICY_PAPERS", "")
FILES = {"220000": "000_", "421000": "001_", "411300": "002_", "530000": "003_", "370400": "004_"}


def quotes(tree: object) -> Iterator[str]:
    if isinstance(tree, dict):
        rows = cast("dict[str, Any]", tree)
        if "quote" in rows:
            yield str(rows["quote"])
        for value in rows.values():
            yield from quotes(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from quotes(value)


@pytest.mark.skipif(not PAPERS_FOLDER, reason="KIOSK_POLICY_PAPERS names no folder with the five policy papers")
@pytest.mark.parametrize("area", PAPERS)
def test_every_quote_stands_in_its_paper_letter_for_letter(area: str) -> None:
    (paper,) = Path(PAPERS_FOLDER).glob(f"{FILES[area]}*.txt")
    text = re.sub(r"\s+", "", paper.read_text(encoding="utf-8"))
    tree = tomllib.loads((PACKS / area / "services.toml").read_text(encoding="utf-8"))
    found = list(quotes(tree))
    assert found
    assert [quote for quote in found if re.sub(r"\s+", "", quote) not in text] == []


@pytest.mark.parametrize(
    ("area", "figure", "value"),
    [
        ("220000", "transfer-days", "20"),
        ("421000", "chronic-kinds", "44"),
        ("421000", "employee-ratio", "81%"),
        ("370400", "claim-days", "9"),
        ("370400", "maternity-days", "3"),
        ("370400", "less-time", "53%"),
        ("530000", "one-thing-items", "5"),
    ],
)
def test_the_papers_own_numbers_are_carried_with_the_sentences_that_say_them(
    area: str, figure: str, value: str
) -> None:
    figures = {one.key: one for one in read_pack(PACKS / area).services.figures}
    assert figures[figure].value == value
    assert value in figures[figure].source.quote


def test_six_alike_means_two_things_in_two_provinces() -> None:
    figures = {a: {f.key: f for f in read_pack(PACKS / a).services.figures} for a in ("421000", "370400")}
    assert "政策制度、待遇标准、基金管理" in figures["421000"]["pooling"].source.quote
    assert "经办服务等“六统一”" in figures["370400"]["six-alike"].source.quote


def test_limits_are_those_of_the_papers_and_none_is_invented() -> None:
    limits = {
        (area, key): item.limit.days if item.limit else None
        for area in PAPERS
        for key, item in read_pack(PACKS / area).services.items.items()
    }
    assert {place: days for place, days in limits.items() if days is not None} == {
        ("220000", "transfer"): 20,
        ("370400", "claim-precheck"): 9,
        ("370400", "maternity-benefit"): 3,
    }


@pytest.mark.parametrize("area", ["000000", *PAPERS])
def test_each_element_is_stated_or_named_as_not_stated(area: str) -> None:
    for item in read_pack(PACKS / area).services.items.values():
        assert set(item.told) | item.not_stated == set(Element), item.key
        assert not set(item.told) & item.not_stated, item.key
        assert all(said.source is not None for said in item.told.values()), item.key


@pytest.mark.parametrize("area", ["000000", *PAPERS])
def test_every_sentence_of_a_pack_is_there_in_english_too(area: str) -> None:
    services = read_pack(PACKS / area).services
    words = [said.text for item in services.items.values() for said in item.told.values()]
    words += [question.label for item in services.items.values() for question in item.questions]
    words += [one.text for one in services.figures] + [one.answer for one in services.advice]
    assert [one.zh for one in words if one.of("en") == one.zh and one.zh.isascii() is False] == []


def test_one_thing_asks_what_five_items_ask_and_each_field_once() -> None:
    for area in ("000000", "530000"):
        items = read_pack(PACKS / area).services.items
        whole, parts = items["one-thing"], [items[key] for key in items["one-thing"].parts]
        asked = [question.key for question in whole.questions]
        assert len(parts) == 5
        assert len(asked) == len(set(asked))
        assert set(asked) == {question.key for part in parts for question in part.questions}
        assert len(asked) <= 0.6 * sum(len(part.questions) for part in parts)


def test_whoever_lends_no_settlement_of_its_own_is_refused(tmp_path: Path) -> None:
    pack = copy(tmp_path, "220000")
    change(pack, 'settlement_of = "000000"', 'settlement_of = "220000"', "pack.toml")
    with pytest.raises(PackWrong, match="has no settlement of its own"):
        read_pack(pack)


def test_who_borrows_a_settlement_may_have_fields_of_its_own_for_a_relatives_account(tmp_path: Path) -> None:
    lent, borrowed = (read_pack(PACKS / area).settlement for area in ("000000", "000300"))
    assert (lent.family.choice, borrowed.family.choice) == (None, FamilyChoice("acct_mulaid_used_flag", "1", "0"))
    assert replace(borrowed, family=lent.family) == lent
    pack = copy(tmp_path, "000000")
    change(pack, "[settlement.limits]", '[family]\nfirst = "own"\n\n[settlement.limits]', "pack.toml")
    with pytest.raises(PackWrong, match=r"settlement\.family"):
        read_pack(pack)


def test_a_borrowed_simulated_settlement_makes_the_pack_simulated() -> None:
    for area in PAPERS:
        assert read_pack(PACKS / area).simulated


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('value = "20"', 'value = "15"', "value 15 does not stand in its quote"),
        ("days = 20", "days = 30", "days 30 do not stand in their quote"),
        ("count = 5", "count = 10", "count 10 does not stand in its quote"),
        ('not_stated = ["code", "materials", "limit"', 'not_stated = ["materials", "limit"', "code is neither stated"),
        ('not_stated = ["code",', 'not_stated = ["name", "code",', "name is both stated and not stated"),
        ('form = "away-filing"', 'form = "away"', "no form away"),
        ('kind = "filed"', 'kind = "field"', "items.away-filing.kind"),
        ('document = "jilin-plan"', 'document = "jilin"', "no document jilin"),
        ("level = 5", "level = 6", "ratings.0.level"),
    ],
)
def test_what_a_paper_does_not_say_is_refused_by_name(tmp_path: Path, old: str, new: str, named: str) -> None:
    pack = change(copy(tmp_path, "220000"), old, new)
    with pytest.raises(PackWrong, match=re.escape(named)):
        read_pack(pack)


@pytest.mark.parametrize(
    ("old", "new"),
    [('value = "15"', 'value = "16"'), ('kind = "answered"', 'kind = "guessed"'), ("level = 4", 'level = "four"')],
)
def test_the_exact_line_is_named(tmp_path: Path, old: str, new: str) -> None:
    pack = copy(tmp_path, "220000")
    line = line_with(pack, old)
    with pytest.raises(PackWrong, match=rf"\(line ({line}|{line - 1})\)"):
        read_pack(change(pack, old, new))


def test_a_file_that_is_no_toml_is_named_with_its_line(tmp_path: Path) -> None:
    pack = copy(tmp_path, "220000")
    line = line_with(pack, 'value = "15"')
    with pytest.raises(PackWrong, match=rf"services\.toml: TOMLDecodeError: .*line {line}"):
        read_pack(change(pack, 'value = "15"', 'value = "15'))


OVERLAY = """
[overlay]
name = "疫情期间"
effective = 2026-11-01
expires = 2026-12-31

[overlay.document]
title = "应急通知（虚构）"
issuer = "模拟医保局"
number = "模医保发〔2026〕9号"
simulated = true

[items.transfer]
limit = { days = 5, zh = "5 个工作日", en = "5 working days", document = "urgent", quote = "5个工作日办结" }
"""


def test_an_emergency_measure_outranks_the_pack_for_its_days_alone(tmp_path: Path) -> None:
    pack = copy(tmp_path)
    (pack / "overlays").mkdir()
    (pack / "overlays" / "urgent.toml").write_text(OVERLAY, encoding="utf-8")

    def days(today: date) -> int | None:
        limit = read_pack(pack, today=today).services.items["transfer"].limit
        return limit.days if limit else None

    assert (days(date(2026, 10, 31)), days(date(2026, 11, 1)), days(date(2026, 12, 31))) == (15, 5, 5)
    assert days(date(2027, 1, 1)) == 15
    services = read_pack(pack, today=TODAY).services
    assert services.overlays == ("疫情期间",)
    assert services.items["transfer"].limit is not None
    assert services.items["transfer"].limit.source is not None
    assert services.items["transfer"].limit.source.document.number == "模医保发〔2026〕9号"


def test_a_province_has_lines_of_its_own_on_the_slip_and_each_that_cannot_be_printed_is_named(tmp_path: Path) -> None:
    pack = copy(tmp_path, "000000")
    assert "{number}" in "".join(read_pack(pack).services.case_lines)
    path = pack / "templates" / "case.txt"
    for text, wrong in (
        ("好\n{who}\n", "nothing is called {who} (line 2)"),
        ("{number!r}\n", "nothing is called {number} (line 1)"),
        ("{number\n", "(line 1)"),
        ("长" * 121, "longer than a slip is wide (line 1)"),
        ("行\n" * 21, "more than 20 lines (line 21)"),
    ):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(PackWrong, match=re.escape(wrong)):
            read_pack(pack)
    path.write_bytes(b"\xff")
    with pytest.raises(PackWrong, match="no UTF-8"):
        read_pack(pack)
    path.unlink()
    assert read_pack(pack).services.case_lines == ()


def test_an_overlay_without_an_end_is_refused(tmp_path: Path) -> None:
    pack = copy(tmp_path)
    (pack / "overlays").mkdir()
    text = OVERLAY.replace("expires = 2026-12-31\n", "")
    (pack / "overlays" / "urgent.toml").write_text(text, encoding="utf-8")
    with pytest.raises(PackWrong, match=r"overlays/urgent\.toml: expires"):
        read_pack(pack, today=TODAY)


def test_what_is_known_is_never_asked_and_what_is_asked_says_how() -> None:
    for form in read_forms().forms.values():
        assert form.fields[0] == "applicant"
    items = read_pack(PACKS / "000000").services.items
    for item in items.values():
        for question in item.questions:
            assert question.origin or question.options or question.wrong, question.key
            assert not question.locked or question.origin in set(Origin), question.key
        assert item.kind is not Kind.FILED or item.questions, item.key
