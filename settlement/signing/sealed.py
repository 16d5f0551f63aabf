"""encData and signData, as the mobile-pay and e-voucher centres wrap their messages.

    {"appId": …, "encType": "SM4", "signType": "SM2", "timestamp": …, "version": …, "encData": …, "signData": …}

`encData` is upper-case hex SM4-ECB of the message under a key derived from appId and appSecret. `signData` is Base64
r‖s of SM3withSM2, user id appSecret, over a text in which `data`, the message in the clear, takes the place of
`encData`. Every other field of the wrapping is signed too, whichever there are. Rules: public integrations.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from settlement.signing.primitives import sm4_decrypt, sm4_encrypt
from settlement.signing.secret import Secret
from settlement.signing.sm2 import KeyPair, PublicKey
from settlement.wire.codec import decode, encode

_UNSIGNED = frozenset({"signData", "encData", "extra"})
_KEY = 16

# Numbers keep the characters they came with: 4.50 re-written as 4.5 would be another text and another signature.
_AS_WRITTEN = msgspec.json.Decoder(float_hook=lambda text: msgspec.Raw(text.encode()))
_SORTED = msgspec.json.Encoder(order="sorted")


class Unproved(Exception):
    """A reply that is not shown to be the platform's: its text says what is missing, never what it contained."""


def derive_key(app_id: str, app_secret: Secret) -> bytes:
    """K, the 16 characters that encrypt messages: the head of upper-hex SM4(appId[0:16], appSecret).

    Raises:
        ValueError: an appId of fewer than 16 characters.
    """
    if len(app_id) < _KEY:
        raise ValueError("an appId of fewer than 16 characters")
    return sm4_encrypt(app_id[:_KEY].encode(), app_secret.reveal()).hex().upper()[:_KEY].encode()


def encrypt(key: bytes, message: bytes) -> str:
    return sm4_encrypt(key, message).hex().upper()


def decrypt(key: bytes, enc_data: str) -> bytes:
    """The message in an encData.

    Raises:
        Unproved: no hex, or not of this key.
    """
    try:
        return sm4_decrypt(key, bytes.fromhex(enc_data))
    except ValueError:
        raise Unproved("encData cannot be read") from None


def sign_text(fields: Mapping[str, Any], app_secret: Secret) -> bytes:
    """What signData covers: `name=value&` of every field that says something, sorted, and `key=` with the appSecret.

    Objects and lists among the values are written again as JSON with sorted keys and without spaces.
    """
    told = {name: _text(value) for name, value in fields.items() if name not in _UNSIGNED}
    pairs = "".join(f"{name}={told[name]}&" for name in sorted(told) if told[name])
    return f"{pairs}key=".encode() + app_secret.reveal()


def _text(value: object) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return _SORTED.encode(value).decode()


@dataclass(frozen=True, slots=True)
class Seal:
    """All that wrapping and unwrapping need. `version` is the centre's interface version."""

    app_id: str
    app_secret: Secret
    ours: KeyPair
    theirs: PublicKey
    version: str

    def wrap(self, message: bytes, timestamp: int) -> bytes:
        """The bytes that leave. SM2 signs with a nonce, so no two wrappings of a message are alike."""
        head = {
            "appId": self.app_id,
            "encType": "SM4",
            "signType": "SM2",
            "timestamp": str(timestamp),
            "version": self.version,
        }
        text = sign_text(head | {"data": _read(message)}, self.app_secret)
        signature = self.ours.sign(text, self.app_secret.reveal())
        enc_data = encrypt(derive_key(self.app_id, self.app_secret), message)
        return encode(head | {"encData": enc_data, "signData": base64.b64encode(signature).decode()})

    def unwrap(self, reply: bytes) -> bytes:
        """The message inside, after its signature was found good.

        Raises:
            BrokenMessage: no JSON object.
            Unproved: not encrypted for us, not signed, or signed by somebody else.
        """
        decode(reply)  # size, encoding and shape, said as everywhere
        fields = _read(reply)
        enc_data, sign_data = fields.get("encData"), fields.get("signData")
        if not isinstance(enc_data, str) or not isinstance(sign_data, str):
            raise Unproved("neither encrypted nor signed")
        message = decrypt(derive_key(self.app_id, self.app_secret), enc_data)
        text = sign_text({**fields, "data": _read(message)}, self.app_secret)
        if not self.theirs.verifies(text, _signature(sign_data), self.app_secret.reveal()):
            raise Unproved("signature is not the platform's")
        return message


def _read(message: bytes) -> Any:
    try:
        return _AS_WRITTEN.decode(message)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Unproved("no JSON") from None


def _signature(sign_data: str) -> bytes:
    try:
        return base64.b64decode(sign_data, validate=True)
    except (binascii.Error, ValueError):
        return b""
