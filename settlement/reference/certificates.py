"""A private certificate authority, made at the first start: who the backend is, and which kiosks it lets in."""

from __future__ import annotations

import ipaddress
import os
import ssl
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_CA_YEARS = 10
_LEAF_DAYS = 825
_BACKDATED = timedelta(hours=1)  # kiosks with a clock a little behind must not see a certificate of the future


@dataclass(frozen=True, slots=True)
class Identity:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey


def prepare(folder: Path, host: str, now: datetime) -> ssl.SSLContext:
    """Leaves ca.pem, ca.key, kiosk.pem and kiosk.key in `folder`, each made once, and a server certificate for `host`
    made anew.

    The context wants a client certificate of this authority from everybody.
    """
    folder.mkdir(parents=True, exist_ok=True)
    ca = _stored(folder, "ca") or _keep(folder, "ca", _authority(now))
    if _stored(folder, "kiosk") is None:
        _keep(folder, "kiosk", _issue(ca, "kiosk", ExtendedKeyUsageOID.CLIENT_AUTH, (), now))
    _keep(folder, "server", _issue(ca, "backend", ExtendedKeyUsageOID.SERVER_AUTH, _names(host), now))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(folder / "ca.pem")
    context.load_cert_chain(folder / "server.pem", folder / "server.key")
    return context


def _authority(now: datetime) -> Identity:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name("模拟 settlement backend CA")
    builder = (
        _builder(name, name, key, now, timedelta(days=365 * _CA_YEARS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    return Identity(builder.sign(key, hashes.SHA256()), key)


def _issue(
    ca: Identity, subject: str, usage: x509.ObjectIdentifier, names: tuple[x509.GeneralName, ...], now: datetime
) -> Identity:
    key = ec.generate_private_key(ec.SECP256R1())
    issuer_key = x509.AuthorityKeyIdentifier.from_issuer_public_key(ca.key.public_key())
    builder = (
        _builder(_name(subject), ca.certificate.subject, key, now, timedelta(days=_LEAF_DAYS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([usage]), critical=False)
        .add_extension(issuer_key, critical=False)
    )
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return Identity(builder.sign(ca.key, hashes.SHA256()), key)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, now: datetime, life: timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _BACKDATED)
        .not_valid_after(now + life)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _names(host: str) -> tuple[x509.GeneralName, ...]:
    return tuple(_general(name) for name in dict.fromkeys(("localhost", "127.0.0.1", "::1", host)))


def _general(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _stored(folder: Path, name: str) -> Identity | None:
    certificate, key = folder / f"{name}.pem", folder / f"{name}.key"
    if not (certificate.exists() and key.exists()):
        return None
    loaded = serialization.load_pem_private_key(key.read_bytes(), None)
    if not isinstance(loaded, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{key.name} is no key of ours")
    return Identity(x509.load_pem_x509_certificate(certificate.read_bytes()), loaded)


def _keep(folder: Path, name: str, identity: Identity) -> Identity:
    private = identity.key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    key = folder / f"{name}.key"
    key.unlink(missing_ok=True)
    with os.fdopen(os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(private)
    (folder / f"{name}.pem").write_bytes(identity.certificate.public_bytes(serialization.Encoding.PEM))
    return identity
