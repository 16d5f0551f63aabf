"""A card of generation 3 from the slot to the receipt: chip, driver, adapter and key server share no code."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.installed import config_dir
from tests.support.forking import Forge
from tests.support.house import House, house

_ADAPTERS = {"direct": None, "his": config_dir() / "sites" / "his.toml"}


@pytest.fixture(scope="module", params=_ADAPTERS)
def home(request: pytest.FixtureRequest, forge: Forge, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("home"), forge, config=_ADAPTERS[request.param]) as made:
        yield made


def test_the_key_server_opens_it_and_the_bill_is_settled(home: House) -> None:
    ended = home.visit(name="card-of-generation-3")
    assert ended.code == 0, (ended.lines, ended.errors[-3:])
    assert [batch["outcome"] for batch in ended.answer["batches"]] == ["settled"]
    assert home.audit()["violations"] == []
