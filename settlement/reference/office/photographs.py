"""How the reference office verifies a photograph: a whole JPEG file, the one that was meant, and large enough.

It keeps a digest and the size, as proof that the picture came; no picture is stored.
"""

from __future__ import annotations

import hashlib
from base64 import b64decode
from binascii import Error as NotBase64

from settlement.reference.hospital.errand import Declined, Errand
from settlement.reference.ledger.office import FiledPicture
from settlement.wire import office

_LEAST_WIDTH, _LEAST_HEIGHT = 600, 400
_START, _END = b"\xff\xd8", b"\xff\xd9"
_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
"""Markers of a JPEG file behind which its size stands: baseline, extended, progressive."""
_BARE = frozenset({0x01, *range(0xD0, 0xD9)})
"""Markers without a length."""


def attach(errand: Errand, wish: office.Attach) -> office.AttachReply:
    """The same photograph of the same person has one name, however often it comes."""
    try:
        jpeg = b64decode(wish.jpeg, validate=True)
    except NotBase64:
        raise Declined("照片没有传完整，请再拍一次") from None
    if hashlib.sha256(jpeg).hexdigest() != wish.sha256:
        raise Declined("照片没有传完整，请再拍一次")
    size = size_of(jpeg)
    if size is None:
        raise Declined("照片打不开，请再拍一次")
    width, height = size
    if width < _LEAST_WIDTH or height < _LEAST_HEIGHT:
        raise Declined("照片太小，看不清，请再拍一次")
    name = hashlib.sha256(f"{wish.applicant.certno}/{wish.item}/{wish.material}/{wish.sha256}".encode()).hexdigest()
    if errand.session.get(FiledPicture, name) is None:
        errand.session.add(
            FiledPicture(
                name=name,
                certno=wish.applicant.certno,
                item=wish.item,
                material=wish.material,
                sha256=wish.sha256,
                width=width,
                height=height,
                at=errand.now,
            )
        )
    return office.AttachReply(picture=name)


def check(errand: Errand, wish: office.Submit) -> None:
    """Raises Declined: a material is said to be photographed, and its picture is not here, or another's."""
    for material in wish.materials:
        if material.way is not office.Way.PHOTOGRAPHED:
            continue
        found = [errand.session.get(FiledPicture, name) for name in material.pictures]
        mine = [row for row in found if row is not None and row.certno == wish.applicant.certno]
        if not mine or len(mine) != len(found) or any(row.material != material.material for row in mine):
            raise Declined("材料的照片没有收到，请再拍一次")


def size_of(jpeg: bytes) -> tuple[int, int] | None:
    """Width and height as the file states them (ITU-T T.81, B.2.2); None when it is no whole JPEG file."""
    if not jpeg.startswith(_START) or not jpeg.endswith(_END):
        return None
    at = len(_START)
    while at + 9 <= len(jpeg) and jpeg[at] == 0xFF:
        marker = jpeg[at + 1]
        if marker in _FRAMES:
            return int.from_bytes(jpeg[at + 7 : at + 9]), int.from_bytes(jpeg[at + 5 : at + 7])
        at += 2 if marker in _BARE else 2 + int.from_bytes(jpeg[at + 2 : at + 4])
    return None
