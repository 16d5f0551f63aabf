"""The day's result: what was found, whether it is balanced, and all of it as JSON."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from kiosk.domain.money import Money
from kiosk.domain.sid import is_sid, spoken_number
from kiosk.ports.documents import CashierLine, Payers
from settlement.reconcile.books import Books
from settlement.reconcile.cashiers import cashiers
from settlement.reconcile.closing import FourWays, Side, four_ways
from settlement.reconcile.findings import Finding
from settlement.reconcile.handed import HandedLine, counted, handed_over
from settlement.reconcile.indexing import Index
from settlement.reconcile.matching import Others, compare
from settlement.reconcile.words import WORDS

SCHEMA = 1
SIDES = ("kiosk", "hospital", "platform", "payment", "insurer")


@dataclass(frozen=True, slots=True)
class Report:
    """`waiting` is what others have of kiosks that have not told their rows yet: not missing, and no difference.

    `over` says that the day is; before that this is how it stands. `kept` is when the platform gave those answers that
    it was not asked for again. `handed` are bills that kiosks gave to phones: no differences.
    """

    books: Books
    findings: tuple[Finding, ...]
    others: Others
    four_ways: FourWays
    cashiers: tuple[CashierLine, ...]
    waiting: tuple[Finding, ...] = ()
    over: bool = True
    kept: tuple[str, ...] = ()
    handed: tuple[HandedLine, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """Kiosks whose accounts of the day are not there, or not to its end."""
        return tuple(sorted(self.books.silent))

    @property
    def close_again(self) -> tuple[date, ...]:
        """Days of settlements that a kiosk took back on this one: the platform has them on those days."""
        sids = {row.sid for row in self.books.kiosks}
        taken_back = (one for one in self.books.taken_back or () if one.sid in sids)
        return tuple(sorted({one.settled_on for one in taken_back} - {self.books.day}))

    @property
    def balanced(self) -> bool:
        """All four say the same of every row, and everybody was asked."""
        told = not self.books.platform.asked or self.books.platform.complete
        agreed = all(total.agrees for total in self.books.platform.totals)
        reported = not self.missing and not self.waiting and not self.books.doubled
        drawers = not any(line.difference for line in self.cashiers)  # two that are wrong may add up
        return not self.findings and reported and told and agreed and drawers and self.four_ways.equal


def report(books: Books) -> Report:
    index = Index(books)
    compared, lines = compare(books, index), cashiers(index)
    ways = four_ways(index, lines)
    handed = handed_over(index)
    return Report(books, compared.findings, compared.others, ways, lines, compared.waiting, handed=handed)


def as_json(result: Report) -> dict[str, Any]:
    """Amounts are whole fen; null is what a party does not tell."""
    books = result.books
    return {
        "schema": SCHEMA,
        "day": books.day.isoformat(),
        "balanced": result.balanced,
        "kiosks": sorted(books.terminals),
        "over": result.over,
        "missing": list(result.missing),
        "doubled": sorted(books.doubled),
        "close_again": [day.isoformat() for day in result.close_again],
        "four_ways": {name: _side(getattr(result.four_ways, name)) for name in SIDES},
        "acquirers": result.four_ways.acquirers.fen,
        "platform": {
            "asked": books.platform.asked,
            "complete": books.platform.complete,
            "kept": list(result.kept),
            "groups": _groups(books),
        },
        "away": sum(row.away for row in books.institution),
        "others": {name.name: getattr(result.others, name.name) for name in fields(Others)},
        "handed": {"count": len(result.handed), **counted(result.handed)},
        "handed_over": [_handed(line) for line in result.handed],
        "findings": [_finding(finding) for finding in result.findings],
        "not_yet_reported": [_finding(finding) for finding in result.waiting],
        "cashiers": [_cashier(line) for line in result.cashiers],
    }


def _side(side: Side) -> dict[str, int | None]:
    return {field.name: _fen(getattr(side, field.name)) for field in fields(Side)}


def _fen(value: Money | int | None) -> int | None:
    return value.fen if isinstance(value, Money) else value


def _groups(books: Books) -> list[dict[str, Any]]:
    return [
        {
            "insutype": total.group.insutype,
            "clr_type": total.group.clr_type,
            "setl_optins": total.group.setl_optins,
            "count": total.count,
            "medfee_sumamt": total.figures.medfee_sumamt.fen,
            "fund_pay_sumamt": total.figures.fund_pay_sumamt.fen,
            "acct_pay": total.figures.acct_pay.fen,
            "agrees": total.agrees,
            "words": total.words,
        }
        for total in books.platform.totals
    ]


def _finding(finding: Finding) -> dict[str, Any]:
    words = WORDS[finding.kind]
    return {
        "kind": finding.kind,
        "sid": finding.sid,
        "number": number_of(finding.sid),
        "terminal": finding.terminal,
        "setl_id": finding.setl_id,
        "msgid": finding.msgid,
        "order": finding.order,
        "amounts": {name: amount.fen for name, amount in finding.amounts},
        "what": {"zh": words.zh, "en": words.en},
        "act": {"zh": words.act_zh, "en": words.act_en},
    }


def _handed(line: HandedLine) -> dict[str, Any]:
    return {
        "sid": line.row.sid,
        "number": number_of(line.row.sid),
        "terminal": line.row.terminal,
        "state": line.state_name,
        "order": line.handed.number,
        "until": line.handed.until.isoformat(timespec="seconds"),
        "setl_id": line.setl_id,
        "settled_here": line.at.sid if line.at else None,
        "what": {"zh": line.words("zh"), "en": line.words("en")},
    }


def number_of(sid: str | None) -> str | None:
    """The number on the patient's slip."""
    return spoken_number(sid) if sid and is_sid(sid) else None


def _cashier(line: CashierLine) -> dict[str, Any]:
    return {
        "terminal": line.terminal,
        "channel": line.channel,
        "takings": line.takings,
        "taken": line.taken.fen,
        "refunds": line.refunds,
        "refunded": line.refunded.fen,
        "net": line.net.fen,
        "at_payment": _fen(line.at_payment),
        "at_hospital": line.at_hospital.fen,
        "difference": line.difference.fen,
        "payers": {field.name: _fen(getattr(line.payers, field.name)) for field in fields(Payers)},
    }
