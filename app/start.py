"""`make run`: what a newcomer needs around the server. Secrets are made once and kept, the demo's people are loaded."""

from __future__ import annotations

import base64
import os
import secrets
import sys
from collections.abc import Mapping
from pathlib import Path

from dotenv import dotenv_values

from app import ROOT, create_app
from app.base.files import make_folder
from app.config import load
from app.dependencies import Dependencies
from app.http.provided import provided_by

DEFAULTS = {
    "DEMO": "1",
    "PORT": "5000",
    "TLS_PORT": "5443",
    "DATA_DIR": "var",
    "SUPPORT_CONTACT": "020-00000000（样例）",
}
KEPT = "secrets.env"


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """The settings of this start: what is given, else `.env`, else the demo's defaults and the kept secrets."""
    written = {name: value for name, value in dotenv_values(".env").items() if value is not None}
    known = {**DEFAULTS, **written, **given}
    return {**kept_secrets(Path(known["DATA_DIR"])), **known}


def kept_secrets(folder: Path) -> dict[str, str]:
    """The secrets of this DATA_DIR; a new folder gets new ones."""
    file = folder / KEPT
    if not file.exists():
        make_folder(folder)
        key = base64.b64encode(secrets.token_bytes(32)).decode()
        with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as out:
            out.write(f"SECRET_KEY={secrets.token_urlsafe(48)}\nSTORE_KEYS=demo:{key}\n")
    return {name: value for name, value in dotenv_values(file).items() if value is not None}


def main() -> None:
    """Prepare, then become the server."""
    os.environ.update(environment(os.environ))
    settings = load(async_mode="threading")
    print(f"Preparing {settings.data_dir}/: database, demo people, keys. 准备数据库和演示数据。", flush=True)
    app = create_app(settings)
    dependencies = provided_by(app).get(Dependencies)
    dependencies.db.upgrade()
    if settings.demo:
        app.test_cli_runner().invoke(args=["demo"], catch_exceptions=False)
    dependencies.close()
    os.execv(sys.executable, [sys.executable, str(ROOT / "wsgi.py")])  # noqa: S606 — the same interpreter, our own file


if __name__ == "__main__":
    main()
