"""What an upload of a portrait in one piece or several may be, and how it is answered."""

from __future__ import annotations

import re

from flask import Request, Response, jsonify
from flask_babel import gettext as _

from app.base.errors import N_, Refused
from app.http import uploads
from app.http.uploads import Announced
from app.imaging.packs.pack import amount

PIECE = "application/partial-upload"
PIECE_BYTES = 65_536
HEX = re.compile(r"[0-9a-f]{64}")


def announced(request: Request, max_bytes: int) -> Announced:
    """The announcement in a POST's headers; Refused 400, 413 or 415."""
    what = uploads.announced(request)
    with uploads.judging(what.sha256):
        if what.length > max_bytes:
            raise too_large(max_bytes)
    return what


def name_of(text: str) -> str:
    """A picture's name in an address: its SHA-256 in hex."""
    if not HEX.fullmatch(text):
        raise no_upload()
    return text


def too_large(max_bytes: int) -> Refused:
    """More bytes than the gate takes."""
    text = N_("照片文件太大，不能超过 %(mb)s MB。请用“拍照”重新拍一张。")
    return Refused("too_large", text, 413, mb=amount(max_bytes, 2))


def no_capture() -> Refused:
    """There is no such picture of this phone's (any more)."""
    return Refused("no_capture", N_("没有这张照片，或它已经提交。请刷新页面查看。"), 404)


def so_far(status: int, offset: int, complete: bool) -> Response:
    """How much of an upload is here."""
    response = Response(status=status)
    response.headers["Upload-Offset"] = str(offset)
    response.headers["Upload-Complete"] = "?1" if complete else "?0"
    return response


def wrong_offset(current: int) -> Response:
    """409: where the next piece has to begin."""
    text = _("上传的位置对不上，会自动从正确的位置继续。")
    response = jsonify(error={"code": "offset", "text": text})
    response.status_code = 409
    response.headers["Upload-Offset"] = str(current)
    return response


def no_upload() -> Refused:
    """There is no such upload (any more): the phone begins again."""
    return Refused("no_upload", N_("没有找到这次上传。请重新发送照片。"), 404)
