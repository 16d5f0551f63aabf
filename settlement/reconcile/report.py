"""The day's result as JSON, as text for a terminal, and as the sheet that finance signs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from kiosk.domain.money import Money, text
from kiosk.domain.sid import is_sid, spoken_number
from kiosk.ports.documents import CashierLine, DayClose
from settlement.reconcile.books import Books
from settlement.reconcile.cashiers import cashiers
from settlement.reconcile.closing import FourWays, Side, four_ways
from settlement.reconcile.findings import Finding
from settlement.reconcile.indexing import Index
from settlement.reconcile.matching import Others, compare
from settlement.reconcile.words import WORDS

SCHEMA = 1
_SIDES = ("kiosk", "hospital", "platform", "payment", "insurer")


@dataclass(frozen=True, slots=True)
class Report:
    """`waiting` is what others have of kiosks that have not told their rows yet: not missing, and no difference.

    `over` says that the day is; before that this is how it stands. `kept` is when the platform gave those answers that
    it was not asked for again.
    """

    books: Books
    findings: tuple[Finding, ...]
    others: Others
    four_ways: FourWays
    cashiers: tuple[CashierLine, ...]
    waiting: tuple[Finding, ...] = ()
    over: bool = True
    kept: tuple[str, ...] = ()

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
        reported = not self.missing and not self.waiting
        return not self.findings and reported and told and agreed and self.four_ways.equal


def report(books: Books) -> Report:
    index = Index(books)
    compared, lines = compare(books, index), cashiers(index)
    ways = four_ways(index, lines)
    return Report(books, compared.findings, compared.others, ways, lines, compared.waiting)


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
        "close_again": [day.isoformat() for day in result.close_again],
        "four_ways": {name: _side(getattr(result.four_ways, name)) for name in _SIDES},
        "acquirers": result.four_ways.acquirers.fen,
        "platform": {
            "asked": books.platform.asked,
            "complete": books.platform.complete,
            "kept": list(result.kept),
            "groups": _groups(books),
        },
        "away": sum(row.away for row in books.institution),
        "others": {"institution_rows": result.others.institution_rows, "differences": result.others.differences},
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
        "number": _number(finding),
        "terminal": finding.terminal,
        "setl_id": finding.setl_id,
        "msgid": finding.msgid,
        "order": finding.order,
        "amounts": {name: amount.fen for name, amount in finding.amounts},
        "what": {"zh": words.zh, "en": words.en},
        "act": {"zh": words.act_zh, "en": words.act_en},
    }


def _number(finding: Finding) -> str | None:
    """The number on the patient's slip."""
    return spoken_number(finding.sid) if finding.sid and is_sid(finding.sid) else None


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
    }


def as_lines(result: Report, lang: str = "zh") -> list[str]:
    """For a person at a terminal: the verdict first, what each party has, then what to do, one difference a line."""
    books = result.books
    counted = f"{len(result.findings)}"
    head = {
        "zh": f"{books.day} {'已平' if result.balanced else '不平'}，差异 {counted} 条，"
        f"自助机 {len(books.kiosks)} 笔，其他终端 {result.others.institution_rows} 笔",
        "en": f"{books.day} {'balanced' if result.balanced else 'NOT balanced'}, {counted} differences, "
        f"{len(books.kiosks)} rows of kiosks, {result.others.institution_rows} of others",
    }[lang]
    lines = [head, *_sides_as_lines(result, lang), *_remarks(result, lang)]
    return lines + [remark(finding, lang) for finding in (*result.waiting, *result.findings)]


_PARTIES = {
    "zh": {"kiosk": "自助机", "hospital": "医院", "platform": "医保平台", "payment": "支付平台", "insurer": "保险公司"},
    "en": {name: name for name in _SIDES},
}
_FIELDS = {
    "zh": {
        "count": "笔数",
        "medfee_sumamt": "总费用",
        "fund_pay_sumamt": "基金",
        "acct_pay": "账户",
        "received": "收款",
        "insurer": "保险公司付",
        "deferred": "缓缴",
    },
    "en": {field.name: field.name for field in fields(Side)},
}


def _sides_as_lines(result: Report, lang: str) -> Iterator[str]:
    """What a party does not tell is left out, and so is a party that tells nothing."""
    for name in _SIDES:
        side: Side = getattr(result.four_ways, name)
        told = [(_FIELDS[lang][field.name], getattr(side, field.name)) for field in fields(Side)]
        words = [f"{what} {_figure(value, lang)}" for what, value in told if value is not None]
        if words:
            yield f"  {_PARTIES[lang][name]}　{'　'.join(words)}"


def _figure(value: Money | int, lang: str) -> str:
    return text(value, lang) if isinstance(value, Money) else str(value)


def _remarks(result: Report, lang: str) -> list[str]:
    """What is no difference of a row, and has to be known before anybody signs."""
    told = [_missing(terminal, lang) for terminal in result.missing]
    told += [_SAID[lang]["again"].format(day=day.isoformat()) for day in result.close_again]
    if not result.over:
        told.append(_SAID[lang]["not_over"])
    if result.books.platform.asked and not (result.books.platform.complete and _all_answered(result)):
        told.append(_SAID[lang]["unanswered"])
    return told


def _all_answered(result: Report) -> bool:
    return all(total.agrees is not None for total in result.books.platform.totals)


_SAID = {
    "zh": {
        "again": "请把 {day} 再结一次：那天的结算在这一天退了费",
        "not_over": "这一天还没有过完，这是到现在为止",
        "unanswered": "医保平台没有答全，请再运行一次",
    },
    "en": {
        "again": "close {day} again: a settlement of that day was taken back on this one",
        "not_over": "the day is not over, this is how it stands now",
        "unanswered": "the platform did not answer everything: run this again",
    },
}


def _missing(terminal: str, lang: str) -> str:
    if lang == "zh":
        return f"缺少 {terminal} 号机的账，或没有交到当天结束：收到后把这一天再结一次"
    return (
        f"the accounts of kiosk {terminal} are missing, or end before the day does: close it again once they are there"
    )


def remark(finding: Finding, lang: str = "zh") -> str:
    """One difference in a sentence: which kiosk, which number, what, what to do."""
    words = WORDS[finding.kind]
    what, act = (words.zh, words.act_zh) if lang == "zh" else (words.en, words.act_en)
    which = _number(finding) or finding.order or finding.setl_id or finding.msgid
    amounts = " ".join(f"{name} {text(amount, lang)}" for name, amount in finding.amounts)
    colon, stop = ("：", "。") if lang == "zh" else (": ", ". ")
    return f"{finding.terminal} {which} {what}{f' ({amounts})' if amounts else ''}{stop}{act}{stop}".replace(
        f"{which} ", f"{which}{colon}", 1
    )


def day_close(result: Report, printed_at: datetime, lang: str = "zh") -> DayClose:
    """What goes onto the sheet."""
    missing = [_missing(terminal, lang) for terminal in result.missing]
    return DayClose(
        day=result.books.day,
        kiosks=len(result.books.terminals),
        settlements=result.four_ways.kiosk.count or 0,
        lines=result.cashiers,
        remarks=(*missing, *(remark(finding, lang) for finding in result.findings)),
        balanced=result.balanced,
        printed_at=printed_at,
    )
