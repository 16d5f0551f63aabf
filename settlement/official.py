"""The official 医保结算单 out of an answer: a whole PDF of a size that a printer takes, or why it is none."""

from __future__ import annotations

import base64
import binascii

from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.official import NoSheet, Sheet

LARGEST_SHEET = 2 * 1024 * 1024
_BEGINS, _ENDS = b"%PDF-", b"%%EOF"
_TAIL = 1024


def read_sheet(text: str) -> Sheet | Unknown:
    """From Base64, line breaks and all."""
    try:
        return whole_sheet(base64.b64decode("".join(text.split()), validate=True))
    except (binascii.Error, ValueError):
        return Unknown(FaultCode.OFFICIAL_BROKEN, "not Base64")


def whole_sheet(pdf: bytes) -> Sheet | Unknown:
    """A sheet that ends in its middle would print half a page with somebody's money on it."""
    if len(pdf) > LARGEST_SHEET:
        return Unknown(FaultCode.OFFICIAL_BROKEN, f"{len(pdf)} bytes")
    if not pdf.startswith(_BEGINS) or _ENDS not in pdf[-_TAIL:]:
        return Unknown(FaultCode.OFFICIAL_BROKEN, "not a whole PDF")
    return Sheet(pdf)


def no_sheet(answer: NoSheet) -> NoSheet:
    """What somebody who waits for a paper needs to know of an answer that is none."""
    match answer:
        case Refused(fault, reason) if fault is not FaultCode.SIGN_IN_REFUSED:
            return Refused(FaultCode.OFFICIAL_NOT_MADE, reason)
        case Unknown(FaultCode.REPLY_BROKEN | FaultCode.OFFICIAL_BROKEN, why):
            return Unknown(FaultCode.OFFICIAL_BROKEN, why)
        case NotSent():
            return NotSent(FaultCode.OFFICIAL_SILENT)
        case _:
            return Unknown(FaultCode.OFFICIAL_SILENT, "no answer")
