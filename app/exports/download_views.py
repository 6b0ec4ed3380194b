"""The ZIP itself: streamed, its length known beforehand, and resumed where a download broke off."""

from __future__ import annotations

from flask import Blueprint, Response, request

from app.base.errors import N_, Refused
from app.exports import actions
from app.exports.model import Export
from app.exports.packer import Packer
from app.exports.queries import gone_since
from app.exports.rules import TAKEN_BACK, file_name
from app.exports.settings import ExportSettings
from app.http.current import now
from app.http.provided import database, provided
from app.identity.actor_rules import StaffRole
from app.identity.current import staff

pages = Blueprint("downloads", __name__, url_prefix="/operate/exports")
NOT_MADE = N_("这份导出还没有做好，不能下载。请等它做好，或重新导出。")
ZIP = "application/zip"
NO_REST = N_("这份导出已经全部下载，没有剩下的部分。")


@pages.get("/<int:export_id>/file")
def download(export_id: int) -> Response:
    """The whole, or the rest from a byte on."""
    person = staff(StaffRole.OPERATOR)
    with database().reading() as db:
        export = db.get(Export, export_id)
        if export is None or export.made_at is None:
            raise Refused("not_made", NOT_MADE, 404)
        if gone := gone_since(db, export_id):
            raise Refused("gone", TAKEN_BACK, 409, n=gone)
        if export.sealed:
            actions.password(export, provided(ExportSettings).secret_keys)
    tag = f"{export.digest[:32]}{export.nonce[:8]}"
    start = _start(export.length, tag)
    if request.method == "HEAD":  # only asks how long it is: nobody takes anything away
        return _headed(Response(content_type=ZIP), export, tag, 0)
    packed = provided(Packer).pack(export_id, start, export.length - start)
    try:
        with database().writing() as db:
            actions.downloaded(db, export, person.id, now(), start)
    except BaseException:
        packed.close()
        raise
    return _headed(
        Response(packed, 206 if start else 200, content_type=ZIP, direct_passthrough=True), export, tag, start
    )


def _headed(response: Response, export: Export, tag: str, start: int) -> Response:
    response.content_length = export.length - start
    if start:
        response.headers["Content-Range"] = f"bytes {start}-{export.length - 1}/{export.length}"
    response.headers["Accept-Ranges"] = "bytes"
    response.set_etag(tag)
    name = file_name(export.kind, export.batch, export.city, export.id)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _start(length: int, tag: str) -> int:
    """From which byte on: a browser that goes on asks for all that it lacks, and names what it has. Refused 416 when
    that is more than there is: it has the whole."""
    if (
        not request.range
        or request.range.units != "bytes"
        or request.headers.get("If-Range", "").strip('"') not in ("", tag)
    ):
        return 0
    [first, *more] = request.range.ranges
    start, stop = first
    if more or stop is not None or start <= 0:
        return 0
    if start >= length:
        raise Refused("range", NO_REST, 416)
    return start
