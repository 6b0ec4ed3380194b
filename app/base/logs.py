"""Logs: one JSON object a line, no secrets in any of them, and nothing that a terminal would obey."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TextIO

from app.base.disk import make_folder
from app.base.plain import plain
from app.base.redact import redact

LAYOUT = "\n\t"  # of a traceback that is written as it is
FILE_BYTES = 10_000_000  # of a log in a file; the one before it is kept


def line(**fields: object) -> str:
    """The fields as one line of JSON, redacted; None is left out. Chinese stays readable, what is unseen is escaped."""
    safe = {name: _safe(value) for name, value in fields.items() if value is not None}
    return plain(json.dumps(safe, ensure_ascii=False))


class JsonLines(logging.Formatter):
    """A record as one line: at, level, logger, then its message or, when that is a `line`, its fields; then trace."""

    def format(self, record: logging.LogRecord) -> str:
        """Redacted as a whole, tracebacks too."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        fields = {"at": at, "level": record.levelname, "logger": record.name, **_fields(record.getMessage())}
        return line(**fields, trace=_trace(self, record))


class Redact(logging.Filter):
    """For logs with a format of their own: masks and escapes message and traceback before they are formatted."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always True; the record is changed."""
        trace = _trace(logging.Formatter(), record)
        record.exc_text = trace and plain(trace, LAYOUT)
        record.exc_info = record.stack_info = None
        record.msg, record.args = plain(redact(record.getMessage())), ()
        return True


def to_stream(stream: TextIO) -> logging.Handler:
    """A handler that writes redacted JSON lines there."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    return handler


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
    handler = _File(path, maxBytes=FILE_BYTES, backupCount=1, encoding="utf-8", delay=True)
    handler.setFormatter(JsonLines())
    return handler


def _fields(message: str) -> dict[str, object]:
    if message.startswith("{"):
        try:
            return dict(json.loads(message))
        except ValueError:
            pass
    return {"message": message}


def _trace(formatter: logging.Formatter, record: logging.LogRecord) -> str | None:
    trace = formatter.formatException(record.exc_info) if record.exc_info and record.exc_info[0] else record.exc_text
    parts = filter(None, [trace, record.stack_info])
    return redact("\n".join(parts)) or None


def _safe(value: object) -> object:
    if isinstance(value, bool | float):
        return value
    if isinstance(value, int):
        return value if redact(str(value)) == str(value) else redact(str(value))
    return redact(str(value))
