"""The catalogue of faults, for whoever asks at the machine. Settings: kiosk.checking; devices: kiosk.drivers."""

from __future__ import annotations

from kiosk.faults import CATALOGUE
from kiosk.terminal import OK, say, say_json


def list_faults(*, as_json: bool) -> int:
    """The catalogue; with `kiosk.handbook` the same becomes docs/faults.md."""
    if as_json:
        listing = [
            {
                "code": f.code,
                "name": f.code.name,
                "severity": f.severity,
                "actor": f.actor,
                "money": f.money,
                "cause": f.cause,
            }
            for f in CATALOGUE.values()
        ]
        say_json({"schema": 1, "faults": listing})
    else:
        for fault in CATALOGUE.values():
            say(f"{fault.code}  {fault.code.name:<24} {fault.severity:<11} {fault.actor:<12} {fault.cause}")
    return OK
