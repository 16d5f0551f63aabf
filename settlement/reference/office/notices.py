"""What the reference office lets people know of their cases: taken, something is missing, decided.

Whoever asks gets what they have not read yet, oldest first; a notice is put away when it is told to have been read.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select

from kiosk.ports.clock import BEIJING
from settlement.reference.hospital.errand import Declined, Errand
from settlement.reference.ledger.office import FiledCase, OfficeNotice
from settlement.reference.ledger.parties import Person
from settlement.wire import notices as wire
from settlement.wire import office
from settlement.wire.notices import NoticeKind
from settlement.wire.office import State, Way

_BROUGHT_LATER = timedelta(days=15)
_LATER = frozenset({Way.DEFERRED, Way.WINDOW})
_SAID = {
    State.IN_FORCE: "已经办好",
    State.REFUSED: "没有通过",
    State.NOT_SERVED: "这里不受理",
    State.UNDER_REVIEW: "已经受理",
}


def of_submission(errand: Errand, case: FiledCase, wish: office.Submit) -> None:
    """Taken, or decided at once; and, each by itself, whatever is to be brought later, with its last day."""
    state = State(case.state)
    kind = NoticeKind.ACCEPTED if state is State.UNDER_REVIEW else NoticeKind.DECIDED
    tell(errand, case, kind, _SAID[state])
    if state is State.UNDER_REVIEW and any(one.way in _LATER for one in wish.materials):
        tell(errand, case, NoticeKind.MISSING, "还有材料没有交齐，请交到窗口", case.accepted + _BROUGHT_LATER)


def tell(errand: Errand, case: FiledCase, kind: NoticeKind, text: str, due: date | None = None) -> None:
    row = OfficeNotice(
        case_no=case.case_no, certno=case.certno, kind=kind, text=text, due=due, at=errand.now, read=False
    )
    errand.session.add(row)
    errand.session.flush()


def notices(errand: Errand, wish: wire.NoticesQuery) -> wire.NoticesReply:
    """Of whoever was identified, and of nobody else: number and document must be one person's."""
    rows = _unread(errand, wish.applicant)
    return wire.NoticesReply(
        notices=tuple(
            wire.Notice(
                notice=f"N{row.number}",
                number=row.number,
                case_no=row.case_no,
                kind=NoticeKind(row.kind),
                at=_beijing(row.at),
                text=row.text,
                due=row.due,
            )
            for row in rows
        )
    )


def read(errand: Errand, wish: wire.Read) -> office.NotedReply:
    """Said twice, it is read; somebody else's stay as they are."""
    for row in _unread(errand, wish.applicant):
        row.read = row.read or f"N{row.number}" in wish.notices
    return office.NotedReply(key=wish.key, noted=True)


def _unread(errand: Errand, applicant: office.Applicant) -> list[OfficeNotice]:
    person = errand.session.get(Person, applicant.psn_no)
    if person is None or person.certno != applicant.certno:
        return []
    query = select(OfficeNotice).where(OfficeNotice.certno == person.certno, OfficeNotice.read.is_(False))
    return list(errand.session.scalars(query.order_by(OfficeNotice.number).limit(50)))


def decide(errand: Errand, wish: wire.Decide) -> wire.Decided:
    """Somebody at the office has looked at it: decided, or still under review because something is missing."""
    case = errand.session.scalar(select(FiledCase).where(FiledCase.case_no == wish.case_no))
    if case is None:
        raise Declined("没有这个受理号")
    case.state, case.reason = wish.state, wish.reason
    if wish.state is State.UNDER_REVIEW:
        tell(errand, case, NoticeKind.MISSING, wish.reason, wish.due)
    else:
        tell(errand, case, NoticeKind.DECIDED, wish.reason or _SAID[wish.state])
    return wire.Decided(noted=True)


def _beijing(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=BEIJING)
