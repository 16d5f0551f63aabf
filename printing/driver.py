"""Announces the maker of paper to the kiosk."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, model_validator

from kiosk.domain.paper import PaperShape, Slip
from kiosk.installed import config_dir
from kiosk.messages import Catalogue, Texts
from kiosk.ports.documents import (
    AdmissionSlip,
    CaseSlip,
    DayClose,
    DayList,
    DepositPaid,
    Documents,
    GuideSlip,
    PaidBill,
    Pending,
    PhoneSlip,
    RefundedBill,
    RefundSlip,
    Site,
    UnpaidBills,
)
from kiosk.ports.driver import Driver, Host
from printing import receipt


class PaperSettings(BaseModel):
    """What a hospital chooses of its papers."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lang: str = Field("zh", description="凭条和结算说明的语言：zh 或 en")
    texts: Path | None = Field(None, description="自定文字所在文件夹，不写则用自带文字")

    @model_validator(mode="after")
    def _language_has_texts(self) -> PaperSettings:
        if not (self.folder / f"{self.lang}.toml").is_file():
            raise ValueError("lang: no texts of this language")
        return self

    @property
    def folder(self) -> Path:
        return self.texts or config_dir() / "texts"


class Paper(Documents):
    """Slips fitted to the printer that asks, and A4 statements; equal visits give equal paper."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def receipt(self, bill: PaidBill, site: Site, shape: PaperShape) -> Slip:
        return receipt.receipt(bill, site, shape, self._texts)

    def admission_slip(self, slip: AdmissionSlip, site: Site, shape: PaperShape) -> Slip:
        from printing.deposit import admission_slip

        return admission_slip(slip, site, shape, self._texts)

    def deposit_slip(self, paid: DepositPaid, site: Site, shape: PaperShape) -> Slip:
        from printing.deposit import deposit_slip  # most visits do without

        return deposit_slip(paid, site, shape, self._texts)

    def claim_slip(self, bill: PaidBill, site: Site, shape: PaperShape) -> Slip:
        from printing.claim import claim_slip

        return claim_slip(bill, site, shape, self._texts)

    def pending_slip(self, pending: Pending, site: Site, shape: PaperShape) -> Slip:
        return receipt.pending_slip(pending, site, shape, self._texts)

    def phone_slip(self, slip: PhoneSlip, site: Site, shape: PaperShape) -> Slip:
        from printing.phone import phone_slip

        return phone_slip(slip, site, shape, self._texts)

    def window_slip(self, unpaid: UnpaidBills, site: Site, shape: PaperShape) -> Slip:
        from printing.window import window_slip  # reportlab's barcode, which most visits do without

        return window_slip(unpaid, site, shape, self._texts)

    def refund_slip(self, slip: RefundSlip, site: Site, shape: PaperShape) -> Slip:
        from printing.refund import refund_slip

        return refund_slip(slip, site, shape, self._texts)

    def refunded_slip(self, bill: RefundedBill, site: Site, shape: PaperShape) -> Slip:
        from printing.refunded import refunded_slip

        return refunded_slip(bill, site, shape, self._texts)

    def case_slip(self, case: CaseSlip, site: Site, shape: PaperShape) -> Slip:
        from printing.case import case_slip  # a visit that only pays does without

        return case_slip(case, site, shape, self._texts)

    def guide_slip(self, guide: GuideSlip, site: Site, shape: PaperShape) -> Slip:
        from printing.case import guide_slip

        return guide_slip(guide, site, shape, self._texts)

    def statement(self, bill: PaidBill, site: Site) -> bytes:
        from printing.statement import statement  # reportlab: a tenth of a second that the first page need not wait for

        return statement(bill, site, self._texts)

    def day_list(self, told: DayList, site: Site) -> bytes:
        from printing.statement.listed import day_list

        return day_list(told, site, self._texts)

    def day_slip(self, told: DayList, site: Site, shape: PaperShape) -> Slip:
        from printing.days import day_slip

        return day_slip(told, site, shape, self._texts)

    def day_close(self, close: DayClose, site: Site) -> bytes:
        from printing.day_close import day_close

        return day_close(close, site, self._texts)


def _make(settings: PaperSettings, host: Host) -> Documents:
    del host  # paper needs neither clock nor log: what it prints carries its own time
    return Paper(Catalogue.read(settings.folder).of(settings.lang))


driver: Driver[Documents] = Driver(PaperSettings, simulated=False, make=_make)
