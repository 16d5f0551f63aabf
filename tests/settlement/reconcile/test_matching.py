"""Every difference between the four parties is named once, with its settlement; where there is none, none is named."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.accounts import AccountRow, OrderShare, Standing
from kiosk.domain.money import ZERO, Money
from kiosk.domain.sid import new_sid
from settlement.reconcile.findings import Kind
from settlement.reconcile.indexing import terminal_of
from settlement.reconcile.matching import compare
from settlement.reconcile.report import as_json, report
from settlement.reconcile.rows import PaidOrder, PlatformView, TakenDeposit
from settlement.reconcile.spoken import as_lines, day_close
from settlement.reconcile.strangers import sid_of
from settlement.reconcile.words import WORDS
from tests.settlement.reconcile.invented import Day, plain_day, quiet_day
from tests.settlement.reconcile.single import DAY, EMPLOYEES, MORNING, booking_of, settlement_row
from tests.settlement.reconcile.spoiling import HANDS, Spoil, only_at_platform, silenced, spoilable, spoilings
from tests.support.proofs import Proved


@given(st.integers(0, 2**32))
@settings(max_examples=40)
def test_on_a_day_on_which_all_agree_nothing_is_named(seed: int) -> None:
    result = report(quiet_day(random.Random(seed), kiosks=3, each=20, windows=5).books())
    assert result.findings == ()
    assert result.waiting == ()
    assert result.balanced
    assert all(line.difference == ZERO for line in result.cashiers)


def test_a_whole_institution_that_agrees_has_a_line_for_each_cashier() -> None:
    result = report(quiet_day(random.Random(1)).books())
    assert result.balanced
    assert result.others.institution_rows == 1_000
    assert {line.terminal for line in result.cashiers} == {f"{number:03d}" for number in range(1, 61)}


@pytest.mark.parametrize("seed", range(3))
def test_a_thousand_differences_on_sixty_kiosks_are_all_named(seed: int, proved: Proved) -> None:
    """Each once, by one kind, and nothing besides; the sixty-first kiosk is off, and nothing of it is missing."""
    chance = random.Random(seed)
    day = quiet_day(chance, kiosks=61, each=30)
    off = [row for row in spoilable(day) if row.terminal == "061"]
    others = [row for row in spoilable(day) if row.terminal != "061"]
    expected = Counter(hand(day, row) for hand, row in _a_thousand(chance, others))
    unreported = Counter(silenced(day, "061"))
    compared = compare(day.books())
    assert Counter((finding.kind, finding.sid) for finding in compared.findings) == expected
    assert Counter(finding.sid for finding in compared.waiting) == unreported
    assert {kind for kind, _ in expected} == set(Kind) - {Kind.NOT_REPORTED}
    assert 0 < len(unreported) <= len(off)
    proved("injected differences named", 1_000)


def _a_thousand(chance: random.Random, rows: list[AccountRow]) -> Iterator[tuple[Spoil, AccountRow]]:
    """Rows and what is done to each; every hand has one of them at least."""
    left = dict.fromkeys(chance.sample(range(len(rows)), len(rows)))
    for hand in HANDS:
        at = next(at for at in left if hand in spoilings(rows[at]))
        del left[at]
        yield hand, rows[at]
    for at in list(left)[: 1_000 - len(HANDS)]:
        yield chance.choice(spoilings(rows[at])), rows[at]


@pytest.mark.parametrize("spoil", HANDS, ids=lambda spoil: spoil.__name__)
def test_one_difference_keeps_the_day_open(spoil: Spoil) -> None:
    day = quiet_day(random.Random(7), kiosks=3, each=60, windows=3)
    row = next(row for row in spoilable(day) if spoil in spoilings(row))
    kind, sid = spoil(day, row)
    result = report(day.books())
    assert [(finding.kind, finding.sid) for finding in result.findings] == [(kind, sid)]
    assert not result.balanced


@pytest.mark.parametrize("first", [True, False])
def test_of_a_bill_that_was_booked_twice_one_booking_may_be_taken_back(first: bool) -> None:
    """That is what finance was asked to do: then it is booked once, and nobody is told to refund it."""
    day = plain_day(random.Random(3), kiosks=1, each=6, windows=1)
    row = next(row for row in day.rows.values() if row.standing is Standing.SETTLED)
    [booked] = day.booked[row.sid]
    day.booked[row.sid] = [replace(booked, undone=first), replace(booked, undone=not first)]
    result = report(day.books())
    assert result.findings == ()
    assert result.balanced


def test_two_drawers_that_are_wrong_by_as_much_leave_the_day_open() -> None:
    """Whatever is named or not: finance signs for each line."""
    result = report(plain_day(random.Random(3), kiosks=2, each=6, windows=1).books())
    assert result.balanced
    one, other, *rest = result.cashiers
    wrong = (
        replace(one, at_hospital=one.at_hospital + Money(1)),
        replace(other, at_hospital=other.at_hospital - Money(1)),
    )
    assert not replace(result, cashiers=(*wrong, *rest)).balanced


@given(st.integers(0, 2**32))
@settings(max_examples=40)
def test_a_cashier_whose_sums_differ_has_a_difference_that_says_why(seed: int) -> None:
    """Finance signs a line for each: one that is wrong is never left alone."""
    chance = random.Random(seed)
    day = quiet_day(chance, kiosks=3, each=10, windows=2)
    for row in chance.sample(spoilable(day), 4):
        chance.choice(spoilings(row))(day, row)
    books = day.books()
    result = report(books)
    named = {finding.terminal for finding in result.findings}
    about = {finding.setl_id for finding in result.findings} | {finding.sid for finding in result.findings}
    named |= {booked.terminal for booked in books.institution if booked.setl_id in about}  # where the hospital has it
    named |= {taken.terminal for taken in books.deposits if sid_of(taken.key, "-book") in about}
    assert {line.terminal for line in result.cashiers if line.difference} <= named


def _left_here(day: Day) -> AccountRow:
    """A bill begun on a phone and given up at kiosk 001; the phone's settlement stands at the platform."""
    row = next(row for row in day.rows.values() if row.standing is Standing.SETTLED and row.orders)
    left = replace(row, sid=new_sid(1), standing=Standing.UNDONE, by_phone=True, booked=False, orders=())
    day.rows = {row.sid: replace(row, by_phone=True), left.sid: left}
    day.booked = {row.sid: day.booked[row.sid]}
    day.orders = {row.sid: day.orders[row.sid]}
    return left


