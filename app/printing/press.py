"""Setting the form in type: `press` is pure, `LocalPrinter` runs it in a process that can be killed."""

from __future__ import annotations

import json
import logging
from enum import StrEnum
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, Protocol

from app.base.errors import N_, Refused
from app.base.json_values import JsonObject
from app.base.workers.frames import Header
from app.base.workers.pool import Busy, Died, Workers, WorkersUnavailable
from app.printing import fonts
from app.printing.rules import Sheet

TASK = f"{__name__}:task"
NOT_PRINTED = N_("登记表没有生成。请稍后再试；如果一直这样，请联系客服。")
EVERY_TYPEFACE = """
#for face in ("Noto Serif SC", "Noto Sans SC", "Noto Sans CJK SC") [#text(font: face)[样#strong[张]]]
""".encode()
FORM = Path(__file__).with_name("form.typ")
log = logging.getLogger(__name__)


class PrintKind(StrEnum):
    """What comes out: one PDF, or an SVG for each page."""

    PDF = "pdf"
    SVG = "svg"


def press(content: JsonObject, portrait: bytes, kind: PrintKind) -> list[bytes]:
    """The form: one PDF of two pages, or two SVGs; the same bytes for the same content.

    `content` is `Sheet.content()`. Raises typst.TypstError when the portrait is no picture.
    """
    given = json.dumps(content | {"portrait": list(portrait)})
    printed = _compiler().compile({"main": _form(), "form.json": given.encode()}, format=kind.value)
    return printed if isinstance(printed, list) else [printed]


def task(header: Header, body: bytes) -> tuple[Header, bytes]:
    """What the worker process runs: content and kind in, the pages out."""
    content = header["content"]
    assert isinstance(content, dict)  # noqa: S101 — as `LocalPrinter` has sent it
    pages = press(content, body, PrintKind(str(header["kind"])))
    return {"sizes": [len(page) for page in pages]}, b"".join(pages)


def warm() -> None:
    """The worker process calls it at its start: the first form need not wait for the typefaces."""
    _compiler()
    _form()


def warm_fork() -> None:
    """A fork calls it while it waits for its form: the typefaces are then in its memory."""
    _compiler().compile({"main": EVERY_TYPEFACE}, format=PrintKind.PDF.value)


def readable() -> list[Path]:
    """The folders of the typefaces, which typst reads when a form needs them."""
    return sorted({file.parent for file in fonts.files()})


@cache
def _form() -> bytes:
    return FORM.read_bytes()


@cache
def _compiler() -> Any:
    """Typst with our typefaces and no others, wherever it runs; imported here, where it is needed."""
    import typst

    folders = [str(folder) for folder in readable()]
    ours = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
    return typst.Compiler(font_paths=ours)


class Printer(Protocol):
    """Whoever prints for the application."""

    def print(self, sheet: Sheet, kind: PrintKind) -> list[bytes]:
        """As `press`. Raises Refused: `busy` or `not_printed` (503)."""
        ...

    def close(self) -> None:
        """Give up what it holds."""
        ...


class LocalPrinter:
    """Prints in one worker process of this machine, which starts with the first form."""

    def __init__(self, waiting: int = 16) -> None:
        self._workers = Workers(TASK, 1, waiting, wall_seconds=10, cpu_seconds=10)

    def print(self, sheet: Sheet, kind: PrintKind) -> list[bytes]:
        """Within 10 s of work, after at most 10 s of waiting. Raises Refused: `busy` or `not_printed` (503)."""
        try:
            header, body = self._workers.run({"content": sheet.content(), "kind": kind}, sheet.portrait)
        except Busy:
            raise Refused("busy", N_("现在打印的人很多。请稍等几秒再试。"), 503, retry_after=5) from None
        except (Died, WorkersUnavailable) as death:
            log.error("a form was not printed: %s", death)
            raise Refused("not_printed", NOT_PRINTED, 503, retry_after=5) from None
        sizes = header["sizes"]
        assert isinstance(sizes, list)  # noqa: S101 — as `task` has sent it
        return [body[start:end] for start, end in pairwise(accumulate(sizes, initial=0))]

    def close(self) -> None:
        """End the process."""
        self._workers.close()
