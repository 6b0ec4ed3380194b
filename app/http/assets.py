"""Static files under content-hashed addresses, compressed once, and the import maps that name our modules."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache, cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from flask import Flask, Response, abort, request
from markupsafe import Markup
from werkzeug.wrappers import Response as Answer

from app.http import bundles

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
    ".map": "application/json",
    ".txt": "text/plain",
    ".wasm": "application/wasm",
    ".bin": "application/octet-stream",
}
TEXT = (".html", ".css", ".js", ".svg", ".webmanifest", ".json", ".map", ".txt")
PRESSED = (*TEXT, ".wasm", ".bin")
FOREIGN = re.compile(r"vendor/\w[\w.-]*\.js")
AS_THEY_ARE = ("vendor", bundles.FOLDER)
WORDS = "words/"  # made at set-up by app.phone.texts
SHELL = ("bundles/phone.css", "bundles/first.js", "bundles/phone.js", "js/ui/old-browser.js", "manifest.webmanifest")


class File(NamedTuple):
    """One static file in memory, as it is or as gzip: one of both; also as brotli where set-up made that."""

    kept: bytes
    zipped: bool
    hash: str
    type: str
    brotli: bytes | None = None

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


def packed(body: bytes, suffix: str, brotli: Mapping[str, bytes] = MappingProxyType({})) -> File:
    """Compress and name one body; `brotli` by names, for those who take it."""
    kind = TYPES[suffix] + ("; charset=utf-8" if suffix in TEXT else "")
    kept = gzip.compress(body, 9, mtime=0) if suffix in PRESSED else body
    name = bundles.short_hash(body)
    return File(kept, suffix in PRESSED, name, kind, brotli.get(name))


class ImportMap(NamedTuple):
    """One a page, before the first module."""

    names: dict[str, str]

    @property
    def text(self) -> str:
        """What stands in the element."""
        return json.dumps({"imports": self.names}, separators=(",", ":"))

    @property
    def hash(self) -> str:
        """What the content security policy allows it by."""
        return "sha256-" + base64.b64encode(hashlib.sha256(self.text.encode()).digest()).decode()

    @property
    def element(self) -> Markup:
        """The element."""
        return Markup('<script type="importmap">' + self.text + "</script>")  # noqa: S704 — our own names


class Assets:
    """All files below `folder`, as they are when it is made."""

    def __init__(self, folder: Path) -> None:
        files = sorted(path for path in folder.rglob("*") if path.suffix in TYPES and path.is_file())
        brotli = bundles.pressed(folder)
        bodies = ((path.relative_to(folder).as_posix(), _served(path, folder)) for path in files)
        self.folder = folder
        self.files = {name: packed(body, Path(name).suffix, brotli) for name, body in bodies}

    def url(self, name: str) -> str:
        """`css/base.css` → its address, which changes with its content."""
        file = self.files.get(name)
        return f"/static/{name}?v={file.hash}" if file else f"/static/{name}"

    @cached_property
    def import_map(self) -> ImportMap:
        """Bare names (`desk/page`) to addresses, for modules under js/ and vendor/, and those of words/."""
        return ImportMap({name[3:-3]: self.url(name) for name in self.files if name.startswith("js/")} | self._common)

    @cached_property
    def phone_import_map(self) -> ImportMap:
        """The same names on the phone's page, to the bundles that they are in there. Raises StaleBundles."""
        placed = bundles.places(self.folder)
        return ImportMap({module: self.url(file) for module, file in placed.items()} | self._common)

    @cached_property
    def _common(self) -> dict[str, str]:
        words = {name[:-3]: self.url(name) for name in self.files if name.startswith(WORDS)}
        foreign = {name[7:-3]: self.url(name) for name in self.files if FOREIGN.fullmatch(name)}
        return words | foreign

    @cached_property
    def version(self) -> str:
        """Changes when any file does."""
        return hashlib.sha256("".join(f.hash for f in self.files.values()).encode()).hexdigest()[:12]

    @cached_property
    def shell(self) -> list[str]:
        """What the phone's page needs to open without a network."""
        wanted = [n for n in self.files if n.startswith(WORDS) or n in SHELL]
        drawings = [n for n in self.files if n.startswith("img/") and n.endswith((".svg", "192.png"))]
        return [self.url(name) for name in dict.fromkeys([*wanted, *drawings])]

    def send(self, name: str) -> Answer:
        """The file, compressed where the browser takes that; kept for ever under its hashed address."""
        file = self.files.get(name)
        if file is None:
            abort(404)
        return answer(file, FOREVER if request.args.get("v") == file.hash else SHORT)


def _served(path: Path, folder: Path) -> bytes:
    ours = path.suffix == ".js" and path.relative_to(folder).parts[0] not in AS_THEY_ARE
    return without_comments(path.read_text(encoding="utf-8")).encode() if ours else path.read_bytes()


@cache
def below(folder: Path) -> Assets:
    """The files of this folder, read once a process, however many applications it makes."""
    return Assets(folder)


def answer(file: File, keep: str) -> Answer:
    """The bytes as this browser takes them, or 304; `keep` is the Cache-Control."""
    encoding, body = _encoded(file, request.headers.get("Accept-Encoding", ""))
    response = Response(body, content_type=file.type)
    response.headers["Cache-Control"] = keep
    response.set_etag(file.hash)
    if file.zipped:
        response.headers["Vary"] = "Accept-Encoding"
    if encoding:
        response.headers["Content-Encoding"] = encoding
    return response.make_conditional(request)


def _encoded(file: File, accepted: str) -> tuple[str, bytes]:
    """The smallest form of those that the browser takes."""
    if file.brotli and "br" in accepted:
        return "br", file.brotli
    return ("gzip", file.kept) if file.zipped and "gzip" in accepted else ("", file.body)


def same_for_all(text: str, suffix: str) -> Answer:
    """A text that is the same for everybody; browsers ask each time whether it has changed."""
    return answer(_made(text, suffix), ASK)


@lru_cache(maxsize=8)
def _made(text: str, suffix: str) -> File:
    return packed(text.encode(), suffix)


def install(app: Flask, assets: Assets) -> None:
    """Serve the files under /static/ and give templates `asset()`, `import_map()` and `phone_import_map()`."""
    app.add_url_rule("/static/<path:name>", "static", assets.send)
    app.jinja_env.globals.update(
        asset=assets.url,
        import_map=lambda: assets.import_map.element,
        phone_import_map=lambda: assets.phone_import_map.element,
    )