def test_a_bill_of_a_phone_that_was_left_here_may_be_finished_at_any_till() -> None:
    day = plain_day(random.Random(12), kiosks=1, each=10, windows=0)
    left = _left_here(day)
    assert compare(day.books()).findings == (), "at the same kiosk, under another number"
    day.rows, day.orders = {left.sid: left}, {}
    day.booked = {sid: [replace(row, terminal="APP") for row in rows] for sid, rows in day.booked.items()}
    assert compare(day.books()).findings == (), "on the phone itself"
    day.booked = {}
    day.told.append(only_at_platform(left))
    assert [(one.kind, one.sid) for one in compare(day.books()).findings] == [(Kind.PHONE_UNFINISHED, left.sid)]


def test_a_number_of_the_phones_centre_is_no_tills() -> None:
    assert terminal_of("H00000000001202611260800010071") == "007"
    assert terminal_of("M6b445e89b66bfe9552805eadd9001") == ""
    day = plain_day(random.Random(13), kiosks=1, each=2, windows=0)
    told = only_at_platform(next(iter(day.rows.values())))
    day.told.append(replace(told, setl_id="PHONE", msgid="M6b445e89b66bfe9552805eadd001"))
    compared = compare(day.books())
    assert (compared.findings, compared.others.differences) == ((), 1)


def test_accounts_of_before_tell_no_promise_and_are_not_reproached_with_it() -> None:
    day = plain_day(random.Random(14), kiosks=1, each=20, windows=0)
    day.rows = {sid: replace(row, promised=None) for sid, row in day.rows.items()}
    assert report(day.books()).balanced


def test_a_window_may_differ_from_the_platform_and_is_counted() -> None:
    day = plain_day(random.Random(2), kiosks=1, each=5, windows=4)
    window = day.windows[0]
    day.told.append(
        replace(only_at_platform(next(iter(day.rows.values()))), setl_id=window.setl_id, msgid=window.msgid)
    )
    compared = compare(day.books())
    assert compared.findings == ()
    assert compared.others.differences == 1


