"""A stand-in for the parent system's site: another host than ours, with a button that leads to us."""

from __future__ import annotations

import html
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from app.base.clock import SystemClock
from tests.parent.signing import launch_fields
from tests.ports import free_port

BUTTON = "进入毕业申请"


def button_for(origin: str, fields: dict[str, str]) -> str:
    """A page with the form that lets somebody in."""
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{html.escape(value)}">' for name, value in fields.items()
    )
    form = f'<form method="post" action="{origin}/launch">{hidden}<button>{BUTTON}</button></form>'
    return f'<!doctype html><html lang="zh"><meta charset="utf-8"><title>考籍管理</title><h1>考籍管理</h1>{form}</html>'


@contextmanager
def parent_site(origin: str) -> Iterator[str]:
    """Its address: `/?candidate=…` has a fresh button at every look, `/kept?candidate=…` the same one for ever."""
    kept: dict[str, str] = {}

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            [number] = parse_qs(asked.query).get("candidate", [""])
            page = button_for(origin, launch_fields(number, SystemClock().now()))
            page = kept.setdefault(number, page) if asked.path == "/kept" else page
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_said: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", free_port()), Site)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
