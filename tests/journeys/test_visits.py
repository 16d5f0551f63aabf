"""Every scripted visit ends as its script names, over both adapters and both databases, equal to the ledger."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from kiosk.installed import config_dir
from settlement.reference.ledger.store import Ledger
from tests.support.backend import Backend
from tests.support.forking import Ended, Forge
from tests.support.house import ADAPTERS, OF_LEDGER, House, house
from tests.support.postgres import Databases
from tests.support.proofs import Proved

SETTLED = (
    "outpatient",
    "two-batches",
    "one-by-one",
    "chronic",
    "chronic-away",
    "zero-own-part",
    "family-account",
    "shown-code",
    "card-terminal",
    "guide-slip",
    "stay-by-day",
    *("inpatient-discharge", "inpatient-top-up", "day-surgery", "maternity", "discharge-away"),
    *("taken-back-from-phone", "handed-over-expired"),
)
NOTHING_SETTLED = (
    *("no-phone", "declined-after-upload", "back-to-doctor", "stay-in-bed"),
    *("inpatient-not-ready", "newborn-hold", "discharge-at-window"),
)
_PROVED = "scripted visits, by adapter and database"


@pytest.fixture
def own_database(kind: str, request: pytest.FixtureRequest) -> str:
    """An empty one; "" is SQLite in the house itself."""
    if kind == "sqlite":
        return ""
    databases: Databases = request.getfixturevalue("databases")
    return databases.fresh()


def _settled(answer: dict[str, Any]) -> list[dict[str, Any]]:
    return [batch for batch in answer["batches"] if batch["outcome"] == "settled"]


@pytest.mark.parametrize("name", SETTLED)
def test_each_bill_of_a_visit_equals_the_ledger(name: str, home: House, proved: Proved) -> None:
    ended = home.visit(name=name)
    assert ended.code == 0, (ended.lines, ended.errors[-3:])
    batches = _settled(ended.answer)
    assert batches
    for batch in batches:
        assert {key: batch["amounts"][key] for key in OF_LEDGER} == home.settled(batch["setl_id"])
        amounts = batch["amounts"]
        assert amounts["collected"] + amounts["deposits_used"] == amounts["psn_cash_pay"]
    audit = home.audit()
    assert (audit["violations"], audit["open"]) == ([], 0)
    proved(_PROVED, 1)


@pytest.mark.parametrize("name", ["outpatient", "inpatient-discharge"])
def test_of_every_item_it_is_known_how_the_insurance_treats_it(name: str, home: House) -> None:
    """Uploaded by the kiosk, by the front when it quotes, or by the hospital before: whoever did was told."""
    ended = home.visit(name=name)
    assert ended.code == 0, (ended.lines, ended.errors[-3:])
    [batch] = _settled(ended.answer)
    entry = home.entries()[batch["sid"]]
    assert entry.quote is not None
    lines = entry.plan.batch.under(entry.quote.terms).lines
    assert lines
    assert all(line.terms is not None and line.terms.whole == line.amount for line in lines)


def test_every_fen_of_a_stays_deposits_is_used_back_or_the_windows(home: House) -> None:
    ended = home.visit(name="inpatient-discharge")
    assert ended.code == 0, (ended.lines, ended.errors[-3:])
    amounts = ended.answer["amounts"]
    assert amounts["deposits_used"] + amounts["deposits_back"] + amounts["deposits_window"] == 450000
    assert (amounts["deposits_window"], amounts["collected"]) == (50000, 0)
    assert home.audit()["violations"] == []


def test_a_deposit_is_a_payment_of_its_own_that_the_stay_uses_later(home: House) -> None:
    before = home.audit()["settled"]
    ended = home.visit(name="deposit")
    assert ended.code == 0, (ended.lines, ended.errors[-3:])
    assert (ended.answer["amounts"]["collected"], ended.answer["amounts"]["psn_cash_pay"]) == (150000, None)
    assert (home.audit()["violations"], home.audit()["settled"]) == ([], before), "the platform hears of nothing"
    amounts = home.visit(name="inpatient-discharge").answer["amounts"]
    assert amounts["deposits_used"] + amounts["deposits_back"] + amounts["deposits_window"] == 450000 + 150000
    assert home.audit()["violations"] == []


def test_a_stay_is_registered_and_its_deposit_paid(home: House) -> None:
    ended = home.visit(name="inpatient-admit")
    assert ended.code == 0, (ended.lines, ended.errors[-3:])
    assert ended.answer["amounts"]["collected"] == 150000
    assert {"AdmissionOffered", "Admitted", "DepositOffered"} <= set(ended.answer["states"])
    assert home.audit()["violations"] == []


def test_a_son_settles_his_fathers_stay_and_both_are_written_down(home: House) -> None:
    ended = home.visit(name="discharge-by-son")
    assert ended.code == 0, (ended.lines, ended.errors[-3:])
    amounts = ended.answer["amounts"]
    assert amounts["deposits_used"] + amounts["deposits_back"] + amounts["deposits_window"] == 450000
    [batch] = _settled(ended.answer)
    assert {key: batch["amounts"][key] for key in OF_LEDGER} == home.settled(batch["setl_id"])
    person = home.entries()[batch["sid"]].plan.person
    assert person.agent is not None
    assert (person.certno.reveal(), person.agent.number.reveal()) == ("111111195104161153", "11111119800712117X")
    audit = (home.root / "kiosk" / "audit.jsonl").read_text(encoding="utf-8")
    assert "agent_named" in audit
    assert "11111119800712117X" not in audit
    assert home.audit()["violations"] == []


def test_a_paid_bill_is_printed_again_with_its_fiscal_receipt_that_was_pending(home: House) -> None:
    first = home.visit(name="receipt-pending")
    assert "正在开具" in home.readable(first)
    before = home.audit()
    ended = home.visit(name="reprint")
    assert ended.code == 0, (ended.lines, ended.errors[-3:])
    said = home.readable(ended)
    assert "补打" in said
    assert "正在开具" not in said
    after = home.audit()
    assert after["settled"] == before["settled"] + 1, "what is played before it, and nothing of its own"
    assert (after["violations"], after["open"]) == ([], 0)


@pytest.mark.parametrize("name", ["phone-printed-here", "reprint-by-agent"])
def test_what_another_till_was_paid_for_is_printed_here(name: str, home: House) -> None:
    ended = home.visit(name=name)
    assert ended.code == 0, (ended.lines, ended.errors[-3:])
    said = home.readable(ended)
    assert "补打" in said
    assert ended.answer["batches"] == []
    assert home.audit()["violations"] == []


def test_the_official_sheet_comes_with_the_papers_and_again_with_a_reprint(home: House) -> None:
    """As the far side makes it, to the byte, each time; "补打" is the slip's word and never the sheet's."""
    first = home.visit(name="official-statement")
    assert first.code == 0, (first.lines, first.errors[-3:])
    assert len(_settled(first.answer)) == 1
    [sheet] = _sheets(home, first)
    again = home.visit(name="official-again")
    assert again.code == 0, (again.lines, again.errors[-3:])
    [copy] = _sheets(home, again)
    assert sheet.startswith(b"%PDF-")
    assert copy.startswith(b"%PDF-")
    said = home.readable(again)
    assert "补打" in said
    assert "医保结算单也是补打" in said.replace("\n", "")
    assert (home.audit()["violations"], home.audit()["open"]) == ([], 0)


def test_the_sheet_of_somebody_insured_elsewhere_comes_as_a_file(adapter: str, home: House) -> None:
    """5270 names a file, 9102 fetches it; with the HIS in between that is the HIS's matter."""
    if adapter == "his":
        pytest.skip("what the platform answers, the HIS hands on")
    ended = home.visit(name="official-away")
    assert ended.code == 0, (ended.lines, ended.errors[-3:])
    [sheet] = _sheets(home, ended)
    assert sheet.startswith(b"%PDF-")
    assert len(_settled(ended.answer)) == 1


