"""The HIS's front keeps the contract of docs/his-interface.md, whatever is lost, repeated or out of order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any

import pytest
from sqlalchemy import delete, inspect, select, update

from settlement.reference.audit import audit
from settlement.reference.counter import Counter
from settlement.reference.front.errand import House as His
from settlement.reference.front.operator import OPERATOR, Operator
from settlement.reference.front.window import Window
from settlement.reference.hospital import counter
from settlement.reference.ledger.attempts import Attempt, AttemptState
from settlement.reference.ledger.dealings import FeeRow, MessageLog, Settlement, SettlementState, SignIn, Visit
from settlement.reference.ledger.parties import Insurance
from settlement.reference.ledger.store import Ledger
from settlement.reference.people import PersonFile, World
from settlement.reference.platform.call import Manners
from settlement.reference.platform.desk import Desk
from settlement.wire import codec, his, hospital
from settlement.wire.demo import DEMO_BILL
from tests.settlement.reference.house import StandingClock, home_area

TERMINAL = "007"
AGREED = (
    "fulamt_ownpay_amt",
    "overlmt_selfpay",
    "preselfpay_amt",
    "inscp_scp_amt",
    "fund_pay_sumamt",
    "acct_pay",
    "psn_cash_pay",
)


class Lost(Exception):
    """The HIS itself was cut off."""


@dataclass(frozen=True)
class FragileDesk(Desk):
    """Loses the answer to one transaction after it was carried out, or the transaction before; then it is whole."""

    cut: list[tuple[str, str]] = field(default_factory=list)

    def answer(self, body: bytes) -> bytes:
        infno = codec.decode(body)["infno"]
        if ("before", infno) in self.cut:
            self.cut.remove(("before", infno))
            raise Lost
        answer = super().answer(body)
        if ("after", infno) in self.cut:
            self.cut.remove(("after", infno))
            raise Lost
        return answer


@dataclass
class Till:
    """What a kiosk and its hospital say to each other."""

    window: Window
    counter: Counter
    ledger: Ledger
    world: World
    cut: list[tuple[str, str]]
    numbers: int = 0

    def key(self) -> str:
        self.numbers += 1
        return f"his.H00000000001{self.numbers:018d}"

    def ask(self, name: str, key: str | None = None, **said: Any) -> dict[str, Any]:
        key = key or self.key()
        head = {
            "key": key,
            "fixmedins_code": "H00000000001",
            "terminal": TERMINAL,
            "terminal_name": "自助机",
            "cashier": "ZZ07",
            "sent_at": "2026-07-01 09:30:00",
        }
        answer = self.window.answer(his.PATHS[name], codec.encode(head | said, "string"))
        assert answer.status is HTTPStatus.OK, answer
        told = codec.decode(answer.body)
        assert told["key"] == key
        return told

    def told(self, name: str, key: str | None = None, **said: Any) -> dict[str, Any]:
        told: dict[str, Any] = self.ask(name, key, **said)["answer"]
        return told

    def refused(self, name: str, key: str | None = None, **said: Any) -> tuple[str, str]:
        told = self.ask(name, key, **said)["refused"]
        return told["code"], told["text"]

    def face(self, path: str, **said: Any) -> dict[str, Any]:
        return codec.decode(self.counter.answer(path, codec.encode(said)).body)

    def bill(self, person: str = "zhangsan", scenario: str = "cold", insutype: str = "310") -> Bill:
        who = self.world.people[person]
        batch_no = self.face(DEMO_BILL, certno=who.certno, scenario=scenario)["batch_no"]
        bills = self.face(hospital.BILLS, certno=who.certno, settled_by="his")["bills"]
        bill = Bill(self, who, next(bill for bill in bills if bill["batch_no"] == batch_no), insutype)
        bill.hold()
        return bill

    def rows(self, table: type[Any]) -> list[Any]:
        with self.ledger.look() as session:
            return list(session.scalars(select(table).order_by(*inspect(table).primary_key)))


@dataclass
class Bill:
    till: Till
    person: PersonFile
    told: dict[str, Any]
    insutype: str

    def hold(self, key: str = "hold0001", owner: str = TERMINAL) -> dict[str, Any]:
        return self.till.face(hospital.HOLD, hold_key=key, batch_no=self.told["batch_no"], owner=owner, seconds=600)

    def release(self, key: str = "hold0001") -> None:
        assert self.till.face(hospital.RELEASE, hold_key=key, batch_no=self.told["batch_no"])["released"]

    @property
    def psn_no(self) -> str:
        assert self.person.platform
        return self.person.platform.psn_no

    @property
    def asked(self) -> dict[str, Any]:
        return {
            "credential": {"mdtrt_cert_type": "02", "mdtrt_cert_no": self.person.certno},
            "psn_no": self.psn_no,
            "insutype": self.insutype,
            "insuplc_admdvs": "000000",
            "batch_no": self.told["batch_no"],
            "chrg_bchno": self.told["chrg_bchno"],
            "visit_no": self.told["visit_no"],
            "mdtrt_id": self.told["mdtrt_id"],
            "med_type": self.told["med_type"],
            "medfee_sumamt": self.told["total"],
            "acct_used_flag": "1",
        }

    def quote(self) -> dict[str, Any]:
        info: dict[str, Any] = self.till.told(his.QUOTE, **self.asked)["setlinfo"]
        return info

    def settle_body(self) -> dict[str, Any]:
        info = self.quote()
        return self.asked | {"agreed": {name: info[name] for name in AGREED}}

    def settled(self, key: str) -> dict[str, Any]:
        info: dict[str, Any] = self.till.told(his.SETTLE, key, **self.settle_body())["setlinfo"]
        return info

    def reverse(self, key: str) -> str:
        told = self.till.told(his.REVERSE, of_key=key, psn_no=self.psn_no, insuplc_admdvs="000000")
        return str(told["outcome"])

    def state(self, key: str) -> str:
        return str(self.till.told(his.QUERY, of_key=key, psn_no=self.psn_no)["state"])


MakeTill = Callable[[Manners], Till]


@pytest.fixture
def make_till(ledger: Ledger, world: World) -> MakeTill:
    def make(manners: Manners) -> Till:
        clock = StandingClock()
        cut: list[tuple[str, str]] = []
        desk = FragileDesk(ledger, world, home_area(world, clock), clock, manners, cut=cut)
        window = Window(His(ledger, Operator(desk, world.hospital, clock), clock))
        return Till(window, Counter(ledger, world, clock, counter.DOORS), ledger, world, cut)

    return make


@pytest.fixture
def till(make_till: MakeTill) -> Till:
    return make_till(Manners())


# --- bills, visits and quotes ---


def test_a_bill_comes_as_good_as_reported_and_without_codes(till: Till) -> None:
    bill = till.bill().told
    assert (bill["mdtrt_id"], bill["fees_uploaded"]) == (bill["visit_no"], True)
    assert not {"registration", "mdtrtinfo"} & set(bill)
    assert bill["diseinfo"] == bill["feedetail"] == []
    assert till.bill(scenario="diabetes").told["mdtrt_id"].isdigit(), "the platform's, where there is one already"


@pytest.mark.parametrize(
    ("scenario", "sent"),
    [
        ("cold", ["2201", "2205", "2203A", "2204", "2206A"]),
        ("registered", ["2205", "2203A", "2204", "2206A"]),
        ("diabetes", ["2206A"]),
    ],
)
def test_the_his_sends_what_is_still_missing_and_only_once(scenario: str, sent: list[str], till: Till) -> None:
    bill = till.bill(scenario=scenario)
    first, second = bill.quote(), bill.quote()
    assert first["psn_cash_pay"] == second["psn_cash_pay"]
    looked_up = [] if scenario == "diabetes" else ["5204"]  # how lines were split, where the bill does not say
    assert [row.infno for row in till.rows(MessageLog)] == ["9001", *sent, *looked_up, "2206A", *looked_up]
    assert {row.opter for row in till.rows(MessageLog)} == {OPERATOR}


def test_another_insurance_is_another_visit(till: Till) -> None:
    bill = till.bill()
    with till.ledger.transact() as session:
        [row] = session.scalars(select(Insurance).where(Insurance.psn_no == bill.psn_no))
        copied = {column.key: getattr(row, column.key) for column in Insurance.__table__.columns if column.key != "id"}
        session.add(Insurance(**copied | {"insutype": "390", "psn_type": "1501"}))
    bill.quote()
    other = replace(bill, insutype="390")
    assert other.quote()["insutype"] == "390"
    assert [(row.insutype, row.cancelled) for row in till.rows(Visit)] == [("310", True), ("390", False)]


def test_an_upload_that_was_cut_off_is_begun_anew(till: Till) -> None:
    bill = till.bill()
    till.cut.append(("after", "2204"))
    with pytest.raises(Lost):
        bill.quote()
    assert bill.quote()["medfee_sumamt"] == bill.told["total"]
    assert len(till.rows(FeeRow)) == len(bill.told["lines"])


def test_a_sign_in_that_the_platform_forgot_is_made_again(till: Till) -> None:
    till.told(his.READY)
    with till.ledger.transact() as session:
        session.execute(delete(SignIn))
    assert till.bill().quote()["medfee_sumamt"]


def test_who_is_unknown_or_stopped_has_a_code_of_their_own(till: Till) -> None:
    unknown = {"mdtrt_cert_type": "03", "mdtrt_cert_no": "Z00000000", "card_sn": "0" * 32}
    assert till.refused(his.PERSON, credential=unknown)[0] == his.Code.PERSON_UNKNOWN
    known = {"mdtrt_cert_type": "02", "mdtrt_cert_no": till.world.people["zhangsan"].certno}
    assert till.told(his.PERSON, credential=known)["baseinfo"]["psn_name"] == "张三"


def test_without_a_hold_nothing_is_quoted(till: Till) -> None:
    bill = till.bill()
    bill.release()
    assert till.refused(his.QUOTE, **bill.asked)[0] == his.Code.BILL_NOT_HELD
    bill.hold("hold0002", owner="008")
    assert till.refused(his.QUOTE, **bill.asked)[0] == his.Code.BILL_NOT_HELD


@pytest.mark.parametrize("change", [{"medfee_sumamt": "0.01"}, {"batch_no": "B0"}, {"chrg_bchno": "C0"}])
def test_a_bill_of_other_sums_or_numbers_is_none(change: dict[str, str], till: Till) -> None:
    assert till.refused(his.QUOTE, **till.bill().asked | change) == ("", "没有这笔费用，或金额已变")


# --- once for each key ---


def test_a_repeated_settle_is_answered_alike_and_settles_once(till: Till) -> None:
    bill, key = till.bill(), till.key()
    body = bill.settle_body()
    first = till.told(his.SETTLE, key, **body)
    assert till.told(his.SETTLE, key, **body) == first
    [row] = till.rows(Settlement)
    [attempt] = till.rows(Attempt)
    assert (row.setl_id, row.msgid) == (attempt.setl_id, attempt.msgid)
    assert (attempt.key, attempt.terminal, attempt.cashier) == (key, TERMINAL, "ZZ07")
    assert first["setlinfo"]["medins_setl_id"] == row.msgid


def test_a_key_with_another_content_is_noticed(till: Till) -> None:
    bill, key = till.bill(), till.key()
    body = bill.settle_body()
    till.told(his.SETTLE, key, **body)
    assert till.refused(his.SETTLE, key, **body | {"acct_used_flag": "0"})[0] == his.Code.KEY_REUSED


def test_a_no_is_final_for_its_key(till: Till) -> None:
    bill, key = till.bill(), till.key()
    body = bill.settle_body()
    bill.release()
    refusal = till.refused(his.SETTLE, key, **body)
    assert refusal[0] == his.Code.BILL_NOT_HELD
    bill.hold("hold0002")
    assert till.refused(his.SETTLE, key, **body) == refusal, "a message that a proxy delivers again settles nothing"
    assert bill.state(key) == "not_settled"
    assert bill.reverse(key) == "nothing"
    assert till.told(his.SETTLE, **body)["setlinfo"]["setl_id"]


def test_what_the_patient_did_not_agree_to_is_not_settled(till: Till) -> None:
    bill = till.bill()
    body = bill.settle_body()
    body["agreed"] = body["agreed"] | {"psn_cash_pay": "0.01"}
    assert till.refused(his.SETTLE, **body)[0] == his.Code.QUOTE_CHANGED
    assert till.rows(Settlement) == []


def test_nothing_is_settled_that_was_not_quoted(till: Till) -> None:
    bill = till.bill()
    body: dict[str, Any] = bill.asked | {"agreed": dict.fromkeys(AGREED, "0.00")}
    assert till.refused(his.SETTLE, **body) == ("", "请先预结算")


# --- reversed, cancelled, asked about ---


def test_a_reversal_undoes_what_stands_and_stays_true(till: Till) -> None:
    bill, key = till.bill(), till.key()
    bill.settled(key)
    assert bill.state(key) == "settled"
    assert [bill.reverse(key), bill.reverse(key)] == ["reversed", "reversed"]
    assert bill.state(key) == "not_settled"
    [row] = till.rows(Settlement)
    assert row.state == SettlementState.REVERSED
    assert till.refused(his.SETTLE, key, **bill.settle_body())[0] == his.Code.KEY_CLOSED


def test_a_settle_that_comes_after_its_reversal_settles_nothing(till: Till) -> None:
    bill, key = till.bill(), till.key()
    body = bill.settle_body()
    assert bill.state(key) == "unknown", "it may be on its way"
    assert bill.reverse(key) == "nothing"
    assert bill.state(key) == "not_settled"
    assert till.refused(his.SETTLE, key, **body)[0] == his.Code.KEY_CLOSED
    assert till.rows(Settlement) == []
    [attempt] = till.rows(Attempt)
    assert (attempt.state, attempt.batch_no) == (AttemptState.CLOSED, bill.told["batch_no"])


@pytest.mark.parametrize(("when", "accepts"), [("after", True), ("before", True), ("before", False)])
def test_where_the_his_was_cut_off_itself_it_says_neither_yes_nor_no(
    when: str, accepts: bool, make_till: MakeTill
) -> None:
    till = make_till(Manners(accept_unarrived=accepts))
    bill, key = till.bill(), till.key()
    body = bill.settle_body()
    till.cut.append((when, "2207A"))
    with pytest.raises(Lost):
        till.ask(his.SETTLE, key, **body)
    assert bill.state(key) == "unknown"
    with pytest.raises(AssertionError, match="SERVICE_UNAVAILABLE"):
        till.ask(his.SETTLE, key, **body)
    assert bill.reverse(key) == ("reversed" if accepts else "nothing")
    assert bill.state(key) == "not_settled"
    assert [row.state for row in till.rows(Settlement)] == ([SettlementState.REVERSED] if when == "after" else [])


def test_a_settlement_is_cancelled_once_and_may_be_told_twice(till: Till) -> None:
    bill, key = till.bill(), till.key()
    asked = {"setl_id": bill.settled(key)["setl_id"], "psn_no": bill.psn_no}
    assert till.told(his.QUERY, **asked)["state"] == "settled"
    for _ in range(2):
        assert till.told(his.CANCEL, **asked, insuplc_admdvs="000000") == {"outcome": "cancelled"}
    assert till.told(his.QUERY, **asked)["state"] == "not_settled"
    assert bill.reverse(key) == "reversed"
    assert [row.infno for row in till.rows(MessageLog)].count("2208") == 1


def test_what_was_undone_at_a_window_is_undone(till: Till) -> None:
    """Somebody cancelled it in the HIS by hand; the front's book learns of it when it is asked."""
    for undo in ("reverse", "cancel"):
        bill, key = till.bill(), till.key()
        setl_id = bill.settled(key)["setl_id"]
        with till.ledger.transact() as session:
            session.execute(update(Settlement).values(state=SettlementState.CANCELLED))
        if undo == "reverse":
            assert bill.reverse(key) == "reversed"
        else:
            asked = {"setl_id": setl_id, "psn_no": bill.psn_no, "insuplc_admdvs": "000000"}
            assert till.told(his.CANCEL, **asked) == {"outcome": "cancelled"}


