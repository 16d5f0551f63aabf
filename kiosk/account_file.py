"""A kiosk's accounts of one day as a file: JSON, a line a row, the first line says whose they are and how many.

The file leaves the machine (the hospital copies it, or asks for it over its own remote shell), so it holds numbers of
settlements and orders, and nobody's name or number. A file that was cut off is missed by its count, and one that was
made before its day was over says until when it goes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kiosk.domain.accounts import AccountRow, ClaimShare, Figures, GivenBack, HandedShare, OrderShare, Standing
from kiosk.domain.insurer import Outcome
from kiosk.domain.money import Money
from kiosk.domain.stay import Back
from kiosk.ports.clock import BEIJING

_Fen = Annotated[int, Field(strict=True)]
_SCHEMA = 1


class AccountsUnreadable(ValueError):
    """No accounts, or not all of them; the text names the line, never what stands in it."""


@dataclass(frozen=True, slots=True)
class DayAccounts:
    """All rows of one kiosk on one day; `terminal` is its number in the institution.

    `until` is when they were written down: what happened later that day is not in them. None in files of before.
    """

    terminal: str
    day: date
    rows: tuple[AccountRow, ...]
    until: datetime | None = None

    @property
    def whole(self) -> bool:
        """Nothing can be added to the day any more."""
        return self.until is None or self.until.astimezone(BEIJING).date() > self.day


class _Written(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


WrittenT = TypeVar("WrittenT", bound=_Written)


class _Head(_Written):
    schema_: Annotated[int, Field(alias="schema", ge=1, le=_SCHEMA)]
    terminal: str
    day: date
    rows: int
    until: datetime | None = None


class _Order(_Written):
    order: str
    channel: str
    collected: _Fen
    refund_order: str
    refunded: _Fen


class _Returned(_Written):
    order: str
    key: str
    channel: str
    amount: _Fen
    back: Back


class _Claim(_Written):
    key: str
    amount: _Fen
    outcome: Outcome


class _Handed(_Written):
    key: str
    number: str
    until: datetime


class _Row(_Written):
    sid: str
    state: str
    standing: Standing
    moment: datetime
    batch_no: str
    msgid: str
    setl_id: str
    insutype: str
    insuplc_admdvs: str
    medfee_sumamt: _Fen | None
    fund_pay_sumamt: _Fen | None
    acct_pay: _Fen | None
    psn_cash_pay: _Fen | None
    booked: bool
    orders: tuple[_Order, ...]
    deposit: bool = False
    promised: _Fen | None = None
    by_phone: bool = False
    deferred: _Fen | None = None
    claim: _Claim | None = None
    cancels: str = ""
    returns: tuple[_Returned, ...] = ()
    receipt: str = ""
    red: str = ""
    used: _Fen | None = None
    handed: _Handed | None = None


def write(accounts: DayAccounts) -> str:
    """Amounts are whole fen, None where the platform told none."""
    head = {
        "schema": _SCHEMA,
        "terminal": accounts.terminal,
        "day": accounts.day.isoformat(),
        "rows": len(accounts.rows),
        "until": accounts.until.isoformat(timespec="seconds") if accounts.until else None,
    }
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in (head, *map(_written, accounts.rows)))


def read(text: str) -> DayAccounts:
    """
    Raises:
        AccountsUnreadable: a line is none of ours, or rows are missing.
    """
    *lines, rest = text.split("\n")  # and not splitlines: a text may hold what Unicode calls a line's end
    if rest or not lines:
        raise AccountsUnreadable("cut off" if rest else "empty")
    head = _line(_Head, 1, lines[0])
    if head.rows != len(lines) - 1:
        raise AccountsUnreadable(f"{len(lines) - 1} rows of {head.rows}")
    rows = (_row(_line(_Row, number, line), head.terminal) for number, line in enumerate(lines[1:], 2))
    return DayAccounts(head.terminal, head.day, tuple(rows), head.until)


def _line(model: type[WrittenT], number: int, line: str) -> WrittenT:
    try:
        return model.model_validate_json(line)
    except ValidationError as wrong:
        where = ", ".join(".".join(map(str, error["loc"])) for error in wrong.errors(include_input=False))
        raise AccountsUnreadable(f"line {number}: {where or 'no JSON'}") from None


def _written(row: AccountRow) -> dict[str, object]:
    told = row.figures
    figures = {name: getattr(told, name).fen if told else None for name in Figures.__dataclass_fields__}
    return {
        "sid": row.sid,
        "state": row.state,
        "standing": row.standing,
        "moment": row.moment.isoformat(timespec="seconds"),
        "batch_no": row.batch_no,
        "msgid": row.msgid,
        "setl_id": row.setl_id,
        "insutype": row.insutype,
        "insuplc_admdvs": row.insuplc_admdvs,
        **figures,
        "booked": row.booked,
        "orders": [
            {
                "order": share.order,
                "channel": share.channel,
                "collected": share.collected.fen,
                "refund_order": share.refund_order,
                "refunded": share.refunded.fen,
            }
            for share in row.orders
        ],
        "deposit": row.deposit,
        "promised": None if row.promised is None else row.promised.fen,
        "by_phone": row.by_phone,
        "deferred": None if row.deferred is None else row.deferred.fen,
        "claim": _written_claim(row.claim) if row.claim else None,
        "cancels": row.cancels,
        "returns": [
            {
                "order": one.order,
                "key": one.key,
                "channel": one.channel,
                "amount": one.amount.fen,
                "back": one.back,
            }
            for one in row.returns
        ],
        "receipt": row.receipt,
        "red": row.red,
        "used": None if row.used is None else row.used.fen,
        "handed": _written_handed(row.handed) if row.handed else None,
    }


def _written_claim(claim: ClaimShare) -> dict[str, object]:
    return {"key": claim.key, "amount": claim.amount.fen, "outcome": claim.outcome}


def _written_handed(handed: HandedShare) -> dict[str, object]:
    return {"key": handed.key, "number": handed.number, "until": handed.until.isoformat(timespec="seconds")}


def _row(told: _Row, terminal: str) -> AccountRow:
    return AccountRow(
        sid=told.sid,
        terminal=terminal,
        state=told.state,
        standing=told.standing,
        moment=told.moment,
        batch_no=told.batch_no,
        msgid=told.msgid,
        setl_id=told.setl_id,
        insutype=told.insutype,
        insuplc_admdvs=told.insuplc_admdvs,
        figures=_figures(told),
        booked=told.booked,
        orders=tuple(
            OrderShare(share.order, share.channel, Money(share.collected), share.refund_order, Money(share.refunded))
            for share in told.orders
        ),
        deposit=told.deposit,
        promised=None if told.promised is None else Money(told.promised),
        by_phone=told.by_phone,
        deferred=None if told.deferred is None else Money(told.deferred),
        claim=ClaimShare(told.claim.key, Money(told.claim.amount), told.claim.outcome) if told.claim else None,
        cancels=told.cancels,
        returns=tuple(GivenBack(one.order, one.key, one.channel, Money(one.amount), one.back) for one in told.returns),
        receipt=told.receipt,
        red=told.red,
        used=None if told.used is None else Money(told.used),
        handed=HandedShare(told.handed.key, told.handed.number, told.handed.until) if told.handed else None,
    )


def _figures(told: _Row) -> Figures | None:
    amounts = (told.medfee_sumamt, told.fund_pay_sumamt, told.acct_pay, told.psn_cash_pay)
    known = [Money(fen) for fen in amounts if fen is not None]
    return Figures(*known) if len(known) == len(amounts) else None
