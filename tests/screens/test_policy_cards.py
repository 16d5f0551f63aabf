"""Whoever passes by an idle machine reads what the province's papers say, one card after another."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.domain.catalogue import Services
from kiosk.flow.rules import Rules
from kiosk.installed import config_dir
from kiosk.packs.loading import read_pack
from screens.home.page import HomeModel
from tests.support.gallery import stage
from tests.support.states import samples

SAMPLE = samples()["home--policy"]
pytestmark = pytest.mark.usefixtures("typeface")


def shown(lang: str = "zh", **changes: object) -> HomeModel:
    model = HomeModel(stage())
    model.show(replace(SAMPLE, lang=lang, **changes))  # type: ignore[arg-type]
    return model


def turned(model: HomeModel) -> HomeModel:
    model.turn_card()
    return model


def said(model: HomeModel, what: str) -> str:
    return str(model.property(what))


def test_cards_take_turns_with_the_picture_and_bear_their_paper_and_its_date() -> None:
    model = shown()
    seen: list[str] = []
    for _ in range(6):
        seen.append(said(model, "question")[-3:])
        model.turn_card()
    assert seen == ["", "（1）", "", "（2）", "", "（1）"]
    told = shown()
    told.turn_card()
    assert said(told, "source") == "依据：模拟医保局 《模拟统筹区医保经办服务事项清单》，2026-01-01 印发"


def test_a_card_speaks_the_language_of_the_page() -> None:
    model = turned(shown("en"))
    assert said(model, "question") == "What may the account pay for? (1)"
    assert said(model, "source").endswith("issued 2026-01-01")


def test_what_is_out_of_order_has_the_room_instead() -> None:
    down = samples()["home--down"].fixtures
    assert said(turned(shown(fixtures=down)), "question") == ""
    assert said(turned(shown(rules=Rules(services=Services()))), "question") == ""


@pytest.mark.parametrize("area", ["000000", "220000", "370400", "411300", "421000", "530000"])
def test_every_shipped_pack_has_cards(area: str, typeface: QGuiApplication) -> None:
    services = read_pack(config_dir() / "packs" / area).services
    assert any(each.card for each in services.advice)
    assert said(turned(shown(rules=replace(SAMPLE.rules, services=services))), "question")
