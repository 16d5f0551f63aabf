"""The province's face service, simulated: gives drawn photographs, and looks at nobody.

It can tell a picture file from none and one picture from the same picture again; whose face it is it cannot tell. It
vouches for whoever brings three different pictures, and never for somebody who has no photograph. Its number is known
to the e-voucher centre under an errand of the same name. Real services judge by rules that nobody publishes.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.installed import config_dir
from settlement.reference.answer import Answer
from settlement.reference.clock import WallClock
from settlement.reference.ledger.parties import Person
from settlement.reference.ledger.store import Ledger
from settlement.reference.ledger.vouchers import FaceAuth
from settlement.wire import codec
from settlement.wire.codec import BrokenMessage
from settlement.wire.face_platform import JUDGE, PORTRAIT, AskJudgement, AskPortrait

PATHS = (PORTRAIT, JUDGE)

_PNG = b"\x89PNG\r\n\x1a\n"
_ENOUGH = 3
_BUSINESS = "01103"


def enrolled(folder: Path | None = None) -> dict[str, bytes]:
    """The drawn photographs by certno; config/people/README.md says how they were made."""
    place = (config_dir() / "people" / "portraits") if folder is None else folder
    return {path.stem: path.read_bytes() for path in sorted(place.glob("*.webp"))}


class FaceService:
    def __init__(self, ledger: Ledger, clock: WallClock, portraits: Mapping[str, bytes]) -> None:
        self._ledger, self._clock, self._portraits = ledger, clock, portraits

    def answer(self, path: str, body: bytes) -> Answer:
        """Never raises for anything a client can send."""
        try:
            tree = codec.decode(body)
            told = self._portrait(codec.read(AskPortrait, tree)) if path == PORTRAIT else self._judge(tree)
        except BrokenMessage as broken:
            return Answer(codec.encode({"refused": str(broken)}), HTTPStatus.BAD_REQUEST)
        return Answer(codec.encode(told))

    def _portrait(self, asked: AskPortrait) -> dict[str, str]:
        known = self._portraits.get(asked.certno)
        if known is None:
            return {"refused": "没有留存照片"}
        return {"portrait": base64.b64encode(known).decode()}

    def _judge(self, tree: object) -> dict[str, str]:
        asked = codec.read(AskJudgement, tree)
        pictures = {base64.b64decode(frame) for frame in asked.frames}
        if len(pictures) < _ENOUGH or not all(picture.startswith(_PNG) for picture in pictures):
            return {"refused": "图像不足或不是活体"}
        if asked.certno not in self._portraits:
            return {"refused": "没有留存照片，不能比对"}
        return self._ledger.carry_out(lambda session: self._vouch(session, asked))

    def _vouch(self, session: Session, asked: AskJudgement) -> dict[str, str]:
        person = session.scalar(select(Person).where(Person.certno == asked.certno))
        if person is None or person.psn_no != asked.psn_no:
            return {"refused": "查无此人"}
        number = secrets.token_hex(16)
        about = {"out_biz_no": number, "business_type": _BUSINESS}
        session.add(FaceAuth(auth_no=number, psn_no=person.psn_no, at=self._clock.now(), spent=False, **about))
        return {"auth_no": number}
