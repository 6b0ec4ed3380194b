"""Headers of every answer: nothing from other hosts, nothing personal kept by caches."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Flask, Response, request

from app.http.assets import Assets
from app.http.bundles import WORKERS

# A worker obeys the policy that it came with, not its page's: WebAssembly here and nowhere else, no socket, no frame.
OF_A_WORKER = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"
PERMISSIONS = "camera=(self), microphone=(), geolocation=(), payment=(), usb=(), screen-wake-lock=(self)"


def install(app: Flask, assets: Assets, hsts: bool) -> None:
    """Set the headers after every request; views may set stricter caching themselves. Raises StaleBundles."""
    import_maps = (assets.import_map.hash, assets.phone_import_map.hash)

    @app.after_request
    def headers(response: Response) -> Response:
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if request.endpoint != "static" or response.mimetype == "image/svg+xml":
            of_a_page(response, policy(import_maps, request.host))
        elif (request.view_args or {}).get("name") in WORKERS:
            response.headers["Content-Security-Policy"] = OF_A_WORKER
        response.headers.setdefault("Cache-Control", "private, no-store")
        if hsts and request.is_secure:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        return response


def of_a_page(response: Response, content_policy: str) -> None:
    """What a browser heeds in documents only; scripts and styles go without."""
    response.headers["Content-Security-Policy"] = content_policy
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = PERMISSIONS
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"


def policy(import_maps: Iterable[str], host: str) -> str:
    """The content security policy. The sockets are named for browsers whose 'self' does not cover them."""
    return "; ".join(
        (
            "default-src 'none'",
            " ".join(("script-src 'self'", *(f"'{each}'" for each in import_maps))),
            "style-src 'self'",
            "img-src 'self' blob:",
            "media-src 'self' blob:",
            "font-src 'self'",
            f"connect-src 'self' ws://{host} wss://{host}",
            "manifest-src 'self'",
            "worker-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )
