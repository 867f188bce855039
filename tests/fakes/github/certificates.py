"""A throw-away certificate, its own authority."""

from __future__ import annotations

import ipaddress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def of_address(folder: Path, host: str) -> tuple[Path, Path]:
    """The files of a certificate for an address, each address having its own."""
    address = x509.IPAddress(ipaddress.ip_address(host))
    return certificate(folder / host, (x509.DNSName("localhost"), address))


def certificate(folder: Path, names: Sequence[x509.GeneralName]) -> tuple[Path, Path]:
    """The files of a certificate for `names` and of its key; made anew if need be."""
    cert_file, key_file = folder / "ca.pem", folder / "key.pem"
    if cert_file.exists():
        return cert_file, key_file
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Fake GitHub")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, raw = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    key_file.touch(mode=0o600)
    key_file.write_bytes(key.private_bytes(pem, raw, serialization.NoEncryption()))
    cert_file.write_bytes(made.public_bytes(pem))
    return cert_file, key_file
