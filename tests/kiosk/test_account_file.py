"""Accounts leave the kiosk as they are, come back as they were, and are missed when a part of them is."""

import json
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.account_file import AccountsUnreadable, DayAccounts, read, write
from kiosk.domain.accounts import AccountRow, ClaimShare, Figures, GivenBack, HandedShare, OrderShare, Standing
from kiosk.domain.insurer import Outcome
from kiosk.domain.money import Money
from kiosk.domain.stay import Back
from kiosk.ports.clock import BEIJING

amounts = st.integers(-(10**14), 10**14).map(Money)
texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12)
shares = st.builds(OrderShare, texts, texts, amounts, texts, amounts)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2036, 1, 1)).map(  # noqa: DTZ001 - the zone is put on next
    lambda naive: naive.replace(microsecond=0, tzinfo=BEIJING)
)
figures = st.none() | st.builds(Figures, amounts, amounts, amounts, amounts)


@st.composite
def accounts(draw: st.DrawFn) -> DayAccounts:
    terminal = f"{draw(st.integers(0, 999)):03d}"
    rows = st.builds(
        AccountRow,
        sid=texts,
        terminal=st.just(terminal),
        state=texts,
        standing=st.sampled_from(Standing),
        moment=moments,
        batch_no=texts,
        msgid=texts,
        setl_id=texts,
        insutype=texts,
        insuplc_admdvs=texts,
        figures=figures,
        booked=st.booleans(),
        orders=st.lists(shares, max_size=3).map(tuple),
        promised=st.none() | amounts,
        by_phone=st.booleans(),
        deferred=st.none() | amounts,
        claim=st.none() | st.builds(ClaimShare, texts, amounts, st.sampled_from(Outcome)),
        cancels=texts,
        returns=st.lists(st.builds(GivenBack, texts, texts, texts, amounts, st.sampled_from(Back)), max_size=2).map(
            tuple
        ),
        receipt=texts,
        red=texts,
        used=st.none() | amounts,
        handed=st.none() | st.builds(HandedShare, texts, texts, moments),
    )
    until = draw(st.none() | moments)
    return DayAccounts(terminal, draw(st.dates(date(2026, 1, 1))), tuple(draw(st.lists(rows, max_size=4))), until)


@given(accounts())
def test_what_is_written_is_read(told: DayAccounts) -> None:
    assert read(write(told)) == told


@given(accounts().filter(lambda told: bool(told.rows)), st.data())
def test_a_file_that_was_cut_off_is_refused(told: DayAccounts, data: st.DataObject) -> None:
    text = write(told)
    with pytest.raises(AccountsUnreadable):
        read(text[: data.draw(st.integers(0, len(text) - 1))])


@given(st.text(max_size=60))
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(AccountsUnreadable):
        read(text)


def test_a_refusal_shows_nothing_of_the_line() -> None:
    text = '{"schema": 1, "terminal": "003", "day": "2026-11-26", "rows": 1}\n{"sid": "张三", "msgid": 5}\n'
    with pytest.raises(AccountsUnreadable, match=r"^line 2: ") as refused:
        read(text)
    assert "张三" not in str(refused.value)


def test_amounts_are_whole_fen() -> None:
    row = '{"schema": 1, "terminal": "003", "day": "2026-11-26", "rows": 1}\n'
    order = '{"order": "o", "channel": "", "collected": 1.5, "refund_order": "", "refunded": 0}'
    with pytest.raises(AccountsUnreadable, match="collected"):
        read(row + f'{{"orders": [{order}]}}\n')


def test_a_file_of_before_tells_nothing_of_what_it_did_not_know() -> None:
    head = '{"schema": 1, "terminal": "003", "day": "2026-11-26", "rows": 1}\n'
    row: dict[str, object] = {
        **dict.fromkeys(("sid", "state", "batch_no", "msgid", "setl_id", "insutype", "insuplc_admdvs"), "x"),
        **dict.fromkeys(("medfee_sumamt", "fund_pay_sumamt", "acct_pay", "psn_cash_pay")),
        "standing": "settled",
        "moment": "2026-11-26T08:00:00+08:00",
        "booked": True,
        "orders": [],
    }
    told = read(f"{head}{json.dumps(row)}\n")
    assert told.whole
    assert (told.rows[0].deferred, told.rows[0].returns, told.rows[0].claim) == (None, (), None)


@pytest.mark.parametrize(("until", "whole"), [((26, 23, 59), False), ((27, 0, 0), True), ((27, 3, 0), True)])
def test_a_day_is_whole_when_it_was_written_down_after_it(until: tuple[int, int, int], *, whole: bool) -> None:
    day, hour, minute = until
    at = datetime(2026, 11, day, hour, minute, tzinfo=BEIJING)
    assert DayAccounts("003", date(2026, 11, 26), (), at).whole is whole
