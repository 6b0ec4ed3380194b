"""The document is typed once, for all tests of a file."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy.deployed import Deployed
from tests.deploy.document import blocks
from tests.deploy.machine import missing


@pytest.fixture(scope="module")
def deployed() -> Iterator[Deployed]:
    if missing():
        pytest.skip(f"docs/deploy.md cannot be typed here without: {' '.join(missing())} (see tests/install.sh)")
    with tempfile.TemporaryDirectory(prefix="zhengzhao-deploy-") as folder:  # not in memory: that may forbid programs
        made = Deployed(Path(folder))
        try:
            for block in blocks():
                made.follow(block)
            yield made
        finally:
            made.machine.stop("nginx")
            made.machine.stop("zhengzhao")
