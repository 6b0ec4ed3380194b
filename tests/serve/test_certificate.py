"""The certificate that this machine makes for itself."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from app.serve.certificate import names_in, own_certificate

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
LAN = ["192.168.1.7", "10.0.0.2"]


def certificate(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())


def test_it_is_for_localhost_and_every_lan_address(tmp_path: Path) -> None:
    made = certificate(own_certificate(tmp_path, LAN, NOW))
    assert names_in(made) == {"localhost", "127.0.0.1", *LAN}


def test_its_key_is_p_256_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    path = own_certificate(tmp_path, LAN, NOW)
    key = certificate(path).public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    assert key.curve.name == "secp256r1"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_phones_accept_how_long_it_lives(tmp_path: Path) -> None:
    made = certificate(own_certificate(tmp_path, LAN, NOW))
    assert made.not_valid_after_utc - made.not_valid_before_utc <= timedelta(days=397)


def test_it_is_kept_from_one_start_to_the_next(tmp_path: Path) -> None:
    first = own_certificate(tmp_path, LAN, NOW).read_bytes()
    assert own_certificate(tmp_path, reversed(LAN), NOW + timedelta(days=300)).read_bytes() == first


def test_it_is_made_anew_when_the_addresses_have_changed(tmp_path: Path) -> None:
    own_certificate(tmp_path, LAN, NOW)
    assert "192.168.1.8" in names_in(certificate(own_certificate(tmp_path, ["192.168.1.8"], NOW)))


def test_it_is_made_anew_a_week_before_it_ends(tmp_path: Path) -> None:
    end = certificate(own_certificate(tmp_path, LAN, NOW)).not_valid_after_utc
    later = end - timedelta(days=6)
    assert certificate(own_certificate(tmp_path, LAN, later)).not_valid_after_utc > end


def test_a_damaged_one_is_made_anew(tmp_path: Path) -> None:
    path = own_certificate(tmp_path, LAN, NOW)
    path.write_bytes(path.read_bytes()[:100])
    assert certificate(own_certificate(tmp_path, LAN, NOW))
