"""The headers of an upload, read strictly and answered; names as in the IETF's resumable uploads and RFC 9530."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass

from flask import Request, Response, jsonify
from flask_babel import gettext as _

from app.base.errors import N_, Refused

DECLARED = ("image/jpeg", "image/png", "image/heic", "image/heif")
PIECE = "application/partial-upload"
PIECE_BYTES = 65_536
HEX = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Announced:
    """What a phone says about a picture before it is all here."""

    sha256: str
    declared: str
    length: int
    complete: bool


def announced(request: Request, max_bytes: int) -> Announced:
    """The announcement in a POST's headers; Refused 400, 413 or 415."""
    declared = request.mimetype
    if declared not in DECLARED:
        raise Refused("wrong_type", N_("只能上传 JPG、PNG 或 HEIC 格式的照片。请重新拍照或另选一张。"), 415)
    length = number(request, "Upload-Length", request.content_length or 0)
    if length > max_bytes:
        raise too_large()
    return Announced(_digest(request), declared, length, is_complete(request))


def is_complete(request: Request) -> bool:
    """`Upload-Complete`: whether the upload ends with this request."""
    given = request.headers.get("Upload-Complete", "?1")
    if given not in ("?0", "?1"):
        raise bad("Upload-Complete")
    return given == "?1"


def number(request: Request, name: str, default: int | None = None) -> int:
    """A header that is a whole number of bytes."""
    given = request.headers.get(name)
    if given is None and default is not None:
        return default
    if given is None or not given.isascii() or not given.isdigit() or len(given) > 12:
        raise bad(name)
    return int(given)


def name_of(text: str) -> str:
    """A picture's name in an address: its SHA-256 in hex."""
    if not HEX.fullmatch(text):
        raise no_upload()
    return text


def bad(header: str) -> Refused:
    """A header is missing or wrong."""
    return Refused("bad_request", N_("请求的内容不完整（%(header)s）。请刷新页面后再试。"), 400, header=header)


def too_large() -> Refused:
    """More bytes than the gate takes."""
    return Refused("too_large", N_("照片文件太大，不能超过 10 MB。请用“拍照”重新拍一张。"), 413)


def _digest(request: Request) -> str:
    found = re.fullmatch(r"sha-256=:([A-Za-z0-9+/]{43}=):", request.headers.get("Repr-Digest", "").strip())
    if not found:
        raise bad("Repr-Digest")
    return base64.b64decode(found[1]).hex()


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
