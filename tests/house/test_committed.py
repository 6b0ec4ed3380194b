"""What set-up makes, and pictures of people, are not in the repository."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.house.tree import ROOT

MADE = (".tflite", ".binarypb", ".wasm", ".bin", ".mo", ".jpg", ".jpeg", ".heic")

FOLDERS = {"vendor", "bundles", "words"}


def committed() -> list[Path]:
    """Every file that git keeps."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [Path(name) for name in listed.split("\0") if name]


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a checkout")
def test_nothing_that_is_made_or_fetched_is_committed() -> None:
    made = [path for path in committed() if path.suffix in MADE or FOLDERS & set(path.parts)]
    assert [str(path) for path in made] == []
