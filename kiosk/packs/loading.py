"""Reads one policy pack and says by name what is wrong with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, Self, cast

from pydantic import (
    BaseModel,
    ConfigDict,
    PositiveFloat,
    PositiveInt,
    StringConstraints,
    ValidationError,
    model_validator,
)

from kiosk.domain.agent import Relation, Sight
from kiosk.domain.dictionaries import Dictionaries
from kiosk.domain.family import FamilyChoice, FamilyRules, First
from kiosk.domain.policy import Area, Csb, Gateway, Limits, OfficialSheet, Pack, Phrases, SettlementProfile, Signing
from kiosk.packs.codes import Codes, CodesWrong, read_codes, read_national, terms_of
from kiosk.packs.complaints import PackWrong, complaint, read_toml_tree
from kiosk.packs.services import read_services
from kiosk.packs.trust import FILE

__all__ = ["PackWrong", "in_force", "read_pack", "read_tree"]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Head(_Section):
    area: str
    name: str
    version: str
    effective: date
    expires: date | None = None
    simulated: bool = False
    settlement_of: Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")] | None = None
    """The pack whose settlement this one borrows: its papers say nothing of a gateway. Simulated if that one is."""


class _Limits(_Section):
    connect: PositiveFloat
    reply: dict[str, PositiveFloat]
    reply_default: PositiveFloat
    longest_request: PositiveFloat
    patient_waits: PositiveFloat
    payment: PositiveFloat
    reversal_attempts: PositiveInt
    manual_after: PositiveFloat
    hold: PositiveInt
    retry_first: PositiveFloat
    retry_most: PositiveFloat
    payment_poll: PositiveFloat
    pause_after: PositiveInt
    pause_within: PositiveFloat
    pause_for: PositiveFloat
    reply_away: dict[str, PositiveFloat] = {}
    reply_away_default: PositiveFloat | None = None

    @model_validator(mode="after")
    def _holds_long_enough(self) -> Self:
        """A hold is renewed when a third of it is over: what is left must outlast any request sent under it."""
        if self.hold * 2 / 3 < self.longest_request:
            raise ValueError("hold: two thirds of it must outlast longest_request")
        return self


class _Phrases(_Section):
    already_undone: tuple[str, ...]
    not_signed_in: tuple[str, ...]
    person_unknown: tuple[str, ...]
    insurance_stopped: tuple[str, ...]


_InHeader = Annotated[str, StringConstraints(pattern=r"^[!-~]+$")]


class _Csb(_Section):
    api_name: _InHeader
    api_version: _InHeader
    milliseconds: bool = False


_Infno = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")]
_Path = Annotated[str, StringConstraints(pattern=r"^\w+(\.\w+)*$")]


class _Official(_Section):
    local: _Infno
    away: _Infno
    content: _Path = "data.pdf"
    file: _Path = "fileinfo"


_Field = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_]{0,63}$")]


class _FamilyChoice(_Section):
    field: _Field
    used: str
    unused: str


class _Family(_Section):
    first: First = First.OWN
    rows: _Path | Literal[""] = ""
    name: _Field | Literal[""] = ""
    relation: _Field | Literal[""] = ""
    amount: _Field | Literal[""] = ""
    relations: dict[str, Relation] = {}
    choice: _FamilyChoice | None = None

    @model_validator(mode="after")
    def _names_whoever_it_tells(self) -> Self:
        if bool(self.rows) != bool(self.name):
            raise ValueError("rows and name stand together: an owner without a name is nobody")
        return self

    def rules(self) -> FamilyRules:
        told = self.model_dump(exclude={"choice"})
        return FamilyRules(**told, choice=FamilyChoice(**self.choice.model_dump()) if self.choice else None)


class _Area(_Section):
    pool: str
    province: str
    family_first: First | None = None


class _Settlement(_Section):
    mdtrtarea_admvs: str
    recer_sys_code: str
    gateway: Gateway
    infver: str
    clock_tolerance: PositiveFloat
    fund_total_includes_account: bool
    acct_pay_includes_mulaid: bool
    amounts_as_text: bool
    acct_used_flag: str
    psn_setlway: str
    one_payment: bool
    account_choice: bool
    window_insutypes: tuple[str, ...]
    window_med_types: tuple[str, ...]
    asks_stays: bool
    asks_chronic: bool
    limits: _Limits
    phrases: _Phrases
    paths: dict[str, Annotated[str, StringConstraints(pattern=r"^/[^?#\s]*$")]] = {}
    pools: dict[str, _Area]
    codes: Codes = {}
    whole_codes: tuple[str, ...] = ()
    signing: Signing = Signing.NONE
    csb: _Csb | None = None
    sealed_version: _InHeader = "1.0.0"
    resends: bool = True
    a_forms: bool = True
    voucher_cert_type: Literal["01", "02"] = "01"
    password_cert_types: tuple[Literal["01", "02", "03"], ...] = ()
    deposit_free: tuple[str, ...] = ()
    agent_sees: tuple[Sight, ...] = ()
    official: _Official | None = None
    family: _Family = _Family()

    @model_validator(mode="after")
    def _names_its_service(self) -> Self:
        if self.signing is Signing.CSB and self.csb is None:
            raise ValueError("signing csb needs the table csb")
        return self


class _Pack(_Section):
    pack: _Head
    settlement: _Settlement | None = None
    family: _Family | None = None

    @model_validator(mode="after")
    def _settles_somehow(self) -> Self:
        if (self.settlement is None) == (self.pack.settlement_of is None):
            raise ValueError("either the table settlement or pack.settlement_of")
        if self.settlement is not None and self.family is not None:
            raise ValueError("family: what a pack settles itself with is its table settlement.family")
        return self


def read_pack(folder: Path, overrides: dict[str, Any] | None = None, today: date | None = None) -> Pack:
    """The pack in `folder`; PackWrong when it is not whole.

    `overrides` replace keys of `settlement.limits` (tests and drills). Overlays are laid over the services as of
    `today`; without a day, none is.
    """
    checked = _checked(folder, overrides or {})
    services = read_services(folder, today or date.min)
    if checked.settlement is not None:
        settlement = _profile(checked.settlement, _dictionaries(folder, checked.settlement))
        return replace(_head(checked, settlement), services=services)
    lender = _lender(folder, str(checked.pack.settlement_of), overrides or {})
    simulated = checked.pack.simulated or lender.simulated
    lent = lender.settlement
    settlement = replace(lent, family=checked.family.rules()) if checked.family else lent
    return replace(_head(checked, settlement), simulated=simulated, services=services)


def _checked(folder: Path, overrides: dict[str, Any]) -> _Pack:
    tree = read_tree(folder)
    path, name = folder / FILE, f"{folder.name}/{FILE}"
    try:
        checked = _Pack.model_validate(_overridden(tree, overrides))
    except ValidationError as problem:
        raise complaint(problem, path, name) from problem
    if checked.pack.area != folder.name:
        raise PackWrong(f"{name}: area is {checked.pack.area}")
    return checked


def _lender(folder: Path, area: str, overrides: dict[str, Any]) -> Pack:
    """Who lends a settlement has one of its own; its services are nobody's concern here."""
    lending = folder.parent / area
    checked = _checked(lending, overrides)
    if checked.settlement is None:
        raise PackWrong(f"{folder.name}/{FILE}: pack.settlement_of: {area} has no settlement of its own")
    return _head(checked, _profile(checked.settlement, _dictionaries(lending, checked.settlement)))


