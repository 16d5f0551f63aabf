"""One outpatient bill through the three ports, one call after another, as the saga would make them."""

from dataclasses import dataclass, replace
from typing import Any, TypeVar

from kiosk.domain.codes import CertType
from kiosk.domain.insured import Credential, Person
from kiosk.domain.personal import CardNumber, CardSerial, Voucher
from kiosk.domain.settlement import Quote, Settlement
from kiosk.domain.sid import new_order, new_sid
from kiosk.domain.visit import Booking, FeeBatch
from kiosk.engine.clock import SystemClock
from kiosk.installed import config_dir
from kiosk.packs.loading import read_pack
from kiosk.ports.driver import PartyHost
from kiosk.ports.hospital import Bills, Held, HospitalPort, Payment
from kiosk.ports.payment import Collected, PaymentPort
from kiosk.ports.settlement import Accepted, PersonFound, Prepared, Registered, SettlementPort, SettleRequest
from settlement import hospital, payment
from settlement.direct import driver
from settlement.reference.people import PersonFile, World, read_world
from tests.support.backend import Backend
from tests.support.parties import Ear, HandClock, party_host

WORLD: World = read_world(config_dir() / "people")
PACK = read_pack(config_dir() / "packs" / "000000")
PAYS = Voucher("138888888888888888")

AnswerT = TypeVar("AnswerT")


def got(kind: type[AnswerT], answer: object) -> AnswerT:
    assert isinstance(answer, kind), answer
    return answer


def host(**changes: Any) -> PartyHost:
    return replace(party_host(HandClock(), Ear(), PACK.settlement), clock=SystemClock(), **changes)


def card_of(person: PersonFile) -> Credential:
    assert person.card
    return Credential(CertType.SOCIAL_CARD, CardNumber(person.card.number), CardSerial(person.card.serial))


@dataclass
class Parties:
    """A kiosk's three connections to one backend."""

    platform: SettlementPort
    hospital: HospitalPort
    payment: PaymentPort
    backend: Backend

    @classmethod
    def of(cls, backend: Backend, at: PartyHost | None = None, **gateway: Any) -> "Parties":
        """`gateway` are the settings of a gateway that wants more than our certificate."""
        at = at or host()
        access = backend.access
        settings = driver.DirectSettings(**access.model_dump(), **gateway)
        return cls(
            driver.make(settings, at),
            hospital.make(hospital.HospitalSettings(**access.model_dump()), at),
            payment.make(payment.AggregateSettings(**access.model_dump()), at),
            backend,
        )

    def find(self, key: str) -> Person:
        return got(PersonFound, self.platform.find_person(card_of(WORLD.people[key]))).person

    def visit(self, key: str, scenario: str) -> "Visit":
        """A fresh bill of this person, held."""
        batch_no = self.backend.fresh_bill(WORLD.people[key].certno, scenario)
        person = self.find(key)
        bills = got(Bills, self.hospital.unpaid(person)).batches
        visit = Visit(self, person, next(bill for bill in bills if bill.batch_no == batch_no), new_sid(0))
        got(Held, self.hospital.hold(visit.hold_key, batch_no, 900))
        return visit


@dataclass
class Visit:
    """One bill on its way."""

    parties: Parties
    person: Person
    batch: FeeBatch
    sid: str
    mdtrt_id: str = ""

    @property
    def hold_key(self) -> str:
        return f"{self.sid}-hold"

    @property
    def area(self) -> str:
        return self.person.insurances[0].insuplc_admdvs

    @property
    def request(self) -> SettleRequest:
        insurance = next(
            row for row in self.person.insurances if self.batch.insutype in {None, row.insutype} and row.status == "1"
        )
        return SettleRequest(self.person, insurance, self.batch, self.mdtrt_id)

    def report(self) -> "Visit":
        """2201, 2203A and 2204, as far as the hospital has not done them."""
        platform, request = self.parties.platform, self.request
        self.mdtrt_id = self.batch.mdtrt_id or ""
        if not self.mdtrt_id:
            sent = platform.prepare_register(self.person, request.insurance, self.batch)
            self.mdtrt_id = got(Registered, platform.register(sent)).mdtrt_id
        if not self.batch.uploaded:
            got(Accepted, platform.accept(platform.prepare_describe(self.request)))
            got(Accepted, platform.accept(platform.prepare_upload(self.request)))
        return self

    def quote(self) -> Quote:
        platform = self.parties.platform
        return got(Quote, platform.quote(platform.prepare_quote(self.request)))

    def prepare_settle(self, quote: Quote) -> Prepared:
        return self.parties.platform.prepare_settle(self.request, quote)

    def settle(self, quote: Quote) -> Settlement:
        return got(Settlement, self.parties.platform.settle(self.prepare_settle(quote)))

    def reverse(self, msgid: str) -> object:
        platform = self.parties.platform
        sent = platform.prepare_reverse(self.person.psn_no, msgid, "2207A", insuplc_admdvs=self.area)
        return platform.accept(sent)

    def pay(self, quote: Quote) -> Payment | None:
        amount = quote.amounts.psn_cash_pay
        if not amount:
            return None
        paid = got(Collected, self.parties.payment.collect(new_order(), amount, PAYS, self.batch.batch_no))
        return Payment(paid.order, paid.amount, paid.channel)

    def book(self, settlement: Settlement, payment: Payment | None) -> Booking:
        key = f"{self.sid}-book"
        return got(Booking, self.parties.hospital.book(key, self.hold_key, self.batch.batch_no, settlement, payment))
