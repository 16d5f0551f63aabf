"""The institution's day is closed by a command of its own: what all four parties say agrees, and what was tampered with
at any one of them is named with the settlement it is about.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from kiosk.ports.clock import BEIJING
from kiosk.settings import settings_file
from settlement.reference.ledger.store import Ledger
from tests.support.forking import Ended, Forge
from tests.support.house import House, house

VISITS = (
    "outpatient",
    "two-batches",
    "zero-own-part",
    "declined-after-upload",
    "chronic-away",
    "card-terminal",
    "deposit",
    "one-bill",
    "phone-finished-here",
)
IN_PART = "pay.notice@1:part"
"""A phone pays a part of an order; the kiosk gives it back."""
_FEN_MORE = "UPDATE bookings SET fund = fund + 1 WHERE setl_id = :setl_id"


pytestmark = pytest.mark.xdist_group("reconcile")
"""One process: what all of them look at is played once."""


@pytest.fixture(scope="module")
def home(forge: Forge, module_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("reconcile"), forge, IN_PART, database=module_database) as made:
        for name in VISITS:
            ended = made.visit(name=name)
            assert ended.code == 0, (ended.lines, ended.errors[-3:])
        given_back = made.visit(name="quick-shown").answer
        assert given_back["amounts"]["refunded"] == given_back["amounts"]["collected"] > 0
        yield made


def today() -> str:
    return datetime.now(UTC).astimezone(BEIJING).date().isoformat()


def reconcile(home: House, *more: str) -> Ended:
    given = ["--day", today(), "--json", "--backend", home.url, "--workdir", str(home.root)]
    return home.forge.run("reconcile", *given, *more)


def tamper(home: House, statement: str, **values: object) -> None:
    with closing(Ledger(home.database)) as ledger, ledger.transact() as session:
        session.execute(text(statement), values)


def settled(home: House) -> list[Any]:
    return [entry for entry in home.entries().values() if entry.settlement is not None and entry.order is not None]


def test_a_day_of_visits_closes(home: House) -> None:
    ended = reconcile(home, "--in-detail")
    told = ended.answer
    assert (ended.code, told["balanced"], told["findings"]) == (0, True, []), ended.errors[-3:]
    sides = told["four_ways"]
    assert sides["kiosk"]["count"] == sides["hospital"]["count"] == sides["platform"]["count"] == 8
    assert sides["kiosk"]["received"] == sides["hospital"]["received"] > sides["payment"]["received"] > 0
    assert sides["kiosk"]["received"] == sides["payment"]["received"] + told["acquirers"]
    cards = next(line for line in told["cashiers"] if line["channel"] == "unionpay")
    assert (cards["at_payment"], cards["at_hospital"], cards["difference"]) == (None, cards["net"], 0)
    assert told["away"] == 1  # cleared by the other province, and in no total that was posted
    assert sum(group["count"] for group in told["platform"]["groups"]) == 7


def test_finance_gets_a_table_and_a_sheet(home: House) -> None:
    told = reconcile(home).answer
    folder = home.root / "reconcile"
    with (folder / f"{today()}.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["终端"] for row in rows] == [line["terminal"] for line in told["cashiers"]]
    assert {row["差额"] for row in rows} == {"0.00"}
    assert (folder / f"{today()}.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("statement", "undo", "kinds"),
    [
        (
            _FEN_MORE,
            "UPDATE bookings SET fund = fund - 1 WHERE setl_id = :setl_id",
            {"hospital_amounts", "platform_amounts"},
        ),
        (
            "UPDATE settlements SET fund = fund + 1 WHERE setl_id = :setl_id",
            "UPDATE settlements SET fund = fund - 1 WHERE setl_id = :setl_id",
            {"platform_amounts"},
        ),
        (
            "UPDATE settlements SET state = 'cancelled' WHERE setl_id = :setl_id",
            "UPDATE settlements SET state = 'standing' WHERE setl_id = :setl_id",
            {"platform_missing"},
        ),
        (
            "UPDATE bookings SET setl_id = setl_id || 'x' WHERE setl_id = :setl_id",
            "UPDATE bookings SET setl_id = :setl_id WHERE setl_id = :setl_id || 'x'",
            {"not_booked"},
        ),
        (
            "UPDATE pay_orders SET amount = amount + 1 WHERE order_no = :order_no",
            "UPDATE pay_orders SET amount = amount - 1 WHERE order_no = :order_no",
            {"paid_otherwise"},
        ),
    ],
    ids=["hospital's amount", "platform's amount", "platform cancelled", "booking lost", "payment's amount"],
)
def test_what_one_party_changed_is_named_with_its_settlement(
    home: House, statement: str, undo: str, kinds: set[str]
) -> None:
    entry = next(entry for entry in settled(home) if entry.order.whole == entry.order.amount)
    keys = {"setl_id": entry.settlement.setl_id, "order_no": entry.order.key}
    wanted = {name: value for name, value in keys.items() if f":{name}" in statement}
    tamper(home, statement, **wanted)
    try:
        ended = reconcile(home)
    finally:
        tamper(home, undo, **wanted)
    told = ended.answer
    assert ended.code == 1
    assert {(finding["kind"], finding["sid"]) for finding in told["findings"]} == {(one, entry.sid) for one in kinds}
    assert all(finding["act"]["zh"] and finding["act"]["en"] for finding in told["findings"])


@pytest.mark.parametrize(
    ("statement", "undo", "named"),
    [
        (
            "UPDATE promises SET amount = amount + 1 WHERE book_no = :book_no AND claim_key != ''",
            "UPDATE promises SET amount = amount - 1 WHERE book_no = :book_no AND claim_key != ''",
            "promised_otherwise",
        ),
        (
            "UPDATE settlements SET state = 'cancelled' WHERE setl_id = :setl_id AND opter = 'MOBILE'",
            "UPDATE settlements SET state = 'standing' WHERE setl_id = :setl_id AND opter = 'MOBILE'",
            "phone_taken_back",
        ),
    ],
    ids=["insurer's part", "phone's settlement"],
)
def test_what_others_pay_and_what_a_phone_began_are_named_as_such(
    home: House, statement: str, undo: str, named: str
) -> None:
    wanted = {"promised_otherwise": lambda entry: entry.cover.insurer, "phone_taken_back": _by_phone}[named]
    entry = next(entry for entry in settled(home) if wanted(entry))
    keys = {"setl_id": entry.settlement.setl_id, "book_no": entry.booking.book_no}
    given = {name: value for name, value in keys.items() if f":{name}" in statement}
    tamper(home, statement, **given)
    try:
        ended = reconcile(home)
    finally:
        tamper(home, undo, **given)
    assert ended.code == 1
    assert [(one["kind"], one["sid"]) for one in ended.answer["findings"]] == [(named, entry.sid)]


def _by_phone(entry: Any) -> bool:
    return entry.plan.batch.ordered is not None


def test_a_kiosk_that_gave_no_accounts_is_missed(home: House, tmp_path: Path) -> None:
    """Its settlements would pass for a window's, and the day for closed."""
    config = tmp_path / "kiosk.toml"
    config.write_text(settings_file(None).read_text(encoding="utf-8") + "\n[reconcile]\nkiosks = [17]\n", "utf-8")
    ended = reconcile(home, "--config", str(config))
    assert (ended.code, ended.answer["missing"]) == (1, ["017"])


def test_the_machine_that_closes_the_day_has_a_number_of_its_own(home: House, tmp_path: Path) -> None:
    config = tmp_path / "kiosk.toml"
    config.write_text(settings_file(None).read_text(encoding="utf-8") + "\n[reconcile]\nkiosks = [3]\n", "utf-8")
    assert reconcile(home, "--config", str(config)).code == 3


def test_accounts_of_a_kiosk_travel_as_a_file(home: House, tmp_path: Path) -> None:
    """Copied in part they are missed, and the file is named."""
    exported = home.forge.run("journal", "export", "--day", today(), "--workdir", str(home.root))
    assert exported.code == 0
    lines = exported.lines
    assert len(lines) == 1 + json.loads(lines[0])["rows"]
    assert not any(name in "".join(lines) for name in ("张三", "111111198101011110"))
    (tmp_path / "003.jsonl").write_text("\n".join(lines[:-1]), encoding="utf-8")
    ended = reconcile(home, "--rows", str(tmp_path))
    assert ended.code == 3
    assert "003.jsonl" in "".join(ended.errors)
