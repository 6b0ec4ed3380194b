"""The networks' weights are the agreed ones, or nothing is kept and the way out is told."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from app.imaging.networks.weights import CHECKSUMS, FOLDER, SILHOUETTE, WrongWeights, keep, path


@pytest.mark.parametrize("name", CHECKSUMS)
def test_what_is_installed_is_what_was_agreed_on(name: str) -> None:
    assert hashlib.sha256(path(name).read_bytes()).hexdigest() == CHECKSUMS[name]


def test_the_licence_and_the_origin_lie_beside_the_weights() -> None:
    notice = (FOLDER / "NOTICE.txt").read_text()
    assert "Apache License 2.0" in notice
    assert all(name in notice for name in CHECKSUMS)


def test_other_bytes_are_not_kept(tmp_path: Path) -> None:
    with pytest.raises(WrongWeights, match=SILHOUETTE):
        keep(tmp_path, SILHOUETTE, path(SILHOUETTE).read_bytes() + b"\0")
    assert list(tmp_path.iterdir()) == []


def test_missing_weights_name_the_command_that_brings_them(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="make run"):
        path(SILHOUETTE, tmp_path)
