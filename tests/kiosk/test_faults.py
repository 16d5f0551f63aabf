"""The catalogue of faults: every code once, and none that promises what is not so."""

from __future__ import annotations

import pytest

from kiosk.faults import CATALOGUE, Actor, FaultCode, MoneyAt, Severity


def test_every_code_has_its_entry() -> None:
    assert set(CATALOGUE) == set(FaultCode)
    assert all(fault.code is code for code, fault in CATALOGUE.items())


def test_codes_are_a_letter_and_a_number_and_never_twice() -> None:
    assert len({code.value for code in FaultCode}) == len(FaultCode)
    assert all(len(code) == 3 and code[0] in "CQPVIBYSNKFAO" and code[1:].isdigit() for code in FaultCode)


@pytest.mark.parametrize("code", FaultCode)
def test_a_cause_is_one_plain_sentence(code: FaultCode) -> None:
    cause = CATALOGUE[code].cause
    assert cause[0].isupper() or cause[0].isdigit()
    assert cause.endswith(".")


@pytest.mark.parametrize(
    "code", [code for code in FaultCode if CATALOGUE[code].severity in {Severity.SETTLEMENT, Severity.KIOSK}]
)
def test_what_stops_the_kiosk_is_not_the_patients_to_mend(code: FaultCode) -> None:
    assert CATALOGUE[code].actor is not Actor.PATIENT


@pytest.mark.parametrize("code", [code for code in FaultCode if CATALOGUE[code].money is MoneyAt.HELD])
def test_where_money_is_in_doubt_somebody_else_than_the_patient_acts(code: FaultCode) -> None:
    assert CATALOGUE[code].actor in {Actor.STAFF, Actor.VENDOR}
