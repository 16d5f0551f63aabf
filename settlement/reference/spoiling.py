"""Replies that were true when they were made, and what a sick platform or a bad gateway makes of them."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, assert_never, cast

from settlement.reference.misbehaviour import Change
from settlement.wire import codec

KEYS = ("query", "key", "hold_key", "book_key", "claim_key", "hand_key", "order", "refund_order")
_DUE = {Change.DUE_BEFORE: timedelta(days=-3), Change.DUE_LATE: timedelta(days=800)}
ANOTHER = "000000000000000000000000000000"
_TOO_MUCH = 2_400_000
"""More than a printer gets, less than a reply may hold."""


def is_json(reply: bytes) -> bool:
    """Everything that is told, but for the files of 9102."""
    return reply.startswith(b"{")


def of_another(reply: bytes, earlier: str) -> bytes:
    """Changes every key by which a reply can be tied to its request; the platform's own number comes from its last
    answer.
    """
    if not is_json(reply):
        return reply
    told: dict[str, Any] = codec.decode(reply)
    for name in KEYS:
        if name in told:
            told[name] = ANOTHER
    if "inf_refmsgid" in told:
        told["inf_refmsgid"] = earlier
    output = told.get("output")
    if isinstance(output, dict) and "setlinfo" in output:
        output["setlinfo"]["medins_setl_id"] = ANOTHER
    return codec.encode(told)


def contradicting(reply: bytes) -> bytes:
    """The person is to pay a fen more in cash than the payers add up to."""
    if not is_json(reply):
        return reply
    told: dict[str, Any] = codec.decode(reply)
    for info in _sums(told):
        info["psn_cash_pay"] = Decimal(str(info["psn_cash_pay"])) + Decimal("0.01")
    return codec.encode(told)


def changed(reply: bytes, change: Change) -> bytes:
    """Well-formed still; a file stays as it is."""
    if not is_json(reply):
        return reply
    told: dict[str, Any] = codec.decode(reply)
    match change:
        case Change.NO_INFCODE:
            told.pop("infcode", None)
        case Change.TEXTS:
            for info in _sums(told):
                info.update({name: str(amount) for name, amount in info.items() if isinstance(amount, Decimal | int)})
        case Change.NEGATIVE:
            for info in _sums(told):
                cash, account = (Decimal(str(info[name])) for name in ("psn_cash_pay", "acct_pay"))
                info["psn_cash_pay"], info["acct_pay"] = Decimal(-1), account + cash + 1
        case Change.TORN_SHEET | Change.HUGE_SHEET:
            _spoil_sheet(told, huge=change is Change.HUGE_SHEET)
        case Change.DUE_BEFORE | Change.DUE_LATE:
            for case in _cases(told):
                accepted = date.fromisoformat(case["accepted"])
                case["due"] = (accepted + _DUE[change]).isoformat()
        case Change.TWICE | Change.OUT_OF_ORDER | Change.SOMEBODY_ELSES:
            told["notices"] = _delivered(told.get("notices") or [], change)
        case Change.UNREPEATED:
            told = {name: value for name, value in told.items() if name not in {"query", "of"}}
        case _ as never:
            assert_never(never)
    return codec.encode(told)


def under_the_number(reply: bytes, asked: bytes) -> bytes:
    """An answer of another question's, as if it were this one's; what it was made for stays."""
    told: dict[str, Any] = codec.decode(reply)
    return codec.encode(told | {"query": codec.decode(asked).get("query")})


def _spoil_sheet(told: dict[str, Any], *, huge: bool) -> None:
    content: dict[str, Any] = told.get("output") or told.get("answer") or {}
    holder: dict[str, Any] = content.get("data") or content
    if "pdf" in holder:
        pdf = base64.b64decode(holder["pdf"])
        spoilt = pdf + b"%" * _TOO_MUCH + b"\n%%EOF" if huge else pdf[: len(pdf) // 2]
        holder["pdf"] = base64.b64encode(spoilt).decode()


def _cases(told: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Of an insurance office's reply."""
    yield from cast("list[dict[str, Any]]", told.get("cases") or [])
    if isinstance(told.get("case"), dict):
        yield cast("dict[str, Any]", told["case"])


def _delivered(notices: list[dict[str, Any]], change: Change) -> list[dict[str, Any]]:
    if change is Change.TWICE:
        return [*notices, *notices]
    if change is Change.OUT_OF_ORDER:
        return notices[::-1]
    return [*notices, *({**one, "notice": f"X{one['notice']}", "case_no": "MN2026010199999999"} for one in notices)]


def _sums(told: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The setlinfo of a platform's reply, or of a hospital front's."""
    content = told.get("output") or told.get("answer")
    if isinstance(content, dict) and "setlinfo" in content:
        yield cast("dict[str, Any]", content)["setlinfo"]
