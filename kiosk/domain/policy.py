"""What a province decides, as values. `kiosk.packs` is the only maker of these; no province's number stands in code."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kiosk.domain.agent import Sight
from kiosk.domain.catalogue import NO_SERVICES, Services
from kiosk.domain.dictionaries import Dictionaries
from kiosk.domain.family import NATIONAL, FamilyRules, First


class Gateway(StrEnum):
    """How transactions reach the platform: all to one endpoint, or one path for each infno."""

    SINGLE = "single"
    PER_INFNO = "per_infno"


class Signing(StrEnum):
    """What shows a gateway that a request is ours, beside our client certificate.

    Four kinds of headers, named after the gateways that want them, or `sealed`, which wraps the message itself (encData
    and signData). Names and secrets are the site's.
    """

    NONE = "none"
    TIF = "tif"
    CSB = "csb"
    X_CA = "x_ca"
    APIKEY = "apikey"
    SEALED = "sealed"


@dataclass(frozen=True, slots=True)
class Csb:
    """The province's service on a CSB gateway: its name there, its version, and the unit of its timestamps."""

    api_name: str
    api_version: str
    milliseconds: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """Waits of the settlement in seconds.

    `reply` is by infno; `reply_away` and `reply_away_default` are for people insured in another pool, whose messages
    take the way over the national node, and never shorten a wait. `longest_request` is how long the platform may still
    act on a request (L of the Watched state); `payment` is the time from a scanned code to closing its order;
    `patient_waits` how long a patient is asked to stand by; a failed undoing is tried `reversal_attempts` times or for
    `manual_after`, whichever ends first, then staff are called; `retry_first` doubles up to `retry_most`. After
    `pause_after` unknown settlements within `pause_within` no new one starts for `pause_for`.
    """

    connect: float
    reply: dict[str, float]
    reply_default: float
    longest_request: float
    patient_waits: float
    payment: float
    reversal_attempts: int
    manual_after: float
    hold: int = 900
    retry_first: float = 1.0
    retry_most: float = 30.0
    payment_poll: float = 2.0
    pause_after: int = 3
    pause_within: float = 600.0
    pause_for: float = 300.0
    reply_away: dict[str, float] = field(default_factory=dict)
    reply_away_default: float = 0.0

    def reply_to(self, infno: str, *, away: bool = False) -> float:
        """How long an answer to this transaction, or call of a face, is waited for."""
        local = self.reply.get(infno, self.reply_default)
        return max(local, self.reply_away.get(infno, self.reply_away_default)) if away else local

    @property
    def longest_reply(self) -> float:
        """No call is waited for longer: a thread that is silent beyond it hangs."""
        return max(self.reply_default, self.reply_away_default, *self.reply.values(), *self.reply_away.values())


@dataclass(frozen=True, slots=True)
class Phrases:
    """Parts of the sentences by which this province's platform tells its refusals apart: the interface has no codes.

    `already_undone`: nothing (more) to undo, in answer to 2202, 2205, 2208 and 2601. `not_signed_in`: 9001 is due
    again. `person_unknown` and `insurance_stopped`: in answer to 1101.
    """

    already_undone: tuple[str, ...] = ()
    not_signed_in: tuple[str, ...] = ()
    person_unknown: tuple[str, ...] = ()
    insurance_stopped: tuple[str, ...] = ()


class Reach(StrEnum):
    """How far away, for insurance, a person's place of insurance is from the place of care."""

    LOCAL = "local"
    SAME_POOL = "same_pool"
    SAME_PROVINCE = "same_province"
    CROSS_PROVINCE = "cross_province"


@dataclass(frozen=True, slots=True)
class Area:
    """One row of the pool table: which pool (统筹区) the areas of this code belong to, and which province.

    `family_first`: whose account its people draw on first; None: as the profile says.
    """

    pool: str
    province: str
    family_first: First | None = None


@dataclass(frozen=True, slots=True)
class OfficialSheet:
    """Which transactions give the platform's own 医保结算单, and where it stands in their answers.

    No source at hand states them for all provinces: 5260 and 5265 are seen for a settlement of this pool, 5269 and 5270
    for one of another. `content` is the way to the field that holds the PDF as Base64 (`data.pdf`), `file` to the node
    that names a file for 9102 (`fileinfo`): what of the two an answer has is taken.
    """

    local: str
    away: str
    content: str = "data.pdf"
    file: str = "fileinfo"


