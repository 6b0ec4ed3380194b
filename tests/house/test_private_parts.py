"""What we use of libraries that they do not promise: each with its reason, and a test that fails when it changes.

A new version that fails here is no fault: read what has changed, then our file, then write the new fingerprint down.
"""

from __future__ import annotations

import ast
import hashlib
import socket
import ssl
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from importlib.util import find_spec
from pathlib import Path
from types import CodeType
from typing import NamedTuple

import pytest
import socketio

from tests.house.tree import ROOT, named, parsed, python_files

OUR_CODE = python_files("app", "bench", "tests", "wsgi.py")


class Part(NamedTuple):
    """A class or function of a library, as it was when our file was written for it."""

    path: str
    fingerprint: str
    ours: str
    reason: str


PARTS = [
    Part(
        "engineio.socket:Socket",
        "ef239309ccc81927",
        "app/http/admission.py",
        "`receive` of each socket is replaced, to count: every packet of every transport has to come through it. "
        "A socket is ended with close(wait=False, abort=True).",
    ),
    Part(
        "engineio.server:Server._handle_connect",
        "80eeebd591ab7d50",
        "app/http/admission.py",
        "The handler of `connect` finds the socket in `sockets` already; what it refuses is taken out again.",
    ),
    Part(
        "engineio.server:Server._trigger_event",
        "ff535f989ff283e9",
        "app/http/admission.py",
        "The three handlers are looked up in `handlers` each time, so that ours can stand before Socket.IO's.",
    ),
    Part(
        "eventlet.wsgi:HttpProtocol",
        "53e934106e9c8a26",
        "app/serve/eventlet_server.py",
        "Strict heads, deadlines and metered websockets hang on setup, handle, finish, handle_one_request, "
        "get_environ, `rfile` and `connection`.",
    ),
    Part(
        "eventlet.wsgi:Server.process_request",
        "5db9e7b963fe10c5",
        "app/serve/eventlet_server.py",
        "A TimeoutError out of a conversation closes it and is logged nowhere.",
    ),
    Part(
        "eventlet.wsgi:server",
        "4c73517803f6e012",
        "app/serve/listener.py",
        "The loop of accept() is left in order on ENOTCONN, and takes any listener with "
        "accept, getsockname and family.",
    ),
    Part(
        "werkzeug.serving:WSGIRequestHandler.make_environ",
        "8effabf094f09576",
        "app/serve/threading_server.py",
        "A websocket's library gets its connection, which is metered, from `werkzeug.socket`.",
    ),
    Part(
        "werkzeug.serving:BaseWSGIServer.__init__",
        "2070ecd8d863bfae",
        "app/serve/threading_server.py",
        "It takes over an open listening socket (`fd`) and wraps nothing in TLS while `ssl_context` is None.",
    ),
    Part(
        "werkzeug.serving:WSGIRequestHandler.run_wsgi",
        "ad23ae3a6e7b2512",
        "app/serve/threading_server.py",
        "After the answer it reads on from `rfile`, which is empty once the connection is a websocket.",
    ),
]

# what begins with an underscore and is not ours → why it may be used
KNOWN = {
    "_typeshed": "Types of WSGI, for mypy alone.",
    "_current_frames": "Of sys: documented by Python.",
    "_getframe": "Of sys: documented by Python.",
    "_exit": "Of os: documented by Python.",
    "_replace": "Of named tuples: documented by Python.",
    "_real_close": "Of ssl.SSLSocket, which app/serve/shared_tls.py extends: pinned below.",
}


def source(path: str) -> str:
    """Of `package.module:Class.method`, read without importing it: eventlet wants to be imported by wsgi.py alone."""
    module, _, name = path.partition(":")
    package, _, rest = module.partition(".")
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    text = Path(spec.origin).with_name(f"{rest}.py").read_text()
    node: ast.AST = ast.parse(text)
    for wanted in name.split("."):
        [node] = [each for each in named(node) if each.name == wanted]
    return ast.get_source_segment(text, node) or ""


def fingerprint(path: str) -> str:
    return hashlib.sha256(source(path).encode()).hexdigest()[:16]


def ours() -> set[str]:
    """Every private name that our own code gives to something."""
    nodes = [node for path in OUR_CODE for node in ast.walk(parsed(path))]
    stored = {node.attr for node in nodes if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)}
    return stored | {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}


def private(path: Path) -> Iterator[str]:
    """Every private name that a file asks for: of anything but the object itself, or imported."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Attribute) and is_private(node.attr) and not is_itself(node.value):
            yield node.attr
        if isinstance(node, ast.ImportFrom | ast.Import):
            names = [getattr(node, "module", None) or "", *(each.name for each in node.names)]
            yield from (part for name in names for part in name.split(".") if is_private(part))


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def is_itself(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in ("self", "cls")


def calls(function: object) -> set[str]:
    """The names of what a function of Python's own library uses."""
    code = getattr(function, "__code__", None)
    assert isinstance(code, CodeType)
    return set(code.co_names)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.path)
def test_a_library_has_not_changed_what_we_hold_on_to(part: Part) -> None:
    assert fingerprint(part.path) == part.fingerprint, f"look at {part.ours}. {part.reason}"
    assert (ROOT / part.ours).exists()


def test_nothing_else_that_is_private_is_used() -> None:
    used = {name for path in OUR_CODE for name in private(path)}
    assert used - (ours() - KNOWN.keys()) == KNOWN.keys()


def test_the_events_of_sockets_go_where_ours_can_stand_before() -> None:
    engine = socketio.Server(async_mode="threading").eio
    assert {"connect", "message", "disconnect"} <= engine.handlers.keys()
    assert engine.sockets == {}
    assert engine.async_handlers is False, "what a socket says is heard in its own thread, and has its request's id"


def test_a_tls_socket_is_made_read_written_and_closed_by_the_doors_that_shared_tls_keeps() -> None:
    assert ssl.SSLContext.sslsocket_class is ssl.SSLSocket
    assert "__new__" in calls(vars(ssl.SSLSocket)["_create"].__func__)
    assert all("read" in calls(door) for door in (ssl.SSLSocket.recv, ssl.SSLSocket.recv_into))
    assert "send" in calls(ssl.SSLSocket.sendall)
    assert "_real_close" in calls(socket.socket.close) & set(vars(ssl.SSLSocket))


def test_a_head_is_read_line_by_line_from_rfile() -> None:
    assert {"rfile", "readline"} <= calls(BaseHTTPRequestHandler.handle_one_request)
    assert {"rfile", "parse_headers"} <= calls(BaseHTTPRequestHandler.parse_request)
