"""Signs the shipped packs with the simulated keys: `.venv/bin/python -m tests.support.signing`.

The keys are of no authority: they are made from words that anybody may read here, config/packs/trusted.toml marks them
as simulated, and production refuses what they sign. An authority signs with its own key what `kiosk.packs.trust` says.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from gmalg import SM2

from kiosk.installed import config_dir
from kiosk.packs.loading import read_tree
from kiosk.packs.trust import SIGNATURE, digests, signed_bytes
from settlement.signing.verifiers import USER_ID

ED25519_KEY, SM2_KEY = "moni-ed25519", "moni-sm2"
SHIPPED = {"220000": ED25519_KEY, "370400": ED25519_KEY, "411300": ED25519_KEY, "421000": SM2_KEY, "530000": SM2_KEY}


def _seed(name: str) -> bytes:
    return hashlib.sha256(f"yibao-kiosk {name}, simulated, of no authority".encode()).digest()


def ed25519_public() -> bytes:
    return Ed25519PrivateKey.from_private_bytes(_seed(ED25519_KEY)).public_key().public_bytes_raw()


def sm2_public() -> bytes:
    return bytes(SM2().generate_pk(_seed(SM2_KEY)))[1:]


def _sign_ed25519(message: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(_seed(ED25519_KEY)).sign(message)


def _sign_sm2(message: bytes) -> bytes:
    r, s = SM2(_seed(SM2_KEY), uid=USER_ID, pk=b"\x04" + sm2_public()).sign(message)
    return bytes(r).rjust(32, b"\0") + bytes(s).rjust(32, b"\0")


_SIGNERS: dict[str, Callable[[bytes], bytes]] = {ED25519_KEY: _sign_ed25519, SM2_KEY: _sign_sm2}


def sign(folder: Path, key: str) -> None:
    """Write the signature of the pack as it is now."""
    head, files = read_tree(folder)["pack"], digests(folder)
    message = signed_bytes(str(head["area"]), str(head["version"]), files)
    signature = base64.b64encode(_SIGNERS[key](message)).decode()
    rows = "".join(f'"{name}" = "{digest}"\n' for name, digest in sorted(files.items()))
    text = f'key = "{key}"\nsignature = "{signature}"\n\n[files]\n{rows}'
    (folder / SIGNATURE).write_text(text, encoding="utf-8")


def stale(folder: Path) -> bool:
    path = folder / SIGNATURE
    return not path.exists() or any(f'"{n}" = "{d}"' not in path.read_text() for n, d in digests(folder).items())


def main() -> None:
    for area, key in SHIPPED.items():
        folder = config_dir() / "packs" / area
        if stale(folder):
            sign(folder, key)


if __name__ == "__main__":
    main()
