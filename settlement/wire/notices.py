"""Notices of the insurance office: part of our own interface, version 1, described in docs/office-interface.md.

They are fetched and never pushed: a kiosk has no port that is open to the outside. A notice is delivered until it is
told to have been read, so a lost answer loses none.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from settlement.wire.codec import Message
from settlement.wire.hospital import Key
from settlement.wire.office import VERSION, Applicant, State, Text

NOTICES = "/office/notices"
READ = "/office/read"
DEMO_DECIDE = "/demo/decide"

NoticeKey = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{1,40}$")]


class NoticeKind(StrEnum):
    ACCEPTED = "accepted"
    MISSING = "missing"
    DECIDED = "decided"


class Notice(Message):
    """`number` rises with every notice of the office, whoever it is for."""

    notice: NoticeKey
    number: Annotated[int, Field(strict=True, ge=1)]
    case_no: Text
    kind: NoticeKind
    at: datetime
    text: Text = ""
    due: date | None = None


class NoticesQuery(Message):
    version: str = VERSION
    applicant: Applicant


class NoticesReply(Message):
    notices: tuple[Notice, ...] = ()
    refused: str | None = None


class Read(Message):
    version: str = VERSION
    key: Key
    applicant: Applicant
    notices: Annotated[tuple[NoticeKey, ...], Field(max_length=100)]


class Decide(Message):
    """Only the reference office takes it: somebody there has decided, or misses a material until `due`."""

    case_no: Text
    state: State
    reason: Text = ""
    due: date | None = None


class Decided(Message):
    noted: bool | None = None
    refused: str | None = None
