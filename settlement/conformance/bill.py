"""One bill on its way through an adapter, step by step as the saga makes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from kiosk.domain.insured import Insurance, Person
from kiosk.domain.settlement import Quote, Settlement
from kiosk.domain.visit import FeeBatch
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.settlement import (
    Accepted,
    PersonFound,
    Prepared,
    Registered,
    SettlementPort,
    SettleRequest,
    Standing,
)
from settlement.conformance.bench import SettlementBench

AnswerT = TypeVar("AnswerT")
_SETTLE = "2207A"


def got(kind: type[AnswerT], answer: object) -> AnswerT:
    """The answer, which is of this kind."""
    assert isinstance(answer, kind), answer
    return answer


@dataclass(frozen=True)
class Bill:
    """`mdtrt_id` is the hospital's where it gave one, as in the saga: 2201 and 2202 are then never sent."""

    port: SettlementPort
    person: Person
    insurance: Insurance
    batch: FeeBatch
    mdtrt_id: str

    @property
    def request(self) -> SettleRequest:
        return SettleRequest(self.person, self.insurance, self.batch, self.mdtrt_id)

    def quote(self) -> Quote:
        return got(Quote, self.port.quote(self.port.prepare_quote(self.request)))

    def prepare_settle(self) -> Prepared:
        return self.port.prepare_settle(self.request, self.quote())

    def settle(self) -> Settlement:
        return got(Settlement, self.port.settle(self.prepare_settle()))

    def reverse(self, sent: Prepared) -> Accepted | NotSent | Refused | Unknown:
        """Undo the settle that was sent as `sent`."""
        area = self.insurance.insuplc_admdvs
        undoing = self.port.prepare_reverse(self.person.psn_no, sent.msgid, _SETTLE, insuplc_admdvs=area)
        return self.port.accept(undoing)

    def cancel(self, settlement: Settlement) -> Accepted | NotSent | Refused | Unknown:
        numbers = (self.person.psn_no, self.mdtrt_id, settlement.setl_id)
        return self.port.accept(self.port.prepare_cancel(*numbers, insuplc_admdvs=self.insurance.insuplc_admdvs))

    def standing(self, settlement: Settlement) -> Standing | NotSent | Refused | Unknown:
        numbers = (self.person.psn_no, self.mdtrt_id, settlement.setl_id)
        return self.port.standing(self.port.prepare_query(*numbers, insuplc_admdvs=self.insurance.insuplc_admdvs))


def open_bill(bench: SettlementBench, port: SettlementPort) -> Bill:
    """A fresh bill, reported to the platform as far as the hospital has not done that."""
    person = got(PersonFound, port.find_person(bench.settling)).person
    batch = bench.fresh_bill(person)
    today = bench.clock.now().date()
    insurance = next(row for row in person.settling(today) if batch.insutype in {None, row.insutype})
    mdtrt_id = batch.mdtrt_id
    if mdtrt_id is None:
        sent = port.prepare_register(person, insurance, batch)
        mdtrt_id = got(Registered, port.register(sent)).mdtrt_id
    bill = Bill(port, person, insurance, batch, mdtrt_id)
    if not batch.uploaded:
        got(Accepted, port.accept(port.prepare_describe(bill.request)))
        got(Accepted, port.accept(port.prepare_upload(bill.request)))
    return bill
