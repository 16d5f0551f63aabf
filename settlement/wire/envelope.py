"""The frame around every national transaction, and the one door it goes through."""

from __future__ import annotations

import re
from typing import Annotated, Any, cast

from pydantic import BeforeValidator, Field, StringConstraints

from settlement.wire.codec import Message
from settlement.wire.values import Text, Text3, Text6, Text10, Text30, Text50, Text100, Text200, TextOrEmpty, Timestamp

ENDPOINT = "/fsi/api/rsfComIfsService/callService"
"""The single-endpoint variant: infno picks the service."""

SELF_SERVICE = "2"
"""opter_type of a kiosk; 1 is a clerk, 3 a mobile terminal."""

INTERFACE_VERSION = "V1.0"

LARGEST_INPUT = 40_000
"""Characters of JSON in `input` and `output`, by the specification."""


class Request(Message):
    """One transaction as it is sent. `insuplc_admdvs` is mandatory once psn_no is in the input; `sign_no` is the day's
    sign-in (9001).
    """

    infno: Text6
    msgid: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]{1,30}$")]
    mdtrtarea_admvs: Text6
    insuplc_admdvs: Text6 | None = None
    recer_sys_code: Text10
    dev_no: Text100 | None = None
    dev_safe_info: Annotated[str, StringConstraints(max_length=2000)] | None = None
    cainfo: Annotated[str, StringConstraints(max_length=1024)] | None = None
    signtype: Annotated[str, StringConstraints(max_length=10)] | None = None
    infver: Text6 = INTERFACE_VERSION
    opter_type: Text3 = SELF_SERVICE
    opter: Text30
    opter_name: Text50
    inf_time: Timestamp
    fixmedins_code: Text30
    fixmedins_name: Text200
    sign_no: Annotated[str, StringConstraints(max_length=30)] | None = None
    fixmedins_soft_fcty: str | None = None
    enc_type: str | None = None
    input: dict[str, Any]


def _object_or_nothing(value: object) -> object:
    """5204 answers with its rows alone; they are then found under `output`, as other platforms write them."""
    if isinstance(value, list):
        rows = cast("list[object]", value)
        return {"output": rows} if all(isinstance(row, dict) for row in rows) else rows
    return {} if value is None or value == "" else value


def _no_flag(value: object) -> object:
    """False is no 0: it would read as a success."""
    if isinstance(value, bool):
        raise ValueError("a flag")
    return value


class Response(Message):
    """One answer as it is read: infcode as number or text, output null, "" or {} when there is nothing to say.

    Rows without a node stand under `output`.
    """

    infcode: Annotated[int, BeforeValidator(_no_flag)]
    inf_refmsgid: TextOrEmpty = ""
    refmsg_time: Text | None = None
    respond_time: Text | None = None
    err_msg: TextOrEmpty = ""
    warn_msg: TextOrEmpty = ""
    output: Annotated[dict[str, Any], BeforeValidator(_object_or_nothing)] = Field(default_factory=dict[str, Any])

    @property
    def succeeded(self) -> bool:
        """False is a refusal by a platform that understood: an unknown outcome never gets this far."""
        return self.infcode == 0


# `[module_1234]` and `(traceid@10.0.0.1)`: where in the platform's own code a refusal was made
_TAIL = re.compile(r"\s*(?:\[[\w.:-]+_\d+\]|[(（][^()（）@]*@[^()（）@]*[)）])\s*$")


def display_text(err_msg: str) -> str:
    """The sentence of a refusal without the platform's technical tails; the whole text belongs in the log of the till
    only.
    """
    text = err_msg
    while (shorter := _TAIL.sub("", text)) != text:
        text = shorter
    return text.strip()
