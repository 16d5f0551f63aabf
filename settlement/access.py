"""Where a far party is and how the two of us know each other: address, private authority, our own certificate."""

from __future__ import annotations

import ssl
from datetime import datetime
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from kiosk.ports.driver import Host, PartyHost


class Access(BaseModel):
    """Settings of every adapter that speaks HTTPS: `url`, and the PEM files `ca`, `cert` and `key`.

    There is no way to turn verification off, and no fall-back to the machine's own list of authorities: a hospital's
    front server stands in a private network under a private authority.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: Annotated[str, StringConstraints(pattern=r"^https://[^/?#\s]+(/[^?#\s]*)?$")] = Field(
        description="对方地址，https:// 开头，可带端口和路径前缀"
    )
    ca: Path = Field(description="对方证书的签发机构（PEM），只信任它")
    cert: Path = Field(description="本机证书（PEM）")
    key: Path = Field(description="本机证书的私钥（PEM，不加密，仅运行用户可读）")

    def tls(self) -> ssl.SSLContext:
        """A context of our own making: nothing in the environment (SSL_CERT_FILE, SSLKEYLOGFILE) reaches it.

        Raises:
            OSError: a file is missing, unreadable or no certificate or key (`ssl.SSLError` is an OSError).
        """
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # verifies chain and host name
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.load_verify_locations(cafile=self.ca)
        context.load_cert_chain(self.cert, self.key, password=_refuse_password)
        return context

    def certificate_ends(self) -> datetime:
        """When our own certificate ends, by its file: a renewed one counts as soon as it is there.

        Raises:
            OSError: no such file.
            ValueError: no certificate in it.
        """
        from cryptography import x509  # once a day, and never while the kiosk starts

        return x509.load_pem_x509_certificate(self.cert.read_bytes()).not_valid_after_utc

    def written(self) -> tuple[int, ...]:
        """When the three files were last written; differs after a renewal.

        Raises:
            OSError: one is missing.
        """
        return tuple(path.stat().st_mtime_ns for path in (self.ca, self.cert, self.key))


def party_host(host: Host, access: Access) -> PartyHost:
    """What every adapter of a far party begins with: it has its certificate watched, so that staff renew it in time.

    Raises:
        TypeError: the host knows nothing of far parties.
    """
    if not isinstance(host, PartyHost):
        raise TypeError("an adapter of a far party needs a PartyHost")
    host.watch_certificate(access.certificate_ends)
    return host


def _refuse_password() -> str:
    """OpenSSL would ask on the terminal for the password of an encrypted key, and the kiosk would hang there."""
    raise ssl.SSLError("the key is encrypted")
