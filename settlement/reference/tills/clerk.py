"""How a till speaks to the others: bytes to the same faces that a kiosk's bytes reach."""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from settlement.reference.answer import Answer
from settlement.reference.clock import WallClock, stamp
from settlement.reference.people import HospitalData
from settlement.reference.platform.desk import Desk
from settlement.wire import codec, people
from settlement.wire.codec import Message, MessageT
from settlement.wire.envelope import Request, Response, display_text

Told = dict[str, Any]
Face = Callable[[str, bytes], Answer]
ModelT = TypeVar("ModelT", bound=Message)


class Declined(Exception):
    """Somebody said no, in the words they said it."""


@dataclass
class Clerk:
    """One operator: his own number, sign-in and msgids at the platform, his own name on holds and orders."""

    opter: str
    opter_type: str
    hospital: HospitalData
    desk: Desk
    face: Face
    clock: WallClock
    _serial: itertools.count[int] = field(default_factory=lambda: itertools.count(secrets.randbelow(10_000)))

    def msgid(self) -> str:
        return f"{self.hospital.code}{self.clock.now():%Y%m%d%H%M%S}{next(self._serial) % 10_000:04d}"

    def ask(self, infno: str, body: Told, insured_area: str, msgid: str | None = None) -> Told:
        """The output of one transaction.

        Raises:
            Declined: the platform's sentence, without its technical tail.
        """
        sign_in = people.SignInInput(signIn=people.SignIn(opter_no=self.opter, ip="127.0.0.1"))
        signed = codec.read(people.SignInOutput, self._send("9001", sign_in.model_dump(exclude_none=True), None, None))
        return self._send(infno, body, insured_area, signed.signinoutb.sign_no, msgid)

    def tell(self, path: str, body: Message, reply: type[MessageT]) -> MessageT:
        """What the hospital or the payment service answers; its refusals are values of `reply`."""
        return codec.read(reply, codec.decode(self.face(path, codec.encode(body)).body))

    def _send(
        self, infno: str, body: Told, insured_area: str | None, sign_no: str | None, msgid: str | None = None
    ) -> Told:
        request = {
            "infno": infno,
            "msgid": msgid or self.msgid(),
            "mdtrtarea_admvs": self.hospital.area,
            "insuplc_admdvs": insured_area,
            "recer_sys_code": "YBXT",
            "opter_type": self.opter_type,
            "opter": self.opter,
            "opter_name": self.opter,
            "inf_time": stamp(self.clock.now()),
            "fixmedins_code": self.hospital.code,
            "fixmedins_name": self.hospital.name,
            "sign_no": sign_no,
            "input": body,
        }
        told = codec.read(Response, codec.decode(self.desk.answer(codec.encode(codec.read(Request, request)))))
        if not told.succeeded:
            raise Declined(display_text(told.err_msg))
        return told.output
