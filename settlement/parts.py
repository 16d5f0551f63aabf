"""The bodies of 2201, 2203A and 2204 that a hospital composed, on their way through the kiosk as opaque bytes."""

from __future__ import annotations

from settlement.wire.codec import Message, decode, encode, read
from settlement.wire.hospital import FeeBatch
from settlement.wire.outpatient import DiagnosisPart, FeePart, RegisterPart, VisitPart

ACCOUNT_LEFT_ALONE = "0"
"""acct_used_flag of a patient who keeps the account's money."""


class Parts(Message):
    """What only the hospital knows: doctor and department, diagnoses, coded fee lines."""

    registration: RegisterPart
    mdtrtinfo: VisitPart
    diseinfo: tuple[DiagnosisPart, ...]
    feedetail: tuple[FeePart, ...]


def pack(batch: FeeBatch) -> bytes:
    """The parts of a batch as `kiosk.domain.visit.FeeBatch.parts` carries them; fields we do not know stay in.

    Of a batch without parts, which the hospital reported itself, nothing is carried.
    """
    if batch.registration is None or batch.mdtrtinfo is None:
        return b"{}"
    parts = Parts(
        registration=batch.registration,
        mdtrtinfo=batch.mdtrtinfo,
        diseinfo=batch.diseinfo,
        feedetail=batch.feedetail,
    )
    return encode(parts)


def unpack(parts: bytes) -> Parts:
    """The same parts again, digit for digit.

    Raises:
        BrokenMessage: these bytes were not made by `pack`.
    """
    return read(Parts, decode(parts))
