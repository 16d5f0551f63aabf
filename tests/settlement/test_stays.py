"""A stay in hospital between client and reference backend: settled, booked, its deposits used and given back."""

import logging
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from kiosk.domain.admission import Admission, Seen
from kiosk.domain.money import Money, total
from kiosk.domain.settlement import Settlement
from kiosk.domain.stay import Back, Return, returns_of
from kiosk.domain.visit import Booking
from kiosk.engine.clock import SystemClock
from kiosk.faults import FaultCode
from kiosk.ports.answers import Refused, Unknown
from kiosk.ports.hospital import Bills, Noted, Orders, Payment, Prepaid
from kiosk.ports.payment import Collected, PaidBack
from kiosk.ports.settlement import Accepted, Standing
from settlement.reference.audit import audit
from settlement.reference.ledger.store import Ledger
from tests.settlement.visits import PAYS, WORLD, Parties, Visit, got
from tests.support.backend import Backend, running_backend


@pytest.fixture(scope="module")
def backend(module_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    with running_backend(tmp_path_factory.mktemp("backend"), database=module_database) as backend:
        yield backend


@pytest.fixture(scope="module")
def parties(backend: Backend) -> Parties:
    return Parties.of(backend)


@pytest.fixture
def stay(parties: Parties) -> Visit:
    return parties.visit("luguoqiang", "discharge").report()


def violations(backend: Backend) -> list[str]:
    with closing(Ledger(backend.database)) as books, books.look() as session:
        return [one.text for one in audit(session, SystemClock().now()).violations]


def planned(stay: Visit, settlement: Settlement) -> Prepaid:
    cash, batch = settlement.amounts.psn_cash_pay, stay.batch
    assert batch.stay is not None
    cover = batch.cover(cash)
    return Prepaid(cover.used, returns_of(cover.surplus, batch.stay.deposits, stay.sid.lower()))


def book(stay: Visit, settlement: Settlement, prepaid: Prepaid, payment: Payment | None = None) -> object:
    key, hospital = f"{stay.sid}-book", stay.parties.hospital
    return hospital.book(key, stay.hold_key, stay.batch.batch_no, settlement, payment, prepaid)


def give_back(stay: Visit, prepaid: Prepaid) -> tuple[Return, ...]:
    """Each by its own refund, as the saga would."""
    ended: list[Return] = []
    for one in prepaid.returns:
        if one.back is Back.UNSENT:
            assert stay.parties.payment.refund(one.deposit.order, one.key, one.amount) == PaidBack()
            one = replace(one, back=Back.RETURNED)  # noqa: PLW2901 - the same one, further on
        ended.append(one)
    return tuple(ended)


def report(stay: Visit, ended: tuple[Return, ...]) -> object:
    return stay.parties.hospital.report_returns(f"{stay.sid}-returns", stay.batch.batch_no, ended)


def test_long_stay_is_told_day_by_day_and_its_last_sum_is_the_bill(parties: Parties) -> None:
    batch = parties.visit("luguoqiang", "discharge-by-day").batch
    assert batch.stay is not None
    days = batch.stay.days
    assert (len(days), len(batch.lines), batch.stay.days_wrong) == (12, 140, False)
    assert [line.day for line in batch.lines] == [one.day for one in days for _ in batch.lines_on(one.day)]
    assert days[0].day == batch.stay.admitted.date()
    assert all(one.total == total(line.amount for line in batch.lines_on(one.day)) for one in days)
    assert days[-1].so_far == batch.total


@pytest.mark.expected_log("kiosk.party", logging.ERROR, "is not its bill")
def test_day_list_that_is_a_cent_off_does_not_keep_the_family_in_hospital(parties: Parties) -> None:
    stay = parties.visit("wangdashan", "discharge-days-wrong").report()
    assert stay.batch.stay is not None
    assert (stay.batch.stay.days, stay.batch.stay.days_wrong) == ((), True)
    assert stay.settle(stay.quote()).amounts.medfee_sumamt == stay.batch.total


def test_the_bill_of_a_stay_says_what_the_family_must_know(stay: Visit) -> None:
    told = stay.batch.stay
    assert told is not None
    assert (told.ward, told.bed, told.settleable) == ("心血管内科病区", "12 床", True)
    assert [(one.payer, one.channel, one.amount.fen, bool(one.order)) for one in told.deposits] == [
        ("卢**", "wechat", 300000, True),
        ("卢**", "cash", 50000, False),
        ("卢**", "alipay", 100000, True),
    ]
    assert stay.batch.uploaded
    assert stay.batch.mdtrt_id


def test_what_a_stay_leaves_over_goes_back_and_every_party_knows_it(backend: Backend, stay: Visit) -> None:
    quote = stay.quote()
    settlement = stay.settle(quote)
    assert settlement.amounts == quote.amounts
    prepaid = planned(stay, settlement)
    assert [(one.deposit.channel, one.amount) for one in prepaid.returns][:2] == [
        ("alipay", Money(100000)),
        ("cash", Money(50000)),
    ], "the newest first"
    booking = book(stay, settlement, prepaid)
    assert isinstance(booking, Booking), booking
    assert book(stay, settlement, prepaid) == booking, "a repeated booking is the same booking"
    assert violations(backend) != [], "what is to go back is nowhere yet"
    ended = give_back(stay, prepaid)
    assert report(stay, ended) == Noted()
    assert report(stay, ended) == Noted(), "once more, after a lost reply"
    assert violations(backend) == []
    assert stay.batch not in got(Bills, stay.parties.hospital.unpaid(stay.person)).batches


def test_what_deposits_do_not_meet_is_collected_and_a_fixed_sum_passes(backend: Backend, parties: Parties) -> None:
    stay = parties.visit("luguoqiang", "discharge-top-up").report()
    assert stay.batch.stay is not None
    assert stay.batch.stay.setlway == "02"
    quote = stay.quote()
    cover = stay.batch.cover(quote.amounts.psn_cash_pay)
    assert (cover.used, cover.surplus) == (Money(50000), Money(0))
    paid = got(Collected, parties.payment.collect(f"{stay.sid.lower()}p", cover.due, PAYS, stay.batch.batch_no))
    settlement = stay.settle(quote)
    booking = book(stay, settlement, planned(stay, settlement), Payment(paid.order, paid.amount, paid.channel))
    assert isinstance(booking, Booking), booking
    assert violations(backend) == []


def test_a_lost_2304_is_reversed_and_the_deposits_stay_where_they_are(backend: Backend, stay: Visit) -> None:
    sent = stay.prepare_settle(stay.quote())
    assert sent.infno == "2304"
    backend.misbehave("2304@1:lose-reply")
    assert isinstance(stay.parties.platform.settle(sent), Unknown)
    undoing = stay.parties.platform.prepare_reverse(stay.person.psn_no, sent.msgid, "2304", insuplc_admdvs=stay.area)
    assert stay.parties.platform.accept(undoing) == Accepted()
    stay.parties.hospital.release(stay.hold_key, stay.batch.batch_no)
    assert violations(backend) == []
    again = next(
        one
        for one in got(Bills, stay.parties.hospital.unpaid(stay.person)).batches
        if one.batch_no == stay.batch.batch_no
    )
    assert again.stay == stay.batch.stay


def test_a_stay_that_the_hospital_refuses_is_cancelled_by_2305(stay: Visit) -> None:
    settlement, platform = stay.settle(stay.quote()), stay.parties.platform
    ids = (stay.person.psn_no, stay.mdtrt_id, settlement.setl_id)
    sent = platform.prepare_cancel(*ids, insuplc_admdvs=stay.area, stay=True)
    assert sent.infno == "2305"
    assert platform.accept(sent) == Accepted()
    assert platform.accept(platform.prepare_cancel(*ids, insuplc_admdvs=stay.area, stay=True)) == Accepted()
    assert platform.standing(platform.prepare_query(*ids, insuplc_admdvs=stay.area)) == Standing(stands=False)
    stay.parties.hospital.release(stay.hold_key, stay.batch.batch_no)


def test_the_platform_settles_no_stay_that_the_ward_has_not_ended(parties: Parties) -> None:
    stay = parties.visit("luguoqiang", "discharge-not-ready").report()
    assert stay.batch.stay is not None
    assert stay.batch.stay.obstacles == ("病区还没有办理出院", "还有 1 种药品没有退回药房")
    answer = parties.platform.quote(parties.platform.prepare_quote(stay.request))
    assert answer == Refused(FaultCode.QUOTE_REFUSED, "患者未办理出院登记，不能出院结算")
    parties.hospital.release(stay.hold_key, stay.batch.batch_no)


@pytest.mark.parametrize("change", ["more", "less", "window", "oldest"])
def test_the_hospital_books_nothing_that_its_own_books_of_deposits_contradict(stay: Visit, change: str) -> None:
    settlement = stay.settle(stay.quote())
    right = planned(stay, settlement)
    first, *rest = right.returns
    wrong = {
        "more": replace(right, returns=(replace(first, amount=first.amount + Money(1)), *rest)),
        "less": replace(right, used=right.used + Money(1)),
        "window": replace(right, returns=(replace(first, deposit=replace(first.deposit, order="")), *rest)),
        "oldest": replace(right, returns=tuple(rest)),
    }[change]
    answer = book(stay, settlement, wrong)
    assert isinstance(answer, Refused), answer
    assert answer.fault is FaultCode.BOOKING_REFUSED
    assert total(one.amount for one in right.returns) + right.used == Money(450000)
    assert isinstance(book(stay, settlement, right), Booking)
    report(stay, give_back(stay, right))


def test_what_was_said_of_a_return_once_is_not_said_otherwise(stay: Visit) -> None:
    settlement = stay.settle(stay.quote())
    prepaid = planned(stay, settlement)
    book(stay, settlement, prepaid)
    ended = give_back(stay, prepaid)
    assert report(stay, ended) == Noted()
    otherwise = tuple(replace(one, back=Back.WINDOW) for one in ended)
    assert isinstance(report(stay, otherwise), Refused)
    assert isinstance(report(stay, ended[:1]), Refused), "not all of them"


def test_a_deposit_is_taken_once_for_each_time_it_is_asked_and_its_key_finds_it_again(
    backend: Backend, parties: Parties
) -> None:
    asked = parties.visit("luguoqiang", "deposit")
    assert asked.batch.deposit is not None
    assert (asked.batch.total, asked.batch.lines) == (Money(150000), ())
    assert "1500 元" in asked.batch.deposit.basis
    hospital, batch_no = parties.hospital, asked.batch.batch_no
    paid = got(Collected, parties.payment.collect(f"{asked.sid.lower()}p", asked.batch.total, PAYS, batch_no))
    payment = Payment(paid.order, paid.amount, paid.channel)
    assert violations(backend) == [], "held and paid: it may still be finished"
    backend.misbehave("hospital.deposit@1:lose-reply")
    lost = hospital.take_deposit(f"{asked.sid}-book", asked.hold_key, batch_no, payment)
    assert isinstance(lost, Unknown)
    assert lost.fault is FaultCode.DEPOSIT_UNKNOWN
    taken = hospital.take_deposit(f"{asked.sid}-book", asked.hold_key, batch_no, payment)
    assert isinstance(taken, Booking)
    assert taken.book_no.startswith("YJ")
    again = hospital.take_deposit("somebody-else-book", asked.hold_key, batch_no, payment)
    assert isinstance(again, Refused)
    assert again.fault is FaultCode.DEPOSIT_REFUSED
    assert isinstance(hospital.hold("somebody-else-hold", batch_no, 60), Refused), "nobody pays it again"
    assert asked.batch not in got(Bills, hospital.unpaid(asked.person)).batches
    assert violations(backend) == []
    stay = parties.visit("luguoqiang", "discharge").report()
    assert stay.batch.stay is not None
    assert stay.batch.stay.deposits[-1].order == paid.order, "the stay's bill knows it"
    parties.hospital.release(stay.hold_key, stay.batch.batch_no)


def test_a_deposit_of_another_sum_or_without_a_hold_is_not_taken(backend: Backend, parties: Parties) -> None:
    asked = parties.visit("luguoqiang", "deposit")
    less = Payment("order-of-nobody-000001", asked.batch.total - Money(1), "wechat")
    key, batch_no = f"{asked.sid}-book", asked.batch.batch_no
    assert isinstance(parties.hospital.take_deposit(key, asked.hold_key, batch_no, less), Refused)
    parties.hospital.release(asked.hold_key, batch_no)
    whole = replace(less, amount=asked.batch.total)
    assert isinstance(parties.hospital.take_deposit(key, asked.hold_key, batch_no, whole), Refused)
    assert violations(backend) == []


def test_an_ordered_stay_is_registered_once_and_asks_for_its_deposit(parties: Parties) -> None:
    number = parties.backend.fresh_bill(WORLD.people["zhangsan"].certno, "admission-deposit")
    person, hospital = parties.find("zhangsan"), parties.hospital
    order = next(one for one in got(Orders, hospital.admission_orders(person)).orders if one.number == number)
    assert (order.ward, order.doctor, order.obstacles) == ("心血管内科病区", "徐静", ())
    parties.backend.misbehave("hospital.admit@1:lose-reply")
    assert isinstance(hospital.admit(number, person, Seen.CARD), Unknown)
    admission = got(Admission, hospital.admit(number, person, Seen.CARD))
    assert admission.visit_no.startswith("ZY")
    assert admission.deposit is not None
    assert admission.deposit.deposit is not None
    assert got(Admission, hospital.admit(number, person, Seen.CARD)) == admission, "asked again it is the same stay"
    assert number not in {one.number for one in got(Orders, hospital.admission_orders(person)).orders}
    assert admission.deposit in got(Bills, hospital.unpaid(person)).batches
    someone = parties.find("luguoqiang")
    assert isinstance(hospital.admit(number, someone, Seen.CARD), Refused), "nobody else begins it"


def test_a_stay_without_a_deposit_asks_for_none(parties: Parties) -> None:
    number = parties.backend.fresh_bill(WORLD.people["zhangsan"].certno, "admission")
    assert got(Admission, parties.hospital.admit(number, parties.find("zhangsan"), Seen.COMPARED)).deposit is None


def test_a_birth_is_told_with_its_bill_and_settles_like_any_stay(backend: Backend, parties: Parties) -> None:
    stay = parties.visit("chenjing", "maternity").report()
    told = stay.batch.maternity
    assert told is not None
    assert (stay.batch.med_type, told.kind, told.weeks, told.children) == ("52", "1", 39, 1)
    settlement = stay.settle(stay.quote())
    prepaid, cover = planned(stay, settlement), stay.batch.cover(settlement.amounts.psn_cash_pay)
    paid = got(Collected, parties.payment.collect(f"{stay.sid.lower()}p", cover.due, PAYS, stay.batch.batch_no))
    assert isinstance(book(stay, settlement, prepaid, Payment(paid.order, paid.amount, paid.channel)), Booking)
    assert violations(backend) == []


def test_a_newborns_bill_says_whose_it_is_and_that_it_waits(parties: Parties) -> None:
    number = parties.backend.fresh_bill(WORLD.people["chenjing"].certno, "newborn")
    bills = got(Bills, parties.hospital.unpaid(parties.find("chenjing"))).batches
    assert next(one for one in bills if one.batch_no == number).newborn == "陈*之女"
