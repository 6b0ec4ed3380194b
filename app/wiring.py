"""How the application is put together: what its parts are, what looks at every request, what stands around it."""

from __future__ import annotations

from flask import Flask
from flask_babel import Babel
from werkzeug.middleware.proxy_fix import ProxyFix

from app import ROOT
from app.accounts.code_views import second_step
from app.application.contributions import Contributions
from app.config import Settings
from app.dependencies import Dependencies
from app.http import assets, bodies, cookies, current, errors, figures, headers, hosts, trace
from app.http.login_queue import LoginQueue
from app.http.slices import Slices
from app.identity.views import SecondStep
from app.imports.kind_actions import Kinds
from app.phone import sockets
from app.provision import provision
from app.serve.origins import public_origin, served_origins
from app.site import guard, template_context
from app.slices import CONTRIBUTIONS, SLICES

NO_ORIGIN = ["https://nowhere.invalid"]  # to Socket.IO an empty list is every origin


def configure(app: Flask, settings: Settings) -> None:
    """Flask's own settings, sessions and languages."""
    app.config.update(
        SECRET_KEY=settings.secret_keys[-1],
        SECRET_KEY_FALLBACKS=settings.secret_keys[:-1],
        BABEL_DEFAULT_LOCALE="zh",
        BABEL_TRANSLATION_DIRECTORIES="app/translations",
    )
    app.url_map.converters["int"] = hosts.RowNumber
    app.session_interface = cookies.Sessions()
    Babel(app, locale_selector=current.language, default_timezone="Asia/Shanghai")


def connect(app: Flask, dependencies: Dependencies) -> None:
    """The slices with everything that they ask for, and what looks at every request before and after them."""
    files = assets.below(ROOT / "static")
    provided = provision(dependencies)
    provided.add(Dependencies, dependencies)
    provided.add(Slices, Slices(SLICES, opened=(files.send,)))
    provided.add(Contributions, Contributions(CONTRIBUTIONS))
    provided.add(SecondStep, second_step)
    provided.add(Kinds, Kinds(SLICES))
    provided.add(assets.Assets, files)
    provided.add(current.PublicOrigin, lambda: public_origin(dependencies.settings))
    provided.install(app)
    trace.install(app)
    figures.install(app, dependencies.figures)
    bodies.install(app)
    guard.install(app, served_origins(dependencies.settings))
    errors.install(app)
    assets.install(app, files)
    headers.install(app, files, hsts=dependencies.settings.public_url.startswith("https://"))
    for each in SLICES:
        for pages in each.blueprints:
            app.register_blueprint(pages)
    template_context.install(app)


def surround(app: Flask, dependencies: Dependencies) -> None:
    """What stands before the application and lets requests in, from the inside to the outside."""
    settings = dependencies.settings
    app.wsgi_app = hosts.Named(app.wsgi_app)  # type: ignore[method-assign]
    logins = LoginQueue(app.wsgi_app, "/login", 2 * settings.hashers, settings.login_queue)
    app.wsgi_app = logins  # type: ignore[method-assign]
    admission = sockets.install(app, dependencies.db, settings, served_origins(settings) or NO_ORIGIN)
    if n := settings.trusted_proxies:  # before all that ask: sockets too want to know how the browser came
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n, x_host=n)  # type: ignore[method-assign]
    dependencies.figures.gauge("sockets_open", "Open sockets of pages and phones", lambda: len(admission))
    dependencies.figures.gauge("logins_waiting", "Logins that wait for their turn", lambda: len(logins))
    app.wsgi_app = trace.Traced(app.wsgi_app)  # type: ignore[method-assign]
