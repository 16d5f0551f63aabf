"""The gateway's own check: is this request signed as the area wants? One door a kind of signing.

Written from the rules (the headers' computations, encData and signData) without a look at the client's code, on the
standard library and `gmalg`.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import secrets
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol, assert_never, cast

from kiosk.domain.policy import Csb, Signing
from settlement.reference import sm
from settlement.reference.clock import WallClock
from settlement.reference.keys import ACCOUNT, GatewayKeys

FRESH_SECONDS = 900
"""How old or how far ahead a request's timestamp may be."""

_REMEMBERED = 10_000


class Door(Protocol):
    """`admit` gives the message inside a request, None when it is not signed as it should be. `open`: nothing is looked
    at, so that nobody needs a thread for it.
    """

    open: ClassVar[bool]

    def admit(self, headers: Mapping[str, str], body: bytes) -> bytes | None: ...

    def reply(self, message: bytes) -> bytes: ...


@dataclass(frozen=True, slots=True)
class OpenDoor:
    """Takes everybody whom mutual TLS let in."""

    open: ClassVar[bool] = True

    def admit(self, headers: Mapping[str, str], body: bytes) -> bytes | None:
        del headers
        return body

    def reply(self, message: bytes) -> bytes:
        return message


@dataclass(frozen=True, slots=True)
class HeaderDoor:
    """Looks at headers only; replies go out as they are."""

    holds: Callable[[Mapping[str, str], bytes], bool]
    open: ClassVar[bool] = False

    def admit(self, headers: Mapping[str, str], body: bytes) -> bytes | None:
        return body if self.holds(headers, body) else None

    def reply(self, message: bytes) -> bytes:
        return message


def open_door(signing: Signing, keys: GatewayKeys, clock: WallClock, csb: Csb | None, version: str) -> Door:
    """The door of this kind of signing."""
    match signing:
        case Signing.NONE:
            return OpenDoor()
        case Signing.TIF:
            return HeaderDoor(TifCheck(keys.secret, clock).holds)
        case Signing.CSB:
            return HeaderDoor(CsbCheck(keys.secret, clock, csb or Csb("", "")).holds)
        case Signing.X_CA:
            return HeaderDoor(XCaCheck(keys.secret, clock).holds)
        case Signing.APIKEY:
            return HeaderDoor(lambda headers, _body: _same(headers.get("apikey", ""), keys.secret.decode()))
        case Signing.SEALED:
            return SealedDoor(keys, clock, version)
        case _ as never:
            assert_never(never)


def _same(told: str, right: str) -> bool:
    return hmac.compare_digest(told.encode(), right.encode())


def _fresh(timestamp: str, clock: WallClock, unit: int = 1) -> bool:
    if not (timestamp.isascii() and timestamp.isdigit()):
        return False
    return abs(int(timestamp) / unit - clock.now().timestamp()) <= FRESH_SECONDS


@dataclass(frozen=True, slots=True)
class TifCheck:
    """A nonce is taken once."""

    token: bytes
    clock: WallClock
    _nonces: OrderedDict[str, None] = field(default_factory=OrderedDict[str, None])

    def holds(self, headers: Mapping[str, str], _body: bytes) -> bool:
        moment, nonce = headers.get("x-tif-timestamp", ""), headers.get("x-tif-nonce", "")
        right = hashlib.sha256((moment + self.token.decode() + nonce + moment).encode()).hexdigest()
        return (
            headers.get("x-tif-paasid") == ACCOUNT
            and _same(headers.get("x-tif-signature", ""), right)
            and _fresh(moment, self.clock)
            and self._is_new(nonce)
        )

    def _is_new(self, nonce: str) -> bool:
        if not nonce or nonce in self._nonces:
            return False
        self._nonces[nonce] = None
        if len(self._nonces) > _REMEMBERED:
            self._nonces.popitem(last=False)
        return True


@dataclass(frozen=True, slots=True)
class CsbCheck:
    secret: bytes
    clock: WallClock
    service: Csb

    def holds(self, headers: Mapping[str, str], _body: bytes) -> bool:
        moment = headers.get("_api_timestamp", "")
        text = (
            f"_api_access_key={ACCOUNT}&_api_name={self.service.api_name}"
            f"&_api_timestamp={moment}&_api_version={self.service.api_version}"
        )
        right = base64.b64encode(hmac.new(self.secret, text.encode(), hashlib.sha1).digest()).decode()
        unit = 1000 if self.service.milliseconds else 1
        return _same(headers.get("_api_signature", ""), right) and _fresh(moment, self.clock, unit)


@dataclass(frozen=True, slots=True)
class XCaCheck:
    """The key is the code of the institution that the message names."""

    secret: bytes
    clock: WallClock

    def holds(self, headers: Mapping[str, str], body: bytes) -> bool:
        moment, _, _ = headers.get("x-ca-signature", "").partition(":")
        code = sm.hmac_sm3(self.secret, moment.encode() + b"\n" + body).hex().upper()
        return (
            _same(headers.get("x-ca-signature", ""), f"{moment}:{code}")
            and _fresh(moment, self.clock)
            and headers.get("x-ca-key") == _parsed(body).get("fixmedins_code")
        )


@dataclass(frozen=True, slots=True)
class SealedDoor:
    """encData and signData, both ways."""

    keys: GatewayKeys
    clock: WallClock
    version: str
    open: ClassVar[bool] = False

    @property
    def _key(self) -> bytes:
        return sm.sm4_encrypt(ACCOUNT[:16].encode(), self.keys.secret).hex().upper()[:16].encode()

    def admit(self, headers: Mapping[str, str], body: bytes) -> bytes | None:
        del headers
        outer = _parsed(body)
        try:
            message = sm.sm4_decrypt(self._key, bytes.fromhex(str(outer.get("encData", ""))))
            signature = base64.b64decode(str(outer.get("signData", "")), validate=True)
        except (ValueError, binascii.Error):
            return None
        text = self._sign_text({**outer, "data": _parsed(message)})
        known = outer.get("appId") == ACCOUNT and outer.get("version") == self.version
        signed = len(signature) == 64 and sm.verifies(self.keys.kiosk, text, signature, self.keys.secret)
        return message if known and signed and _fresh(str(outer.get("timestamp", "")), self.clock) else None

    def reply(self, message: bytes, code: str = "0", words: str = "成功") -> bytes:
        """`code` and `words` stand around the content, for centres that refuse there."""
        outer = {
            "appId": ACCOUNT,
            "code": code,
            "message": words,
            "encType": "SM4",
            "signType": "SM2",
            "success": code == "0",
            "timestamp": str(int(self.clock.now().timestamp())),
            "version": self.version,
            "extra": secrets.token_hex(4),
        }
        text = self._sign_text({**outer, "data": _parsed(message)})
        signature = base64.b64encode(sm.sign(self.keys.platform, text, self.keys.secret)).decode()
        enc_data = sm.sm4_encrypt(self._key, message).hex().upper()
        return json.dumps(outer | {"encData": enc_data, "signData": signature}, ensure_ascii=False).encode()

    def _sign_text(self, fields: Mapping[str, Any]) -> bytes:
        parts = [
            f"{name}={value if isinstance(value, str) else sorted_json(value)}&"
            for name, value in sorted(fields.items())
            if name not in {"signData", "encData", "extra"} and value is not None and value != ""
        ]
        return "".join(parts).encode() + b"key=" + self.keys.secret


class _Number(str):
    """A number of a message, as it was written there."""

    __slots__ = ()


def _parsed(message: bytes) -> dict[str, Any]:
    """{} for what is no JSON object: whoever looks for a field then finds none."""
    try:
        value: object = json.loads(message, parse_float=_Number, parse_int=_Number)
    except (ValueError, RecursionError):
        return {}
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def sorted_json(value: object) -> str:
    """JSON with sorted keys and no spaces, numbers as they came."""
    match value:
        case _Number():
            return str(value)
        case dict():
            rows = cast("dict[str, object]", value)
            return "{" + ",".join(f"{sorted_json(name)}:{sorted_json(rows[name])}" for name in sorted(rows)) + "}"
        case list():
            return "[" + ",".join(sorted_json(item) for item in cast("list[object]", value)) + "]"
        case _:
            return json.dumps(value, ensure_ascii=False)
