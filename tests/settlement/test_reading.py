"""Amounts from the wire, for all amounts there are."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.money import Money
from kiosk.domain.settlement import Quote, Settlement
from kiosk.ports.settlement import SettledWrong
from settlement.reading import read_quote, read_settlement
from settlement.wire.codec import decode, encode
from tests.settlement.direct.scripted import account_detail, setlinfo
from tests.support.parties import PROFILE, HandClock

FEN = st.integers(0, 10**12)
FUNDS = ("hifp_pay", "cvlserv_pay", "hifes_pay", "hifmi_pay", "hifob_pay", "maf_pay", "oth_pay")
SCOPES = ("fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt")
NOW = HandClock().now()


def yuan(fen: int) -> Decimal:
    return Decimal(fen).scaleb(-2)


@st.composite
def bills(draw: st.DrawFn) -> dict[str, Any]:
    """Outputs of 2206A whose identities hold, by construction from the payers upwards."""
    funds = {name: draw(FEN) for name in FUNDS}
    account, cash, hospital = draw(FEN), draw(FEN), draw(FEN)
    total = sum(funds.values()) + account + cash + hospital
    cuts = sorted(draw(st.lists(st.integers(0, total), min_size=3, max_size=3)))
    scopes = [high - low for low, high in zip([0, *cuts], [*cuts, total], strict=True)]
    amounts = funds | dict(zip(SCOPES, scopes, strict=True))
    amounts |= {
        "medfee_sumamt": total,
        "fund_pay_sumamt": sum(funds.values()),
        "psn_part_amt": account + cash,
        "acct_pay": account,
        "psn_cash_pay": cash,
        "hosp_part_amt": hospital,
    }
    return setlinfo(**{name: yuan(fen) for name, fen in amounts.items()})


def as_number(amount: Decimal) -> object:
    return amount


def as_text(amount: Decimal) -> object:
    return f"{amount:.2f}"


def as_short_text(amount: Decimal) -> object:
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


WAYS = st.sampled_from([as_number, as_text, as_short_text])


def over_the_wire(info: dict[str, Any], write: Callable[[Decimal], object]) -> dict[str, Any]:
    written = {name: write(value) if isinstance(value, Decimal) else value for name, value in info.items()}
    return decode(encode({"setlinfo": written}))


@given(bills(), WAYS)
def test_every_amount_arrives_to_the_fen_however_it_is_written(
    info: dict[str, Any], write: Callable[[Decimal], object]
) -> None:
    quote = read_quote(over_the_wire(info, write), info["medfee_sumamt"], PROFILE)
    assert isinstance(quote, Quote)
    for name in (
        *SCOPES,
        "medfee_sumamt",
        "fund_pay_sumamt",
        "psn_part_amt",
        "acct_pay",
        "psn_cash_pay",
        "hosp_part_amt",
    ):
        assert getattr(quote.amounts, name) == Money.from_yuan(info[name])
    assert {name: getattr(quote.amounts.funds, name) for name in FUNDS} == {
        name: Money.from_yuan(info[name]) for name in FUNDS
    }


@given(
    bills(),
    st.sampled_from([*SCOPES, *FUNDS, "medfee_sumamt", "fund_pay_sumamt", "psn_part_amt", "acct_pay", "psn_cash_pay"]),
    st.integers(-(10**6), 10**6).filter(bool),
)
def test_one_amount_changed_by_a_fen_or_more_is_noticed(info: dict[str, Any], name: str, change: int) -> None:
    asked = info["medfee_sumamt"]
    spoilt = info | {name: info[name] + yuan(change), "setl_id": "S1"}
    assert isinstance(read_quote({"setlinfo": spoilt}, asked, PROFILE), SettledWrong)
    answer = read_settlement({"setlinfo": spoilt}, "X", asked, PROFILE, NOW)
    assert isinstance(answer, SettledWrong)
    assert answer.setl_id == "S1"


@given(bills(), st.sampled_from([*SCOPES, *FUNDS, "acct_pay", "psn_cash_pay"]), st.integers(1, 9))
def test_a_fraction_of_a_fen_is_never_rounded_away(info: dict[str, Any], name: str, tenths: int) -> None:
    spoilt = info | {name: info[name] + Decimal(tenths).scaleb(-3)}
    answer = read_quote({"setlinfo": spoilt}, info["medfee_sumamt"], PROFILE)
    assert answer == SettledWrong(None, (f"setlinfo.{name}",))


@given(bills())
def test_where_the_fund_total_includes_the_account(info: dict[str, Any]) -> None:
    """The other half of the country: the fund total holds acct_pay too."""
    info |= {"fund_pay_sumamt": info["fund_pay_sumamt"] + info["acct_pay"]}
    including = replace(PROFILE, fund_total_includes_account=True)
    assert isinstance(read_quote({"setlinfo": info}, info["medfee_sumamt"], including), Quote)
    elsewhere = read_quote({"setlinfo": info}, info["medfee_sumamt"], PROFILE)
    assert isinstance(elsewhere, Quote if info["acct_pay"] == 0 else SettledWrong)


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.decimals(allow_nan=False, places=2),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(bills(), st.dictionaries(st.sampled_from([*SCOPES, *FUNDS, "setl_id", "setl_time", "balc"]), JUNK), JUNK)
def test_nothing_a_platform_can_say_is_more_than_a_wrong_settlement(
    info: dict[str, Any], junk: dict[str, Any], details: object
) -> None:
    output = {"setlinfo": info | {"setl_id": "S1"} | junk, "setldetail": details}
    answer = read_settlement(output, "X", info["medfee_sumamt"], PROFILE, NOW)
    assert isinstance(answer, Settlement | SettledWrong)


def test_details_must_add_up_where_there_are_any() -> None:
    info = setlinfo()
    asked = Decimal("4.52")
    for details, kind in (([], Quote), ([account_detail()], Quote), ([account_detail("4.51")], SettledWrong)):
        assert isinstance(read_quote({"setlinfo": info, "setldetail": details}, asked, PROFILE), kind)
