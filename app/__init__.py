"""证照采集: the application, wired on one screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from app.config import Settings
    from app.dependencies import Dependencies

ROOT = Path(__file__).resolve().parent.parent
NO_ORIGIN = ["https://nowhere.invalid"]  # to Socket.IO an empty list is every origin


def create_app(config: Settings | None = None, dependencies: Dependencies | None = None) -> Flask:
    """The whole application. Without `config` the settings come from the environment.

    Everything is imported here, so that worker processes, which need a few modules only, start quickly.
    """
    from flask import Flask
    from flask_babel import Babel
    from werkzeug.middleware.proxy_fix import ProxyFix

    from app import cli
    from app.config import load
    from app.dependencies import make_dependencies
    from app.documents.actions import give_up as give_up_documents
    from app.http import assets, bodies, cookies, current, errors, headers, hosts, trace
    from app.http.login_queue import LoginQueue
    from app.phone import sockets
    from app.portrait.withdrawal_actions import give_up as give_up_portrait
    from app.serve.origins import public_origin, served_origins
    from app.site import guard, template_context
    from app.slices import BLUEPRINTS

    app = Flask(__name__, root_path=str(ROOT), static_folder=None)
    cli.install(app)
    if config is None and cli.needs_no_settings():
        return app
    settings = config or load(async_mode="threading")  # only the launcher serves, and it brings its settings
    made = dependencies or make_dependencies(settings)
    origins = served_origins(settings)
    files = assets.below(ROOT / "static")
    app.config.update(
        SECRET_KEY=settings.secret_keys[-1],
        SECRET_KEY_FALLBACKS=settings.secret_keys[:-1],
        BABEL_DEFAULT_LOCALE="zh",
        BABEL_TRANSLATION_DIRECTORIES="app/translations",
    )
    app.extensions.update(
        dependencies=made,
        zhengzhao_close=made.close,
        standing=[],
        give_up=[give_up_documents, give_up_portrait],
    )
    provided = made.provided()
    provided.add(assets.Assets, files)
    provided.add(current.PublicOrigin, lambda: public_origin(settings))
    provided.install(app)
    app.session_interface = cookies.Sessions()
    Babel(app, locale_selector=current.language, default_timezone="Asia/Shanghai")
    trace.install(app)
    bodies.install(app)
    guard.install(app, origins)
    errors.install(app)
    assets.install(app, files)
    headers.install(app, files, hsts=settings.public_url.startswith("https://"))
    for pages in BLUEPRINTS:
        app.register_blueprint(pages)
    template_context.install(app)
    app.wsgi_app = hosts.Named(app.wsgi_app)  # type: ignore[method-assign]
    app.wsgi_app = LoginQueue(  # type: ignore[method-assign]
        app.wsgi_app, "/login", 2 * settings.hashers, settings.login_queue
    )
    app.extensions["socketio"] = sockets.install(app, made.db, settings, origins or NO_ORIGIN)
    if n := settings.trusted_proxies:  # before all that ask: sockets too want to know how the browser came
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n, x_host=n)  # type: ignore[method-assign]
    app.wsgi_app = trace.Traced(app.wsgi_app)  # type: ignore[method-assign]
    return app
