"""The insurance office's face: our own JSON by POST, version 1, described in docs/office-interface.md.

No national infno takes what a person files at a kiosk, so these messages are ours. Every call that bears a key is
answered alike when it is repeated with that key. Business refusals are HTTP 200 with `refused`; replies repeat the key
they answer. Days are ISO 8601.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from kiosk.domain.filing import DRAFT_CODE
from settlement.wire.codec import Message
from settlement.wire.hospital import Key
from settlement.wire.values import Amount, MaybeAmount

VERSION = "1"
PREPARE = "/office/prepare"
SUBMIT = "/office/submit"
FIND = "/office/find"
KEEP = "/office/keep"
CASES = "/office/cases"
STANDING = "/office/standing"
RATE = "/office/rate"
AWAY = "/office/away"
ATTACH = "/office/attach"

ItemKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,40}$")]
Text = Annotated[str, StringConstraints(max_length=200)]
OfferKey = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{1,40}$")]


class State(StrEnum):
    IN_FORCE = "in_force"
    UNDER_REVIEW = "under_review"
    REFUSED = "refused"
    NOT_SERVED = "not_served"


class Way(StrEnum):
    FETCHED = "fetched"
    PROMISED = "promised"
    PHOTOGRAPHED = "photographed"
    DEFERRED = "deferred"
    WINDOW = "window"


class Applicant(Message):
    """Whoever was identified at the kiosk. `psn_no` is the platform's number."""

    certno: Annotated[str, StringConstraints(min_length=1, max_length=50)]
    psn_name: Text
    psn_no: Text


class Answer(Message):
    field: ItemKey
    value: Annotated[str, StringConstraints(min_length=1, max_length=200)]


PictureName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{1,64}$")]


class Material(Message):
    """`pictures` names the photographs that were attached before."""

    material: ItemKey
    way: Way
    pictures: tuple[PictureName, ...] = ()


DraftCode = Annotated[str, StringConstraints(pattern=rf"^({DRAFT_CODE})?$")]


class Prepare(Message):
    """`code`: of the slip with which an unfinished application is continued; only its holder gets it opened."""

    version: str = VERSION
    applicant: Applicant
    item: ItemKey
    code: DraftCode = ""


class Offer(Message):
    """One answer that a field may have for this person; `label` and `note` are for them to read."""

    field: ItemKey
    key: OfferKey
    label: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    note: Text = ""


class PrepareReply(Message):
    """What the office has, so that the person need not bring or type it, and what they may choose from."""

    known: tuple[Answer, ...] = ()
    fetched: tuple[ItemKey, ...] = ()
    draft: tuple[Answer, ...] = ()
    offers: tuple[Offer, ...] = ()
    refused: str | None = None


class Submit(Message):
    """`pack` names the policy pack and its version under which the person was asked; `helper` is the number of the
    staff who stood beside them, empty where nobody did. `insured_at` is the place of insurance (参保地) as the platform
    told it: its office takes the application, wherever the hospital stands.
    """

    version: str = VERSION
    key: Key
    applicant: Applicant
    item: ItemKey
    code: Text = ""
    pack: Text
    answers: tuple[Answer, ...] = ()
    materials: tuple[Material, ...] = ()
    promised: bool = False
    parts: tuple[ItemKey, ...] = ()
    helper: Text = ""
    terminal: Text = ""
    institution: Text = ""
    insured_at: Text = ""


class Part(Message):
    item: ItemKey
    case_no: Text
    state: State
    reason: Text = ""


class Attested(Message):
    """A doctor confirmed the case. `doctor` is shown to the patient: the hospital decides how much of a name it is.
    `here`: at a kiosk; else the hospital's own system brought it, signed.
    """

    doctor: Text
    hospital: Text
    at: datetime
    here: bool = False


class CertifiedTime(Message):
    insutype: Text
    place: Text
    since: date
    until: date | None = None
    months: Annotated[int, Field(strict=True, ge=0, le=1200)]


class Certificate(Message):
    """参保凭证. `holder` is covered already; `code` is signed, names nobody, and is read by the other office."""

    number: Text
    issued: date
    holder: Text
    code: Text
    times: tuple[CertifiedTime, ...] = ()


