"""What the operator of a gateway hands to an institution: an account, a secret, SM2 keys. Made at the first start."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from settlement.reference.sm import Pair, new_pair

ACCOUNT = "MOCK0000000000000000000000000001"
"""paasid, access key and appId of every kiosk here."""

SECRET, KIOSK_KEY, PLATFORM_KEY = "gateway.secret", "gateway-kiosk.sm2", "gateway-platform.sm2"


@dataclass(frozen=True, slots=True)
class GatewayKeys:
    """The platform knows its own key pair and the kiosks' public key."""

    secret: bytes
    kiosk: bytes
    platform: Pair


def prepare_keys(folder: Path) -> GatewayKeys:
    """Leaves in `folder`, each made once, the files that a kiosk's settings name: `gateway.secret`,
    `gateway-kiosk.sm2` (private, public) and `gateway-platform.pub`.
    """
    secret = folder / SECRET
    if not secret.exists():
        _keep(secret, secrets.token_hex(16))
    kiosk, platform = _pair(folder / KIOSK_KEY), _pair(folder / PLATFORM_KEY)
    (folder / PLATFORM_KEY).with_suffix(".pub").write_text(platform.public.hex() + "\n", encoding="ascii")
    return GatewayKeys(secret.read_bytes().strip(), kiosk.public, platform)


def _pair(path: Path) -> Pair:
    if not path.exists():
        made = new_pair()
        _keep(path, f"{made.private.hex()}\n{made.public.hex()}")
    private, public = path.read_text(encoding="ascii").split()
    return Pair(bytes.fromhex(private), bytes.fromhex(public))


def _keep(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(text + "\n")
