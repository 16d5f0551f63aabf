"""Which bodies belong to which transaction number.

The bodies' modules are imported when a transaction is first asked for: a kiosk speaks a dozen of these numbers, and
none before its first page stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import cast

from settlement.wire.codec import Message


@dataclass(frozen=True, slots=True)
class Exchange:
    """One transaction: what is sent, and what comes back in `output` (None: nothing), as classes of a module here."""

    infno: str
    module: str
    sent: str
    told: str | None = None

    @property
    def input(self) -> type[Message]:
        return self._model(self.sent)

    @property
    def output(self) -> type[Message] | None:
        return self._model(self.told) if self.told else None

    def _model(self, name: str) -> type[Message]:
        other, _, model = name.rpartition(".")  # "outpatient.UploadOutput": another group's
        found = getattr(import_module(f"{__package__}.{other or self.module}"), model)
        return cast("type[Message]", found)


_ALL = (
    Exchange("9001", "people", "SignInInput", "SignInOutput"),
    Exchange("9002", "people", "SignOutInput", "SignOutOutput"),
    Exchange("1101", "people", "PersonInput", "PersonOutput"),
    Exchange("1901", "inquiry", "DictionaryInput", "DictionaryOutput"),
    Exchange("2001", "inquiry", "BenefitInput", "BenefitOutput"),
    Exchange("2201", "outpatient", "RegisterInput", "RegisterOutput"),
    Exchange("2202", "outpatient", "DeregisterInput"),
    Exchange("2203", "outpatient", "PlainDescribeInput"),
    Exchange("2203A", "outpatient", "DescribeInput"),
    Exchange("2204", "outpatient", "UploadInput", "UploadOutput"),
    Exchange("2205", "outpatient", "WithdrawInput"),
    Exchange("2206", "settle", "QuoteInput", "SettleOutput"),
    Exchange("2206A", "settle", "QuoteInput", "SettleOutput"),
    Exchange("2207", "settle", "SettleInput", "SettleOutput"),
    Exchange("2207A", "settle", "SettleInput", "SettleOutput"),
    Exchange("2208", "settle", "CancelInput", "SettleOutput"),
    Exchange("2301", "inpatient", "StayUploadInput", "outpatient.UploadOutput"),
    Exchange("2302", "inpatient", "StayWithdrawInput"),
    Exchange("2303", "inpatient", "StayQuoteInput", "settle.SettleOutput"),
    Exchange("2304", "inpatient", "StaySettleInput", "settle.SettleOutput"),
    Exchange("2305", "settle", "CancelInput", "SettleOutput"),
    Exchange("2401", "admission", "AdmitInput", "AdmitOutput"),
    Exchange("2402", "admission", "DischargeInput"),
    Exchange("2403", "admission", "ChangeStayInput"),
    Exchange("2404", "admission", "StayNumberInput"),
    Exchange("2405", "admission", "StayNumberInput"),
    Exchange("2501", "filing", "ReferralInput", "FiledOutput"),
    Exchange("2503", "filing", "ChronicFilingInput", "FiledOutput"),
    Exchange("2505", "filing", "OwnHospitalInput", "FiledOutput"),
    Exchange("2601", "settle", "ReverseInput"),
    Exchange("3101", "review", "ReviewInput", "ReviewOutput"),
    Exchange("3201", "reconciliation", "TotalsInput", "TotalsOutput"),
    Exchange("3202", "reconciliation", "DetailsInput", "DetailsOutput"),
    Exchange("5201", "records", "VisitsInput", "VisitsOutput"),
    Exchange("5202", "records", "DiagnosesInput", "DiagnosesOutput"),
    Exchange("5203", "settle", "LookupInput", "LookupOutput"),
    Exchange("5204", "records", "FeesInput", "FeesOutput"),
    Exchange("5205", "records", "MedicinesInput", "MedicinesOutput"),
    Exchange("5206", "records", "SumsInput", "SumsOutput"),
    Exchange("5260", "official", "OfficialSheetInput"),
    Exchange("5265", "official", "OfficialSheetInput"),
    Exchange("5269", "official", "OfficialSheetInput"),
    Exchange("5270", "official", "OfficialSheetInput"),
    Exchange("5301", "inquiry", "PersonNumberInput", "ChronicDiseaseOutput"),
    Exchange("5302", "inquiry", "OwnHospitalInput", "OwnHospitalOutput"),
    Exchange("5303", "inquiry", "PeriodInput", "StayOutput"),
    Exchange("5304", "inquiry", "PeriodInput", "ReferralOutput"),
    Exchange("6201", "mobile", "MobileUploadInput", "MobileUploadOutput"),
    Exchange("6202", "mobile", "MobileOrderInput", "MobileOrder"),
    Exchange("6203", "mobile", "MobileRefundInput", "MobileRefundOutput"),
    Exchange("6301", "mobile", "MobileOrderNumberInput", "MobileOrderOutput"),
    Exchange("6401", "mobile", "MobileOrderNumberInput", "MobileWithdrawOutput"),
    Exchange("9101", "files", "UploadInput", "UploadOutput"),
    Exchange("9102", "files", "DownloadInput"),
    Exchange("ec.query", "voucher", "VoucherQueryInput", "VoucherHolder"),
    Exchange("cn.nhsa.qrcode.get", "voucher", "VoucherQueryInput", "VoucherHolder"),
    Exchange("cn.nhsa.ec.auth", "face", "FaceInput", "FaceOutput"),
    Exchange("cn.nhsa.auth.check", "face", "FaceHolderInput", "FaceHolder"),
    Exchange("cn.nhsa.settle.notify", "face", "SettledNoticeInput"),
)

EXCHANGES: Mapping[str, Exchange] = MappingProxyType({exchange.infno: exchange for exchange in _ALL})
"""By transaction number, the A variants included. Their names stand in `settlement.wire.fields`."""
