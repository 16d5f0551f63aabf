"""The headers of each gateway, as functions of time, nonce and secrets."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from settlement.signing.primitives import hmac_sm3
from settlement.signing.secret import Secret


def tif(paasid: str, token: Secret, timestamp: int, nonce: str) -> dict[str, str]:
    """Hebei and others: lower-case hex SHA-256 over timestamp, token, nonce, timestamp. The body is not signed."""
    moment = str(timestamp)
    text = moment.encode() + token.reveal() + nonce.encode() + moment.encode()
    return {
        "x-tif-paasid": paasid,
        "x-tif-timestamp": moment,
        "x-tif-nonce": nonce,
        "x-tif-signature": hashlib.sha256(text).hexdigest(),
    }


@dataclass(frozen=True, slots=True)
class CsbService:
    """Which service of the bus is called, as the province names it."""

    name: str
    version: str


def csb(service: CsbService, access_key: str, secret_key: Secret, timestamp: int) -> dict[str, str]:
    """Jiangsu: Base64 HMAC-SHA1 over the other four headers, sorted. The body is not signed.

    `timestamp` is in seconds, in milliseconds at some places: the pack says which.
    """
    headers = {
        "_api_name": service.name,
        "_api_version": service.version,
        "_api_access_key": access_key,
        "_api_timestamp": str(timestamp),
    }
    code = hmac.new(secret_key.reveal(), csb_text(headers).encode(), hashlib.sha1).digest()
    return headers | {"_api_signature": base64.b64encode(code).decode()}


def csb_text(headers: Mapping[str, str]) -> str:
    """What is signed: `k=v&k=v…`, sorted by name."""
    return "&".join(f"{name}={headers[name]}" for name in sorted(headers))


def x_ca(key: str, secret: Secret, timestamp: int, body: bytes) -> dict[str, str]:
    """Zhejiang: timestamp, a colon, upper-case hex HMAC-SM3 over timestamp, line feed and the body's very bytes."""
    code = hmac_sm3(secret.reveal(), f"{timestamp}\n".encode() + body)
    return {"x-ca-key": key, "x-ca-signature": f"{timestamp}:{code.hex().upper()}"}


def apikey(key: Secret) -> dict[str, str]:
    return {"apikey": key.reveal().decode()}
