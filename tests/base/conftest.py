"""Generated cases are not timed: the machine that runs them may be busy. And a log to read."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest
from hypothesis import settings
from structlog.contextvars import clear_contextvars

from app.base.logs import to_stream

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What a logger named `planted` writes."""
    stream, logger = io.StringIO(), logging.getLogger("planted")
    handler = to_stream(stream)
    logger.addHandler(handler)
    logger.propagate = False
    yield stream
    logger.removeHandler(handler)
    clear_contextvars()
