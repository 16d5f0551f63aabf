"""Applications that were left half-way: kept by person and item, and continued anywhere with the code of a slip.

The code names nobody. Its tag is the office's, so one that was changed or made up opens nothing; nor does one of
somebody else, one whose day is over, or one whose application was handed in, or paused again, since.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import date, timedelta

from sqlalchemy import select

from settlement.reference.hospital.errand import Declined, Errand
from settlement.reference.ledger.office import Draft
from settlement.wire import office

_KEY = b"reference office, codes of drafts, of no secrecy"
_KEPT = timedelta(days=7)
_FOREIGN = "这张续办单上的码不是经办机构签发的，或者已经改动，请到窗口办理"
_EXPIRED = "这张续办单已经过期，请重新填写"
_USED = "这张续办单已经用过：申请已经提交，或者后来又填过。请用最新的续办单，或者在“我的医保”里查进度"
_ANOTHERS = "这张续办单不是您的，请由本人刷卡接着办"


def keep(errand: Errand, wish: office.Keep) -> office.KeptReply:
    """One a person and item: the newest. What is kept again under its key has the code it had, with a later day."""
    certno, item = wish.applicant.certno, wish.item
    ref = hashlib.sha256(f"{wish.key} {certno} {item}".encode()).hexdigest()[:16].upper()
    until = errand.now.date() + _KEPT
    answers = json.dumps([[row.field, row.value] for row in wish.answers])
    errand.session.merge(Draft(certno=certno, item=item, key=wish.key, answers=answers, ref=ref, until=until))
    return office.KeptReply(key=wish.key, noted=True, code=code_of(item, ref, until), until=until)


def code_of(item: str, ref: str, until: date) -> str:
    said = f"YBD1.{item}.{ref}.{until:%Y%m%d}"
    return f"{said}.{hmac.new(_KEY, said.encode(), hashlib.sha256).hexdigest()[:20]}"


def opened(errand: Errand, wish: office.Prepare) -> Draft | None:
    """The draft of whoever asks; with a code the one it means, or Declined with the reason why not."""
    draft = errand.session.get(Draft, (wish.applicant.certno, wish.item))
    if not wish.code:
        return draft if draft is not None and draft.until >= errand.now.date() else None
    _, item, ref, day, _ = wish.code.split(".")
    until = date.fromisoformat(day) if _is_day(day) else date.min
    if item != wish.item or not hmac.compare_digest(wish.code, code_of(item, ref, until)):
        raise Declined(_FOREIGN)
    if until < errand.now.date():
        raise Declined(_EXPIRED)
    meant = errand.session.scalar(select(Draft).where(Draft.ref == ref))
    if meant is None:
        raise Declined(_USED)
    if meant.certno != wish.applicant.certno:
        raise Declined(_ANOTHERS)
    return meant


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
