"""The headers of an upload, read strictly; names as in the IETF's resumable uploads and RFC 9530."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Request

from app.base.errors import N_, Refused

JUDGED = (413, 415, 422)
DECLARED = ("image/jpeg", "image/png", "image/heic", "image/heif")


@dataclass(frozen=True)
class Announced:
    """What a phone says about a picture before it is all here."""

    sha256: str
    declared: str
    length: int
    complete: bool


def announced(request: Request) -> Announced:
    """The announcement in a POST's headers; Refused 400 or 415. Whether the length will do is the caller's business."""
    declared = request.mimetype
    if declared not in DECLARED:
        raise Refused("wrong_type", N_("只能上传 JPG、PNG 或 HEIC 格式的照片。请重新拍照或另选一张。"), 415)
    length = number(request, "Upload-Length", request.content_length or 0)
    return Announced(_digest(request), declared, length, is_complete(request))


@contextmanager
def judging(sha256: str) -> Iterator[None]:
    """What is refused in here for being what it is carries the picture's hash: the phone then gives up that picture,
    and on no other answer."""
    try:
        yield
    except Refused as refusal:
        if refusal.status in JUDGED:
            refusal.facts["sha256"] = sha256
        raise


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


def bad(header: str) -> Refused:
    """A header is missing or wrong."""
    return Refused("bad_request", N_("请求的内容不完整（%(header)s）。请刷新页面后再试。"), 400, header=header)


def damaged() -> Refused:
    """The bytes do not have the digest that was announced."""
    return Refused("digest", N_("照片在传输中损坏。请再发送一次。"), 400)


def _digest(request: Request) -> str:
    found = re.fullmatch(r"sha-256=:([A-Za-z0-9+/]{43}=):", request.headers.get("Repr-Digest", "").strip())
    if not found:
        raise bad("Repr-Digest")
    return base64.b64decode(found[1]).hex()
