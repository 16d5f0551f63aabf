"""QR codes and barcodes on a paper under the camera: an electronic invoice's, a slip's of another machine.

Read by zxing-cpp, which managed seven of seven spoilt pictures where OpenCV's reader missed blurred and inverted codes
and raised on one in hanzi mode. What no scanner would be allowed to send is no code here either.
"""

from __future__ import annotations

from typing import Final

import zxingcpp

from devices.picture.pixels import Pixels
from devices.wire.scanner import LONGEST_CODE
from kiosk.domain.personal import Voucher

_KINDS: Final = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Code128])
_MOST: Final = 16  # a sheet full of codes is no document


def codes_on(pixels: Pixels) -> tuple[Voucher, ...]:
    """The text of each, from the top of the picture; a code may let somebody act for a person, so it hides itself."""
    read = zxingcpp.read_barcodes(pixels, formats=_KINDS, text_mode=zxingcpp.TextMode.Plain)
    found = sorted(read, key=lambda code: code.position.top_left.y)
    return tuple(Voucher(code.text) for code in found[:_MOST] if _may_be(code.text))


def _may_be(text: str) -> bool:
    return bool(text.strip()) and len(text) <= LONGEST_CODE and text.isprintable()
