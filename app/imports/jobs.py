"""The long work of this slice."""

from __future__ import annotations

from app.base.json_values import JsonObject
from app.base.sealed_files import SealedFiles
from app.http.provided import provided
from app.imports.file_actions import GONE, Desk, work
from app.imports.kind_actions import Kinds
from app.imports.layout_rules import BadLayout, Layout, layouts_of
from app.imports.queries import file_of
from app.imports.settings import ImportSettings
from app.jobs.runner import Failed, Running


def desk() -> Desk:
    """Of the current application. Raises BadLayout."""
    return Desk(provided(Kinds), layouts(), provided(SealedFiles))


def layouts() -> dict[str, Layout]:
    """Those for which there is a kind; ours and the operator's. Raises BadLayout."""
    found = layouts_of(provided(ImportSettings).data_dir / "layouts")
    return {name: layout for name, layout in found.items() if layout.kind in provided(Kinds).every}


def do_import(running: Running) -> JsonObject:
    """Check a file that was sent, or write it."""
    with running.db.reading() as session:
        file = file_of(session, int(str(running.arguments.get("file") or 0)))
    if file is None:
        raise Failed(GONE)
    try:
        return work(running, file, desk())
    except BadLayout as error:
        raise Failed("%(error)s", {"error": str(error)[:200]}) from error
