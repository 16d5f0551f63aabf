"""The institution's day is closed by a command of its own: what all four parties say agrees, and what was tampered with
at any one of them is named with the settlement it is about.
"""

from __future__ import annotations

import csv
import fcntl
import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text

from kiosk.domain.stay import Back
from kiosk.domain.visit import Redress
from kiosk.installed import config_dir
from kiosk.ports.clock import BEIJING
from kiosk.saga.entry import Entry, Mark
from kiosk.saga.facts import ActKind
from kiosk.settings import settings_file
from settlement.reference.ledger.dealings import PayOrder, Settlement
from settlement.reference.ledger.files import StoredFile
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
    "begun-here-finished-on-phone",
    "inpatient-discharge",
    "refund-partial",
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
        for script in _paid_and_taken_back_here(made.root):
            assert made.visit(name=script).code == 0
        given_back = made.visit(name="quick-shown").answer
        assert given_back["amounts"]["refunded"] == given_back["amounts"]["collected"] > 0
        yield made


def _paid_and_taken_back_here(folder: Path) -> Iterator[str]:
    """Scripts: a bill is paid at the kiosk, and on the same day a part of it is taken back there."""
    visits = config_dir() / "visits"
    paid = (visits / "quick.toml").read_text(encoding="utf-8").replace('bill = "ct"', 'bill = "cold-part-back"')
    back = (visits / "refund-partial.toml").read_text(encoding="utf-8").splitlines(keepends=True)
    for name, script in (
        ("paid-here", paid),
        ("back-here", "".join(line for line in back if not line.startswith(("bill", "paid_at")))),
    ):
        file = folder / f"{name}.toml"
        file.write_text(script, encoding="utf-8")
        yield str(file)


def today() -> str:
    return _today().isoformat()


def _today() -> date:
    return datetime.now(UTC).astimezone(BEIJING).date()


def reconcile(home: House, *more: str, day: date | None = None) -> Ended:
    given = ["--day", day.isoformat() if day else today(), "--json", "--backend", home.url, "--workdir", str(home.root)]
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
    assert sides["kiosk"]["count"] == sides["hospital"]["count"] == sides["platform"]["count"] == 11
    assert sides["kiosk"]["received"] == sides["hospital"]["received"] != sides["payment"]["received"]
    assert sides["kiosk"]["received"] == sides["payment"]["received"] + told["acquirers"]
    cards = next(line for line in told["cashiers"] if line["channel"] == "unionpay")
    assert (cards["at_payment"], cards["at_hospital"], cards["difference"]) == (None, cards["net"], 0)
    [handed] = told["handed_over"]
    assert (handed["state"], told["handed"]) == ("paid", {"count": 1, "paid": 1})
    assert told["others"]["handed"] == 1
    assert home.entries()[handed["sid"]].handed is not None
    assert told["away"] == 1  # cleared by the other province, and in no total that was posted
    assert sum(group["count"] for group in told["platform"]["groups"]) == 11, "the phone's is the institution's too"
    assert sides["kiosk"]["insurer"] == sides["hospital"]["insurer"] == sides["insurer"]["insurer"] > 0
    assert sides["kiosk"]["deferred"] == sides["hospital"]["deferred"] > 0
    back = [one for entry in home.entries().values() for one in entry.returns if one.back is Back.RETURNED]
    refunded = sum(one.amount.fen for one in back) + sum(entry.collected.fen for entry in _refunded(home))
    assert sum(line["refunded"] for line in told["cashiers"]) == refunded > 0


def _refunded(home: House) -> list[Entry]:
    """Whose own order went back."""
    return [entry for entry in home.entries().values() if entry.mark(ActKind.REFUND) is Mark.DONE]


