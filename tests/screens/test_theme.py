"""Colours and sizes an old eye can read."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtQml import QQmlComponent, QQmlEngine

import screens
from kiosk.flow.rules import Look
from tests.screens.glass import Glass
from tests.support import states

SETS = sorted(
    set((Path(screens.__file__).parent / "theme").glob("*.qml"))
    - {Path(screens.__file__).parent / "theme" / name for name in ("Theme.qml", "Tokens.qml")}
)
WRITTEN = [
    ("ink", "page"), ("ink", "surface"), ("ink", "sunken"), ("inkSoft", "page"), ("inkSoft", "surface"),
    ("inkSoft", "sunken"), ("inkOnAction", "action"), ("inkOnAction", "actionPressed"), ("action", "surface"),
    ("action", "actionSoft"), ("action", "page"), ("good", "goodSoft"), ("good", "page"), ("good", "surface"),
    ("warn", "warnSoft"), ("warn", "surface"), ("bad", "badSoft"),
]  # fmt: skip


@pytest.fixture(params=SETS, ids=lambda path: path.stem.lower())
def tokens(request: pytest.FixtureRequest, typeface: QGuiApplication) -> dict[str, Any]:
    return read(request.param)


def read(path: Path) -> dict[str, Any]:
    """What one set of tokens says."""
    engine = QQmlEngine()
    component = QQmlComponent(engine, QUrl.fromLocalFile(str(path)))
    made = component.create()
    assert made is not None, component.errorString()
    meta = made.metaObject()
    names = [str(meta.property(at).name()) for at in range(meta.propertyCount())]
    values = {name: made.property(name) for name in names}
    del made, component, engine  # in this order: the engine is the others' ground
    return values


def luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def contrast(one: QColor, other: QColor) -> float:
    """WCAG 2.2, 1.4.3."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.fixture
def look(request: pytest.FixtureRequest) -> str:
    """The name of the set that `tokens` reads in this test."""
    return str(request.node.callspec.params["tokens"].stem)


@pytest.mark.parametrize(("ink", "ground"), WRITTEN)
def test_what_is_written_stands_out_seven_to_one_and_ten_with_more_contrast(
    tokens: dict[str, Any], look: str, ink: str, ground: str
) -> None:
    assert contrast(QColor(tokens[ink]), QColor(tokens[ground])) >= (10 if look.startswith("Contrast") else 7)


def test_there_is_a_set_for_each_look_and_all_have_one_shape(typeface: QGuiApplication) -> None:
    assert {path.stem.lower() for path in SETS} == {look.value.replace("_", "") for look in Look}
    shapes = [{name: type(value) for name, value in read(path).items()} for path in SETS]
    assert shapes == [shapes[0]] * len(Look)
    assert len(shapes[0]) > 40


def test_a_pattern_shows_on_its_payer(tokens: dict[str, Any]) -> None:
    for payer in ("payerAid", "payerAccount", "payerHospital", "payerOwn"):
        assert contrast(QColor(tokens["payerPattern"]), QColor(tokens[payer])) >= 3, payer


def test_the_focus_ring_shows_on_every_ground(tokens: dict[str, Any]) -> None:
    for ground in ("page", "surface", "sunken"):
        assert contrast(QColor(tokens["focus"]), QColor(tokens[ground])) >= 3, ground


def test_the_look_of_a_state_is_shown_at_once_on_the_same_page(glass: Glass) -> None:
    page = states.samples()["explaining"]  # 关怀 has a home page of its own
    glass.show(page)
    model = glass.panel.router.property("model")
    pictures = []
    for look in Look:
        glass.show(replace(page, look=look))
        pictures.append(glass.picture())
    assert glass.panel.router.property("model") is model
    assert all(one != other for one, other in combinations(pictures, 2))


def test_payers_differ_in_the_chart_from_the_ground(tokens: dict[str, Any]) -> None:
    for payer in ("payerFund", "payerAid", "payerAccount", "payerHospital", "payerOwn"):
        assert contrast(QColor(tokens[payer]), QColor(tokens["surface"])) >= 3, payer


def test_body_text_is_tall_enough_for_old_eyes(tokens: dict[str, Any]) -> None:
    assert tokens["caption"] >= 7.25 / 0.82, "6.5 mm of ink on the narrowest panel"
    assert tokens["body"] >= 9


def test_everything_is_larger_for_the_old(typeface: QGuiApplication) -> None:
    standard, elder = (read(Path(screens.__file__).parent / "theme" / f"{name}.qml") for name in ("Standard", "Elder"))
    assert elder["caption"] >= 10.05 / 0.82, "9 mm of ink on the narrowest panel"
    assert elder["touch"] * 0.82 >= 25
    for name in ("caption", "body", "lead", "heading", "title", "display", "huge", "button", "icon", "ring"):
        assert elder[name] > standard[name], name


def test_figures_are_huge(tokens: dict[str, Any]) -> None:
    assert tokens["huge"] * 0.73 >= 12, "figures are 0.73 of the em"


def test_the_page_is_drawn_in_millimetres(glass: Glass) -> None:
    glass.show(states.samples()["confirming"])
    button = glass.button("确认支付").place
    assert button.height() / (1080 / 336) == pytest.approx(34, abs=0.3)
