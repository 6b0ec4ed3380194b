"""Answers that are a picture out of the store."""

from __future__ import annotations

from flask import Response, current_app

from app.base.errors import N_, Refused
from app.base.seal import Damaged, UnknownKey
from app.base.store import NoBlob, Store
from app.http.provided import provided


def shown(name: str, whose: str, kind: str = "image/jpeg") -> Response:
    """The blob of this name, which no cache keeps; Refused 404 when it cannot be read. `whose`: for the log."""
    try:
        body = provided(Store).get(name)
    except (NoBlob, Damaged, UnknownKey) as error:
        current_app.logger.error("a picture of %s cannot be shown: %s", whose, type(error).__name__)
        raise Refused("unreadable", N_("照片暂时无法显示。请联系客服，照片的记录还在。"), 404) from None
    headers = {"Cache-Control": "private, no-store", "Content-Disposition": "inline"}
    return Response(body, content_type=kind, headers=headers)