def test_what_pharmacy_has_is_undone_at_the_window(till: Till) -> None:
    bill, key = till.bill("qianduo", "covered"), till.key()
    info = bill.settled(key)
    named = {name: str(info[name]) for name in ("medfee_sumamt", "fund_pay_sumamt", "acct_pay", "psn_cash_pay")}
    numbers = {"setl_id": info["setl_id"], "msgid": info["medins_setl_id"], "batch_no": bill.told["batch_no"]}
    assert till.face(hospital.BOOK, book_key="book0001", hold_key="hold0001", payments=[], **numbers, **named)["booked"]
    with till.ledger.look() as session:
        assert audit(session, StandingClock().now()).violations == ()
    asked = {"psn_no": bill.psn_no, "insuplc_admdvs": "000000"}
    assert till.refused(his.CANCEL, setl_id=info["setl_id"], **asked) == ("", "该费用已入账，请到窗口办理退费")
    assert till.refused(his.REVERSE, of_key=key, **asked) == ("", "该费用已入账，请到窗口办理退费")


def test_of_another_person_nothing_is_told_or_undone(till: Till) -> None:
    bill, key = till.bill(), till.key()
    setl_id = bill.settled(key)["setl_id"]
    other = {"psn_no": "9" * 20}
    assert till.refused(his.REVERSE, of_key=key, insuplc_admdvs="000000", **other)[1] == "人员与结算不符"
    assert till.refused(his.QUERY, of_key=key, **other)[1] == "人员与结算不符"
    assert till.refused(his.QUERY, setl_id=setl_id, **other)[1] == "未查询到结算信息"
    assert till.refused(his.CANCEL, setl_id=setl_id, insuplc_admdvs="000000", **other)[1] == "未查询到结算信息"
    assert bill.state(key) == "settled"


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b'{"key":"his.1"}', b'{"key":"H0000000000120261122093000900"}'])
def test_what_is_no_message_of_the_contract_is_a_bad_request(body: bytes, till: Till) -> None:
    for path in his.PATHS.values():
        assert till.window.answer(path, body).status is HTTPStatus.BAD_REQUEST


