"""Archives that somebody with the key could make, and what must not come of them."""

from __future__ import annotations

from io import BytesIO

from app.base import archive
from app.config import parse_keys
from tests.backup.conftest import Lived
from tests.backup.line import STORE_KEYS, Line

KEYS = parse_keys(STORE_KEYS)


def assert_nothing(line: Line) -> None:
    """No database and no picture where a server would look for them."""
    assert not (line.folder / "zhengzhao.db").exists()
    assert not list((line.folder / "store").glob("??/*"))


def rewritten(lived: Lived, **bodies: bytes | None) -> None:
    """The backup with other entries: what somebody with the key could make. None leaves one out."""
    out = BytesIO()
    with lived.backup.open("rb") as file, archive.writing(out, KEYS) as writer:
        for entry in archive.entries(file, KEYS):
            body = bodies.get(entry.name.partition(".")[0], entry.body.read())
            if body is not None:
                writer.add(entry.name, body)
    lived.backup.write_bytes(out.getvalue())
