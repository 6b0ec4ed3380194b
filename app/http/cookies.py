"""The session cookie: over HTTPS its name binds it to this host, over plain HTTP (localhost) it works too."""

from __future__ import annotations

from flask import Flask, request
from flask.sessions import SecureCookieSessionInterface


class Sessions(SecureCookieSessionInterface):
    """Flask's signed cookie; named and secured by the scheme of the request."""

    def get_cookie_name(self, app: Flask) -> str:  # noqa: ARG002
        return "__Host-session" if request.is_secure else "session"

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002
        return request.is_secure

    def get_cookie_samesite(self, app: Flask) -> str:  # noqa: ARG002
        return "Lax"
