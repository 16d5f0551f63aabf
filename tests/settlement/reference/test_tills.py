"""Window and app want the same bills as the kiosk: one of them gets each, and the books agree afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from settlement.reference.answer import Answer
from settlement.reference.audit import Report, audit
from settlement.reference.benefit.areas import shipped_areas
from settlement.reference.counter import Counter
from settlement.reference.hospital import counter
from settlement.reference.ledger.books import Entry
from settlement.reference.ledger.dealings import PayOrder, Settlement
from settlement.reference.ledger.parties import Booking
from settlement.reference.ledger.store import Ledger
from settlement.reference.payments import PATHS, PaymentService
from settlement.reference.people import World
from settlement.reference.platform.desk import Desk
from settlement.reference.tills.hall import Hall, Rush, open_hall
from settlement.wire import codec, hospital
from settlement.wire.demo import DEMO_BILL
from settlement.wire.till import TILL
from tests.settlement.reference.house import House, StandingClock, Visit
from tests.settlement.reference.test_races import at_once

KEY = "kiosk-hold"


@pytest.fixture
def report(ledger: Ledger, house: House) -> Callable[[], Report]:
    def look() -> Report:
        with ledger.look() as session:
            return audit(session, house.clock.now())

    return look


def take(visit: Visit, till: str, until: str = "booked", seconds: int = 900) -> dict[str, Any]:
    body = {"till": till, "batch_no": visit.bill["batch_no"], "until": until, "seconds": seconds}
    return visit.house.face(TILL, body)


@pytest.mark.parametrize("till", ["window", "app"])
@pytest.mark.parametrize(
    ("key", "scenario", "insutype"),
    [
        ("zhangsan", "cold", "310"),
        ("wujie", "diabetes", "310"),
        ("sunli", "registered", "310"),
        ("qianduo", "covered", "310"),
        ("shenyuan", "chronic-away", "310"),
    ],
)
def test_another_till_settles_like_a_kiosk(
    house: House, report: Callable[[], Report], till: str, key: str, scenario: str, insutype: str
) -> None:
    visit = house.visit(key, scenario, insutype)
    taken = take(visit, till)
    assert taken["stage"] == "booked"
    assert taken["setl_id"]
    assert "已缴清" in visit.hold(KEY)["refused"]
    assert house.bills(visit.person) == []
    assert report() == Report(settled=1, reversed=0, refunded=0, booked=1, open=0, violations=())


@pytest.mark.parametrize(("until", "settled"), [("held", 0), ("paid", 0), ("settled", 1)])
def test_a_till_gives_back_whatever_it_had_done(
    house: House, report: Callable[[], Report], until: str, settled: int
) -> None:
    visit = house.visit()
    assert take(visit, "window", until)["stage"] == until
    assert "refused" in visit.hold(KEY)
    assert report().settled == settled
    assert take(visit, "window", "released")["stage"] == "released"
    assert visit.finished(KEY)["booked"]
    assert report().violations == ()
    assert report().reversed == settled


def test_a_till_goes_on_from_where_it_had_stopped(house: House, report: Callable[[], Report]) -> None:
    visit = house.visit()
    for until in ("held", "paid", "settled", "settled", "booked", "booked"):
        assert take(visit, "app", until)["stage"] == until
    assert "已入账" in take(visit, "app", "released")["refused"]
    assert report().booked == 1


def test_who_walks_away_from_the_window_loses_the_bill_when_the_hold_runs_out(house: House) -> None:
    visit = house.visit()
    take(visit, "window", "held", 60)
    assert "refused" in visit.hold(KEY)
    house.clock.pass_by(seconds=61)
    assert visit.hold(KEY)["held"]
    assert "其他窗口或终端" in take(visit, "app")["refused"]


@pytest.mark.parametrize("until", ["paid", "settled"])
def test_money_at_the_window_keeps_the_bill_however_late_it_is(
    house: House, report: Callable[[], Report], until: str
) -> None:
    visit = house.visit()
    take(visit, "window", until, 60)
    house.clock.pass_by(days=1)
    house.sign_in()
    assert "尚未了结" in visit.hold(KEY)["refused"]
    assert {violation.invariant for violation in report().violations} >= {"I1"}
    take(visit, "window", "released")
    assert visit.hold(KEY)["held"]
    assert report().violations == ()


def test_a_kiosks_bill_is_refused_at_the_window(house: House) -> None:
    visit = house.visit()
    visit.hold(KEY)
    assert "其他窗口或终端" in take(visit, "window")["refused"]
    house.face(hospital.RELEASE, {"hold_key": KEY, "batch_no": visit.bill["batch_no"]})
    assert take(visit, "window")["stage"] == "booked"


def test_kiosk_window_and_app_at_once(house: House, report: Callable[[], Report]) -> None:
    for number in range(6):
        visit = house.visit()
        kiosk, *others = at_once(
            [partial(visit.hold, f"{KEY}-{number}"), partial(take, visit, "window"), partial(take, visit, "app")]
        )
        winners = ["held" in kiosk, *("stage" in other for other in others)]
        assert winners.count(True) == 1, (kiosk, others)
        if "held" in kiosk:
            house.face(hospital.RELEASE, {"hold_key": f"{KEY}-{number}", "batch_no": visit.bill["batch_no"]})
    assert report().violations == ()
    assert report().open == 0


def test_nonsense_and_bills_of_nobody_are_refused(house: House) -> None:
    visit = house.visit()
    assert "refused" in take(visit, "kiosk")
    assert "refused" in take(visit, "window", "thrown away")
    visit.bill["batch_no"] = "B0"
    assert "没有这笔费用" in take(visit, "window")["refused"]
    assert "没有可以结算" in take(house.visit("zhouping", "cold"), "window")["refused"]


def crowded(ledger: Ledger, world: World, rush: Rush) -> tuple[Hall, House]:
    """A hospital in which others are quicker, by chance."""
    clock = StandingClock()
    home = shipped_areas().at(world.hospital.area, clock.now().date())
    assert home
    desk = Desk(ledger, world, home, clock)
    faces: dict[str, Callable[[str, bytes], Answer]] = {
        **dict.fromkeys(counter.DOORS, Counter(ledger, world, clock, counter.DOORS).answer),
        **dict.fromkeys(PATHS, PaymentService(ledger, clock).answer),
    }
    hall = open_hall(desk, lambda path, body: faces[path](path, body), rush)

    def post(path: str, body: bytes) -> bytes:
        if path == hospital.HOLD:
            hall.before_hold(body)
        return faces[path](path, body).body

    return hall, House(post, world, clock)


def test_the_same_seed_takes_the_same_bills(ledger: Ledger, world: World) -> None:
    def refused(seed: int) -> list[bool]:
        _, house = crowded(ledger, world, Rush(share=0.5, seed=seed))
        return ["refused" in house.visit().hold(f"{KEY}-{seed}-{n}") for n in range(8)]

    first, again, other = refused(7), refused(7), refused(8)
    assert first == again
    assert first != other
    assert 0 < sum(first) < 8


def test_nonsense_in_a_hold_disturbs_no_crowd(ledger: Ledger, world: World) -> None:
    hall, _ = crowded(ledger, world, Rush(share=1.0))
    hall.before_hold(b"{")
    hall.before_hold(codec.encode({"hold_key": "x"}))


def test_what_was_done_long_ago_stands_so_in_every_book(
    house: House, ledger: Ledger, report: Callable[[], Report]
) -> None:
    before = house.clock.now() - timedelta(days=120)
    asked = {"certno": house.world.people["zhangsan"].certno, "scenario": "cold", "days_ago": 120}
    number = house.face(DEMO_BILL, asked)["batch_no"]
    taken = house.face(TILL, {"till": "app", "batch_no": number, "days_ago": 120})
    assert taken["stage"] == "booked"
    with ledger.look() as session:
        settled = session.get_one(Settlement, taken["setl_id"])
        booking = session.scalars(select(Booking).where(Booking.batch_no == number)).one()
        [order] = session.scalars(select(PayOrder)).all()
        written = {entry.at for entry in session.scalars(select(Entry)).all()}
    assert {settled.settled_at, booking.booked_at, order.created_at, order.paid_at} | written == {before}
    assert report() == Report(settled=1, reversed=0, refunded=0, booked=1, open=0, violations=())
    again = house.face(TILL, {"till": "window", "batch_no": number})
    assert "已缴清" in again["refused"], "by the clock of today too"