def test_a_sheet_that_cannot_be_had_is_a_sentence_and_no_failure(forge: Forge, tmp_path: Path) -> None:
    with house(tmp_path, forge, "5260@1:torn-sheet") as home:
        ended = home.visit(name="official-statement")
        assert ended.code == 0, (ended.lines, ended.errors[-3:])
        assert (_sheets(home, ended), ended.answer["outcome"], ended.answer["fault"]) == ([], "settled", None)
        assert (home.audit()["violations"], home.audit()["open"]) == ([], 0)


def _sheets(home: House, ended: Ended) -> list[bytes]:
    return [(home.root / path).read_bytes() for path in ended.answer["paper"] if path.endswith("-official.pdf")]


_CUTS = {
    "refund-power-cut": ("hospital.refunded@1:delay=3000", "direct"),
    "discharge-power-cut": ("2304@1:delay=3000;his.settle@1:delay=3000", "his"),
}
"""How slow the far side is where the power fails, and the adapter that is enough outside of the long run."""


@pytest.mark.parametrize("name", _CUTS)
def test_what_a_power_cut_interrupts_is_taken_up_by_the_next_start(
    name: str, adapter: str, home: House, *, long_run: bool
) -> None:
    if adapter != _CUTS[name][1] and not long_run:
        pytest.skip("who settled makes no difference to who takes it up")
    before, backend = home.audit(), Backend(home.url, home.root, home.database)
    backend.misbehave(_CUTS[name][0])
    ended = home.visit(name=name)
    backend.misbehave("")
    assert ended.code == 0, (ended.lines, ended.errors[-3:])
    amounts, after = ended.answer["amounts"], home.audit()
    assert (amounts["deposits_back"] > 0) == (name == "refund-power-cut"), "a stay's deposits are not touched"
    assert (after["settled"], after["booked"], after["open"]) == (before["settled"], before["booked"], 0)
    assert after["reversed"] == before["reversed"] + 1
    assert after["violations"] == []


