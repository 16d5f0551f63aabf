"""`front` of `kiosk.face_platforms`: the province's face service, reached through the hospital's front."""

from __future__ import annotations

import base64
import binascii
import struct
import zlib
from collections.abc import Sequence

from kiosk.domain.insured import Person
from kiosk.domain.personal import Portrait, Voucher
from kiosk.faults import FaultCode
from kiosk.ports.answers import Refused, Unknown
from kiosk.ports.camera import BYTES_A_PIXEL, Frame
from kiosk.ports.driver import Driver, Host
from kiosk.ports.face import Purpose
from kiosk.ports.face_platform import FacePlatform, Failure, PortraitFound, Vouched
from settlement.access import Access, party_host
from settlement.face import Face
from settlement.transport import Line
from settlement.wire import face_platform as wire

_FAST = 1
"""zlib's level: a frame is sent once, and the person waits."""


class FrontFaces:
    """`FacePlatform`. Pictures are in no log: a call is named by its path alone."""

    def __init__(self, face: Face, terminal: str) -> None:
        self._face, self._terminal = face, terminal

    def portrait(self, person: Person) -> PortraitFound | Failure:
        wish = wire.AskPortrait(psn_no=person.psn_no.reveal(), certno=person.certno.reveal(), terminal=self._terminal)
        told = self._face.ask(wire.PORTRAIT, wish, wire.PortraitReply)
        if not isinstance(told, wire.PortraitReply):
            return told
        if told.portrait is None:
            return Refused(FaultCode.FACE_NOT_SEEN, told.refused)
        try:
            return PortraitFound(Portrait(base64.b64decode(told.portrait, validate=True)))
        except (binascii.Error, ValueError) as broken:
            return Unknown(FaultCode.REPLY_BROKEN, type(broken).__name__)

    def judge(self, person: Person, purpose: Purpose, frames: Sequence[Frame]) -> Vouched | Failure:
        wish = wire.AskJudgement(
            psn_no=person.psn_no.reveal(),
            certno=person.certno.reveal(),
            purpose=purpose.value,
            frames=[base64.b64encode(png_of(frame)).decode() for frame in frames],
            terminal=self._terminal,
        )
        told = self._face.ask(wire.JUDGE, wish, wire.JudgementReply)
        if not isinstance(told, wire.JudgementReply):
            return told
        if told.auth_no:
            return Vouched(Voucher(told.auth_no))
        return Refused(FaultCode.FACE_NOT_AUTHORISED, told.refused)


def png_of(frame: Frame) -> bytes:
    """The frame as a PNG file (ISO/IEC 15948): 8-bit red, green, blue, every row unfiltered."""
    pixels = bytearray(frame.reveal())
    pixels[0::BYTES_A_PIXEL], pixels[2::BYTES_A_PIXEL] = pixels[2::BYTES_A_PIXEL], pixels[0::BYTES_A_PIXEL]
    row = frame.width * BYTES_A_PIXEL
    rows = b"".join(b"\0" + pixels[start : start + row] for start in range(0, len(pixels), row))
    head = struct.pack(">IIBBBBB", frame.width, frame.height, 8, 2, 0, 0, 0)
    pixels[:] = bytes(len(pixels))
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, _FAST)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def make(settings: Access, host: Host) -> FacePlatform:
    """The service behind `settings.url`; connects when it is first asked something."""
    party = party_host(host, settings)
    line = Line(settings, FaultCode.PLATFORM_UNREACHABLE, party.log)
    return FrontFaces(Face(line, party.profile.limits), party.terminal)


DRIVER: Driver[FacePlatform] = Driver(settings=Access, simulated=False, make=make)
