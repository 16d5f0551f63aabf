"""The reference backend as the far end of the settlement contract: a process of its own, TLS on loopback."""

from __future__ import annotations

import socket
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kiosk.domain.codes import CertType
from kiosk.domain.insured import Credential, Person
from kiosk.domain.money import Money
from kiosk.domain.personal import CardSerial
from kiosk.domain.sid import new_sid
from kiosk.domain.visit import FeeBatch
from kiosk.engine.clock import SystemClock
from kiosk.ports.clock import Clock
from kiosk.ports.driver import PartyHost
from kiosk.ports.hospital import Bills, Held
from kiosk.ports.settlement import Prepared, SettlementPort
from settlement import hospital
from settlement.access import Access
from settlement.conformance.bench import Booked, Mishap, Step
from settlement.wire.hospital import Settler
from tests.settlement.visits import WORLD, card_of, got, host
from tests.support.backend import Backend
from tests.support.tls import Authority

_ACTS: Mapping[Mishap, str] = MappingProxyType(
    {
        Mishap.LOST_REQUEST: "lose-request",
        Mishap.LATE: "late=200",
        Mishap.SERVER_ERROR: "http=503",
        Mishap.REFUSED: "refuse=平台维护中",
        Mishap.LOST_REPLY: "lose-reply",
        Mishap.HALF_A_REPLY: "half",
        Mishap.SOME_PAGE: "html",
        Mishap.DELIVERED_TWICE: "duplicate",
        Mishap.WRONG_AMOUNTS: "wrong-amounts",
        Mishap.WRONG_ECHO: "wrong-msgid",
    }
)
_BOOKED = "SELECT setl_id, state, medfee, fund, account, cash FROM settlements WHERE {} = ?"
_STANDING = "SELECT count(*) FROM settlements WHERE chrg_bchno = ? AND state = 'standing'"


@dataclass(frozen=True)
class FarEnd:
    """How one adapter is made, by which names its calls are spoiled, and where the ledger keeps what it sent."""

    make: Callable[[Access, PartyHost], SettlementPort]
    targets: Mapping[Step, str]
    settled_by: Settler
    arrived: str
    booked: str


@dataclass
class ReferenceBench:
    """`SettlementBench` over a running backend; `remembered` lasts as long as that does, as a kiosk's journal would."""

    backend: Backend
    far: FarEnd
    strange: Authority
    remembered: list[str]
    settling: Credential = field(default_factory=lambda: card_of(WORLD.people["zhangsan"]))
    unknown: Credential = field(default_factory=lambda: card_of(WORLD.people["zhengxin"]))
    stopped: Credential = field(default_factory=lambda: card_of(WORLD.people["zhouping"]))
    incomplete: Credential = field(default_factory=lambda: Credential(CertType.SOCIAL_CARD, None, CardSerial("0" * 32)))
    clock: Clock = field(default_factory=SystemClock)
    mishaps: frozenset[Mishap] = frozenset(_ACTS)

    @property
    def secrets(self) -> tuple[str, ...]:
        people = [WORLD.people[key] for key in ("zhangsan", "zhengxin", "zhouping")]
        cards = [card for person in people if (card := person.card)]
        numbers = [text for card in cards for text in (card.number, card.serial)]
        insured = [person.platform.psn_no for person in people if person.platform]
        return (*(text for person in people for text in (person.name, person.certno)), *numbers, *insured)

    def adapter(self) -> SettlementPort:
        return self._made(self.backend.access)

    def lost(self) -> SettlementPort:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            return self._made(
                self.backend.access.model_copy(update={"url": f"https://127.0.0.1:{free.getsockname()[1]}"})
            )

    def distrusting(self) -> SettlementPort:
        return self._made(self.backend.access.model_copy(update={"ca": self.strange.ca}))

    def distrusted(self) -> SettlementPort:
        theirs = self.strange.issue("stranger")
        return self._made(self.backend.access.model_copy(update={"cert": theirs.cert, "key": theirs.key}))

    def _made(self, access: Access) -> SettlementPort:
        last = self.remembered[-1] if self.remembered else None
        return self.far.make(access, self._host(last))

    def _host(self, last: str | None = None) -> PartyHost:
        return host(last_msgid=last, remember_msgid=self.remembered.append)

    def fresh_bill(self, person: Person) -> FeeBatch:
        settings = hospital.HospitalSettings(**self.backend.access.model_dump(), settled_by=self.far.settled_by)
        front = hospital.make(settings, self._host())
        batch_no = self.backend.fresh_bill(person.certno.reveal(), "ct")
        bills = got(Bills, front.unpaid(person)).batches
        got(Held, front.hold(f"{new_sid(0)}-hold", batch_no, 900))
        return next(bill for bill in bills if bill.batch_no == batch_no)

    def misbehave(self, step: Step, mishap: Mishap) -> None:
        self.backend.misbehave(f"{self.far.targets[step]}@1:{_ACTS[mishap]}")

    def arrived(self, sent: Prepared) -> str | None:
        row = self._row(self.far.arrived, sent.msgid)
        return row[0] or None if row else None

    def booked(self, sent: Prepared) -> Booked | None:
        row = self._row(_BOOKED.format(self.far.booked), sent.msgid)
        if row is None:
            return None
        setl_id, state, *shares = row
        return Booked(setl_id, state == "standing", *map(Money, shares))

    def standing(self, batch: FeeBatch) -> int:
        row = self._row(_STANDING, batch.chrg_bchno)
        return int(row[0]) if row else 0

    def _row(self, query: str, value: str) -> tuple[Any, ...] | None:
        path: Path = self.backend.folder / "ledger.db"
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            row: tuple[Any, ...] | None = connection.execute(query, (value,)).fetchone()
            return row