def _one_bill(amounts: dict[str, int]) -> bool:
    """psn_cash_pay = collected + deposit used + insurer + deferred, to the fen, whatever became of the insurer."""
    parts = ("collected", "deposits_used", "insurer", "insurer_open", "insurer_refused", "deferred")
    return sum(amounts[part] for part in parts) == amounts["psn_cash_pay"]


def test_one_bill_has_a_number_for_every_payer(home: House) -> None:
    ended = home.visit(name="one-bill")
    assert ended.code == 0, (ended.lines, ended.errors[-3:])
    [batch] = _settled(ended.answer)
    amounts = batch["amounts"]
    assert {key: amounts[key] for key in OF_LEDGER} == home.settled(batch["setl_id"])
    assert _one_bill(amounts)
    assert (amounts["deferred"], amounts["insurer"] > 0, amounts["collected"] > 0) == (10000, True, True)
    audit = home.audit()
    assert (audit["violations"], audit["open"]) == ([], 0)
    log = (home.root / "kiosk" / "audit.jsonl").read_text(encoding="utf-8")
    assert "insurer_consented" in log
    assert "模拟惠民保" not in log


def test_what_waits_of_a_discharge_is_owed_and_deposit_and_payment_meet_the_rest(home: House) -> None:
    ended = home.visit(name="discharge-deferred")
    assert ended.code == 0, (ended.lines, ended.errors[-3:])
    [batch] = _settled(ended.answer)
    amounts = batch["amounts"]
    assert {key: amounts[key] for key in OF_LEDGER} == home.settled(batch["setl_id"])
    assert _one_bill(amounts)
    assert (amounts["deposits_used"], amounts["deferred"], amounts["collected"] > 0) == (10000, 12000, True)
    assert "DepositOffered" not in ended.answer["states"]
    said = home.readable(ended).replace("\n", "")
    assert "出院后三个月内付清" in said
    audit = home.audit()
    assert (audit["violations"], audit["open"]) == ([], 0)


@pytest.mark.parametrize(("name", "topped_up"), [("insurer-refuses", True), ("insurer-claim-slip", False)])
def test_what_an_insurer_refuses_is_the_patients_to_decide_about(
    name: str, topped_up: bool, adapter: str, home: House
) -> None:
    if adapter == "his" and not topped_up:
        pytest.skip("who settled makes no difference to a slip")
    ended = home.visit(name=name)
    assert ended.code == 0, (ended.lines, ended.errors[-3:])
    batch, *later = _settled(ended.answer)
    amounts = batch["amounts"]
    assert {key: amounts[key] for key in OF_LEDGER} == home.settled(batch["setl_id"])
    assert _one_bill(amounts)
    assert (amounts["insurer"], amounts["insurer_refused"] > 0) == (0, True)
    assert [one["amounts"]["collected"] for one in later] == [amounts["insurer_refused"]] * topped_up
    audit = home.audit()
    assert (audit["violations"], audit["open"]) == ([], 0)


def test_an_insurer_that_does_not_answer_has_neither_paid_nor_refused(
    own_database: str, forge: Forge, tmp_path: Path
) -> None:
    """Its patient leaves with receipt and slip; the same claim is asked about until it says yes."""
    with house(tmp_path, forge, "insurer.settle@1-3:lose-reply", database=own_database) as home:
        ended = home.visit(name="insurer-silent")
        assert ended.code == 0, (ended.lines, ended.errors[-3:])
        [batch] = _settled(ended.answer)
        assert _one_bill(batch["amounts"])
        assert home.recover().code == 0
        audit = home.audit()
        assert (audit["settled"], audit["violations"], audit["open"]) == (1, [], 0)


