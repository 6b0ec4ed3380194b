"""Servers to talk to: every test that takes one runs in each ASYNC_MODE."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serve.running import Running, running


@pytest.fixture(params=["eventlet", "threading"], scope="package")
def mode(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="package")
def server(mode: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One server for all tests that leave it standing."""
    with running(mode, tmp_path_factory.mktemp(mode)) as serving:
        yield serving


@pytest.fixture
def own_server(mode: str, tmp_path: Path) -> Iterator[Running]:
    """A server for a test that stops it."""
    with running(mode, tmp_path) as serving:
        yield serving
