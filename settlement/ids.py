"""Numbers that other parties give and that our messages repeat."""

from __future__ import annotations

from settlement.wire.codec import Breakage, BrokenMessage

LONGEST_ID = 30
"""Characters of psn_no, mdtrt_id, setl_id, ipt_otp_no and chrg_bchno in the national interface."""


def short_id(number: str, name: str) -> str:
    """The number if a message of ours can repeat it; checked where it comes in, before money depends on it.

    Raises:
        BrokenMessage: empty or too long; `name` says which field.
    """
    if not 0 < len(number) <= LONGEST_ID:
        raise BrokenMessage(Breakage.WRONG_SHAPE, (name,))
    return number
