"""证照采集: the application."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from app.config import Settings
    from app.dependencies import Dependencies

ROOT = Path(__file__).resolve().parent.parent


def create_app(config: Settings | None = None, parts: Dependencies | None = None) -> Flask:
    """The whole application. Without `config` the settings come from the environment; `parts` replace its dependencies.

    Everything is imported here, so that worker processes, which need a few modules only, start quickly.
    """
    from flask import Flask

    from app import cli, wiring
    from app.config import load
    from app.dependencies import make_dependencies

    app = Flask(__name__, root_path=str(ROOT), static_folder=None)
    cli.install(app)
    if config is None and cli.needs_no_settings():
        return app
    settings = config or load(async_mode="threading")  # only the launcher serves, and it brings its settings
    made = parts or make_dependencies(settings)
    wiring.configure(app, settings)
    wiring.connect(app, made)
    wiring.surround(app, made)
    return app