class Case(Message):
    """`again`: rated low and followed up since, so it may be rated once more. `taken_by` is the office that has it,
    where that is not the one of the place of care.
    """

    case_no: Text
    item: ItemKey
    state: State
    accepted: date
    due: date | None = None
    reason: Text = ""
    handover: Text = ""
    parts: tuple[Part, ...] = ()
    rated: bool = False
    confirmed: Attested | None = None
    again: bool = False
    certificate: Certificate | None = None
    taken_by: Text = ""


class CaseReply(Message):
    """To submit and find: a case, or `absent` (find: nothing under this key), or `refused` (not even a case)."""

    key: str = ""
    case: Case | None = None
    absent: bool = False
    refused: str | None = None

    @model_validator(mode="after")
    def _one_answer(self) -> CaseReply:
        if sum((self.case is not None, self.absent, self.refused is not None)) != 1:
            raise ValueError("exactly one of case, absent, refused")
        return self


class Find(Message):
    version: str = VERSION
    key: Key


class Keep(Message):
    version: str = VERSION
    key: Key
    applicant: Applicant
    item: ItemKey
    answers: tuple[Answer, ...] = ()


class Rate(Message):
    """好差评: five levels, 5 best. `labels` are places in the pack's list."""

    version: str = VERSION
    key: Key
    case_no: Text
    level: Annotated[int, Field(strict=True, ge=1, le=5)]
    labels: tuple[Annotated[int, Field(strict=True, ge=0, le=20)], ...] = ()


class NotedReply(Message):
    key: str = ""
    noted: bool | None = None
    refused: str | None = None


class KeptReply(NotedReply):
    """`code` is signed by the office and names nobody: with it and their card a person goes on until `until`."""

    code: DraftCode = ""
    until: date | None = None


class CasesQuery(Message):
    version: str = VERSION
    applicant: Applicant


class FiledAway(Message):
    """One 异地就医备案; `kind` is temporary, referral, residence or emergency."""

    place: Text
    kind: Text
    since: date
    until: date | None = None


class Shared(Message):
    """家庭共济. `mine`: this person's account, which the relative of that (covered) name may use; else theirs."""

    name: Text
    mine: bool
    since: date
    balance: MaybeAmount = None


class Due(Message):
    """A contribution; `address` is the tax authority's, for a phone to open."""

    what: Text
    amount: Amount
    address: Annotated[str, StringConstraints(pattern=r"^https://[A-Za-z0-9./_?=&-]{1,190}$")]
    until: date | None = None


class CasesReply(Message):
    """What the office has of a person: applications, filings of care elsewhere, shared accounts, what is due."""

    cases: tuple[Case, ...] = ()
    away: tuple[FiledAway, ...] = ()
    shared: tuple[Shared, ...] = ()
    dues: tuple[Due, ...] = ()
    refused: str | None = None


class StandingQuery(Message):
    """Of somebody whom the platform does not settle for: their card told number and name."""

    version: str = VERSION
    certno: Annotated[str, StringConstraints(min_length=1, max_length=50)]
    psn_name: Text = ""


class StandingRow(Message):
    insutype: Text
    active: bool
    since: date | None = None
    stopped: date | None = None


class StandingReply(Message):
    rows: tuple[StandingRow, ...] = ()
    refused: str | None = None


class AwayQuery(Message):
    """Whether care in `area` is filed for this person, who is about to pay there."""

    version: str = VERSION
    applicant: Applicant
    area: Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]


class AwayReply(Message):
    """`missing`: nothing is filed or under review for that place, and a filing would count."""

    missing: bool | None = None
    refused: str | None = None


class Attach(Message):
    """One photograph of a paper: a JPEG file in base64, and its SHA-256. The same again has the same name."""

    version: str = VERSION
    applicant: Applicant
    item: ItemKey
    material: ItemKey
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    jpeg: Annotated[str, StringConstraints(min_length=4, max_length=4_000_000)]


class AttachReply(Message):
    """Its name at the office, or, in words that a patient may read, why it will not do."""

    picture: PictureName | None = None
    refused: str | None = None

    @model_validator(mode="after")
    def _one_answer(self) -> AttachReply:
        if (self.picture is None) == (self.refused is None):
            raise ValueError("exactly one of picture, refused")
        return self