def test_a_bill_begun_on_a_phone_is_finished_here_and_settled_once(home: House) -> None:
    before = home.audit()
    ended = home.visit(name="phone-finished-here")
    assert ended.code == 0, (ended.lines, ended.errors[-3:])
    [batch] = _settled(ended.answer)
    assert {key: batch["amounts"][key] for key in OF_LEDGER} == home.settled(batch["setl_id"])
    assert batch["amounts"]["collected"] == batch["amounts"]["psn_cash_pay"] > 0
    assert home.entries()[batch["sid"]].settle_msgid == "", "the phone's order settled it, and nothing here"
    audit = home.audit()
    assert (audit["settled"], audit["booked"]) == (before["settled"] + 1, before["booked"] + 1)
    assert (audit["violations"], audit["open"]) == ([], 0)


def _last_booked(home: House) -> dict[str, int]:
    """The newest booking and what was collected for it, as the hospital knows them."""
    newest = "SELECT book_no, setl_id, cash FROM bookings ORDER BY booked_at DESC, book_no DESC LIMIT 1"
    paid = "SELECT COALESCE(SUM(amount), 0) FROM booked_parts WHERE book_no = :book_no"
    with closing(Ledger(home.database)) as ledger, ledger.look() as session:
        row = session.execute(text(newest)).one()
        collected = session.execute(text(paid), {"book_no": row.book_no}).scalar_one()
    return home.settled(row.setl_id) | {"collected": int(collected), "booked_cash": row.cash}


@pytest.mark.parametrize("name", ["begun-here-finished-on-phone", "finished-while-here"])
def test_a_bill_begun_here_is_finished_on_the_phone_and_nothing_is_taken_here(name: str, home: House) -> None:
    """Whoever still stands here when the phone has paid has the receipt at once, and it is no copy."""
    before = home.audit()
    ended = home.visit(name=name)
    assert ended.code == 0, (ended.lines, ended.errors[-3:])
    assert (ended.answer["amounts"]["collected"], ended.answer["amounts"]["psn_cash_pay"]) == (0, None)
    said = home.readable(ended)
    assert "自助机没有扣钱" in said
    assert ("医保结算凭条" in said, "补打" in said) == (name == "finished-while-here", False)
    told = _last_booked(home)
    assert told["collected"] == told["booked_cash"] == (fen := told["psn_cash_pay"]) > 0
    assert (f"{fen // 100}.{fen % 100:02d} 元" in said) == (name == "finished-while-here")
    after = home.audit()
    assert (after["settled"], after["booked"]) == (before["settled"] + 1, before["booked"] + 1)
    assert (after["violations"], after["open"]) == ([], 0)
    proved_sid = ended.answer["batches"][0]["sid"]
    assert home.entries()[proved_sid].handed is not None


def test_whoever_pays_on_the_phone_and_here_at_once_pays_once(home: House) -> None:
    before = home.audit()
    ended = home.visit(name="phone-and-kiosk-at-once")
    assert ended.code == 0, (ended.lines, ended.errors[-3:])
    assert ended.answer["amounts"]["collected"] == 0
    assert "补打" in home.readable(ended), "what the phone paid is printed here"
    after = home.audit()
    assert (after["settled"], after["booked"]) == (before["settled"] + 1, before["booked"] + 1)
    assert (after["violations"], after["open"]) == ([], 0)


def test_two_bills_are_two_settlements_and_one_payment(home: House) -> None:
    ended = home.visit(name="two-batches")
    batches = _settled(ended.answer)
    assert [batch["med_type"] for batch in batches] == ["11", "14"]
    orders = {entry.order.key for entry in home.entries().values() if entry.order and entry.sid in _sids(batches)}
    assert len(orders) == 1
    assert ended.answer["states"].count("Collecting") == 1


def _unfiled(home: House) -> None:
    """The ledger is shared by the adapters: what the other one's visit filed would be in force."""
    with create_engine(home.database, poolclass=NullPool).begin() as book:
        book.execute(text("DELETE FROM care_elsewhere WHERE NOT from_file"))


