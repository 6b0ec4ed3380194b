"""Static files under content-hashed addresses, compressed once, and the import map that names our modules."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from flask import Flask, Response, abort, request
from markupsafe import Markup
from werkzeug.wrappers import Response as Answer

FOREVER = "public, max-age=31536000, immutable"
SHORT = "public, max-age=600"
ASK = "public, no-cache"
TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".webmanifest": "application/manifest+json",
    ".json": "application/json",
    ".txt": "text/plain",
    ".wasm": "application/wasm",
    ".bin": "application/octet-stream",
}
TEXT = (".html", ".css", ".js", ".svg", ".webmanifest", ".json", ".txt")
PRESSED = (*TEXT, ".wasm", ".bin")
SHELL_SCRIPTS = tuple(f"js/{folder}/" for folder in ("ui", "camera", "upload", "pairing"))
WORDS = "words/"  # made at set-up by app.phone.texts
SHELL = ("css/tokens.css", "css/base.css", "css/phone.css", "img/scene.svg", "img/good.svg")


class File(NamedTuple):
    """One static file in memory, as it is or as gzip: one of both."""

    kept: bytes
    zipped: bool
    hash: str
    type: str

    @property
    def body(self) -> bytes:
        """As it is."""
        return gzip.decompress(self.kept) if self.zipped else self.kept


def without_comments(script: str) -> str:
    """A script of ours without the lines that are comment alone: a third of it. Line numbers stay."""
    kept, inside = [], False
    for line in script.split("\n"):
        text = line.strip()
        begins = inside or text.startswith(("/*", "//"))
        inside = begins and not text.startswith("//") and "*/" not in text
        kept.append("" if begins and (inside or text.startswith("//") or text.endswith("*/")) else line)
    return "\n".join(kept)


def packed(body: bytes, suffix: str) -> File:
    """Compress and name one body."""
    kind = TYPES[suffix] + ("; charset=utf-8" if suffix in TEXT else "")
    kept = gzip.compress(body, 9, mtime=0) if suffix in PRESSED else body
    return File(kept, suffix in PRESSED, hashlib.sha256(body).hexdigest()[:12], kind)


class Assets:
    """All files below `folder`, as they are when it is made."""

    def __init__(self, folder: Path) -> None:
        files = sorted(path for path in folder.rglob("*") if path.suffix in TYPES and path.is_file())
        self.files = {path.relative_to(folder).as_posix(): packed(_served(path, folder), path.suffix) for path in files}

    def url(self, name: str) -> str:
        """`css/base.css` → its address, which changes with its content."""
        file = self.files.get(name)
        return f"/static/{name}?v={file.hash}" if file else f"/static/{name}"

    @cached_property
    def import_map_text(self) -> str:
        """Bare names (`pairing/page`) to addresses, for modules under js/ and vendor/, and those of words/."""
        ours = {name[3:-3]: self.url(name) for name in self.files if name.startswith("js/")}
        words = {name[:-3]: self.url(name) for name in self.files if name.startswith(WORDS)}
        foreign = {
            name[7:-3]: self.url(name) for name in self.files if name.startswith("vendor/") and name.endswith(".js")
        }
        return json.dumps({"imports": ours | words | foreign}, separators=(",", ":"))

    @cached_property
    def import_map_hash(self) -> str:
        """What the content security policy allows the import map by."""
        return "sha256-" + base64.b64encode(hashlib.sha256(self.import_map_text.encode()).digest()).decode()

    def import_map(self) -> Markup:
        """The element; one a page, before the first module."""
        return Markup('<script type="importmap">' + self.import_map_text + "</script>")  # noqa: S704 — our own names

    @cached_property
    def version(self) -> str:
        """Changes when any file does."""
        return hashlib.sha256("".join(f.hash for f in self.files.values()).encode()).hexdigest()[:12]

    @cached_property
    def shell(self) -> list[str]:
        """What the phone's page needs to open without a network."""
        wanted = [n for n in self.files if n.startswith((*SHELL_SCRIPTS, WORDS)) or n in SHELL]
        drawings = [n for n in self.files if n.startswith("img/") and n.endswith((".svg", "192.png"))]
        return [self.url(name) for name in dict.fromkeys([*wanted, *drawings])]

    def send(self, name: str) -> Answer:
        """The file, compressed where the browser takes that; kept for ever under its hashed address."""
        file = self.files.get(name)
        if file is None:
            abort(404)
        return answer(file, FOREVER if request.args.get("v") == file.hash else SHORT)


def _served(path: Path, folder: Path) -> bytes:
    ours = path.suffix == ".js" and "vendor" not in path.relative_to(folder).parts
    return without_comments(path.read_text(encoding="utf-8")).encode() if ours else path.read_bytes()


@cache
def below(folder: Path) -> Assets:
    """The files of this folder, read once a process, however many applications it makes."""
    return Assets(folder)


def answer(file: File, keep: str) -> Answer:
    """The bytes as this browser takes them, or 304; `keep` is the Cache-Control."""
    zipped = file.zipped and "gzip" in request.headers.get("Accept-Encoding", "")
    response = Response(file.kept if zipped else file.body, content_type=file.type)
    response.headers["Cache-Control"] = keep
    response.set_etag(file.hash)
    if file.zipped:
        response.headers["Vary"] = "Accept-Encoding"
    if zipped:
        response.headers["Content-Encoding"] = "gzip"
    return response.make_conditional(request)


def same_for_all(text: str, suffix: str) -> Answer:
    """A text that is the same for everybody; browsers ask each time whether it has changed."""
    return answer(_made(text, suffix), ASK)


@lru_cache(maxsize=8)
def _made(text: str, suffix: str) -> File:
    return packed(text.encode(), suffix)


def install(app: Flask, assets: Assets) -> None:
    """Serve the files under /static/ and give templates `asset()` and `import_map()`."""
    app.add_url_rule("/static/<path:name>", "static", assets.send)
    app.jinja_env.globals.update(asset=assets.url, import_map=assets.import_map)
