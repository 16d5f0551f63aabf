"""The insurance platform, reached by the national transactions (`direct`) or through the hospital's front (`his`).

Money moves in `settle`, `cancel` and `reverse`; only `engine.money.run_money` calls those, and the registrations
around them. Every keyed call is prepared first (`prepare_*` gives the exact bytes and their msgid, so that the
journal has them before they leave) and then sent with the call that fits. Prepared bytes are sent at most once,
except those the saga may repeat (2601, 2205, 2208, 2305). A bill for a stay is quoted, settled and cancelled by 2303,
2304 and 2305, any other by 2206A, 2207A and 2208. `insuplc_admdvs` is the insured area of the row settled under: the
interface demands it wherever psn_no is sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kiosk.domain.insured import Credential, Insurance, Person
from kiosk.domain.personal import PersonNumber
from kiosk.domain.settlement import Quote, Settlement
from kiosk.domain.terms import TermsTold
from kiosk.domain.visit import FeeBatch
from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Refused, Unknown


@dataclass(frozen=True, slots=True)
class Prepared:
    """A request ready to leave: the message's bytes (personal data), the msgid inside them, its transaction number.

    `body` is what the journal keeps a digest of. A gateway may want it wrapped and encrypted on its way; whoever
    unwraps it finds these bytes. `away`: about somebody insured in another pool, whose platform answers later.
    `withheld`: it would not follow the interface, so it does not leave; its sending is answered `NotSent` with this.
    """

    infno: str
    msgid: str
    body: bytes
    withheld: FaultCode | None = None
    away: bool = False

    def __repr__(self) -> str:
        return f"Prepared({self.infno}, {self.msgid}, {len(self.body)} bytes)"


@dataclass(frozen=True, slots=True)
class Accepted:
    """infcode 0. Of an upload (2204) `terms` is how each line was split; all others have no content of their own."""

    terms: TermsTold = ()


@dataclass(frozen=True, slots=True)
class Registered:
    """2201: the platform's number of the visit."""

    mdtrt_id: str


@dataclass(frozen=True, slots=True)
class SettledWrong:
    """Success and a setl_id, but amounts that do not parse or contradict one another: to be undone, never used."""

    setl_id: str | None
    broken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """5203: whether the settlement stands (`refd_setl_flag` 0) or was undone."""

    stands: bool


@dataclass(frozen=True, slots=True)
class PersonFound:
    person: Person


@dataclass(frozen=True, slots=True)
class PersonMissing:
    """1101 knows nobody, or the person may not settle; `fault` says which."""

    fault: FaultCode
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SettleRequest:
    """What one settlement is about; `insurance` is the row the patient settles under.

    `use_account` False: the patient wants the account left alone, where the province lets them; `use_family` False: a
    relative's account.
    """

    person: Person
    insurance: Insurance
    batch: FeeBatch
    mdtrt_id: str
    use_account: bool = True
    use_family: bool = True


Failure = NotSent | Refused | Unknown


class SettlementPort(Protocol):
    """One platform.

    `find_person` and `sign_in` move no money and run on the query thread; the rest run on the money thread. `sign_out`
    comes after both have ended.
    `finds_lost`: `look_up` can tell what became of a settlement whose answer was lost. The platform itself cannot (5203
    wants a setl_id); a hospital's front that keeps our key can. `copies`: whether a settlement that leaves once may
    arrive twice, and be answered for its second copy.
    """

    @property
    def finds_lost(self) -> bool: ...

    @property
    def copies(self) -> bool: ...

    def sign_in(self) -> Accepted | Failure:
        """9001, once per terminal and day; cheap when done already."""
        ...

    def sign_out(self) -> Accepted | Failure:
        """9002, when the kiosk stops and nothing of it is on its way any more. Nobody waits for a good answer: a
        number that was not given back ends with its day.
        """
        ...

    def find_person(self, credential: Credential) -> PersonFound | PersonMissing | Failure: ...

    def prepare_register(self, person: Person, insurance: Insurance, batch: FeeBatch) -> Prepared: ...

    def prepare_deregister(
        self, psn_no: PersonNumber, mdtrt_id: str, visit_no: str, *, insuplc_admdvs: str
    ) -> Prepared:
        """2202; `mdtrt_id` "" when the reply to 2201 was lost: the platform then goes by the visit number."""
        ...

    def prepare_describe(self, request: SettleRequest) -> Prepared: ...

    def prepare_upload(self, request: SettleRequest) -> Prepared: ...

    def prepare_withdraw(self, psn_no: PersonNumber, mdtrt_id: str, *, insuplc_admdvs: str) -> Prepared:
        """2205 with chrg_bchno "0000": all lines not yet settled."""
        ...

    def prepare_quote(self, request: SettleRequest) -> Prepared: ...

    def prepare_settle(self, request: SettleRequest, quote: Quote) -> Prepared: ...

    def prepare_reverse(self, psn_no: PersonNumber, omsgid: str, oinfno: str, *, insuplc_admdvs: str) -> Prepared: ...

    def prepare_cancel(
        self, psn_no: PersonNumber, mdtrt_id: str, setl_id: str, *, insuplc_admdvs: str, stay: bool = False
    ) -> Prepared: ...

    def prepare_query(self, psn_no: PersonNumber, mdtrt_id: str, setl_id: str, *, insuplc_admdvs: str) -> Prepared: ...

    def register(self, sent: Prepared) -> Registered | Failure: ...

    def accept(self, sent: Prepared) -> Accepted | Failure:
        """Send 2202 to 2205, 2208, 2305 or 2601: nothing but yes or no is wanted. "Already undone" is a yes."""
        ...

    def quote(self, sent: Prepared) -> Quote | SettledWrong | Failure: ...

    def settle(self, sent: Prepared) -> Settlement | SettledWrong | Failure: ...

    def look_up(self, request: SettleRequest, key: str) -> Settlement | SettledWrong | Standing | Failure:
        """By the msgid of the lost settlement: the settlement, or `Standing(False)`, there is none and never will be.

        Asked only where `finds_lost`.
        """
        ...

    def standing(self, sent: Prepared) -> Standing | Failure: ...
