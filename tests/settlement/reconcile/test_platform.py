"""The whole institution is posted once, by group; where totals differ the platform's list of differences is read."""

import random
from dataclasses import dataclass, field, replace
from decimal import Decimal

import pytest

from kiosk.faults import FaultCode
from kiosk.ports.answers import Unknown
from kiosk.ports.settlement import Failure
from settlement.reconcile.platform import Comparison, StatementCodes
from settlement.reconcile.rows import Group, InstitutionRow, Verdict
from settlement.statement import SENT, TOLD, unzipped, zipped
from settlement.wire.codec import read
from settlement.wire.files import UploadOutput
from settlement.wire.reconciliation import Details, DetailsFile, Totals
from settlement.wire.reconciliation import Verdict as ToldVerdict
from tests.settlement.reconcile.invented import plain_day
from tests.settlement.reconcile.single import DAY, EMPLOYEES, RESIDENTS

SILENT = Unknown(FaultCode.REPLY_BROKEN, "no answer")
ROWS = plain_day(random.Random(1), kiosks=3, each=5, windows=10).books().institution


@dataclass
class Platform:
    """Remembers what it was told; `verdict` is its word for every group, `table` its list of differences."""

    verdict: str | None = "0"
    table: list[list[str]] = field(default_factory=list[list[str]])
    archive: bytes | Failure | None = None
    posted: list[Totals] = field(default_factory=list[Totals])
    uploaded: list[bytes] = field(default_factory=list[bytes])
    compared: list[Details] = field(default_factory=list[Details])

    def compare_totals(self, totals: Totals) -> ToldVerdict | Failure:
        self.posted.append(totals)
        return SILENT if self.verdict is None else ToldVerdict(stmt_rslt=self.verdict, stmt_rslt_dscr="")

    def upload(self, name: str, content: bytes) -> UploadOutput | Failure:
        self.uploaded.append(content)
        return UploadOutput(file_qury_no="F1", filename=name)

    def compare_details(self, details: Details) -> DetailsFile | Failure:
        self.compared.append(details)
        return read(DetailsFile, {"file_qury_no": "F2", "filename": "result.zip"})

    def download(self, file_qury_no: str, name: str) -> bytes | Failure:
        assert (file_qury_no, name) == ("F2", "result.zip")
        return zipped("result.txt", self.table) if self.archive is None else self.archive


def comparison(platform: Platform) -> Comparison:
    return Comparison(platform, StatementCodes(), DAY)


def test_each_group_is_posted_once_with_all_its_tills() -> None:
    platform = Platform()
    view = comparison(platform).view(ROWS)
    assert len(platform.posted) == len({row.group for row in ROWS})
    for posted in platform.posted:
        rows = [row for row in ROWS if row.group.insutype == posted.insutype]
        assert posted.fixmedins_setl_cnt == len(rows)
        assert posted.medfee_sumamt == sum(row.figures.medfee_sumamt.yuan() for row in rows)
    assert (view.asked, view.complete, view.differences, platform.uploaded) == (True, True, (), [])


def test_another_provinces_settlements_stand_in_no_total_and_in_no_list() -> None:
    platform = Platform(verdict="1")
    away, *rest = ROWS
    comparison(platform).view([replace(away, away=True), *rest])
    assert sum(posted.fixmedins_setl_cnt for posted in platform.posted) == len(rest)
    assert away.setl_id not in {row["setl_id"] for row in unzipped(platform.uploaded[0], SENT)}


def test_a_kind_of_which_the_hospital_booked_nothing_is_posted_as_nothing() -> None:
    platform = Platform()
    comparison(platform).view([], [EMPLOYEES])
    [posted] = platform.posted
    assert (posted.insutype, posted.fixmedins_setl_cnt, posted.medfee_sumamt) == ("310", 0, Decimal(0))


