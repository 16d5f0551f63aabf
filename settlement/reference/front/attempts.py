"""The front's own book of settles. Each entry is committed before what it announces is done."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement.reference.front import elsewhere
from settlement.reference.front.cases import Told
from settlement.reference.front.errand import Declined, House
from settlement.reference.ledger.attempts import Attempt, AttemptState
from settlement.reference.ledger.parties import Booking
from settlement.wire import codec, his


def find(house: House, key: str) -> Attempt | None:
    with house.ledger.look() as session:
        return session.get(Attempt, key)


def find_settled(house: House, setl_id: str, psn_no: str) -> Attempt | None:
    """None when the front settled nothing under that number for that person: another till may have."""
    with house.ledger.look() as session:
        return session.scalar(select(Attempt).where(Attempt.setl_id == setl_id, Attempt.psn_no == psn_no))


def begin(house: House, asked: his.AskSettle, sha256: str, msgid: str) -> None:
    """Before anything is done; `msgid` is for its 2207."""
    now = house.clock.now()
    _add(
        house,
        asked,
        key=asked.key,
        batch_no=asked.batch_no,
        state=AttemptState.BEGUN,
        sha256=sha256,
        msgid=msgid,
        begun_at=now,
    )


def close(house: House, asked: his.AskReverse) -> None:
    """A settle that never came, and that must not be carried out when it comes."""
    now = house.clock.now()
    _add(house, asked, key=asked.of_key, state=AttemptState.CLOSED, begun_at=now, ended_at=now)


def note_late(house: House, asked: his.AskSettle, sha256: str) -> None:
    """It came after its reversal: what it was about is kept, and nothing is done."""

    def note(session: Session) -> None:
        attempt = session.get_one(Attempt, asked.key)
        attempt.batch_no, attempt.sha256 = asked.batch_no, sha256

    house.ledger.carry_out(note)


def _add(house: House, asked: his.AskSettle | his.AskReverse, **more: Any) -> None:
    known = {"batch_no": "", "sha256": "", "msgid": None, "setl_id": None, "told": "", "ended_at": None}
    who = {"terminal": asked.terminal, "cashier": asked.cashier, "psn_no": asked.psn_no}
    house.ledger.carry_out(lambda session: session.add(Attempt(**known | who | more)))


def end(house: House, key: str, state: AttemptState, told: Told | None = None) -> None:
    """What came of it; `told` is what the kiosk is answered."""
    now = house.clock.now()

    def note(session: Session) -> None:
        attempt = session.get_one(Attempt, key)
        attempt.state, attempt.ended_at = state, now
        if told is not None:
            attempt.told = codec.encode(told).decode()
            attempt.setl_id = told.get("setlinfo", {}).get("setl_id")

    house.ledger.carry_out(note)


def refuse_booked(house: House, attempt: Attempt) -> None:
    """A bill that was handed to pharmacy or laboratory is given back at the window, by people; or under an approval, by
    the kiosk that holds what it is about.
    """
    with house.ledger.look() as session:
        if attempt.setl_id and _booked(session, attempt.setl_id) and not elsewhere.approved(session, attempt.setl_id):
            raise Declined("该费用已入账，请到窗口办理退费")


def _booked(session: Session, setl_id: str) -> bool:
    return session.scalar(select(Booking.book_no).where(Booking.setl_id == setl_id).limit(1)) is not None
