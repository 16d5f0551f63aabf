"""Accounts leave the kiosk as they are, come back as they were, and are missed when a part of them is."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.account_file import AccountsUnreadable, DayAccounts, read, write
from kiosk.domain.accounts import AccountRow, Figures, OrderShare, Standing
from kiosk.domain.money import Money
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
    )
    return DayAccounts(terminal, draw(st.dates(date(2026, 1, 1))), tuple(draw(st.lists(rows, max_size=4))))


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
