"""What an insurance office says of a person, from its messages into the core's values."""

from __future__ import annotations

from kiosk.domain.confirming import Attested
from kiosk.domain.filing import Case, CaseState, Certificate, CertifiedTime, Due, FiledAway, Part, Shared
from kiosk.domain.money import Money
from kiosk.domain.notices import Notice, NoticeKind
from kiosk.ports.filing import Cases
from settlement.wire import notices as notice_wire
from settlement.wire import office as wire


def read_case(told: wire.Case) -> Case:
    return Case(
        told.case_no,
        told.item,
        CaseState(told.state),
        told.accepted,
        told.due,
        told.reason,
        told.handover,
        tuple(Part(part.item, part.case_no, CaseState(part.state), part.reason) for part in told.parts),
        told.rated,
        Attested(said.doctor, said.hospital, said.at, said.here) if (said := told.confirmed) else None,
        told.again,
        _certificate(told.certificate) if told.certificate else None,
        taken_by=told.taken_by,
    )


def _certificate(told: wire.Certificate) -> Certificate:
    times = tuple(CertifiedTime(row.insutype, row.place, row.since, row.until, row.months) for row in told.times)
    return Certificate(told.number, told.issued, told.holder, told.code, times)


def read_notice(told: notice_wire.Notice) -> Notice:
    return Notice(told.notice, told.number, told.case_no, NoticeKind(told.kind), told.at, told.text, told.due)


def read_cases(told: wire.CasesReply) -> Cases:
    return Cases(
        tuple(map(read_case, told.cases)),
        tuple(FiledAway(row.place, row.kind, row.since, row.until) for row in told.away),
        tuple(
            Shared(row.name, row.mine, row.since, None if row.balance is None else Money.from_yuan(row.balance))
            for row in told.shared
        ),
        tuple(Due(row.what, Money.from_yuan(row.amount), row.address, row.until) for row in told.dues),
    )
