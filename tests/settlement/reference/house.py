"""A kiosk's side of the conversation, written once for backends in this process and in another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from kiosk.ports.clock import BEIJING
from settlement.reference.benefit.areas import Area, shipped_areas
from settlement.reference.people import PersonFile, World
from settlement.wire import codec, hospital, payment, settle
from settlement.wire.demo import DEMO_BILL
from settlement.wire.envelope import ENDPOINT, Request, Response

Post = Callable[[str, bytes], bytes]
TERMINAL = "0001"
INSTITUTION = "H00000000001"


def home_area(world: World, clock: StandingClock) -> Area:
    """The rules of the place where the hospital stands."""
    home = shipped_areas().at(world.hospital.area, clock.now().date())
    assert home
    return home


class StandingClock:
    """Time moves when a test says so."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 7, 1, 9, 30, tzinfo=BEIJING)

    def now(self) -> datetime:
        return self.moment

    def pass_by(self, **how_long: float) -> None:
        self.moment += timedelta(**how_long)


@dataclass
class House:
    """Sends what a kiosk sends. Every message gets a msgid of its own unless one is given."""

    post: Post
    world: World
    clock: StandingClock = field(default_factory=StandingClock)
    sign_no: str | None = None
    sent: int = 0

    def msgid(self) -> str:
        self.sent += 1
        return f"{INSTITUTION}20260701093000{self.sent:04d}"

    def envelope(self, infno: str, body: dict[str, Any], msgid: str | None = None, **changes: Any) -> bytes:
        request = {
            "infno": infno,
            "msgid": msgid or self.msgid(),
            "mdtrtarea_admvs": "000000",
            "insuplc_admdvs": "000000",
            "recer_sys_code": "YBXT",
            "opter": TERMINAL,
            "opter_name": "自助机0001",
            "inf_time": "2026-07-01 09:30:00",
            "fixmedins_code": INSTITUTION,
            "fixmedins_name": "模拟医院",
            "sign_no": self.sign_no,
            "input": body,
        }
        return codec.encode(codec.read(Request, request | changes))

    def ask(self, infno: str, body: dict[str, Any], msgid: str | None = None, **changes: Any) -> Response:
        """Of a person insured elsewhere the envelope says where, as a kiosk knows it from 1101."""
        changes = {"insuplc_admdvs": self._insured_area(body)} | changes
        return codec.read(Response, codec.decode(self.post(ENDPOINT, self.envelope(infno, body, msgid, **changes))))

    def _insured_area(self, body: dict[str, Any]) -> str:
        nodes = [row for node in body.values() for row in (node if isinstance(node, list) else [node])]
        named = {str(row.get("psn_no")) for row in nodes}
        platforms = [person.platform for person in self.world.people.values() if person.platform]
        return next((each.insurances[0].area for each in platforms if each.psn_no in named), "000000")

    def sign_in(self) -> str:
        self.sign_no = self.told("9001", {"signIn": {"opter_no": TERMINAL, "ip": "10.0.0.9"}})["signinoutb"]["sign_no"]
        return self.sign_no or ""

    def told(self, infno: str, body: dict[str, Any], msgid: str | None = None) -> dict[str, Any]:
        """The output of a transaction that succeeds."""
        response = self.ask(infno, body, msgid)
        assert response.succeeded, response.err_msg
        return response.output

    def face(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        return codec.decode(self.post(path, codec.encode(body)))

    def bills(self, person: PersonFile) -> list[dict[str, Any]]:
        bills: list[dict[str, Any]] = self.face(hospital.BILLS, {"certno": person.certno})["bills"]
        return bills

    def fresh_bill(self, person: PersonFile, scenario: str) -> dict[str, Any]:
        made = self.face(DEMO_BILL, {"certno": person.certno, "scenario": scenario})["batch_no"]
        return next(bill for bill in self.bills(person) if bill["batch_no"] == made)

    def visit(self, key: str = "zhangsan", scenario: str = "cold", insutype: str = "310") -> Visit:
        person = self.world.people[key]
        return Visit(self, person, self.fresh_bill(person, scenario), insutype)


@dataclass
class Visit:
    """One bill of one person on its way through the transactions."""

    house: House
    person: PersonFile
    bill: dict[str, Any]
    insutype: str
    mdtrt_id: str = ""
    settled_msgid: str = ""
    setl_id: str = ""

    @property
    def who(self) -> dict[str, str]:
        assert self.person.platform
        return {"psn_no": self.person.platform.psn_no}

    @property
    def credential(self) -> dict[str, str]:
        return {"mdtrt_cert_type": "02", "mdtrt_cert_no": self.person.certno}

    def register(self) -> Visit:
        body = self.bill["registration"] | self.who | self.credential | {"insutype": self.insutype}
        self.mdtrt_id = self.house.told("2201", {"data": body})["data"]["mdtrt_id"]
        return self

    def uploaded(self) -> Visit:
        self.register()
        visit = self.who | {"mdtrt_id": self.mdtrt_id}
        diagnoses = [row | self.who for row in self.bill["diseinfo"]]
        self.house.told("2203A", {"mdtrtinfo": self.bill["mdtrtinfo"] | visit, "diseinfo": diagnoses})
        self.house.told("2204", self.upload_body())
        return self

    def upload_body(self) -> dict[str, Any]:
        visit = self.who | {"mdtrt_id": self.mdtrt_id}
        return {"feedetail": [row | visit for row in self.bill["feedetail"]]}

    def quote_body(self) -> dict[str, Any]:
        return {
            **self.who,
            **self.credential,
            "med_type": self.bill["med_type"],
            "medfee_sumamt": self.bill["total"],
            "psn_setlway": "01",
            "mdtrt_id": self.mdtrt_id,
            "chrg_bchno": self.bill["chrg_bchno"],
            "acct_used_flag": "1",
            "insutype": self.insutype,
        }

    def quoted(self) -> settle.SettleOutput:
        return codec.read(settle.SettleOutput, self.house.told("2206A", {"data": self.quote_body()}))

    def settle_body(self) -> dict[str, Any]:
        told = self.quoted().setlinfo
        echo = ("fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt")
        return {"data": self.quote_body() | {name: getattr(told, name) for name in echo}}

    def settled(self) -> settle.SettleOutput:
        self.settled_msgid = self.house.msgid()
        reply = self.house.told("2207A", self.settle_body(), self.settled_msgid)
        output = codec.read(settle.SettleOutput, reply)
        self.setl_id = output.setlinfo.setl_id or ""
        return output

    def reverse_body(self, omsgid: str | None = None, oinfno: str = "2207A") -> dict[str, Any]:
        return {"data": self.who | {"omsgid": omsgid or self.settled_msgid, "oinfno": oinfno}}

    def undo_body(self) -> dict[str, Any]:
        return {"data": self.who | {"setl_id": self.setl_id, "mdtrt_id": self.mdtrt_id}}

    def stands(self) -> bool:
        found = codec.read(settle.LookupOutput, self.house.told("5203", self.undo_body()))
        return found.setlinfo.refd_setl_flag == "0"

    def hold(self, key: str = "hold0001", owner: str = TERMINAL, seconds: int = 600) -> dict[str, Any]:
        body = {"hold_key": key, "batch_no": self.bill["batch_no"], "owner": owner, "seconds": seconds}
        return self.house.face(hospital.HOLD, body)

    def collect(self, order: str, fen: int, code: str = "134567890123456789") -> dict[str, Any]:
        body = {"order": order, "amount_fen": fen, "code": code, "subject": "门诊", "terminal": TERMINAL}
        return self.house.face(payment.COLLECT, body)

    def book_body(self, output: settle.SettleOutput, payments: list[dict[str, Any]], key: str) -> dict[str, Any]:
        info = output.setlinfo
        return {
            "book_key": f"book-{key}",
            "hold_key": key,
            "batch_no": self.bill["batch_no"],
            "setl_id": self.setl_id,
            "msgid": self.settled_msgid,
            "medfee_sumamt": info.medfee_sumamt,
            "fund_pay_sumamt": info.fund_pay_sumamt,
            "acct_pay": info.acct_pay,
            "psn_cash_pay": info.psn_cash_pay or Decimal(0),
            "payments": payments,
        }

    def finished(self, key: str = "hold0001", order: str = "order0000000000000001") -> dict[str, Any]:
        """Held, settled, paid and booked: the whole visit."""
        self.hold(key)
        self.uploaded()
        cash = int((self.quoted().setlinfo.psn_cash_pay or 0) * 100)
        payments = [{"order": order, "amount_fen": cash, "channel": "wechat"}] if cash else []
        if cash:
            assert self.collect(order, cash)["status"] == "paid"
        return self.house.face(hospital.BOOK, self.book_body(self.settled(), payments, key))
