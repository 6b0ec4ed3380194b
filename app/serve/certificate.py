"""A self-signed certificate, since browsers allow the camera over HTTPS only."""

from __future__ import annotations

import os
import ssl
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from app.base.clock import SystemClock
from app.serve.addresses import lan_addresses

LIFE = timedelta(days=365)
RENEWED_BEFORE_END = timedelta(days=7)
CLOCKS_DIFFER = timedelta(hours=24)
LOCAL = ("localhost", "127.0.0.1")


def tls_context(data_dir: Path) -> ssl.SSLContext:
    """A TLS context with a certificate for the current addresses of this machine."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own_certificate(data_dir, lan_addresses(), SystemClock().now()))
    return context


def own_certificate(data_dir: Path, addresses: Iterable[str], now: datetime) -> Path:
    """The PEM file (key and certificate) for localhost and these addresses; made anew when it does not fit."""
    path = data_dir / "tls" / "own.pem"
    names = {*LOCAL, *addresses}
    if not _holds(path, names, now):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_secret(path, _issue(names, now))
    return path


def names_in(certificate: x509.Certificate) -> set[str]:
    """The host names and addresses that a certificate is for."""
    san = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return {*san.get_values_for_type(x509.DNSName), *map(str, san.get_values_for_type(x509.IPAddress))}


def _holds(path: Path, names: set[str], now: datetime) -> bool:
    with suppress(OSError, ValueError, x509.ExtensionNotFound):
        pem = path.read_bytes()
        serialization.load_pem_private_key(pem, password=None)
        certificate = x509.load_pem_x509_certificate(pem)
        return names == names_in(certificate) and now < certificate.not_valid_after_utc - RENEWED_BEFORE_END
    return False


def _issue(names: set[str], now: datetime) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "zhengzhao")])
    certificate = (
        x509.CertificateBuilder(who, who, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - CLOCKS_DIFFER)
        .not_valid_after(now + LIFE)
        .add_extension(x509.SubjectAlternativeName([_general(name) for name in sorted(names)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, form, plain = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return key.private_bytes(pem, form, plain) + certificate.public_bytes(pem)


def _general(name: str) -> x509.GeneralName:
    try:
        address = ip_address(name)
    except ValueError:
        return x509.DNSName(name)
    return x509.IPAddress(address)


def _write_secret(path: Path, content: bytes) -> None:
    """Write atomically, readable by the owner only."""
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    fresh.replace(path)
