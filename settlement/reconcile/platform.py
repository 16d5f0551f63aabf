"""Compares the institution's books with the platform's: 3201 for each group, and 3202 where totals differ.

Posted once a day for all tills together. What another province's agency clears stands in no total here. Codes of
stmt_rslt are remembered, not confirmed by a source, so a site may set them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol, TypeVar

from kiosk.domain.accounts import Figures
from kiosk.domain.money import Money
from kiosk.ports.settlement import Failure
from settlement.reconcile.rows import Group, GroupTotals, InstitutionRow, PlatformDifference, PlatformView, Verdict
from settlement.statement import TOLD, unzipped, zipped
from settlement.wire.codec import BrokenMessage, read
from settlement.wire.files import UploadOutput
from settlement.wire.reconciliation import Details, DetailsFile, Totals
from settlement.wire.reconciliation import Verdict as ToldVerdict

KeyT = TypeVar("KeyT")

STANDING, UNDONE = "0", "1"
"""refd_setl_flag."""


@dataclass(frozen=True, slots=True)
class StatementCodes:
    """How the platform words stmt_rslt: 平, 中心多, 机构多, 不一致."""

    agrees: str = "0"
    platform_only: str = "101"
    institution_only: str = "102"
    amounts: str = "103"

    def verdict(self, code: str) -> Verdict:
        meanings = {
            self.agrees: Verdict.AGREES,
            self.platform_only: Verdict.PLATFORM_ONLY,
            self.institution_only: Verdict.INSTITUTION_ONLY,
            self.amounts: Verdict.AMOUNTS,
        }
        return meanings.get(code, Verdict.UNKNOWN)


class PlatformFiles(Protocol):
    """`settlement.direct.files.Files`, as far as the books need it."""

    def upload(self, name: str, content: bytes) -> UploadOutput | Failure: ...
    def download(self, file_qury_no: str, name: str) -> bytes | Failure: ...
    def compare_totals(self, totals: Totals) -> ToldVerdict | Failure: ...
    def compare_details(self, details: Details) -> DetailsFile | Failure: ...


@dataclass(frozen=True, slots=True)
class Comparison:
    """One institution's day at the platform."""

    files: PlatformFiles
    codes: StatementCodes
    day: date

    def view(
        self, rows: Iterable[InstitutionRow], expected: Iterable[Group] = (), *, in_detail: bool = False
    ) -> PlatformView:
        """`expected` are groups in which something was settled, whether or not the hospital booked any of it: the only
        settlement of its kind must not be lost because nobody posts a zero. `in_detail` asks for the list of
        differences even where all totals agree: two mistakes may cancel out.
        """
        local = [row for row in rows if not row.away]
        grouped = dict[Group, list[InstitutionRow]]((group, []) for group in expected) | _grouped(local)
        totals = tuple(self._post(group, members) for group, members in grouped.items())
        if all(total.agrees for total in totals) and not in_detail:
            return PlatformView(asked=True, totals=totals)
        agencies = dict[str, list[InstitutionRow]]((group.setl_optins, []) for group in grouped) | _by_agency(local)
        lists = [self._differences(agency, members) for agency, members in agencies.items()]
        found = tuple(row for told in lists if told is not None for row in told)
        return PlatformView(True, totals, found, complete=None not in lists)

    def _post(self, group: Group, rows: Sequence[InstitutionRow]) -> GroupTotals:
        """3201 of what stands; what was cancelled since is in the list, marked."""
        standing = [row for row in rows if not row.undone]
        figures = _sum(standing)
        try:
            told = self.files.compare_totals(self._totals(group, figures, len(standing)))
        except BrokenMessage:  # the hospital did not say by what its rows are summed up
            return GroupTotals(group, len(standing), figures, None, "group")
        if not isinstance(told, ToldVerdict):
            return GroupTotals(group, len(standing), figures, None, type(told).__name__)
        agrees = self.codes.verdict(told.stmt_rslt) is Verdict.AGREES
        return GroupTotals(group, len(standing), figures, agrees, told.stmt_rslt_dscr)

    def _totals(self, group: Group, figures: Figures, count: int) -> Totals:
        return read(
            Totals,
            {
                **_span(self.day),
                "insutype": group.insutype,
                "clr_type": group.clr_type,
                "setl_optins": group.setl_optins,
                "medfee_sumamt": figures.medfee_sumamt.yuan(),
                "fund_pay_sumamt": figures.fund_pay_sumamt.yuan(),
                "acct_pay": figures.acct_pay.yuan(),
                "fixmedins_setl_cnt": count,
                "refd_setl_flag": STANDING,
            },
        )

    def _differences(self, agency: str, rows: Sequence[InstitutionRow]) -> list[PlatformDifference] | None:
        """None when the list could not be had."""
        name = f"{self.day:%Y%m%d}-{agency}"
        try:
            wish = self._details(agency, rows)
            archive = zipped(f"{name}.txt", (_written(row) for row in rows))
        except (BrokenMessage, ValueError):  # the hospital named no agency, or a row of it is none: nothing is sent
            return None
        sent = self.files.upload(f"{name}.zip", archive)
        if not isinstance(sent, UploadOutput):
            return None
        compared = self.files.compare_details(wish.model_copy(update={"file_qury_no": sent.file_qury_no}))
        if not isinstance(compared, DetailsFile):
            return None
        told = self.files.download(compared.file_qury_no, compared.filename)
        if not isinstance(told, bytes):
            return None
        try:
            return [self._difference(row) for row in unzipped(told, TOLD)]
        except BrokenMessage:
            return None

    def _details(self, agency: str, rows: Sequence[InstitutionRow]) -> Details:
        """What is asked once the rows are uploaded, which gives them their number."""
        figures = _sum(row for row in rows if not row.undone)
        return read(
            Details,
            {
                **_span(self.day),
                "setl_optins": agency,
                "file_qury_no": "0",
                "medfee_sumamt": figures.medfee_sumamt.yuan(),
                "fund_pay_sumamt": figures.fund_pay_sumamt.yuan(),
                "cash_payamt": figures.psn_cash_pay.yuan(),
                "fixmedins_setl_cnt": sum(not row.undone for row in rows),
            },
        )

    def _difference(self, row: dict[str, str]) -> PlatformDifference:
        return PlatformDifference(
            setl_id=row["setl_id"],
            msgid=row["msgid"],
            verdict=self.codes.verdict(row["stmt_rslt"]),
            code=row["stmt_rslt"],
            undone=row["refd_setl_flag"] == UNDONE,
            medfee_sumamt=_amount(row["medfee_sumamt"]),
            fund_pay_sumamt=_amount(row["fund_pay_sumamt"]),
            acct_pay=_amount(row["acct_pay"]),
        )