def test_one_payment_for_two_bills_is_the_sum_of_its_parts() -> None:
    day = plain_day(random.Random(3), kiosks=1, each=0, windows=0)
    for serial, own in ((1, 700), (2, 300)):
        row = settlement_row("001", serial, Money(own), undone=False)
        day.rows[row.sid] = replace(row, orders=(OrderShare("one", "alipay", Money(own), f"oner{serial - 1 or ''}"),))
        day.booked[row.sid] = [booking_of(day.rows[row.sid], EMPLOYEES)]
    day.orders["one"] = PaidOrder("one", "001", "alipay", Money(1_000), DAY)
    assert report(day.books()).balanced
    day.orders["one"] = PaidOrder("one", "001", "alipay", Money(700), DAY)
    assert [finding.kind for finding in compare(day.books()).findings] == [Kind.PAID_OTHERWISE] * 2


def test_a_part_that_went_back_and_a_card_that_an_acquirer_took_leave_nothing_to_say() -> None:
    day = plain_day(random.Random(9), kiosks=1, each=0, windows=0)
    part, card = (settlement_row("001", serial, Money(700), undone=serial == 1) for serial in (1, 2))
    gone = OrderShare("part", "wechat", Money(350), "partr", Money(350))
    day.rows = {
        part.sid: replace(part, orders=(gone,)),
        card.sid: replace(card, orders=(OrderShare("card", "unionpay", Money(700), "cardr"),)),
    }
    day.booked[card.sid] = [booking_of(day.rows[card.sid], EMPLOYEES)]
    day.orders["part"] = PaidOrder("part", "001", "wechat", Money(350), DAY, {"partr": Money(350)})
    result = report(replace(day.books(), acquirers=frozenset({"unionpay"})))
    assert (result.balanced, result.four_ways.acquirers) == (True, Money(700))
    assert [(line.channel, line.at_payment) for line in result.cashiers] == [("unionpay", None), ("wechat", Money(0))]
    assert [finding.kind for finding in compare(day.books()).findings] == [Kind.NOT_PAID]


def test_a_visit_over_midnight_is_found_on_the_day_before() -> None:
    day = plain_day(random.Random(4), kiosks=1, each=3, windows=0)
    late: AccountRow = next(row for row in day.rows.values() if row.orders)
    order = day.orders[late.sid]
    day.orders[late.sid] = replace(order, day=DAY + timedelta(days=1))
    assert report(day.books()).balanced
    tomorrow = replace(day.books(), day=DAY + timedelta(days=1), kiosks=(), institution=(), neighbours=(late,))
    assert compare(tomorrow).findings == ()


def test_a_platform_that_does_not_answer_leaves_the_day_open() -> None:
    books = replace(plain_day(random.Random(5), kiosks=1).books(), platform=PlatformView(asked=True, complete=False))
    assert not report(books).balanced


def test_a_kiosk_whose_accounts_are_missing_leaves_the_day_open() -> None:
    result = report(replace(plain_day(random.Random(6), kiosks=1).books(), silent=frozenset({"017"})))
    assert not result.balanced
    assert any(line.startswith("缺少 017 号机的账") for line in as_lines(result))
    assert any("kiosk 017" in line for line in as_lines(result, "en"))


def test_a_number_that_two_kiosks_bear_leaves_the_day_open_and_is_said() -> None:
    result = report(replace(plain_day(random.Random(6), kiosks=1).books(), doubled=frozenset({"017"})))
    assert not result.balanced
    assert as_json(result)["doubled"] == ["017"]
    assert any(line.startswith("有两台自助机都用 017 号") for line in as_lines(result))
    assert any(note.startswith("Two kiosks bear number 017") for note in day_close(result, MORNING, "en").notes)


def test_every_kind_says_what_is_so_and_what_to_do_in_both_languages() -> None:
    assert set(WORDS) == set(Kind)
    assert all(part.strip() for words in WORDS.values() for part in words)


def test_the_report_names_nobody() -> None:
    day: Day = plain_day(random.Random(8), kiosks=2, each=30, windows=2)
    for row in list(day.rows.values()):
        spoilings(row)[0](day, row)
    told = f"{as_json(report(day.books()))}{as_lines(report(day.books()))}"
    assert "1000000000000001" not in told


