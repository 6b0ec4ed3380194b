"""What `bundle.js` makes at set-up: few files of the phone's many modules, and brotli of what browsers get."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

FOLDER = "bundles"
WORKERS = (f"{FOLDER}/worker.js",)


class StaleBundles(RuntimeError):
    """They are missing, or were made of other scripts than those beside them."""

    def __init__(self) -> None:
        super().__init__("static/bundles is not of these scripts: run `make static/bundles/ready`")


def short_hash(body: bytes) -> str:
    """What names a file's content in its address."""
    return hashlib.sha256(body).hexdigest()[:12]


def places(static: Path) -> dict[str, str]:
    """For each module of the phone's page (`pairing/page`) the file it is in (`bundles/phone.js`).

    Raises StaleBundles.
    """
    try:
        made: dict[str, dict[str, str]] = json.loads((static / FOLDER / "modules.json").read_text(encoding="utf-8"))
        sources = {module: hash_ for modules in made.values() for module, hash_ in modules.items()}
        if any(short_hash((static / f"js/{module}.js").read_bytes()) != hash_ for module, hash_ in sources.items()):
            raise StaleBundles
    except FileNotFoundError:
        raise StaleBundles from None
    files = {module: f"{FOLDER}/{name}.js" for name, modules in made.items() for module in modules}
    return {module: file for module, file in files.items() if file not in WORKERS}


def pressed(static: Path) -> dict[str, bytes]:
    """Brotli, by the hash of what it is of."""
    return {path.stem: path.read_bytes() for path in (static / FOLDER / "pressed").glob("*.br")}
