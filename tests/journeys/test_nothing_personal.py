"""After whole visits nothing of the people in them is left in a log, in what a command says, or on the kiosk's disk.

Left out are what belongs to the patient or to the far side: the papers, the hospital's and the platform's own ledger.
The journal is searched as it lies on the disk, and as the commands tell of it: what it must keep of a person it keeps
sealed. What leaves the kiosk for the institution's books is searched too, on a day that closes and on one that does
not. Reports of the kit are searched in tests/devices/conformance/test_private_reports.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from kiosk.installed import config_dir
from kiosk.ports.clock import BEIJING
from settlement.reference.ledger.store import Ledger
from tests.support.forking import Ended, Forge
from tests.support.house import House, house
from tests.support.nobody import leaks, people, read, spellings
from tests.support.proofs import Proved

VISITS = (
    "begun-here-finished-on-phone",
    *("outpatient-id-card", "card-of-generation-3", "card-terminal", "deposit", "inpatient-discharge", "one-bill"),
)
"""Documents of every kind, money by code and by card, a stay whose deposits other people paid, an insurer, a phone."""
THEIRS = ("paper", "backend")
"""Folders that hold what the patient takes away and what the far side keeps."""

TOLD = (("journal", "list"), ("journal", "verify"), ("devices", "list"), ("metrics",))
"""What staff ask a kiosk afterwards, and send to others."""
SPOILED = (
    "UPDATE settlements SET fund = fund + 1",
    "UPDATE bookings SET setl_id = setl_id || 'x' WHERE setl_id = (SELECT max(setl_id) FROM bookings)",
    "UPDATE pay_orders SET amount = amount + 1",
)
"""Differences at all three other parties, so that each is told of with the numbers by which a clerk finds it."""
SENTENCE = "这一行是张三的，111111198101011110"
"""What may stand in a file that somebody damaged, or wrote by hand."""

LEAVES = {
    "sid": "the kiosk's own number of a settlement, made of time and chance; the paper bears its short form",
    "state": "where the settlement stands",
    "standing": "whether it stands at the platform",
    "moment": "to which day it belongs, and in which order",
    "batch_no": "the hospital's number of a bill: its books are compared by it",
    "msgid": "institution, time and terminal; a lost settlement is found at the platform by it alone",
    "setl_id": "the platform's number of a settlement: both sides' lists are compared by it",
    "insutype": "3201 is posted by kind of insurance",
    "insuplc_admdvs": "what another area clears stands in no total: an area, and never a smaller place",
    "medfee_sumamt": "compared to the fen",
    "fund_pay_sumamt": "compared to the fen",
    "acct_pay": "compared to the fen",
    "psn_cash_pay": "compared to the fen",
    "booked": "whether the hospital took it",
    "promised": "what others stood for when it was booked: compared to the fen",
    "deferred": "what of it waits: compared to the fen",
    "claim": "what an insurer was asked for, and what became of it",
    "key": "of a claim or a refund: the number of the settlement, and which it was",
    "amount": "compared to the fen",
    "outcome": "paid, refused or under review: the insurer's list says the same",
    "cancels": "the platform's number of a settlement that was taken back",
    "returns": "what went back of payments made before",
    "back": "whether it went back, or a window pays it out",
    "receipt": "the number of a fiscal receipt: both sides gave out the same",
    "red": "the number of the red one",
    "by_phone": "whether a phone's order settled it: what then differs is called by another name",
    "used": "what deposits paid of it: compared to the fen",
    "handed": "that its patient took it to a phone: what is settled there is no window's",
    "number": "of the order at the mobile payment centre; without its token it pays nothing",
    "until": "when it stops waiting there",
    "orders": "what was collected and given back",
    "deposit": "a deposit is known to the hospital alone",
    "order": "the key under which the payment service knows the money, made of chance",
    "channel": "a drawer of finance is one terminal and one channel",
    "collected": "compared to the fen",
    "refund_order": "the key of a refund, made of chance",
    "refunded": "compared to the fen",
}
"""Why each field of a kiosk's accounts leaves the machine. None of them leads to a person without the books of the
hospital or of the platform, to whom the person is known anyway.
"""


@dataclass(slots=True)
class Told:
    """The work directory after the visits, what the commands said, and the accounts that left the kiosk."""

    root: Path
    said: list[str] = field(default_factory=list[str])
    accounts: list[str] = field(default_factory=list[str])

    def hear(self, ended: Ended, *codes: int) -> list[str]:
        assert ended.code in codes, (ended.lines, ended.errors[-3:])
        self.said += [*ended.lines, *ended.errors]
        return ended.lines


pytestmark = pytest.mark.xdist_group("nothing_personal")
"""One process: what all of them look at is played once."""


@pytest.fixture(scope="module")
def home(forge: Forge, tmp_path_factory: pytest.TempPathFactory) -> Told:
    root = tmp_path_factory.mktemp("nothing-personal")
    told = Told(root)
    with house(root, forge) as made:
        for name in VISITS:
            told.hear(made.visit(name=name), 0)
        for command in TOLD:
            told.hear(forge.run(*command, "--json", "--workdir", str(root)), 0)
        _close_the_day(told, made)
    return told


def _close_the_day(told: Told, made: House) -> None:
    """Once when all agree, and once when nobody does; to a program, to a person, and of a file that is none."""
    today = ["--day", datetime.now(UTC).astimezone(BEIJING).date().isoformat(), "--workdir", str(told.root)]
    reconcile = ("reconcile", *today, "--backend", made.url)
    told.accounts = told.hear(made.forge.run("journal", "export", *today), 0)
    told.hear(made.forge.run(*reconcile, "--in-detail", "--json"), 0)
    with closing(Ledger(made.database)) as ledger, ledger.transact() as session:
        for statement in SPOILED:
            session.execute(text(statement))
    said = told.hear(made.forge.run(*reconcile), 1)
    found = json.loads(told.hear(made.forge.run(*reconcile, "--json"), 1)[-1])["findings"]
    assert len([line for line in said if line.startswith("003 ")]) == len(found)
    assert {"not_booked", "platform_amounts", "paid_otherwise"} <= {finding["kind"] for finding in found}
    by_hand = told.root / "by-hand"
    by_hand.mkdir()
    head = json.dumps(json.loads(told.accounts[0]) | {"rows": 1})
    (by_hand / "003.jsonl").write_text(f"{head}\n{SENTENCE}\n", encoding="utf-8")
    ended = made.forge.run(*reconcile, "--rows", str(by_hand))
    told.hear(ended, 3)
    assert "003.jsonl: line 2" in ended.errors[-1]
    (by_hand / "003.jsonl").unlink()


def _codes() -> dict[str, str]:
    """The payment codes and vouchers that the scripts of the visits show."""
    found: dict[str, str] = {}
    for name in VISITS:
        script = (config_dir() / "visits" / f"{name}.toml").read_text(encoding="utf-8")
        found |= {word: f"{name}'s code" for word in script.split('"') if word.isdecimal() and len(word) >= 16}
    return found


def test_no_log_no_answer_and_no_file_of_the_kiosk_names_anybody(home: Told, proved: Proved) -> None:
    files = [path for path in home.root.rglob("*") if path.is_file() and not set(path.parent.parts) & set(THEIRS)]
    texts = {"what the commands said": "\n".join(home.said).encode()} | {
        str(path.relative_to(home.root)): read(path) for path in files
    }
    assert {"backend.log", "sim.log", "kiosk/audit.jsonl"} <= set(texts)
    assert {Path(name).suffix for name in texts if name.startswith("reconcile/2")} == {
        ".json",
        ".jsonl",
        ".csv",
        ".pdf",
    }
    secrets = people() | _codes()
    assert len(secrets) > 100
    assert leaks(secrets, texts) == []
    proved("bytes of logs and files searched for people", sum(map(len, texts.values())))


def test_every_field_that_leaves_with_the_accounts_has_its_reason(home: Told) -> None:
    """A new field has to be thought about here before it travels."""
    _head, *rows = map(json.loads, home.accounts)
    assert len(rows) == len(VISITS)
    assert {name for row in rows for name in _names(row)} == set(LEAVES)


def _names(told: object) -> Iterator[str]:
    if isinstance(told, dict):
        for name, value in told.items():
            yield name
            yield from _names(value)
    elif isinstance(told, list):
        for one in told:
            yield from _names(one)


def test_the_search_finds_what_is_there(home: Told) -> None:
    """The far side's ledger does know them; a search that finds nothing there would find nothing anywhere."""
    ledger = (home.root / "backend" / "ledger.db").read_bytes()
    assert any(spelling in ledger for secret in people() for spelling in spellings(secret))
