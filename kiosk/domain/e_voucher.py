"""What a code looks like that the national e-voucher centre gives out (医保电子凭证)."""

from __future__ import annotations

import re
from typing import Final

from kiosk.domain.personal import Voucher

_SHAPE: Final = re.compile(r"(424|opc)[0-9]{21}0000")


def looks_like_e_voucher(code: Voucher) -> bool:
    """Whether its 28 characters are 424, or opc from the open platform, 17 unique, 2 random, 2 of the province and 4
    zeros.

    A hint and no proof: it chooses whom a code is shown to, and between two sentences for one that does not do.
    """
    return _SHAPE.fullmatch(code.reveal()) is not None