def test_care_filed_on_the_way_is_quoted_again_and_the_first_quote_undone(home: House) -> None:
    _unfiled(home)
    ended = home.visit(name="away-in-payment")
    assert ended.code == 0, (ended.lines, ended.errors[-3:])
    states = ended.answer["states"]
    assert states.count("Explaining") == 2
    assert states.index("Concluding") > states.index("Explaining")
    assert [batch["outcome"] for batch in ended.answer["batches"]] == ["cancelled", "settled"]
    (settled,) = _settled(ended.answer)
    assert {key: settled["amounts"][key] for key in OF_LEDGER} == home.settled(settled["setl_id"])
    assert settled["amounts"]["fund_pay_sumamt"] == 3775  # 3194 without the filing
    audit = home.audit()
    assert (audit["violations"], audit["open"]) == ([], 0)


def _sids(batches: list[dict[str, Any]]) -> set[str]:
    return {batch["sid"] for batch in batches}


@pytest.mark.parametrize("name", NOTHING_SETTLED)
def test_what_is_not_settled_leaves_nothing_behind(name: str, home: House, proved: Proved) -> None:
    before = home.audit()
    ended = home.visit(name=name)
    assert ended.code == 0, (ended.lines, ended.errors[-3:])
    assert home.audit() == before
    assert ended.answer["amounts"]["collected"] in {0, None}
    proved(_PROVED, 1)


def test_who_lies_in_hospital_is_told_before_anything_is_held(adapter: str, home: House) -> None:
    if adapter == "his":
        pytest.skip("the hospital's own front knows who lies in its beds; nobody else is asked")
    ended = home.visit(name="in-hospital")
    assert ended.code == 0, (ended.lines, ended.errors[-3:])
    assert "ChoosingBill" not in ended.answer["states"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [("work-injury", "B14"), ("third-party", "B15"), ("retired-cadre", "B16")],
    ids=lambda part: part,
)
def test_what_staff_settle_is_told_with_its_reason_before_anything_is_held(
    name: str, reason: str, home: House, proved: Proved
) -> None:
    before = home.audit()
    ended = home.visit(name=name)
    assert ended.code == 0, (ended.lines, ended.errors[-3:])
    assert (ended.answer["fault"], ended.answer["states"][-3:]) == (reason, ["ChoosingBill", "Failed", "Farewell"])
    assert home.audit() == before
    proved(_PROVED, 1)


def test_a_stay_whose_settlement_is_lost_is_reversed_and_its_deposits_stay(forge: Forge, tmp_path: Path) -> None:
    with house(tmp_path, forge, "2304@1:lose-reply") as home:
        ended = home.visit(name="inpatient-lost-settlement")
        assert ended.code == 0, (ended.lines, ended.errors[-3:])
        audit = home.audit()
        assert (audit["settled"], audit["reversed"], audit["refunded"], audit["violations"]) == (0, 1, 0, [])


def test_a_hospital_that_refuses_to_book_has_its_settlement_cancelled_and_the_money_returned(
    adapter: str, own_database: str, forge: Forge, tmp_path: Path, proved: Proved
) -> None:
    refusing = "hospital.book@1:refuse=医生已作废该处方"
    with house(tmp_path, forge, refusing, ADAPTERS[adapter], database=own_database) as home:
        ended = home.visit(name="his-refuses-booking")
        assert ended.code == 0, (ended.lines, ended.errors[-3:])
        assert ended.answer["amounts"]["collected"] == ended.answer["amounts"]["refunded"] > 0
        audit = home.audit()
        assert (audit["settled"], audit["reversed"], audit["refunded"], audit["violations"]) == (0, 1, 1, [])
    proved(_PROVED, 1)


@pytest.mark.parametrize("person", ["hanmei", "hanbing"])
def test_what_deposits_leave_over_goes_back_once_the_insurer_has_answered(
    person: str, adapter: str, home: House, tmp_path: Path
) -> None:
    """One pays, one refuses. The last of this file: who was in hospital today pays for no outpatient visit after it."""
    if adapter == "his" and person == "hanmei":
        pytest.skip("who settled makes no difference to what an insurer pays")
    script, shipped = tmp_path / "visit.toml", config_dir() / "visits" / "discharge-insurer-surplus.toml"
    script.write_text(shipped.read_text(encoding="utf-8").replace("hanmei", person), encoding="utf-8")
    ended = home.visit(name=str(script))
    assert ended.code == 0, (ended.lines, ended.errors[-3:])
    [batch] = _settled(ended.answer)
    amounts = batch["amounts"]
    assert _one_bill(amounts)
    assert ((amounts["insurer"] > 0), amounts["insurer_refused"], amounts["insurer_open"]) == (person == "hanmei", 0, 0)
    assert amounts["deposits_used"] + amounts["deposits_back"] + amounts["deposits_window"] == 450000
    audit = home.audit()
    assert (audit["violations"], audit["open"]) == ([], 0)
