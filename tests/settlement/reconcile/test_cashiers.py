"""Each virtual cashier's bills, and who pays them, add up from finance's table alone."""

import csv
import io
import random
from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.money import total
from settlement.reconcile.cashiers import as_csv
from settlement.reconcile.report import report
from tests.settlement.reconcile.invented import quiet_day


@given(st.integers(0, 2**32))
@settings(max_examples=40)
def test_the_payers_of_each_cashiers_bills_add_up_from_the_table_alone(seed: int) -> None:
    """Whoever has the table needs nothing else: collected, deposits, insurer and what waits are the bills' cash part,
    whatever of it is disputed; and all bills together are those of the kiosks.
    """
    chance = random.Random(seed)
    day = quiet_day(chance, kiosks=3, each=20, windows=2)
    settled = [row.figures.psn_cash_pay for row in day.rows.values() if row.figures and not row.deposit]
    taken_back = {row.cancels for row in day.rows.values()}
    undone = [row.figures.psn_cash_pay for row in day.rows.values() if row.figures and row.setl_id in taken_back]
    lines = list(csv.DictReader(io.StringIO(as_csv(report(day.books()).cashiers).removeprefix("\ufeff"))))
    for line in lines:
        payers = [Decimal(line[name]) for name in ("由收款", "由预交金", "由保险公司", "由缓缴")]
        assert Decimal(line["个人现金"]) == sum(payers)
        assert Decimal(line["净收"]) == Decimal(line["收款"]) - Decimal(line["退款"])
        assert 0 <= Decimal(line["保险公司未赔付"]) <= Decimal(line["由保险公司"])
    assert sum(Decimal(line["个人现金"]) for line in lines) == total(settled).yuan() - total(undone).yuan()
    assert sum(int(line["结算笔数"]) for line in lines) == len(settled) - len(undone)


def test_accounts_of_before_tell_no_payers_and_the_hospital_does() -> None:
    day = quiet_day(random.Random(16), kiosks=2, each=60, windows=0)
    new = report(day.books()).cashiers
    day.rows = {sid: replace(row, used=None, promised=None, deferred=None) for sid, row in day.rows.items()}
    assert report(day.books()).cashiers == new


def test_a_payment_services_word_is_no_formula_in_a_spreadsheet() -> None:
    [line, *_] = report(quiet_day(random.Random(1), kiosks=1, each=5, windows=1).books()).cashiers
    [_, row] = csv.reader(io.StringIO(as_csv([replace(line, channel="=HYPERLINK(1)")])))
    assert row[1] == "'=HYPERLINK(1)"
