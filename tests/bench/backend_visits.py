"""Whole visits at the reference backend, as a kiosk's messages make them: ten calls each, every one of them checked.

1101, bills, hold, 2201, 2203A, 2204, 2206A, collect, 2207A, book. The bill is made beforehand and is not timed.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from pathlib import Path

from kiosk.engine.clock import SystemClock
from kiosk.installed import config_dir
from settlement.reference import payments
from settlement.reference.audit import audit
from settlement.reference.benefit.areas import shipped_areas
from settlement.reference.counter import Counter
from settlement.reference.hospital import counter
from settlement.reference.ledger.store import Ledger
from settlement.reference.payments import PaymentService
from settlement.reference.people import HospitalFile, World, read_world
from settlement.reference.platform.desk import Desk
from settlement.reference.seed import seed
from settlement.wire import codec, hospital, settle
from settlement.wire.envelope import ENDPOINT
from tests.settlement.reference.house import INSTITUTION, House, Post, Visit

PEOPLE = {
    **dict.fromkeys(
        ("zhangsan", "liguihua", "zhaomin", "wujie", "chenyan", "hejiankang", "tangwei", "fengjing"), "310"
    ),
    **dict.fromkeys(("wangdashan", "lihong", "maihemuti", "tejin"), "390"),
}
"""Who comes, in turn, and their insutype: one after another, so that visits do not wait for each other."""

_ECHO = ("fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt")
_numbers, _messages = itertools.count(1), itertools.count(1)


class Terminal(House):
    """One kiosk of many: no two messages of a run bear one msgid, however many there are."""

    def msgid(self) -> str:
        return f"{INSTITUTION}{next(_messages):018d}"


def invented_world() -> World:
    """Without the bills that a new ledger would have."""
    world = read_world(config_dir() / "people")
    people = {key: person.model_copy(update={"hospital": HospitalFile()}) for key, person in world.people.items()}
    return replace(world, people=people)


@dataclass
class Bank:
    """A ledger with the three faces on it, in this process."""

    ledger: Ledger
    post: Post

    @classmethod
    def on(cls, url: str, world: World) -> Bank:
        ledger, clock = Ledger(url), SystemClock()
        seed(ledger, world, clock.now())
        home = shipped_areas().at(world.hospital.area, clock.now().date())
        assert home is not None
        desk = Desk(ledger, world, home, clock)
        faces = dict.fromkeys(counter.DOORS, Counter(ledger, world, clock, counter.DOORS).answer)
        faces |= dict.fromkeys(payments.PATHS, PaymentService(ledger, clock).answer)

        def post(path: str, body: bytes) -> bytes:
            return desk.answer(body) if path == ENDPOINT else faces[path](path, body).body

        return cls(ledger, post)

    def in_order(self) -> None:
        """The audit has nothing to say; a figure for wrong work would be no figure."""
        with self.ledger.look() as session:
            violations = audit(session, SystemClock().now()).violations
        assert not violations, violations[:3]


def prepared(house: House, number: int) -> Visit:
    """The next person with a fresh bill."""
    key = list(PEOPLE)[number % len(PEOPLE)]
    return house.visit(key, "cold", PEOPLE[key])


def whole(visit: Visit) -> None:
    """From the card to the booking."""
    house, number = visit.house, next(_numbers)
    key, order = f"bench-{number:08d}", f"bench{number:020d}"
    house.told("1101", {"data": visit.credential})
    house.bills(visit.person)
    assert visit.hold(key)["held"]
    visit.uploaded()
    told = visit.quoted().setlinfo
    cash = int((told.psn_cash_pay or 0) * 100)
    assert visit.collect(order, cash)["status"] == "paid"
    visit.settled_msgid = house.msgid()
    body = {"data": visit.quote_body() | {name: getattr(told, name) for name in _ECHO}}
    output = codec.read(settle.SettleOutput, house.told("2207A", body, visit.settled_msgid))
    visit.setl_id = output.setlinfo.setl_id or ""
    paid = [{"order": order, "amount_fen": cash, "channel": "wechat"}]
    assert house.face(hospital.BOOK, visit.book_body(output, paid, key))["booked"]


def cpu_seconds(pid: int) -> float:
    """Of a process and all its threads, user and system."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100.0


def children_cpu_seconds(pid: int) -> float:
    """Of a process and its children that live, and those it has buried."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    buried = (int(fields[13]) + int(fields[14])) / 100.0
    return cpu_seconds(pid) + buried + sum(cpu_seconds(int(child)) for child in children)
