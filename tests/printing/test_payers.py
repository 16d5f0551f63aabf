from __future__ import annotations

import io
from dataclasses import replace

import pypdf
import pytest
from hypothesis import given

from kiosk.domain.money import ZERO, Money, total
from kiosk.domain.paper import Line, PaperShape
from kiosk.domain.policy import SettlementProfile
from kiosk.domain.settlement import Amounts, broken_identities
from kiosk.messages import Catalogue, Texts
from printing.payers import shares
from printing.receipt import receipt
from printing.statement import statement
from tests.support.account_states import BESIDE, OWNERS, SHARED
from tests.support.amounts import lawful_amounts
from tests.support.paid_bills import AMOUNTS, MANY_FUNDS, SITE, with_amounts


def test_everybody_expects_fund_account_and_own_part() -> None:
    nothing = replace(AMOUNTS, psn_cash_pay=ZERO, psn_part_amt=Money(3780))
    assert [share.payer for share in shares(nothing)] == ["hifp_pay", "acct_pay", "psn_cash_pay"]


def test_every_fund_that_pays_is_named_and_the_own_part_comes_last() -> None:
    assert [share.payer for share in shares(MANY_FUNDS)] == [
        "hifp_pay",
        "hifmi_pay",
        "maf_pay",
        "acct_pay",
        "acct_mulaid_pay",
        "hosp_part_amt",
        "psn_cash_pay",
    ]


def test_family_money_inside_the_account_is_not_counted_twice() -> None:
    inside = replace(AMOUNTS, acct_mulaid_pay=Money(500))
    family = next(share for share in shares(inside) if share.payer == "acct_mulaid_pay")
    assert family.within


@given(lawful_amounts())
def test_rows_are_the_platforms_figures_and_add_up_to_the_bill(drawn: tuple[Amounts, SettlementProfile]) -> None:
    amounts, profile = drawn
    assert broken_identities(amounts, (), profile) == ()
    rows = shares(amounts)
    assert total(share.amount for share in rows if not share.within) == amounts.medfee_sumamt
    for share in rows:
        assert share.amount == getattr(amounts, share.payer, None) or share.amount == getattr(
            amounts.funds, share.payer
        )


@pytest.mark.parametrize("amounts", [SHARED, BESIDE], ids=["inside acct_pay", "beside it"])
def test_whose_account_paid_stands_masked_on_receipt_and_statement(amounts: Amounts, catalogue: Catalogue) -> None:
    """Another person's name: slips are left lying about, and the statement is not theirs."""
    bill = with_amounts(amounts)
    bill = replace(bill, settlement=replace(bill.settlement, family=OWNERS))
    for lang in ("zh", "en"):
        texts = catalogue.of(lang)
        slip = receipt(bill, SITE, PaperShape(58, 384, 32), texts)
        said = "".join(item.text for item in slip.items if isinstance(item, Line)).replace(" ", "")
        sheet = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(statement(bill, SITE, texts))).pages)
        for paper in (said, sheet.replace(" ", "").replace("\n", "")):
            assert "马*" in paper
            assert "石*" in paper
            assert not {"马俊", "石浩"} & {paper[at : at + 2] for at in range(len(paper))}


def test_an_owner_nobody_told_is_on_no_paper(zh: Texts) -> None:
    slip = receipt(with_amounts(BESIDE), SITE, PaperShape(58, 384, 32), zh)
    assert "账户主人" not in "".join(item.text for item in slip.items if isinstance(item, Line))