def test_what_no_database_keeps_is_a_bad_request(till: Till, kind: str) -> None:
    """A NUL in a text: well-formed JSON, and nothing PostgreSQL stores."""
    head = {"fixmedins_code": "H00000000001", "terminal_name": "自助机", "cashier": "ZZ07"}
    asked = head | {"key": till.key(), "of_key": till.key(), "terminal": "7\0", "sent_at": "2026-07-01 09:30:00"}
    asked |= {"psn_no": "1" * 20, "insuplc_admdvs": "000000"}
    answer = till.window.answer(his.PATHS[his.REVERSE], codec.encode(asked))
    assert answer.status is (HTTPStatus.OK if kind == "sqlite" else HTTPStatus.BAD_REQUEST)
    assert till.rows(Attempt) == [] or kind == "sqlite"


# --- and the audit sees when the two books differ ---


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"state": AttemptState.REVERSED}, "is reversed in the front's book"),
        ({"setl_id": "S0"}, "names another settlement"),
        ({"msgid": "M0"}, "was asked for by no key"),
    ],
)
def test_the_audit_compares_the_fronts_book_with_the_platforms(change: dict[str, str], words: str, till: Till) -> None:
    till.bill().settled(till.key())
    with till.ledger.look() as session:
        assert audit(session, StandingClock().now()).violations == ()
    with till.ledger.transact() as session:
        session.execute(update(Attempt).values(change))
    with till.ledger.look() as session:
        found = audit(session, StandingClock().now()).violations
    assert {violation.invariant for violation in found} == {"I6"}
    assert any(words in violation.text for violation in found)
