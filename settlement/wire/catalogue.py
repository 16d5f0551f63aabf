"""Which body belongs to which transaction number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from settlement.wire import outpatient, people, settle
from settlement.wire.codec import Message


@dataclass(frozen=True, slots=True)
class Exchange:
    """One transaction: its national name, what is sent in `input`, and what comes back in `output` (None: nothing)."""

    infno: str
    name: str
    input: type[Message]
    output: type[Message] | None = None


_ALL = (
    Exchange("9001", "签到", people.SignInInput, people.SignInOutput),
    Exchange("1101", "人员基本信息获取", people.PersonInput, people.PersonOutput),
    Exchange("2201", "门诊挂号", outpatient.RegisterInput, outpatient.RegisterOutput),
    Exchange("2202", "门诊挂号撤销", outpatient.DeregisterInput),
    Exchange("2203A", "门诊就诊信息上传", outpatient.DescribeInput),
    Exchange("2204", "门诊费用明细信息上传", outpatient.UploadInput, outpatient.UploadOutput),
    Exchange("2205", "门诊费用明细信息撤销", outpatient.WithdrawInput),
    Exchange("2206", "门诊预结算", settle.QuoteInput, settle.SettleOutput),
    Exchange("2206A", "门诊预结算", settle.QuoteInput, settle.SettleOutput),
    Exchange("2207", "门诊结算", settle.SettleInput, settle.SettleOutput),
    Exchange("2207A", "门诊结算", settle.SettleInput, settle.SettleOutput),
    Exchange("2208", "门诊结算撤销", settle.CancelInput, settle.SettleOutput),
    Exchange("2601", "冲正交易", settle.ReverseInput),
    Exchange("5203", "结算信息查询", settle.LookupInput, settle.LookupOutput),
)

EXCHANGES: Mapping[str, Exchange] = MappingProxyType({exchange.infno: exchange for exchange in _ALL})
"""By transaction number, the A variants included."""
