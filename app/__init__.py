"""证照采集: the application, wired on one screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from app.config import Settings
    from app.parts import Parts

ROOT = Path(__file__).resolve().parent.parent
NO_ORIGIN = ["https://nowhere.invalid"]  # to Socket.IO an empty list is every origin


def create_app(config: Settings | None = None, parts: Parts | None = None) -> Flask:
    """The whole application. Without `config` the settings come from the environment.

    Everything is imported here, so that worker processes, which need a few modules only, start quickly.
    """
    from flask import Flask
    from flask_babel import Babel
    from werkzeug.middleware.proxy_fix import ProxyFix

    from app import cli
    from app.config import load
    from app.documents.actions import give_up as give_up_documents
    from app.documents.phone_views import pages as documents_phone
    from app.documents.views import pages as documents
    from app.graduation.forecast_views import pages as records
    from app.graduation.views import pages as graduation
    from app.identity.views import pages as identity
    from app.pairing.views import pages as pairing
    from app.parts import make_parts
    from app.portrait.giving_up import give_up as give_up_portrait
    from app.portrait.phone_views import pages as phone
    from app.portrait.upload_views import pages as upload
    from app.portrait.views import pages as portrait
    from app.printing.views import pages as printing
    from app.review.pages import ALL as review
    from app.serve.origins import public_origin, served_origins
    from app.support.views import pages as support
    from app.web import assets, bodies, cookies, door, errors, guard, headers, here, hosts, sockets, trace, words
    from app.web.views import pages as web

    app = Flask(__name__, root_path=str(ROOT), static_folder=None)
    cli.install(app)
    if config is None and cli.needs_no_settings():
        return app
    settings = config or load(async_mode="threading")  # only the launcher serves, and it brings its settings
    made = parts or make_parts(settings)
    origins = served_origins(settings)
    files = assets.below(ROOT / "static")
    app.config.update(
        SECRET_KEY=settings.secret_keys[-1],
        SECRET_KEY_FALLBACKS=settings.secret_keys[:-1],
        BABEL_DEFAULT_LOCALE="zh",
        BABEL_TRANSLATION_DIRECTORIES="app/translations",
    )
    app.extensions.update(
        parts=made,
        assets=files,
        public_origin=lambda: public_origin(settings),
        zhengzhao_close=made.close,
        standing=[],
        give_up=[give_up_documents, give_up_portrait],
    )
    app.session_interface = cookies.Sessions()
    Babel(app, locale_selector=here.language, default_timezone="Asia/Shanghai")
    trace.install(app)
    bodies.install(app)
    guard.install(app, origins)
    errors.install(app)
    assets.install(app, files)
    headers.install(app, files, hsts=settings.public_url.startswith("https://"))
    for pages in (
        web,
        identity,
        graduation,
        records,
        pairing,
        documents,
        documents_phone,
        portrait,
        phone,
        upload,
        *review,
        support,
        printing,
    ):
        app.register_blueprint(pages)
    words.install(app, lambda: public_origin(settings))
    app.wsgi_app = hosts.Named(app.wsgi_app)  # type: ignore[method-assign]
    app.wsgi_app = door.Door(app.wsgi_app, 2 * settings.hashers, settings.login_queue)  # type: ignore[method-assign]
    app.extensions["socketio"] = sockets.install(app, made, origins or NO_ORIGIN)
    if n := settings.trusted_proxies:  # before all that ask: sockets too want to know how the browser came
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n, x_host=n)  # type: ignore[method-assign]
    app.wsgi_app = trace.Traced(app.wsgi_app)  # type: ignore[method-assign]
    return app
