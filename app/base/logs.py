"""Logs: one JSON object for each line, without secrets and without control characters.

Records of structlog and of the standard `logging` (ours and every library's) go through the same processors.
"""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any, TextIO, cast

import structlog
from structlog.contextvars import bind_contextvars, clear_contextvars, merge_contextvars
from structlog.processors import JSONRenderer, StackInfoRenderer, format_exc_info
from structlog.stdlib import BoundLogger, ProcessorFormatter, filter_by_level
from structlog.typing import EventDict, Processor, WrappedLogger

from app.base.escaping import plain
from app.base.files import make_folder
from app.base.redact import redact

TRACES = ("exception", "stack", "stack_info")  # where structlog and the standard library put tracebacks
FILE_BYTES = 10_000_000  # of a log in a file; the one before it is kept


def logger_of(name: str) -> BoundLogger:
    """The standard logger of this name, for calls with fields: `logger_of("x").info("done", status=200)`."""
    traces: list[Processor] = [StackInfoRenderer(), format_exc_info]
    chain = [filter_by_level, *traces, redacted, ProcessorFormatter.wrap_for_formatter]
    return cast(BoundLogger, structlog.wrap_logger(logging.getLogger(name), chain, BoundLogger))


def to_stream(stream: TextIO) -> logging.Handler:
    """A handler that writes redacted JSON lines there: at, level, logger, fields (a message is one), then trace."""
    return _as_lines(logging.StreamHandler(stream))


def begin_request(number: str) -> None:
    """Add `id` to every line that this thread or greenlet logs until its next request begins."""
    clear_contextvars()
    bind_contextvars(id=number)


def set_up(log_to: Path | None = None) -> None:
    """Write everything from INFO on to stderr; with a file, to the file, and only warnings and errors to stderr too."""
    terminal = to_stream(sys.stderr)
    handlers = [terminal]
    if log_to is not None:
        terminal.setLevel(logging.WARNING)
        handlers.append(_to_file(log_to))
    logging.basicConfig(level=logging.INFO, handlers=handlers)


class _File(RotatingFileHandler):
    def handleError(self, record: logging.LogRecord) -> None:
        """A full disk must not fill the terminal with a traceback a line."""


def _to_file(path: Path) -> logging.Handler:
    make_folder(path.parent)
    return _as_lines(_File(path, maxBytes=FILE_BYTES, backupCount=1, encoding="utf-8", delay=True))


def _as_lines(handler: logging.Handler) -> logging.Handler:
    chain: list[Processor] = [merge_contextvars, format_exc_info, _in_order, redacted]
    handler.setFormatter(ProcessorFormatter(processors=[*chain, JSONRenderer(_json)]))
    return handler


def redacted(_logger: WrappedLogger, _method: str, fields: EventDict) -> EventDict:
    """The fields without secrets, tracebacks too; None is left out. What is no number becomes text."""
    return {name: _safe(value) for name, value in fields.items() if value is not None}


def _in_order(_logger: WrappedLogger, _method: str, fields: EventDict) -> EventDict:
    record: logging.LogRecord = fields.pop("_record")
    del fields["_from_structlog"]
    at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
    trace = "\n".join(filter(None, [fields.pop(name, None) for name in TRACES]))
    said = {"id": fields.pop("id", None), "message": fields.pop("event", None), **fields, "trace": trace or None}
    return {"at": at, "level": record.levelname, "logger": record.name, **said}


def _safe(value: object) -> object:
    if isinstance(value, bool | float):
        return value
    if isinstance(value, int):
        return value if redact(str(value)) == str(value) else redact(str(value))
    return redact(str(value))


def _json(fields: EventDict, **options: Any) -> str:
    """Chinese stays readable, invisible characters are escaped."""
    return plain(json.dumps(fields, ensure_ascii=False, **options))