def test_a_cancelled_settlement_is_in_the_list_and_in_no_total() -> None:
    platform = Platform(verdict="1")
    gone, *rest = ROWS
    comparison(platform).view([replace(gone, undone=True), *rest])
    assert sum(posted.fixmedins_setl_cnt for posted in platform.posted) == len(rest)
    flags = {row["setl_id"]: row["refd_setl_flag"] for row in unzipped(platform.uploaded[0], SENT)}
    assert flags[gone.setl_id] == "1"
    assert set(flags.values()) == {"0", "1"}


def test_totals_that_differ_are_followed_by_one_list_of_the_whole_institution() -> None:
    told = ["P1", "M1", ROWS[0].setl_id, ROWS[0].msgid, "103", "0", "", "50.00", "1.00", "20.00"]
    platform = Platform(verdict="1", table=[told])
    view = comparison(platform).view(ROWS)
    [sent] = platform.uploaded
    assert len(unzipped(sent, SENT)) == len(ROWS) == platform.compared[0].fixmedins_setl_cnt
    [difference] = view.differences
    assert (difference.verdict, difference.setl_id) == (Verdict.AMOUNTS, ROWS[0].setl_id)
    assert difference.fund_pay_sumamt is not None
    assert difference.fund_pay_sumamt.yuan() == Decimal("1.00")


@pytest.mark.parametrize(
    ("code", "verdict"),
    [("0", Verdict.AGREES), ("101", Verdict.PLATFORM_ONLY), ("102", Verdict.INSTITUTION_ONLY), ("9", Verdict.UNKNOWN)],
)
def test_a_result_code_nobody_explains_is_not_guessed(code: str, verdict: Verdict) -> None:
    platform = Platform(verdict="1", table=[["P1", "M1", "S1", "X", code, "0", "", "", "broken", "1e400"]])
    [difference] = comparison(platform).view(ROWS).differences
    assert (difference.verdict, difference.code) == (verdict, code)
    assert (difference.medfee_sumamt, difference.fund_pay_sumamt, difference.acct_pay) == (None, None, None)


@pytest.mark.parametrize("archive", [SILENT, b"no archive", zipped("a.txt", [["x"] * (len(TOLD) + 1)])])
def test_without_the_list_nobody_claims_to_know(archive: bytes | Failure) -> None:
    view = comparison(Platform(verdict="1", archive=archive)).view(ROWS)
    assert not view.complete


def test_a_platform_that_is_silent_about_totals_is_asked_for_the_list() -> None:
    platform = Platform(verdict=None)
    view = comparison(platform).view(ROWS)
    assert {total.agrees for total in view.totals} == {None}
    assert platform.uploaded


def test_two_mistakes_that_cancel_out_are_found_when_the_list_is_asked_for() -> None:
    platform = Platform(table=[["P1", "M1", "S1", "X", "102", "0", "", "1.00", "1.00", "0.00"]])
    assert comparison(platform).view(ROWS, in_detail=True).differences


def test_a_hospital_that_names_no_insurance_does_not_stop_the_others() -> None:
    nameless: InstitutionRow = replace(ROWS[0], group=Group("", "", "000000"))
    platform = Platform()
    view = comparison(platform).view([nameless, *ROWS[1:]])
    assert {posted.insutype for posted in platform.posted} == {EMPLOYEES.insutype, RESIDENTS.insutype}
    assert [total.agrees for total in view.totals].count(None) == 1


@pytest.mark.parametrize("agency", ["", "440100000000"])
def test_a_row_without_an_agency_that_can_be_asked_leaves_the_list_incomplete(agency: str) -> None:
    """Such a row may be a window's; nothing is uploaded for it, and the others' list is had all the same."""
    nameless: InstitutionRow = replace(ROWS[0], group=Group("310", "11", agency))
    platform = Platform()
    view = comparison(platform).view([nameless, *ROWS[1:]], in_detail=True)
    assert not view.complete
    assert len(platform.uploaded) == len(platform.compared) == 1


def test_a_row_that_no_table_can_hold_leaves_the_list_incomplete() -> None:
    platform = Platform()
    view = comparison(platform).view([replace(ROWS[0], mdtrt_id="M\t1"), *ROWS[1:]], in_detail=True)
    assert not view.complete
    assert platform.uploaded == []
