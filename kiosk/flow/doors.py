"""Which doors open now, and why another does not: each wants what its visits need, and no more.

What cannot work is shut by itself and says so; the kiosk closes only when no door is left.
"""

from __future__ import annotations

from kiosk.faults import CATALOGUE, FaultCode, Severity
from kiosk.flow.rules import Door
from kiosk.flow.states import Kiosk
from kiosk.ports.payment import Way

_NEEDED_DEVICES = {
    "card_reader": FaultCode.CARD_READER_GONE,
    "scanner": FaultCode.SCANNER_GONE,
    "document_camera": FaultCode.CAMERA_GONE,
    "payment_terminal": FaultCode.PAYMENT_TERMINAL_GONE,
}
_DEVICE_OF = {Way.SCANNED: "scanner", Way.TERMINAL: "payment_terminal"}
_STOPPING = {Severity.SETTLEMENT, Severity.KIOSK}
_OF_PAYING = {FaultCode.HOSPITAL_UNREACHABLE, FaultCode.PAYMENT_UNREACHABLE, FaultCode.SETTLING_PAUSED}
"""Faults of those who keep bills or take money: who registers, asks or files something does not need them."""

_OF_PAPERS = frozenset({Door.RECEIPTS, Door.REFUND})
_OF_SETTLING = _OF_PAYING - {FaultCode.HOSPITAL_UNREACHABLE}
"""Of these, what does not matter to whoever only wants a paper that the hospital can tell of."""


def gone(state: Kiosk, device: str) -> FaultCode | None:
    """The fault of a needed device that cannot be used now."""
    health = state.fixtures.health.get(device)
    return None if health is None or health.usable else _NEEDED_DEVICES[device]


def lacks(state: Kiosk, way: Way) -> FaultCode | None:
    """Why nobody can pay in this way now."""
    return gone(state, _DEVICE_OF[way]) if way in _DEVICE_OF else None


def standing_fault(state: Kiosk) -> FaultCode | None:
    """Why no settlement may begin: a far party, the clock, a certificate, the journal, what a device warns of."""
    return next(iter(_standing(state)), None)


def shut(state: Kiosk, door: Door) -> FaultCode | None:
    """Why nobody can come in by this door now."""
    standing, reader = _standing(state), gone(state, "card_reader")
    if door is Door.OUTPATIENT:
        reasons = [*standing, reader, _unpayable(state)]
    elif door in _OF_PAPERS:
        reasons = [*(fault for fault in standing if fault not in _OF_SETTLING), reader, _paperless(state)]
    else:
        reasons = [*(fault for fault in standing if fault not in _OF_PAYING), reader]
    return next((reason for reason in reasons if reason), None)


def all_shut(state: Kiosk) -> FaultCode | None:
    """Why no visit can begin: every door is shut, and this is why the first one is."""
    reasons = [shut(state, door) for door in state.rules.doors]
    return reasons[0] if reasons and all(reasons) else None


def _standing(state: Kiosk) -> list[FaultCode]:
    warned = {fault for health in state.fixtures.health.values() for fault in health.warnings}
    return [fault for fault in sorted(state.fixtures.faults | warned) if CATALOGUE[fault].severity in _STOPPING]


def _paperless(state: Kiosk) -> FaultCode | None:
    """Why nothing can be printed that a hand could take along."""
    printer = state.fixtures.health.get("receipt_printer")
    return None if printer is None or printer.usable else FaultCode.PRINTER_GONE


def _unpayable(state: Kiosk) -> FaultCode | None:
    """Why nothing can be paid: what each way of paying lacks."""
    lacking = [lacks(state, method.way) for method in state.rules.methods]
    return lacking[0] if all(lacking) else None
