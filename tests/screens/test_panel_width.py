"""A wrong width makes every letter too small: the panel's own figure is compared with the site's."""

from __future__ import annotations

import logging

import pytest
from PySide6.QtGui import QGuiApplication

from screens import panel_width


@pytest.mark.parametrize(("told_mm", "apart"), [(336, False), (340, False), (300, False), (268, True), (530, True)])
def test_a_panel_of_another_size_is_noticed(told_mm: float, apart: bool) -> None:
    assert panel_width.disagree(told_mm, 336) is apart


def test_a_panel_that_does_not_know_its_size_contradicts_nobody() -> None:
    assert not panel_width.disagree(0, 336)


@pytest.mark.expected_log("screens.panel_width", logging.WARNING, "the panel names another width")
def test_the_log_names_both_figures(typeface: QGuiApplication, caplog: pytest.LogCaptureFixture) -> None:
    screen = QGuiApplication.primaryScreen()
    narrow = min(screen.physicalSize().width(), screen.physicalSize().height())
    with caplog.at_level(logging.WARNING):
        panel_width.compare(screen, narrow)
        assert not caplog.records
        panel_width.compare(screen, narrow * 2)
    told = [(vars(record)["told_mm"], vars(record)["set_mm"]) for record in caplog.records]
    assert told == [(round(narrow), round(narrow * 2))]