@dataclass(frozen=True, slots=True)
class SettlementProfile:
    """How this province's platform wants to be spoken to, and which amount identities hold there.

    `paths` gives the path of each infno where the gateway has one for each. `csb` names the service where `signing` is
    that gateway's; `sealed_version` is the interface version in a sealed message. `amounts_as_text` writes amounts as
    JSON strings instead of numbers. `acct_used_flag` and `psn_setlway` are what 2206A and 2207A say. `one_payment` lets
    several bills of a visit be paid with one payment, where their quotes do not change one another. `account_choice`
    lets the patient keep the account's money. `window_insutypes` and `window_med_types` are settled at a window only.
    `dictionaries` hold the codes that may be sent; without any, none is checked. `asks_stays` and `asks_chronic` say
    what the platform is asked about a person before the bills are shown (5303, 5301): each costs a call. `pools` is by
    area code. `resends` False: the hospital has made sure that no gateway on the way repeats a 2207 by itself, so that
    a refusal is the platform's only word about it. `a_forms` False: the platform knows no 2203A, 2206A and 2207A.
    `voucher_cert_type` is what later messages call somebody who showed an e-voucher: 01 with the token, or 02 with the
    number. `password_cert_types`: whoever identified so must give a password with 2207, cross-province excepted; this
    kiosk carries none, so a window settles. `deposit_free`: identities (psn_idet_type) of whoever is treated first and
    pays later, who are asked for no deposit. `agent_sees`: what of a stay a relative who settles it may see.
    `official`: how the platform gives its own 医保结算单; None where it gives none. `family`: what its answers say of a
    relative's account.
    """

    mdtrtarea_admvs: str
    recer_sys_code: str
    gateway: Gateway
    limits: Limits
    fund_total_includes_account: bool
    acct_pay_includes_mulaid: bool
    infver: str = "V1.0"
    clock_tolerance: float = 60.0
    pools: dict[str, Area] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)
    phrases: Phrases = Phrases()
    amounts_as_text: bool = False
    acct_used_flag: str = "1"
    psn_setlway: str = "01"
    one_payment: bool = False
    account_choice: bool = False
    window_insutypes: tuple[str, ...] = ()
    window_med_types: tuple[str, ...] = ()
    asks_stays: bool = False
    asks_chronic: bool = False
    dictionaries: Dictionaries = field(default_factory=Dictionaries)
    signing: Signing = Signing.NONE
    csb: Csb | None = None
    sealed_version: str = "1.0.0"
    resends: bool = True
    a_forms: bool = True
    voucher_cert_type: str = "01"
    password_cert_types: tuple[str, ...] = ()
    deposit_free: tuple[str, ...] = ()
    agent_sees: tuple[Sight, ...] = ()
    official: OfficialSheet | None = None
    family: FamilyRules = NATIONAL

    @property
    def owner_first_areas(self) -> frozenset[str]:
        """Places of insurance whose people draw on a relative's account before their own."""
        told = {code: row.family_first or self.family.first for code, row in self.pools.items()}
        told.setdefault(self.mdtrtarea_admvs, self.family.first)
        return frozenset(code for code, first in told.items() if first is First.OWNER)

    @property
    def password_areas(self) -> frozenset[str]:
        """Places of insurance whose people give a password: all that are not cross-province."""
        known = {self.mdtrtarea_admvs, *self.pools} if self.password_cert_types else set[str]()
        return frozenset(code for code in known if self.reach_of(code) is not Reach.CROSS_PROVINCE)

    @property
    def away_areas(self) -> frozenset[str]:
        """Places of insurance of other pools."""
        near = {Reach.LOCAL, Reach.SAME_POOL}
        return frozenset(code for code in self.pools if self.reach_of(code) not in near)

    def form(self, infno: str) -> str:
        """2203A, 2206A or 2207A as this platform numbers it."""
        return infno if self.a_forms else infno.removesuffix("A")

    def reach_of(self, insuplc_admdvs: str) -> Reach | None:
        """By the table alone, never by the digits of a code: counties directly under a province share the digits of a
        city whose pool they are not in, and a province's own employees have a pool in the midst of its capital. None
        for a code that is not in the table: nobody may guess whose rules hold there.
        """
        if insuplc_admdvs == self.mdtrtarea_admvs:
            return Reach.LOCAL
        here, there = self.pools.get(self.mdtrtarea_admvs), self.pools.get(insuplc_admdvs)
        if here is None or there is None:
            return None
        if here.pool == there.pool:
            return Reach.SAME_POOL
        return Reach.SAME_PROVINCE if here.province == there.province else Reach.CROSS_PROVINCE


@dataclass(frozen=True, slots=True)
class Pack:
    """One validated policy pack: whose it is, since when, and its sections."""

    area: str
    name: str
    version: str
    effective: date
    expires: date | None
    simulated: bool
    settlement: SettlementProfile
    services: Services = NO_SERVICES
