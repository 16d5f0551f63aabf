"""家庭共济 from card to paper, over both adapters and databases: whose account paid, as the ledger has it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from kiosk.installed import config_dir
from settlement.reference.ledger.store import Ledger
from tests.support.house import OF_LEDGER, House

_OWN, _THEIRS = "own", "theirs"


@pytest.mark.parametrize(
    ("name", "psn_no", "drawn", "owners"),
    [
        ("family-account", "00000000000000000036", [_THEIRS], "钱*（父母）"),
        ("family-account-own", "00000000000000000037", [_OWN, _THEIRS], "钱*（配偶）"),
        ("family-account-first", "00000000000000000056", [_THEIRS], "石*（配偶）"),
    ],
)
def test_a_relatives_account_is_drawn_on_in_the_profiles_order_and_named_masked(
    name: str, psn_no: str, drawn: list[str], owners: str, home: House
) -> None:
    """Who has no account of their own: at once; the own one first; or, where such is the rule, the relatives' first."""
    _refilled(home)
    ended = home.visit(name=name)
    assert ended.code == 0, (ended.lines, ended.errors[-3:])
    [batch] = ended.answer["batches"]
    paid = _accounts(home, batch["setl_id"])
    assert sorted({_OWN if holder == psn_no else _THEIRS for holder in paid}) == drawn
    assert sum(paid.values()) == batch["amounts"]["acct_pay"]
    settlement = home.entries()[batch["sid"]].settlement
    assert settlement is not None
    told = {share.owner.masked(): share.amount for share in settlement.family}
    assert sum(amount.fen for amount in told.values() if amount) == settlement.amounts.acct_mulaid_pay.fen
    assert settlement.amounts.acct_mulaid_pay.fen == sum(fen for holder, fen in paid.items() if holder != psn_no)
    assert owners in home.readable(ended)
    log = (home.root / "kiosk" / "audit.jsonl").read_text(encoding="utf-8")
    assert not {"钱多", "石浩", "马俊"} & {log[at : at + 2] for at in range(len(log))}
    assert (home.audit()["violations"], home.audit()["open"]) == ([], 0)


@pytest.mark.parametrize(
    ("person", "psn_no", "turns"),
    [
        ("fangfang", "00000000000000000037", ["off"]),
        ("mahui", "00000000000000000056", ["off", "on", "off"]),
    ],
    ids=["own first", "theirs first"],
)
def test_where_the_profile_names_a_field_its_patient_leaves_a_relatives_account_alone(
    person: str, psn_no: str, turns: list[str], home: House, tmp_path: Path
) -> None:
    """Or takes it again: each time quoted anew, nothing is computed here."""
    _refilled(home)
    script, shipped = tmp_path / "visit.toml", config_dir() / "visits" / "family-account-chosen.toml"
    pages = ", ".join(f'["family {turn}"]' for turn in turns)
    told = shipped.read_text(encoding="utf-8").replace('["family off"]', pages).replace("fangfang", person)
    script.write_text(told, encoding="utf-8")
    ended = home.visit(name=str(script))
    assert ended.code == 0, (ended.lines, ended.errors[-3:])
    *given_back, batch = ended.answer["batches"]
    assert [one["outcome"] for one in given_back] == ["cancelled"] * len(turns)
    assert {key: batch["amounts"][key] for key in OF_LEDGER} == home.settled(batch["setl_id"])
    assert _accounts(home, batch["setl_id"]) == {psn_no: batch["amounts"]["acct_pay"]}
    assert batch["amounts"]["acct_pay"] > 0
    quoted = home.entries()[given_back[-1]["sid"]].quote, home.entries()[batch["sid"]].settlement
    assert [bool(one and one.amounts.acct_mulaid_pay) for one in quoted] == [True, False]
    assert (home.audit()["violations"], home.audit()["open"]) == ([], 0)


def _accounts(home: House, setl_id: str) -> dict[str, int]:
    """Fen that left each account for a settlement, by psn_no, as the platform's own book has it."""
    query = """SELECT holder, -amount FROM postings JOIN entries ON entries.id = entry_id
               WHERE event = 'settled' AND key = :setl_id AND kind = 'account'"""
    with closing(Ledger(home.database)) as ledger, ledger.look() as session:
        rows = session.execute(text(query), {"setl_id": setl_id}).all()
    return {holder.partition("/")[0]: fen for holder, fen in rows}


def _refilled(home: House) -> None:
    """The ledger is shared by the adapters: what the other one's visit drew is put back."""
    with create_engine(home.database, poolclass=NullPool).begin() as book:
        spent = "(SELECT coalesce(sum(amount), 0) FROM postings WHERE kind = 'account' AND holder = psn_no || '/310')"
        book.execute(text(f"UPDATE insurances SET opening_balance = 630 - {spent} WHERE psn_no = '{'37':0>20}'"))
