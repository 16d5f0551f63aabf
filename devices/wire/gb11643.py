"""The citizen's number (公民身份号码) of GB 11643: 17 digits and a check character."""

from __future__ import annotations

import re


def resident_id_check(body: str) -> str:
    """ISO 7064 MOD 11-2 over 17 digits."""
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(body))
    return "10X98765432"[total % 11]


def is_resident_id(text: str) -> bool:
    """Whether these are 18 characters with the right check. The area is not looked at: abolished ones live on."""
    return bool(re.fullmatch(r"[0-9]{17}[0-9X]", text)) and resident_id_check(text[:17]) == text[17]
