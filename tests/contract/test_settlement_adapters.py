"""One contract, two adapters, one backend."""

from __future__ import annotations

import pytest

from kiosk.ports.driver import PartyHost
from kiosk.ports.settlement import SettlementPort
from settlement.access import Access
from settlement.conformance.adapter import SettlementContract
from settlement.conformance.bench import Step
from settlement.direct import driver as direct
from settlement.his import driver as his
from settlement.wire.hospital import Settler
from tests.contract.reference_bench import FarEnd, ReferenceBench
from tests.support.backend import Backend
from tests.support.tls import Authority


def _direct(access: Access, host: PartyHost) -> SettlementPort:
    return direct.make(direct.DirectSettings(**access.model_dump()), host)


def _his(access: Access, host: PartyHost) -> SettlementPort:
    return his.make(his.HisSettings(**access.model_dump()), host)


DIRECT = FarEnd(
    make=_direct,
    targets={Step.QUOTE: "2206", Step.SETTLE: "2207", Step.REVERSE: "2601", Step.CANCEL: "2208"},
    settled_by=Settler.KIOSK,
    arrived="SELECT sha256 FROM messages WHERE msgid = ?",
    booked="msgid",
)
HIS = FarEnd(
    make=_his,
    targets={
        Step.QUOTE: "his.quote",
        Step.SETTLE: "his.settle",
        Step.REVERSE: "his.reverse",
        Step.CANCEL: "his.cancel",
    },
    settled_by=Settler.HIS,
    arrived="SELECT sha256 FROM his_attempts WHERE key = ?",
    booked="(SELECT key FROM his_attempts WHERE his_attempts.setl_id = settlements.setl_id)",
)


class TestDirect(SettlementContract):
    @pytest.fixture
    def bench(self, backend: Backend, strange: Authority, remembered: list[str]) -> ReferenceBench:
        return ReferenceBench(backend, DIRECT, strange, remembered)


class TestHis(SettlementContract):
    @pytest.fixture
    def bench(self, backend: Backend, strange: Authority, remembered: list[str]) -> ReferenceBench:
        return ReferenceBench(backend, HIS, strange, remembered)
