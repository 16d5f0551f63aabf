"""Who pays what, as rows of words: taken from the platform's amounts as they are, none computed anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace

from kiosk.domain.money import Money, total
from kiosk.domain.settlement import Amounts, Funds
from kiosk.domain.stay import Cover
from kiosk.messages import Texts
from screens import words
from screens.pay.family import NOBODY, Relatives, note, within_account

_FUNDS = (
    ("hifp", "hifp_pay"),
    ("cvlserv", "cvlserv_pay"),
    ("hifes", "hifes_pay"),
    ("hifmi", "hifmi_pay"),
    ("hifob", "hifob_pay"),
    ("maf", "maf_pay"),
    ("hifdm", "hifdm_pay"),
    ("oth", "oth_pay"),
)
_REASONS = (
    ("outside", "fulamt_ownpay_amt"),
    ("above_limit", "overlmt_selfpay"),
    ("first", "preselfpay_amt"),
    ("deductible", "act_pay_dedc"),
)


@dataclass(frozen=True, slots=True)
class PayerRow:
    """`kind` chooses colour and pattern (fund, aid, account, hospital, own); `share` of one is for drawing only.

    `rule` says why this payer pays, `source` which paper says so.
    """

    kind: str
    label: str
    note: str
    amount: str
    share: float
    rule: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class ReasonRow:
    label: str
    amount: str


def together(each: Sequence[Amounts]) -> Amounts:
    """What several settlements come to, payer by payer: the platform's own figures, added up for the eye alone.

    The balance is the last one's; a ratio belongs to one bill and is left out.
    """
    first, *rest = each
    if not rest:
        return first
    added = {
        name: total(_field(one, name) for one in each)
        for name in _names(Amounts)
        if isinstance(getattr(first, name), Money)
    }
    funds = Funds(**{name: total(_field(one.funds, name) for one in each) for name in _names(Funds)})
    return replace(first, **added, funds=funds, balc=rest[-1].balc, pool_prop_selfpay=None)


def _names(kind: type[Amounts | Funds]) -> list[str]:
    return [field.name for field in fields(kind) if field.name != "balc"]


def payers(
    amounts: Amounts, texts: Texts, covers: Sequence[Cover] = (), relatives: Relatives = NOBODY
) -> list[PayerRow]:
    """Everybody who pays something, the patient last; `covers` say how psn_cash_pay is met, `relatives` whose account
    pays beside the patient's.
    """
    return [
        PayerRow(
            kind,
            texts.say("payer.account_shared" if name == "account" and within_account(amounts) else f"payer.{name}"),
            note,
            words.amount(value, texts),
            value.fen / amounts.medfee_sumamt.fen,
            texts.say(f"rule.{name}.text"),
            texts.say(f"rule.{name}.source"),
        )
        for kind, name, note, value in _parts(amounts, texts, covers, relatives)
        if value
    ]


def reasons(amounts: Amounts, texts: Texts) -> list[ReasonRow]:
    """Why the person bears a part; the percentage's own amount is nowhere stated and so is not written."""
    stated = [(name, _field(amounts, field)) for name, field in _REASONS]
    rows = [ReasonRow(texts.say(f"why.{name}"), words.amount(value, texts)) for name, value in stated if value]
    if amounts.psn_part_amt > sum((value for _, value in stated), start=Money(0)):
        rows.append(ReasonRow(texts.say("why.share"), ""))
    return rows


def _parts(
    amounts: Amounts, texts: Texts, covers: Sequence[Cover], relatives: Relatives
) -> Iterator[tuple[str, str, str, Money]]:
    for name, field in _FUNDS:
        yield ("fund" if name == "hifp" else "aid"), name, "", _field(amounts.funds, field)
    family, within = amounts.acct_mulaid_pay, within_account(amounts)
    told = note(amounts, relatives, texts) if family else ""
    inside = texts.say("payer.family_within", amount=words.amount(family, texts)) if within else ""
    yield "account", "account", f"{inside}\n{told}" if within else "", amounts.acct_pay
    if not within:
        yield "account", "family", told, family
    yield "hospital", "hospital", "", amounts.hosp_part_amt
    insurer, deferred = total(one.insurer for one in covers), total(one.deferred for one in covers)
    yield "aid", "insurer", "", insurer
    yield "own", "deferred", "", deferred
    yield "own", "own", "", amounts.psn_cash_pay - insurer - deferred


def _field(amounts: object, name: str) -> Money:
    value = getattr(amounts, name)
    if not isinstance(value, Money):
        raise TypeError(f"{name} is not an amount")
    return value
