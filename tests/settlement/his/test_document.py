"""docs/his-interface.md is what a HIS vendor builds from: it names all that the wire has, and its example is one."""

from __future__ import annotations

import json
import re
from enum import StrEnum
from pathlib import Path

import pytest

from settlement.wire import his
from settlement.wire.codec import Message, read

TEXT = (Path(__file__).parents[3] / "docs" / "his-interface.md").read_text(encoding="utf-8")
QUOTED = set(re.findall(r"`([a-z_]+(?:\.[a-z]+)?)`", TEXT))


@pytest.mark.parametrize("name", his.MESSAGES)
def test_every_message_has_a_chapter_with_its_path(name: str) -> None:
    assert f"### `{name}`　`{his.PATHS[name]}`" in TEXT


@pytest.mark.parametrize("model", [*his.ASKED.values(), his.Credential, his.Agreed, his.Reply, his.Refusal])
def test_every_field_is_named(model: type[Message]) -> None:
    assert set(model.model_fields) - QUOTED == set()


@pytest.mark.parametrize("words", [his.Code, his.Reversal, his.Standing, his.Cancelling])
def test_every_word_of_an_answer_is_explained(words: type[StrEnum]) -> None:
    assert {word.value for word in words} - QUOTED == set()


def test_its_version_is_the_contracts() -> None:
    assert TEXT.startswith(f"# 自助机与 HIS 的结算接口 {his.CONTRACT} ")
    assert f'`contract`：`"{his.CONTRACT}"`' in TEXT


def test_its_example_is_a_message_of_the_contract() -> None:
    [example] = re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)
    settle = read(his.AskSettle, json.loads(example))
    assert settle.agreed.psn_cash_pay == settle.medfee_sumamt
