"""Speaks to the platform as the HIS does: signed in under its own operator, each message under a msgid of its own."""

from __future__ import annotations

import itertools
import secrets
from dataclasses import dataclass, field
from typing import Any

from settlement.reference.clock import WallClock, stamp
from settlement.reference.people import HospitalData
from settlement.reference.platform.desk import Desk
from settlement.wire import codec
from settlement.wire.envelope import Request, Response, display_text

OPERATOR = "HIS01"
_CLERK = "1"  # opter_type
_SIGN_IN_AGAIN = "请重新签到"


class Denied(Exception):
    """infcode -1: the platform's own sentence, without its technical tail."""


@dataclass
class Operator:
    """One operator of the hospital at the platform's desk."""

    desk: Desk
    hospital: HospitalData
    clock: WallClock
    _serial: itertools.count[int] = field(default_factory=lambda: itertools.count(secrets.randbelow(10_000)))
    _sign_no: str | None = None

    def msgid(self) -> str:
        return f"{self.hospital.code}{self.clock.now():%Y%m%d%H%M%S}{next(self._serial) % 10_000:04d}"

    def ask(self, infno: str, body: dict[str, Any], insuplc_admdvs: str, msgid: str | None = None) -> dict[str, Any]:
        """The output of one transaction, signing in when that is due.

        Raises:
            Denied: the platform refused.
        """
        if self._sign_no is None:
            self.sign_in()
        told = self._send(infno, body, insuplc_admdvs, msgid or self.msgid())
        if not told.succeeded and _SIGN_IN_AGAIN in told.err_msg:  # it was not looked at
            self.sign_in()
            told = self._send(infno, body, insuplc_admdvs, msgid or self.msgid())
        if not told.succeeded:
            raise Denied(display_text(told.err_msg))
        return told.output

    def sign_in(self) -> None:
        """9001: the platform gives the same number all day."""
        body = {"signIn": {"opter_no": OPERATOR, "ip": "127.0.0.1"}}
        told = self._send("9001", body, None, self.msgid())
        if not told.succeeded:
            raise Denied(display_text(told.err_msg))
        self._sign_no = str(told.output["signinoutb"]["sign_no"])

    def _send(self, infno: str, body: dict[str, Any], insuplc_admdvs: str | None, msgid: str) -> Response:
        request = {
            "infno": infno,
            "msgid": msgid,
            "mdtrtarea_admvs": self.desk.area.code,
            "insuplc_admdvs": insuplc_admdvs,
            "recer_sys_code": "YBXT",
            "opter_type": _CLERK,
            "opter": OPERATOR,
            "opter_name": "医保前置",
            "inf_time": stamp(self.clock.now()),
            "fixmedins_code": self.hospital.code,
            "fixmedins_name": self.hospital.name,
            "sign_no": self._sign_no,
            "input": body,
        }
        sent = codec.encode(codec.read(Request, request))
        return codec.read(Response, codec.decode(self.desk.answer(sent)))
