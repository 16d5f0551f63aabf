"""What an answer about a person repeats of its question, so that a front that crosses two answers shows nobody what
somebody else asked for.

Since 1.3 of the contract in docs/his-interface.md. A hospital of 1.2 repeats nothing.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import Annotated

from pydantic import StringConstraints

from settlement.wire.codec import Message
from settlement.wire.values import GivenShown

SINCE = (1, 3)
"""The contract's version from which on an answer must repeat its question."""

Number = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]


def fresh_number() -> str:
    """Made of chance alone: it says nothing of anybody, and no two questions of any kiosk bear the same."""
    return secrets.token_hex(16)


class Question(Message):
    """`query` numbers this one question (`fresh_number`); a kiosk before 1.3 gives none."""

    query: Number | None = None

    @property
    def subject(self) -> str:
        """Whom or what is asked about, by the key it is looked up under. Shown in no log."""
        raise NotImplementedError


class Answered(Message):
    """`query` is the question's. `of` is the `mark` of what the answer was made for, so that a front which puts the
    right number on the wrong answer is noticed too; it names nobody to whoever reads it. `refused` is why there is
    none, in words a patient may read.
    """

    query: str | None = None
    of: str | None = None
    refused: GivenShown = None


def mark(query: str, subject: str) -> str:
    """SHA-256 of `query|subject` in UTF-8, as 64 hexadecimal digits: another one for each question about a person."""
    return hashlib.sha256(f"{query}|{subject}".encode()).hexdigest()


def repeated(question: Question) -> dict[str, str]:
    """What an answer to it says besides its contents; nothing to whoever gave no number."""
    return {"query": question.query, "of": mark(question.query, question.subject)} if question.query else {}


def answers(told: Answered, question: Question, *, must: bool) -> bool:
    """Whether it is the answer to this question. One that repeats nothing is, unless it `must`."""
    if not (told.query or told.of):
        return not must
    return {"query": told.query, "of": (told.of or "").lower()} == repeated(question)
