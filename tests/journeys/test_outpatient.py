"""The visit of the README, as the scripts, CI and vendors run it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from settlement.reference.ledger.store import Ledger
from tests.support.forking import Forge
from tests.support.house import House, house

_OF_LEDGER = {"medfee_sumamt": "medfee", "fund_pay_sumamt": "fund", "acct_pay": "account", "psn_cash_pay": "cash"}
"""Amounts of a visit, and the columns in which the platform keeps them."""


@pytest.fixture(scope="module")
def home(forge: Forge, module_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("house"), forge, database=module_database) as made:
        yield made


def _in_the_ledger(home: House, setl_id: str) -> dict[str, int]:
    """What the platform's own books say of a settlement, in fen."""
    with closing(Ledger(home.database)) as ledger, ledger.look() as session:
        query = f"SELECT {', '.join(_OF_LEDGER.values())} FROM settlements WHERE setl_id = :setl_id"
        row = session.execute(text(query), {"setl_id": setl_id}).one()
    return dict(zip(_OF_LEDGER, row, strict=True))


def _infnos(home: House) -> list[str]:
    """What the platform heard, in order."""
    with closing(Ledger(home.database)) as ledger, ledger.look() as session:
        return list(session.execute(text("SELECT infno FROM messages ORDER BY id")).scalars())


def _script(person: str, folder: Path) -> str:
    shipped = (Path(__file__).parents[2] / "config" / "visits" / "quick.toml").read_text(encoding="utf-8")
    path = folder / f"{person}.toml"
    path.write_text(shipped.replace("zhangsan", person).replace('bill = "ct"\n', ""), encoding="utf-8")
    return str(path)


def test_the_outpatient_visit_settles_and_both_books_agree(home: House) -> None:
    ended = home.visit(name="outpatient")
    assert ended.code == 0, ended.errors[-3:]
    answer: dict[str, Any] = ended.answer
    assert answer["outcome"] == "settled"
    assert answer["fault"] is None
    ours = {name: answer["amounts"][name] for name in _OF_LEDGER}
    assert ours == _in_the_ledger(home, answer["batches"][0]["setl_id"])
    assert answer["amounts"]["collected"] == ours["psn_cash_pay"] > 0
    assert answer["amounts"]["refunded"] == 0
    assert home.audit()["violations"] == []
    infnos = _infnos(home)
    assert (infnos[0], infnos[-1]) == ("9001", "9002")


def test_whoever_has_no_social_security_card_settles_with_the_id_card(home: House) -> None:
    ended = home.visit(name="outpatient-id-card")
    assert ended.code == 0, ended.errors[-3:]
    answer: dict[str, Any] = ended.answer
    assert "ReadingIdCard" in answer["states"]
    assert "ReadingCard" not in answer["states"]
    ours = {name: answer["amounts"][name] for name in _OF_LEDGER}
    assert ours == _in_the_ledger(home, answer["batches"][0]["setl_id"])
    assert home.audit()["violations"] == []


def test_its_paper_is_there(home: House) -> None:
    answer = home.visit(name="outpatient").answer
    paper = [home.root / name for name in answer["paper"]]
    assert {path.suffix for path in paper} == {".escpos", ".png"}
    assert all(path.stat().st_size > 1000 for path in paper)


@pytest.mark.parametrize(
    "person",
    ["chenyan", "lihong", "wujie", "maihemuti", "liguihua", "qianduo", "sunli", "tangwei", "wangdashan", "zhaomin"],
)
def test_every_kind_of_person_gets_through(person: str, home: House, tmp_path: Path) -> None:
    ended = home.visit(name=_script(person, tmp_path))
    assert ended.code == 0, (ended.lines, ended.errors[-3:])
    ours = {name: ended.answer["amounts"][name] for name in _OF_LEDGER}
    assert ours == _in_the_ledger(home, ended.answer["batches"][0]["setl_id"])


def test_the_real_pages_are_shown_one_picture_each(home: House, tmp_path: Path) -> None:
    pictures = tmp_path / "pictures"
    ended = home.visit("--screens", str(pictures), name="outpatient")
    assert ended.code == 0, ended.errors[-3:]
    shown = [path.stem.split("-", 1)[1].replace("-", "") for path in sorted(pictures.glob("*.png"))]
    assert shown == [state.lower() for state in ended.answer["states"]]