def _dictionaries(folder: Path, settlement: _Settlement) -> Dictionaries:
    """The national ones, amended by the file beside the pack and then by the pack itself."""
    try:
        national, beside = read_national(), read_codes(folder)
    except CodesWrong as problem:
        raise PackWrong(str(problem)) from problem
    whole = set(settlement.whole_codes)
    return national.amended(terms_of(beside), whole).amended(terms_of(settlement.codes), whole - beside.keys())


def read_tree(folder: Path) -> dict[str, Any]:
    """The pack's file as it is written, unchecked; PackWrong when it is no TOML."""
    return read_toml_tree(folder / FILE, f"{folder.name}/{FILE}")


def _overridden(tree: dict[str, Any], overrides: dict[str, Any]) -> dict[str, Any]:
    """A tree of another shape stays as it is: its validation names what is wrong."""
    settlement = tree.get("settlement")
    limits = cast("dict[str, Any]", settlement).get("limits") if isinstance(settlement, dict) else None
    if not isinstance(limits, dict):
        return tree
    return {**tree, "settlement": {**cast("dict[str, Any]", settlement), "limits": {**limits, **overrides}}}


def in_force(pack: Pack, today: date) -> bool:
    return pack.effective <= today and (pack.expires is None or today <= pack.expires)


def _head(checked: _Pack, settlement: SettlementProfile) -> Pack:
    return Pack(**checked.pack.model_dump(exclude={"settlement_of"}), settlement=settlement)


def _profile(settlement: _Settlement, dictionaries: Dictionaries) -> SettlementProfile:
    tables = {"limits", "phrases", "codes", "whole_codes", "csb", "pools", "official", "family"}
    values = settlement.model_dump(exclude=tables)
    return SettlementProfile(
        limits=Limits(**settlement.limits.model_dump(exclude_none=True)),
        phrases=Phrases(**settlement.phrases.model_dump()),
        dictionaries=dictionaries,
        pools={code: Area(row.pool, row.province, row.family_first) for code, row in settlement.pools.items()},
        official=OfficialSheet(**settlement.official.model_dump()) if settlement.official else None,
        family=settlement.family.rules(),
        csb=Csb(**settlement.csb.model_dump()) if settlement.csb else None,
        **values,
    )
