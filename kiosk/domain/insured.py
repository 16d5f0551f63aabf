"""Who stands at the kiosk: what a card says, and what the platform says about the person."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kiosk.domain.agent import Agent
from kiosk.domain.codes import CertType, InsuStatus, InsuType
from kiosk.domain.money import Money
from kiosk.domain.personal import CardNumber, CardSerial, Particular, PersonName, PersonNumber, ResidentId, Voucher


class CardField(StrEnum):
    """Parts of a card that a reader without the card's keys may be refused (generation 3, no PSAM, no key server)."""

    NAME = "name"
    RESIDENT_ID = "resident_id"
    CARD_NUMBER = "card_number"


@dataclass(frozen=True, slots=True)
class CardIdentity:
    """What was read from a social security card (LD/T 32-2015 files EF05 and EF06 of the SSSE application).

    `missing` names what the card refused; those fields are None, never an empty text. `opaque` is a vendor library's
    blob that the settlement interface wants back untouched. `expiry` None means the card states none.
    """

    card_serial: CardSerial
    region: str
    spec_version: str
    name: PersonName | None
    resident_id: ResidentId | None
    card_number: CardNumber | None
    issued: date | None = None
    expiry: date | None = None
    missing: frozenset[CardField] = frozenset()
    opaque: bytes = b""

    @property
    def generation(self) -> int:
        return int(self.spec_version[0])


class IdCardKind(StrEnum):
    """The certificates that a reader of resident ID cards (GA/T 467) reads, by the layout of their text."""

    RESIDENT = "resident"
    RESIDENCE_PERMIT = "residence_permit"
    """港澳台居民居住证."""
    FOREIGNER = "foreigner"
    """外国人永久居留身份证 in the layout of 2017; that of 2023 is not known here and never guessed."""


@dataclass(frozen=True, slots=True)
class Validity:
    """From when to when a certificate is valid, its last day included; `until` None is 长期, without end."""

    since: date
    until: date | None

    def over(self, day: date) -> bool:
        return self.until is not None and day > self.until


@dataclass(frozen=True, slots=True)
class IdCardIdentity:
    """What a resident ID card, a residence permit or a permanent residence card says of its holder.

    `number` is the resident's number, the permit's number in the same form, or the foreigner's 15 characters. `name` is
    the Chinese one where there is one; `latin_name` and `nationality` are the foreigner's, whose card has no address.
    `gender` is 1, 2, 0 or 9 (GB/T 2261.1); `people`, for residents alone, is 01 to 56, 97 or 98.
    """

    kind: IdCardKind
    name: PersonName
    number: ResidentId
    gender: Particular
    born: Particular
    validity: Validity
    authority: str
    people: Particular | None = None
    address: Particular | None = None
    latin_name: PersonName | None = None
    nationality: Particular | None = None

    @property
    def resident_id(self) -> ResidentId | None:
        """公民身份号码, which only residents have."""
        return self.number if self.kind is IdCardKind.RESIDENT else None


@dataclass(frozen=True, slots=True)
class VoucherIdentity:
    """Whose e-voucher or face it was, as the e-voucher centre says. `token` (ecToken) stands for the person in 1101;
    `region` is the place of insurance, empty where the centre leaves it out.
    """

    name: PersonName
    resident_id: ResidentId
    token: Voucher
    region: str = ""

    @property
    def credential(self) -> Credential:
        """The token in place of a number."""
        return Credential(CertType.VOUCHER, self.token, name=self.name, holder=self.resident_id)


@dataclass(frozen=True, slots=True)
class Credential:
    """What the person identified with, as the national interface wants it in 1101 and every later message.

    `opaque` is the blob of `CardIdentity`, for a far end that reads the card itself from it; shown nowhere. `holder` is
    the number of whoever an e-voucher is of, for platforms that go by it and not by the token.
    """

    cert_type: CertType
    number: ResidentId | CardNumber | Voucher | None
    card_serial: CardSerial | None = None
    name: PersonName | None = None
    opaque: bytes = field(default=b"", repr=False)
    holder: ResidentId | None = None


@dataclass(frozen=True, slots=True)
class Insurance:
    """One row of 1101 insuinfo. `balance` is the account balance before anything is paid."""

    insutype: str
    psn_type: str
    status: str
    balance: Money
    insuplc_admdvs: str
    paused_on: date | None = None

    def active(self, today: date) -> bool:
        return self.status == InsuStatus.ACTIVE and (self.paused_on is None or self.paused_on > today)


@dataclass(frozen=True, slots=True)
class Person:
    """The insured person as 1101 returned them, with the credential that later messages repeat.

    `identities` are the psn_idet_type in force: what assistance they are entitled to. `agent` is whoever came in their
    stead and showed a card of their own.
    """

    psn_no: PersonNumber
    name: PersonName
    certno: ResidentId
    credential: Credential
    insurances: tuple[Insurance, ...]
    age: int
    gend: str = ""
    identities: tuple[str, ...] = ()
    agent: Agent | None = None

    def settling(self, today: date) -> tuple[Insurance, ...]:
        """The insurances an outpatient bill can be settled under today, basic ones first, in the platform's order."""
        basic = tuple(InsuType)
        return tuple(row for row in self.insurances if row.insutype in basic and row.active(today))
