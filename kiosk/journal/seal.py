"""Sealing of stored facts: AES-256-GCM under a key of the visit; deleting the key takes the content with it.

Visit keys are stored wrapped by the kiosk's own key (a file of the work directory, mode 0600). The only importer of
`cryptography` in the core.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_KEY_BYTES = 32
_NONCE_BYTES = 12


class Unsealable(Exception):
    """The content is damaged, moved, or its key is gone."""


_CREDENTIALS = "CREDENTIALS_DIRECTORY"
_CREDENTIAL = "kiosk.key"


def key_path(folder: Path) -> Path:
    """Where the kiosk's own key is: a systemd credential where the service has one, else a file beside the journal.

    A credential (systemd.exec(5), LoadCredentialEncrypted=) is bound to the machine and never lies on the disk in the
    open; whoever sets it up moves the key of an existing journal there.
    """
    given = os.environ.get(_CREDENTIALS)
    credential = Path(given) / _CREDENTIAL if given else None
    return credential if credential is not None and credential.exists() else folder / "key"


def read_key(path: Path) -> bytes:
    """The kiosk's own key; Unsealable when it is missing or damaged."""
    try:
        key = path.read_bytes()
    except OSError as problem:
        raise Unsealable("the kiosk's key file cannot be read") from problem
    if len(key) != _KEY_BYTES:
        raise Unsealable("the kiosk's key file is damaged")
    return key


def read_or_make_key(path: Path) -> bytes:
    """The kiosk's own key, made at first start: whole and on the disk before its name exists."""
    if not path.exists():
        _make_key(path)
    return read_key(path)


def _make_key(path: Path) -> None:
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secrets.token_bytes(_KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)  # unlike a rename it never replaces the key of somebody who was faster
    except FileExistsError:
        return
    finally:
        draft.unlink()
        _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def new_key() -> bytes:
    return secrets.token_bytes(_KEY_BYTES)


def tag(key: bytes, content: bytes) -> str:
    """That `content` was written by somebody who has the key: HMAC-SHA-256 under a key made from it."""
    own = hashlib.sha256(b"tag" + key).digest()
    return hmac.new(own, content, hashlib.sha256).hexdigest()


def seal(key: bytes, content: bytes, context: bytes) -> bytes:
    """Nonce and ciphertext; `context` (whose row this is) is authenticated with it."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, context)


def unseal(key: bytes, sealed: bytes, context: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], context)
    except (InvalidTag, ValueError) as problem:
        raise Unsealable("sealed content does not open") from problem
