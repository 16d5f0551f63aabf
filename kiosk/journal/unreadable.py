"""The ways in which a journal cannot be read, and what is said of them: nothing in it is lost by leaving it alone."""

from __future__ import annotations

from pathlib import Path

from kiosk.journal.codec import Undecodable
from kiosk.journal.seal import Unsealable
from kiosk.journal.store import JournalUnreadable, JournalUnsafe, JournalUnwritable

UNREADABLE = (JournalUnwritable, JournalUnreadable, JournalUnsafe, Unsealable, Undecodable)
"""A full disk too, where SQLite finds no room for what it reads by."""


def told(problem: Exception, folder: Path) -> str:
    """For whoever stands at the machine with a shell: what not to do comes first."""
    why = f"{type(problem).__name__} {problem}".rstrip()
    return (
        f"账本读不出来（{why}）。不要删除，也不要改动；先停下自助机，把 {folder} 整个复制一份，"
        "再找厂商（docs/faults.md，K02）。\n"
        f"the journal cannot be read ({why}). Delete and change nothing; stop the kiosk, keep a copy of {folder}, "
        "and call the vendor (docs/faults.md, K02)."
    )
