"""A stay that is settled as a fixed sum: psn_setlway arrives as it is, the parts are the platform's."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from kiosk.domain.money import Money
from kiosk.domain.settlement import broken_identities
from kiosk.ports.answers import Refused
from settlement.reference.benefit.payers import FixedSum, Situation, share_fixed
from settlement.reference.benefit.split import Split
from settlement.reference.ledger.store import Ledger
from settlement.wire import codec
from tests.settlement.reference.test_benefit import FEN, situations
from tests.settlement.visits import PACK, Parties
from tests.support.backend import Backend, running_backend


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    with running_backend(tmp_path_factory.mktemp("backend")) as backend:
        yield backend


@pytest.fixture(scope="module")
def parties(backend: Backend) -> Parties:
    return Parties.of(backend)


def process(backend: Backend, setl_id: str) -> str:
    """How the platform says the pool's part came about."""
    query = text("SELECT detail FROM settlements WHERE setl_id = :setl_id")
    with closing(Ledger(backend.database)) as ledger, ledger.look() as session:
        told = codec.decode(session.execute(query, {"setl_id": setl_id}).scalar_one().encode())
    return str(told["setldetail"][0]["setl_proc_info"])


def test_a_fixed_sum_arrives_as_02_and_its_parts_are_the_bill(backend: Backend, parties: Parties) -> None:
    stay = parties.visit("dingxue", "day-surgery").report()
    quote = stay.quote()
    sent = stay.prepare_settle(quote)
    assert codec.decode(sent.body)["input"]["data"]["psn_setlway"] == "02"
    settlement = stay.settle(quote)
    assert settlement.amounts == quote.amounts, "nothing is computed on the way"
    amounts = settlement.amounts
    assert process(backend, settlement.setl_id) == "定额 3000.00，个人 900.00，统筹 2100.00"
    assert (amounts.psn_part_amt, amounts.fund_pay_sumamt) == (Money(90000), Money(210000))
    assert amounts.hosp_part_amt == stay.batch.total - Money(300000), "what it cost beyond is the hospital's"
    assert amounts.pool_prop_selfpay is None
    assert broken_identities(amounts, settlement.details, PACK.settlement) == ()


def test_a_stay_by_item_arrives_as_01_and_is_computed_by_item(backend: Backend, parties: Parties) -> None:
    """The same person has a fixed sum on file: what counts is what the hospital says of this stay."""
    stay = parties.visit("luguoqiang", "discharge").report()
    assert stay.batch.stay is not None
    assert (stay.batch.stay.setlway, stay.batch.stay.fixed_sum) == ("01", False)
    settlement = stay.settle(stay.quote())
    assert "×" in process(backend, settlement.setl_id)
    assert settlement.amounts.hosp_part_amt == Money(0)
    assert settlement.amounts.pool_prop_selfpay is not None


def test_a_fixed_sum_that_nobody_agreed_is_refused_and_not_made_one_by_item(parties: Parties) -> None:
    stay = parties.visit("wangdashan", "day-surgery").report()
    platform = stay.parties.platform
    answer = platform.quote(platform.prepare_quote(stay.request))
    assert isinstance(answer, Refused), answer


@given(FEN, FEN, situations(), st.builds(FixedSum, FEN, FEN))
def test_a_fixed_sum_is_the_bill_whatever_it_cost(
    own: int, insured: int, situation: Situation, fixed: FixedSum
) -> None:
    bill = Split(own + insured, own, 0, 0, insured)
    shares = share_fixed(bill, situation, fixed)
    parts = (shares.fund, shares.account, shares.family, shares.cash, shares.hospital)
    assert sum(parts) == bill.total
    assert min(parts) >= 0
    assert shares.hospital == max(0, bill.total - fixed.amount)
    assert shares.fund <= insured, "what the pool pays is never more than what is insured"
    assert shares.person >= min(fixed.own, bill.total, fixed.amount)
