"""Codes of the national interface that the core branches on, by their national names.

Every other code travels as text: the dictionary in force is the pack's business, not ours.
"""

from __future__ import annotations

from enum import StrEnum


class CertType(StrEnum):
    """mdtrt_cert_type: what the person identified with."""

    VOUCHER = "01"
    RESIDENT_ID = "02"
    SOCIAL_CARD = "03"


class InsuType(StrEnum):
    """insutype of a person's insurances that can settle a visit."""

    EMPLOYEE = "310"
    RETIRED_CADRE = "340"
    RESIDENT = "390"


class InsuStatus(StrEnum):
    """psn_insu_stas; codes beyond these two are passed on as text and treated as not insured."""

    ACTIVE = "1"
    PAUSED = "2"


class MedType(StrEnum):
    """med_type of the bills an outpatient meets."""

    OUTPATIENT = "11"
    REGISTRATION = "12"
    EMERGENCY = "13"
    CHRONIC = "14"
    INJURY = "22"


AMBULATORY = frozenset({*MedType, "51"} - {MedType.INJURY})
"""med_type of whoever does not lie in hospital: these, and 生育门诊. Nobody of them is asked for a deposit."""


class OperatorType(StrEnum):
    """opter_type: a kiosk is a self-service terminal."""

    CLERK = "1"
    SELF_SERVICE = "2"
    MOBILE = "3"


MATERNITY = frozenset({"51", "52"})
"""生育门诊 and 生育住院, which want to know of the birth."""
