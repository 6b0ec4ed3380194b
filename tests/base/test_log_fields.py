"""Fields of a log's line: those of the call, and those of the request."""

from __future__ import annotations

import io
import json
import logging

import pytest

from app.base.logs import begin_request, logger_of
from tests.base.test_logs import TOKEN


def test_what_is_said_with_fields_is_safe_wherever_it_is_written(caplog: pytest.LogCaptureFixture) -> None:
    logger_of("zhengzhao.planted").warning("refused", number=TOKEN)
    assert TOKEN not in caplog.text
    assert "refused" in caplog.text


def test_in_a_request_every_line_has_its_id_whoever_writes_it(written: io.StringIO) -> None:
    begin_request("a1b2c3d4")
    logger_of("planted").warning("with fields", status=503)
    try:
        raise ValueError("why")
    except ValueError:
        logging.getLogger("planted").exception("with a traceback")
    begin_request("e5f6a7b8")
    logging.getLogger("planted").warning("the next request")
    found = [json.loads(text) for text in written.getvalue().splitlines()]
    assert [each["id"] for each in found] == ["a1b2c3d4", "a1b2c3d4", "e5f6a7b8"]
    assert found[1]["trace"].endswith("ValueError: why")
