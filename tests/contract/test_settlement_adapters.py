"""One contract, two adapters, one backend."""

from __future__ import annotations

import pytest

from kiosk.domain.settlement import Settlement
from kiosk.ports.answers import Unknown
from kiosk.ports.driver import PartyHost
from kiosk.ports.settlement import Accepted, SettlementPort, Standing
from settlement.access import Access
from settlement.conformance.adapter import SettlementContract
from settlement.conformance.bench import Mishap, Step
from settlement.conformance.bill import Bill, got
from settlement.direct import driver as direct
from settlement.his import driver as his
from settlement.his.front import InsuranceFront
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

    def test_a_settle_whose_reply_was_lost_can_be_looked_up(self, bench: ReferenceBench, bill: Bill) -> None:
        """The platform itself cannot be asked that."""
        port = got(InsuranceFront, bill.port)
        sent = bill.prepare_settle()
        bench.misbehave(Step.SETTLE, Mishap.LOST_REPLY)
        got(Unknown, port.settle(sent))
        settlement, booked = got(Settlement, port.look_up(bill.request, sent.msgid)), bench.booked(sent)
        assert booked is not None
        assert (settlement.setl_id, settlement.amounts.psn_cash_pay) == (booked.setl_id, booked.cash)
        assert bill.reverse(sent) == Accepted()
        assert port.look_up(bill.request, sent.msgid) == Standing(stands=False)

    def test_a_settle_that_lands_after_its_reversal_is_never_carried_out(
        self, bench: ReferenceBench, bill: Bill
    ) -> None:
        """More than the platform promises: there the second reversal has to undo it."""
        port = got(InsuranceFront, bill.port)
        sent = bill.prepare_settle()
        bench.misbehave(Step.SETTLE, Mishap.LATE)
        got(Unknown, port.settle(sent))
        assert bill.reverse(sent) == Accepted()
        self.wait_for(bench, sent)
        assert port.look_up(bill.request, sent.msgid) == Standing(stands=False)
        assert bench.booked(sent) is None
