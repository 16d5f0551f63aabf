"""The day's result in words: as text for a terminal, and as the sheet that finance signs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime

from kiosk.domain.money import Money, text
from kiosk.ports.documents import CloseSide, DayClose
from settlement.reconcile.closing import Side
from settlement.reconcile.findings import Finding
from settlement.reconcile.handed import HandedLine
from settlement.reconcile.report import SIDES, Report, number_of
from settlement.reconcile.words import WORDS


def as_lines(result: Report, lang: str = "zh") -> list[str]:
    """For a person at a terminal: the verdict first, what each party has, then what to do, one difference a line."""
    lines = [_head(result, lang), *_sides_as_lines(result, lang), *_remarks(result, lang)]
    lines += [remark(finding, lang) for finding in (*result.waiting, *result.findings)]
    if result.handed:
        lines += [_SAID[lang]["handed"], *(f"  {handed_line(line, lang)}" for line in result.handed)]
    return lines


def _head(result: Report, lang: str) -> str:
    """How many rows of whom: what was handed to phones is no window's."""
    books, others, counted = result.books, result.others, len(result.findings)
    handed, settled = len(result.handed), others.handed
    if lang == "zh":
        here = f"自助机 {len(books.kiosks)} 笔{f'（其中转到手机 {handed} 笔）' if handed else ''}"
        there = f"，手机缴清自助机转出的 {settled} 笔" if settled else ""
        verdict = "已平" if result.balanced else "不平"
        return f"{books.day} {verdict}，差异 {counted} 条，{here}{there}，其他终端 {others.institution_rows} 笔"
    here = f"{len(books.kiosks)} rows of kiosks{f' ({handed} handed to phones)' if handed else ''}"
    there = f", {settled} that kiosks handed to phones settled there" if settled else ""
    verdict = "balanced" if result.balanced else "NOT balanced"
    return f"{books.day} {verdict}, {counted} differences, {here}{there}, {others.institution_rows} of others"


def handed_line(line: HandedLine, lang: str) -> str:
    """Which kiosk, which number, where the bill is; and by which number a kiosk settled it all the same."""
    told = f"{line.row.terminal} {_number(line.row.sid)}{'：' if lang == 'zh' else ': '}{line.words(lang)}"
    if line.at is None:
        return told
    where, number = line.at.terminal, _number(line.at.sid)
    return told + (f"；{where} 号机结清，{number}" if lang == "zh" else f"; settled at kiosk {where}, {number}")


def _number(sid: str) -> str:
    return number_of(sid) or sid


_PARTIES = {
    "zh": {"kiosk": "自助机", "hospital": "医院", "platform": "医保平台", "payment": "支付平台", "insurer": "保险公司"}
    | {"phone": "手机"},
    "en": {name: name for name in SIDES},
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
    for name in SIDES:
        side: Side = getattr(result.four_ways, name)
        told = [(_FIELDS[lang][field.name], getattr(side, field.name)) for field in fields(Side)]
        words = [f"{what} {_figure(value, lang)}" for what, value in told if value is not None]
        if words:
            yield f"  {_PARTIES[lang][name]}　{'　'.join(words)}"


def _figure(value: Money | int, lang: str) -> str:
    return text(value, lang) if isinstance(value, Money) else str(value)


def _remarks(result: Report, lang: str) -> list[str]:
    """What is no difference of a row, and has to be known before anybody signs."""
    return [*(_missing(terminal, lang) for terminal in result.missing), *_notes(result, lang)]


def _notes(result: Report, lang: str) -> list[str]:
    told = [_SAID[lang]["doubled"].format(terminal=terminal) for terminal in sorted(result.books.doubled)]
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
        "doubled": "有两台自助机都用 {terminal} 号（或这台换过数据盘）：两份账都算在内，请核对 [kiosk] number",
        "again": "请把 {day} 再结一次：那天的结算在这一天退了费",
        "not_over": "这一天还没有过完，这是到现在为止",
        "unanswered": "医保平台没有答全，请再运行一次",
        "handed": "转到手机的费用（没有在自助机收款，不算差异）：",
    },
    "en": {
        "doubled": "two kiosks bear number {terminal} (or its data disk was replaced): both accounts are counted; "
        "check [kiosk] number, each machine has its own",
        "again": "close {day} again: a settlement of that day was taken back on this one",
        "not_over": "the day is not over, this is how it stands now",
        "unanswered": "the platform did not answer everything: run this again",
        "handed": "handed to phones (not collected at a kiosk, no differences):",
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
    what, act = (words.zh, words.act_zh) if lang == "zh" else (words.en, words.act_en[0].upper() + words.act_en[1:])
    which = number_of(finding.sid) or finding.order or finding.setl_id or finding.msgid
    amounts = ("，" if lang == "zh" else ", ").join(
        f"{_amount_name(name, lang)} {text(amount, lang)}" for name, amount in finding.amounts
    )
    colon, stop = ("：", "。") if lang == "zh" else (": ", ". ")
    return f"{finding.terminal} {which} {what}{f' ({amounts})' if amounts else ''}{stop}{act}{stop}".replace(
        f"{which} ", f"{which}{colon}", 1
    )


_AMOUNTS = _FIELDS["zh"] | {
    "psn_cash_pay": "个人现金",
    "collected": "收款",
    "refunded": "退款",
    "amount": "收款",
    "deposit": "预交金",
    "promised": "保险公司付和缓缴",
    "claim": "理赔",
    "paid": "已赔付",
    "reviewing": "在看",
    "refused": "拒赔",
}


def _amount_name(name: str, lang: str) -> str:
    """`payment.refunded` in words; what stands behind a second point is an order."""
    party, field, *_ = name.split(".")
    return f"{_PARTIES['zh'].get(party, party)}{_AMOUNTS.get(field, field)}" if lang == "zh" else f"{party} {field}"


def day_close(result: Report, printed_at: datetime, lang: str = "zh") -> DayClose:
    """What goes onto the sheet."""
    missing = [_missing_on_sheet(result, terminal, lang) for terminal in result.missing]
    waiting = (finding for finding in result.waiting if finding.terminal not in result.books.silent)
    told = [remark(finding, lang) for finding in (*waiting, *result.findings)]
    return DayClose(
        day=result.books.day,
        kiosks=len(result.books.terminals),
        settlements=result.four_ways.kiosk.count or 0,
        lines=result.cashiers,
        remarks=(*missing, *told),
        balanced=result.balanced,
        printed_at=printed_at,
        sides=tuple(_on_sheet(name, getattr(result.four_ways, name)) for name in SIDES),
        notes=tuple(note[0].upper() + note[1:] for note in _notes(result, lang)),
        over=result.over,
        handed=tuple(handed_line(line, lang) for line in result.handed),
    )


def _missing_on_sheet(result: Report, terminal: str, lang: str) -> str:
    """One line for all that others have of a kiosk: finance waits for its file, and for nothing else."""
    count = sum(finding.terminal == terminal for finding in result.waiting)
    rows = (
        f"（别人那里有它的 {count} 笔，不算差异）"
        if lang == "zh"
        else f" ({count} rows of it elsewhere: no differences)"
    )
    return _missing(terminal, lang) + (rows if count else "")


def _on_sheet(party: str, side: Side) -> CloseSide:
    return CloseSide(party, **{field.name: getattr(side, field.name) for field in fields(Side)})
