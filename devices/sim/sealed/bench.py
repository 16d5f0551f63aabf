"""What each request does to the closed devices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, assert_never

from devices.sim import requests
from devices.sim.card.people import Holder
from devices.sim.loop import Loop
from devices.sim.sealed.face import SimulatedFaceTerminal
from devices.sim.sealed.payment import BankCard, SimulatedPaymentTerminal
from devices.sim.sealed.pin_pad import SimulatedPinPad

SealedRequest = (
    requests.PaymentTerminal
    | requests.HoldBankCard
    | requests.TerminalKeys
    | requests.FaceTerminal
    | requests.BeforeTerminal
    | requests.PinPad
    | requests.PressKeys
)


class NotNowError(Exception):
    """The device is not waiting for that; the message goes back to whoever asked."""


class SealedBench:
    """Card terminal, face terminal and PIN pad; `holder_of` finds a person by key."""

    def __init__(
        self, loop: Loop, folder: Path, changed: Callable[[str], None], holder_of: Callable[[str], Holder]
    ) -> None:
        self._holder_of = holder_of
        self.payment = SimulatedPaymentTerminal(loop, folder / "payment_terminal", changed)
        self.face = SimulatedFaceTerminal(loop, folder / "face.sock", changed)
        self.pad = SimulatedPinPad(loop, folder / "pin_pad", changed)

    def close(self) -> None:
        self.payment.port.unplug()
        self.face.unplug()
        self.pad.port.unplug()

    def reset(self) -> None:
        self.pad.clear()
        self.pad.port.reset()
        self.face.reset()
        self.payment.clear()
        self.payment.port.reset()

    def obey(self, request: SealedRequest) -> dict[str, Any]:
        match request:
            case requests.PaymentTerminal():
                self._set_terminal(request)
            case requests.HoldBankCard():
                _done(self.payment.hold(BankCard(request.number, request.pin, request.contactless)))
            case requests.TerminalKeys():
                self._press(request)
            case requests.PinPad():
                self._set_pad(request)
            case requests.PressKeys():
                _done(self.pad.press(request.keys))
            case requests.FaceTerminal():
                self._set_face(request)
            case requests.BeforeTerminal():
                show = self.face.show_face if request.shows == "face" else self.face.show_code
                _done(show(self._holder_of(request.person)))
            case _ as never:
                assert_never(never)
        return {}

    def face_state(self) -> dict[str, Any]:
        face = self.face
        return {
            "plugged": face.plugged,
            "wants": face.wants,
            "notices": list(face.notices),
            "violations": list(face.violations),
        }

    def pad_state(self) -> dict[str, Any]:
        pad = self.pad
        return {
            "plugged": pad.port.plugged,
            "taking": pad.taking,
            "traffic_hex": pad.port.traffic.hex(),
            "violations": list(pad.port.violations),
        }

    def _set_pad(self, request: requests.PinPad) -> None:
        pad, port = self.pad, self.pad.port
        pad.keys_in = pad.keys_in if request.keys_in is None else request.keys_in
        pad.talks = pad.talks if request.talks is None else request.talks
        port.silent = port.silent if request.silent is None else request.silent
        port.spoiling = request.spoil or port.spoiling
        if request.open_lid:
            pad.open_lid()
        if request.plugged is not None:
            (port.plug if request.plugged else port.unplug)()

    def _set_face(self, request: requests.FaceTerminal) -> None:
        face = self.face
        face.passes = face.passes if request.passes is None else request.passes
        face.garbles = face.garbles if request.garbles is None else request.garbles
        if request.plugged is not None:
            (face.plug if request.plugged else face.unplug)()

    def payment_state(self) -> dict[str, Any]:
        terminal = self.payment
        return {
            "plugged": terminal.port.plugged,
            "step": terminal.step,
            "journal": terminal.journal(),
            "traffic_hex": terminal.port.traffic.hex(),
            "violations": list(terminal.port.violations),
        }

    def _press(self, request: requests.TerminalKeys) -> None:
        match request.key:
            case "red":
                _done(self.payment.press_red())
            case "take_card":
                _done(self.payment.take_card())
            case "pin":
                _done(self.payment.enter(request.pin))

    def _set_terminal(self, request: requests.PaymentTerminal) -> None:
        terminal, port = self.payment, self.payment.port
        terminal.bank = request.bank or terminal.bank
        terminal.bank_ms = terminal.bank_ms if request.bank_ms is None else request.bank_ms
        terminal.broken = terminal.broken if request.broken is None else request.broken
        terminal.leaks = terminal.leaks if request.leaks is None else request.leaks
        port.silent = port.silent if request.silent is None else request.silent
        port.spoiling = request.spoil or port.spoiling
        port.line = replace(port.line, fragment=request.fragment or port.line.fragment)
        if request.plugged is not None:
            (port.plug if request.plugged else port.unplug)()


def _done(why_not: str | None) -> None:
    if why_not is not None:
        raise NotNowError(why_not)
