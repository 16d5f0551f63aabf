"""The e-voucher's messages: a terminal reads a code and says whose it is.

A library of the terminal's maker takes `VoucherRequest` and answers `VoucherReply`, whose `data` is JSON in a text. No
field list with all lengths was at hand.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from settlement.wire.codec import BrokenMessage, Message, decode
from settlement.wire.values import Code5, Loose, Text, Text20, Text30, Text40, Text64, TextOrEmpty, Words

CENTRE = "/ec"
"""The path of the front server's door to the e-voucher centre."""


def _object_in_text(value: object) -> object:
    """The library writes the inner object as JSON once more; some versions do not."""
    if isinstance(value, str) and value:
        try:
            return decode(value.encode())
        except BrokenMessage:
            raise ValueError("no object") from None
    return value or {}


class VoucherRequest(Message):
    """The frame around every message to the terminal; `transType` is its number."""

    orgId: Text40
    transType: Words
    data: dict[str, Any]


class VoucherReply(Message):
    """`code` 0 is a success."""

    code: int
    message: TextOrEmpty = ""
    orgId: TextOrEmpty = ""
    data: Annotated[dict[str, Any], BeforeValidator(_object_in_text)] = Field(default_factory=dict[str, Any])


class VoucherQueryInput(Message):
    """ec.query and cn.nhsa.qrcode.get: the terminal itself reads the code. A kiosk's `deviceType` is SelfService.

    `ecQrCode` is for front servers that decode what a kiosk's own scanner has read.
    """

    orgId: Text40
    businessType: Code5
    operatorId: Text20
    operatorName: Text30 | None = None
    officeId: Text20 | None = None
    officeName: Text30 | None = None
    deviceType: Words | None = None
    outBizNo: Text64
    extData: Words | None = None
    ecQrCode: Words | None = None


class VoucherHolder(Message):
    """Who the voucher is of. `ecToken` stands for the number in 1101, mdtrt_cert_type 01."""

    idNo: Text
    userName: Text
    idType: TextOrEmpty = ""
    ecToken: Text
    insuOrg: TextOrEmpty = ""
    ecIndexNo: TextOrEmpty = ""
    gender: Loose = ""
    birthday: Loose = ""
    nationality: Loose = ""
    email: Loose = ""
    extra: Loose = ""