def _span(day: date) -> dict[str, str]:
    return {"stmt_begndate": day.isoformat(), "stmt_enddate": day.isoformat()}


def _sum(rows: Iterable[InstitutionRow]) -> Figures:
    return sum((row.figures for row in rows), Figures())


def _grouped(rows: Iterable[InstitutionRow]) -> dict[Group, list[InstitutionRow]]:
    return _split(rows, lambda row: row.group)


def _by_agency(rows: Iterable[InstitutionRow]) -> dict[str, list[InstitutionRow]]:
    return _split(rows, lambda row: row.group.setl_optins)


def _split(rows: Iterable[InstitutionRow], key: Callable[[InstitutionRow], KeyT]) -> dict[KeyT, list[InstitutionRow]]:
    parts: defaultdict[KeyT, list[InstitutionRow]] = defaultdict(list)
    for row in rows:
        parts[key(row)].append(row)
    return dict(parts)


def _written(row: InstitutionRow) -> tuple[str, ...]:
    figures = row.figures
    return (
        row.setl_id,
        row.mdtrt_id,
        row.psn_no.reveal() if row.psn_no else "",
        str(figures.medfee_sumamt.yuan()),
        str(figures.fund_pay_sumamt.yuan()),
        str(figures.acct_pay.yuan()),
        UNDONE if row.undone else STANDING,
    )


def _amount(text: str) -> Money | None:
    """None for what is no amount: the list only shows it."""
    try:
        return Money.from_yuan(Decimal(text))
    except (ArithmeticError, ValueError):
        return None