def _with_deposit() -> tuple[Day, AccountRow, TakenDeposit]:
    """A quiet day on which a kiosk took a deposit besides."""
    day = plain_day(random.Random(11), kiosks=2, each=10, windows=3)
    some = next(row for row in day.rows.values() if row.kept)
    share = replace(some.orders[0], order="deposit00000000000001", collected=Money(150000))
    row = replace(some, sid=new_sid(1), setl_id="", msgid="", figures=None, orders=(share,), deposit=True)
    day.rows[row.sid] = row
    day.orders[share.order] = PaidOrder(share.order, row.terminal, share.channel, Money(150000), DAY)
    return day, row, TakenDeposit(f"{row.sid}-book", row.terminal, share.order, share.channel, Money(150000))


def test_a_deposit_is_between_kiosk_hospital_and_payment_and_no_settlement() -> None:
    day, row, taken = _with_deposit()
    result = report(replace(day.books(), deposits=[taken]))
    assert (result.findings, result.balanced) == ((), True)
    assert all(line.difference == ZERO for line in result.cashiers)
    paid = day.orders[taken.order]
    day.orders[taken.order] = replace(paid, refunds={"a-later-stay-d0": Money(40000)})
    later = report(replace(day.books(), deposits=[taken]))
    assert later.balanced, "what goes back goes back with its stay"
    assert row.deposit


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (lambda _row, _taken: ([], None), Kind.NOT_BOOKED),
        (lambda _row, taken: ([replace(taken, amount=Money(1))], None), Kind.HOSPITAL_AMOUNTS),
        (lambda row, taken: ([taken], replace(row, standing=Standing.OPEN)), Kind.STILL_OPEN),
        (lambda row, taken: ([taken, replace(taken, order="nobodys", key="")], row), Kind.BOOKED_WITHOUT_KIOSK),
    ],
)
def test_what_is_wrong_with_a_deposit_is_named(
    change: Callable[[AccountRow, TakenDeposit], tuple[list[TakenDeposit], AccountRow | None]], kind: Kind
) -> None:
    day, row, taken = _with_deposit()
    deposits, other = change(row, taken)
    day.rows[row.sid] = other or row
    findings = compare(replace(day.books(), deposits=deposits)).findings
    assert kind in {finding.kind for finding in findings}


def test_a_deposit_that_went_back_and_that_the_hospital_keeps_is_named() -> None:
    day, row, taken = _with_deposit()
    share = replace(row.orders[0], refunded=Money(150000), refund_order="r")
    day.rows[row.sid] = replace(row, standing=Standing.UNDONE, orders=(share,))
    day.orders[taken.order] = replace(day.orders[taken.order], refunds={"r": Money(150000)})
    findings = compare(replace(day.books(), deposits=[taken])).findings
    assert [(finding.kind, finding.sid) for finding in findings] == [(Kind.BOOKED_BUT_UNDONE, row.sid)]


def test_the_sheet_says_in_words_what_finance_has_to_know() -> None:
    """A kiosk that is off is one line; amounts have names; days to close again and a day that runs on are noted."""
    day = quiet_day(random.Random(5), kiosks=4, each=14, windows=3)
    list(silenced(day, "004"))
    result = report(day.books())
    sheet = day_close(result, MORNING)
    assert (len(sheet.remarks), sheet.balanced) == (1, False)
    assert f"别人那里有它的 {len(result.waiting)} 笔" in sheet.remarks[0]
    assert any("2026-11-25 再结一次" in note for note in sheet.notes)
    assert [side.party for side in sheet.sides] == ["kiosk", "hospital", "platform", "payment", "insurer"]
    assert any("还没有过完" in note for note in day_close(replace(result, over=False), MORNING).notes)
    row = next(row for row in spoilable(day) if "_pay_otherwise" in {hand.__name__ for hand in spoilings(row)})
    day.orders[row.sid] = replace(day.orders[row.sid], amount=Money(1))
    [*_, remark] = day_close(report(day.books()), MORNING).remarks
    assert "自助机收款" in remark
    assert "支付平台收款 0.01 元" in remark


def test_the_terminal_shows_each_party_and_each_line_once() -> None:
    day = quiet_day(random.Random(5), kiosks=2, each=14, windows=3)
    told = as_lines(report(day.books()))
    assert "已平" in told[0]
    assert [line.split("　")[0].strip() for line in told[1:6]] == ["自助机", "医院", "医保平台", "支付平台", "保险公司"]
    assert as_lines(report(day.books()), "en")[1].startswith("  kiosk")
