"""From the pack's kind of signing and the site's names and secrets to what is done with each message."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, assert_never

from kiosk.domain.policy import Csb, SettlementProfile, Signing
from kiosk.ports.clock import Clock
from kiosk.ports.driver import DoesNotFit
from settlement.signing import headers
from settlement.signing.headers import CsbService
from settlement.signing.sealed import Seal, derive_key
from settlement.signing.secret import Secret, read_key_lines, read_text_secret
from settlement.signing.sm2 import KeyPair, PublicKey, point_of


@dataclass(frozen=True, slots=True)
class Signed:
    """One request ready to leave: the message, wrapped or as it was, and the headers that belong to it."""

    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict[str, str])

    def __repr__(self) -> str:
        return f"Signed({len(self.body)} bytes, {', '.join(self.headers)})"


class Style(Protocol):
    """One kind of signing with its secrets. Each call takes the time, and a nonce where one is wanted, anew."""

    def sign(self, message: bytes) -> Signed: ...

    def open(self, reply: bytes) -> bytes:
        """The message in a reply.

        Raises:
            BrokenMessage: it is none.
            Unproved: it is not shown to be the platform's.
        """
        ...


@dataclass(frozen=True, slots=True)
class ByHeaders:
    """Headers on the way out; replies come as they are, and TLS says whose they are."""

    make: Callable[[bytes], Mapping[str, str]]

    def sign(self, message: bytes) -> Signed:
        return Signed(message, self.make(message))

    def open(self, reply: bytes) -> bytes:
        return reply


@dataclass(frozen=True, slots=True)
class Sealed:
    """encData and signData both ways."""

    seal: Seal
    clock: Clock

    def sign(self, message: bytes) -> Signed:
        return Signed(self.seal.wrap(message, _seconds(self.clock)))

    def open(self, reply: bytes) -> bytes:
        return self.seal.unwrap(reply)


@dataclass(frozen=True, slots=True)
class SiteNames:
    """What the site was given by the gateway's operator; what the pack's kind of signing does not use may be there.

    `account` is the paasid, access key or appId; x-ca-key is the institution's code unless it says otherwise.
    """

    fixmedins_code: str
    account: str | None = None
    secret: Path | None = None
    sm2_key: Path | None = None
    sm2_platform: Path | None = None


_NEEDED: dict[Signing, tuple[str, ...]] = {
    Signing.NONE: (),
    Signing.TIF: ("account", "secret"),
    Signing.CSB: ("account", "secret"),
    Signing.X_CA: ("secret",),
    Signing.APIKEY: ("secret",),
    Signing.SEALED: ("account", "secret", "sm2_key", "sm2_platform"),
}


def style_maker(profile: SettlementProfile, site: SiteNames, clock: Clock) -> Callable[[], Style]:
    """Makes the style when it is first needed: files that are missing then may be there a moment later.

    Raises:
        DoesNotFit: names the keys of the site's settings that this kind of signing needs. The maker itself raises
            OSError and ValueError for files that cannot be used.
    """
    missing = [name for name in _NEEDED[profile.signing] if getattr(site, name) is None]
    if missing:
        raise DoesNotFit(f"signing {profile.signing} needs {', '.join(missing)}")
    return lambda: _make(profile, site, clock)


def _make(profile: SettlementProfile, site: SiteNames, clock: Clock) -> Style:
    account = site.account or ""
    match profile.signing:
        case Signing.NONE:
            return ByHeaders(lambda _message: {})
        case Signing.TIF:
            token = _secret(site)
            return ByHeaders(lambda _message: headers.tif(account, token, _seconds(clock), secrets.token_hex(16)))
        case Signing.CSB:
            return _csb(profile.csb, account, _secret(site), clock)
        case Signing.X_CA:
            key, secret = account or site.fixmedins_code, _secret(site)
            return ByHeaders(lambda message: headers.x_ca(key, secret, _seconds(clock), message))
        case Signing.APIKEY:
            apikey = _secret(site)
            return ByHeaders(lambda _message: headers.apikey(apikey))
        case Signing.SEALED:
            return Sealed(_seal(profile, site, account), clock)
        case _ as never:
            assert_never(never)


def _csb(service: Csb | None, account: str, secret: Secret, clock: Clock) -> Style:
    if service is None:
        raise ValueError("no service named")
    named, unit = CsbService(service.api_name, service.api_version), 1000 if service.milliseconds else 1
    return ByHeaders(lambda _message: headers.csb(named, account, secret, int(clock.now().timestamp() * unit)))


def _seal(profile: SettlementProfile, site: SiteNames, app_id: str) -> Seal:
    secret = _secret(site)
    derive_key(app_id, secret)  # an appId that is too short is a wrong setting, not a defect of each message
    private, own = read_key_lines(_given(site.sm2_key), 2, private=True)
    (theirs,) = read_key_lines(_given(site.sm2_platform), 1, private=False)
    ours = KeyPair(private, point_of(own))
    return Seal(app_id, secret, ours, PublicKey(point_of(theirs)), profile.sealed_version)


def _secret(site: SiteNames) -> Secret:
    return read_text_secret(_given(site.secret))


def _given(path: Path | None) -> Path:
    if path is None:
        raise ValueError("no file named")
    return path


def _seconds(clock: Clock) -> int:
    return int(clock.now().timestamp())