def test_finance_gets_a_table_and_a_sheet(home: House) -> None:
    told = reconcile(home).answer
    folder = home.root / "reconcile"
    with (folder / f"{today()}.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["终端"] for row in rows] == [line["terminal"] for line in told["cashiers"]]
    assert {row["差额"] for row in rows} == {"0.00"}
    paid = {name: sum(Decimal(row[name]) for row in rows) for name in ("由收款", "由预交金", "由保险公司", "由缓缴")}
    assert sum(Decimal(row["个人现金"]) for row in rows) == sum(paid.values())
    assert all(paid.values()), "each of them pays something"
    assert (folder / f"{today()}.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("statement", "undo", "kinds"),
    [
        (
            _FEN_MORE,
            "UPDATE bookings SET fund = fund - 1 WHERE setl_id = :setl_id",
            {"hospital_amounts"},
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


def test_a_bill_that_kiosk_and_phone_settled_is_named_with_both_settlements(home: House) -> None:
    """As though the bill that was handed to a phone were the one that a kiosk settled."""
    entry = next(one for one in settled(home) if not _by_phone(one) and not one.plan.batch.stay)
    handed = next(one for one in home.entries().values() if one.handed is not None)
    keys = {"batch_no": entry.plan.batch.batch_no, "hand_key": handed.hand_key}
    before = _change(home, "handings", "batch_no", keys["batch_no"], "hand_key = :hand_key", keys)
    for table in ("holds", "bookings"):
        _change(home, table, "batch_no", keys["batch_no"], "hold_key = :hand_key", keys)
    try:
        ended = reconcile(home)
    finally:
        _change(home, "handings", "batch_no", before, "hand_key = :hand_key", keys)
        for table in ("holds", "bookings"):
            _change(home, table, "batch_no", before, "hold_key = :hand_key", keys)
    [finding] = ended.answer["findings"]
    assert (ended.code, finding["kind"], finding["sid"]) == (1, "settled_twice", entry.sid)
    assert finding["setl_id"] not in {"", entry.settlement.setl_id}


def _by_phone(entry: Any) -> bool:
    return entry.plan.batch.ordered is not None


def refunds(home: House) -> list[tuple[Entry, Redress]]:
    """Bills that were taken back here: first that of the app, then our own."""
    entries = [(one, one.plan.batch.redress) for one in home.entries().values()]
    return sorted(((one, redress) for one, redress in entries if redress), key=lambda pair: pair[0].opened.wall)


_SPOILT = (
    ("pay_refunds", "state", "refused", "refund_order = :back", "not_given_back"),
    ("stay_deposits", "back", "window", "refund_order = :surplus", "return_otherwise"),
    ("settlements", "state", "standing", "setl_id = :old_of_app", "refund_still_settled"),
    ("promises", "state", "open", "claim_key = :claim AND claim_key != ''", "claim_not_noted"),
)
"""Table, column, what stands there instead, where, and how that is named."""


def test_what_is_wrong_with_money_that_went_back_and_with_claims_is_named(home: House) -> None:
    """All at once: each is told once, with the settlement that it is about."""
    (of_app, redress), (here, _) = refunds(home)
    stay = next(entry for entry in home.entries().values() if entry.plan.batch.stay is not None and entry.returns)
    insured = next(entry for entry in home.entries().values() if entry.claim is not None)
    keys = {
        "back": here.returns[0].key,
        "surplus": next(one.key for one in stay.returns if one.deposit.order),
        "old_of_app": redress.setl_id,
        "claim": insured.claim_key,
    }
    before = [_change(home, *row[:4], keys) for row in _SPOILT]
    try:
        ended = reconcile(home)
    finally:
        for row, value in zip(_SPOILT, before, strict=True):
            _change(home, *row[:2], value, row[3], keys)
    named = {(one["kind"], one["sid"]) for one in ended.answer["findings"]}
    owners = (here.sid, stay.sid, of_app.sid, insured.sid)
    assert named == {(row[4], sid) for row, sid in zip(_SPOILT, owners, strict=True)}
    assert len(ended.answer["findings"]) == len(_SPOILT)


def _change(home: House, table: str, column: str, value: str, where: str, keys: dict[str, str]) -> str:
    """What stood there."""
    given = {name: key for name, key in keys.items() if f":{name}" in where}
    with closing(Ledger(home.database)) as ledger, ledger.transact() as session:
        before = session.execute(text(f"SELECT {column} FROM {table} WHERE {where}"), given).scalar_one()
        session.execute(text(f"UPDATE {table} SET {column} = :value WHERE {where}"), given | {"value": value})
    return str(before)


def test_a_bill_of_yesterday_that_was_taken_back_today_closes_both_days(home: House) -> None:
    """The platform has the old settlement on its own day: that one is closed again, and knows who undid it."""
    refund, redress = refunds(home)[0]
    keys = {"old": redress.setl_id, "order_no": redress.payments[0].order}
    yesterday = _today() - timedelta(days=1)
    was = _move(home, keys, yesterday)
    try:
        told = reconcile(home)
        again = reconcile(home, day=yesterday)
        _change(home, "settlements", "state", "standing", "setl_id = :old", keys)
        undone = reconcile(home, day=yesterday)
    finally:
        _change(home, "settlements", "state", "cancelled", "setl_id = :old", keys)
        _move(home, keys, *was)
    assert (told.code, told.answer["close_again"]) == (0, [yesterday.isoformat()])
    assert (again.code, again.answer["findings"], again.answer["close_again"]) == (0, [], [])
    assert [(one["kind"], one["sid"]) for one in undone.answer["findings"]] == [("refund_still_settled", refund.sid)]


def _move(home: House, keys: dict[str, str], settled: date | datetime, paid: date | datetime | None = None) -> Any:
    """The old settlement and its payment to another day; returns when they were."""
    moments = {"settled": _noon(settled), "paid": _noon(paid or settled)}
    with closing(Ledger(home.database)) as ledger, ledger.transact() as session:
        old, order = session.get(Settlement, keys["old"]), session.get(PayOrder, keys["order_no"])
        assert old is not None
        assert order is not None
        before = (old.settled_at, order.paid_at)
        old.settled_at, order.paid_at = moments["settled"], moments["paid"]
    return before


def _noon(day: date | datetime) -> datetime:
    return day if isinstance(day, datetime) else datetime(day.year, day.month, day.day, 12, tzinfo=BEIJING)


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


def test_a_day_of_nobody_is_not_closed(home: House, tmp_path: Path) -> None:
    """A folder that was misspelt, or an empty one, would pass for a day on which all agree."""
    shutil.copytree(home.root / "backend", tmp_path / "backend", ignore=shutil.ignore_patterns("*.db*"))
    for folder, why in ((tmp_path / "rwos", "no such folder"), (tmp_path, "nothing of any kiosk")):
        ended = reconcile(home, "--rows", str(folder), "--workdir", str(tmp_path))
        assert ended.code == 3
        assert why in ended.errors[-1]
    assert not list((tmp_path / "reconcile").glob("*.pdf"))


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


def test_however_often_a_day_is_closed_the_list_is_uploaded_once(home: House) -> None:
    first = reconcile(home, "--in-detail")
    uploaded = _lists(home)
    second = reconcile(home, "--in-detail")
    assert (first.code, second.code) == (0, 0)
    assert _lists(home) == uploaded > 0


def _lists(home: House) -> int:
    """Lists of ours that the platform holds for today; its own answers are called otherwise."""
    ours = select(func.count()).where(StoredFile.filename.like(f"{_today():%Y%m%d}-%"))
    with closing(Ledger(home.database)) as ledger, ledger.look() as session:
        return session.scalar(ours) or 0


def test_two_do_not_close_a_day_at_once(home: House) -> None:
    with (home.root / "reconcile" / "lock").open("a", encoding="ascii") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        ended = reconcile(home)
    assert ended.code == 3
    assert "another `kiosk reconcile`" in "".join(ended.errors)
