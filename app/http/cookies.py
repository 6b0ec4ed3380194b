"""The session cookie: over HTTPS its name binds it to this host, over plain HTTP (localhost) it works too."""

from __future__ import annotations

from flask import Flask, g, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin


class Sessions(SecureCookieSessionInterface):
    """Flask's signed cookie; named and secured by the scheme of the request."""

    def get_cookie_name(self, app: Flask) -> str:  # noqa: ARG002
        return "__Host-session" if request.is_secure else "session"

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002
        return request.is_secure

    def get_cookie_samesite(self, app: Flask) -> str:  # noqa: ARG002
        return "Lax"

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        """Not in an answer to what comes from elsewhere: the browser has sent no cookie with that (SameSite), and would
        replace the one that it has; whoever is logged in would be logged out by a stranger's page."""
        return not g.get("foreign") and super().should_set_cookie(app, session)
