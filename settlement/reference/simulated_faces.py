"""Faces that a terminal of `kiosk sim` saw: it talks to nobody, so the centre learns of them when it is asked.

Such a terminal makes its authNo of the person's number and the errand, under a key that opens nothing in the world;
whoever asks with one is answered as if the centre had given it.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement.reference.ledger.parties import Person
from settlement.reference.ledger.vouchers import FaceAuth

_KEY = b"moni"  # 模拟


def face_number(certno: str, errand: str, business: str) -> str:
    said = f"{certno}|{errand}|{business}"
    return "ano" + hmac.new(_KEY, said.encode(), hashlib.sha256).hexdigest()[:40]


def note(session: Session, now: datetime, data: Mapping[str, Any]) -> None:
    """Write the authorisation down that `data` of cn.nhsa.auth.check asks for, if a simulated terminal gave it and the
    ledger does not know it yet.
    """
    number, errand, business = (data.get(name) for name in ("authNo", "outBizNo", "businessType"))
    if not (isinstance(number, str) and isinstance(errand, str) and isinstance(business, str)):
        return
    if not number.startswith("ano") or session.get(FaceAuth, number) is not None:
        return
    for person in session.scalars(select(Person).where(Person.ec_token.is_not(None))):
        if face_number(person.certno, errand, business) == number:
            about = {"out_biz_no": errand, "business_type": business}
            session.add(FaceAuth(auth_no=number, psn_no=person.psn_no, at=now, spent=False, **about))
            return
