from __future__ import annotations

import logging
from pathlib import Path

import pytest
from pydantic import ValidationError

from kiosk import plugins
from kiosk.domain.paper import Line
from kiosk.engine.clock import SystemClock
from kiosk.installed import config_dir
from kiosk.messages import Catalogue
from kiosk.ports.documents import Documents
from kiosk.ports.driver import Host
from printing.driver import PaperSettings, driver
from tests.support.paid_bills import BILL, MM58, PENDING, SITE

HOST = Host(SystemClock(), logging.getLogger("test"))


def made(**settings: object) -> Documents:
    return driver.make(PaperSettings.model_validate(settings), HOST)


def test_it_is_announced_as_paper_and_simulates_nothing() -> None:
    assert plugins.driver("documents", "paper") is driver
    assert not driver.simulated


def test_all_three_papers_come_in_the_chosen_language() -> None:
    chinese, english = made(), made(lang="en")
    assert chinese.statement(BILL, SITE) != english.statement(BILL, SITE)
    for paper, word in ((chinese, "医院咨询"), (english, "Hospital desk")):
        for slip in (paper.receipt(BILL, SITE, MM58), paper.pending_slip(PENDING, SITE, MM58)):
            assert any(isinstance(item, Line) and item.text.startswith(word) for item in slip.items)


def test_hospital_may_use_its_own_words(tmp_path: Path) -> None:
    shipped = (config_dir() / "texts" / "zh.toml").read_text(encoding="utf-8")
    own = shipped.replace("医保结算凭条", "缴费小票")
    (tmp_path / "zh.toml").write_text(own, encoding="utf-8")
    slip = made(texts=str(tmp_path)).receipt(BILL, SITE, MM58)
    assert any(isinstance(item, Line) and item.text == "缴费小票" for item in slip.items)


@pytest.mark.parametrize("wrong", [{"lang": "fr"}, {"language": "zh"}, {"texts": "/nowhere"}])
def test_wrong_settings_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        made(**wrong)


def test_every_language_can_say_what_paper_says() -> None:
    catalogue = Catalogue.read(config_dir() / "texts")
    chinese = catalogue.of("zh")
    sentences = [message for message in chinese if message.startswith(("slip.", "statement."))]
    assert len(sentences) > 100
    for lang in catalogue.languages:
        texts = catalogue.of(lang)
        assert [message for message in sentences if message not in texts] == []
        for message in sentences:
            assert texts.placeholders(message) == chinese.placeholders(message), message
