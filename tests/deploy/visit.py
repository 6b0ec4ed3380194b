"""What a PC and a phone ask the new server, through nginx and its certificate."""

from __future__ import annotations

import base64
import hashlib
import re
import socket
import ssl
from http.client import HTTPResponse, HTTPSConnection
from urllib.parse import urlencode

from tests.deploy.place import NAME, Place

ORIGIN = f"https://{NAME}"
CSRF = re.compile(r'name="csrf" value="([^"]+)"')


def ask(place: Place, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[HTTPResponse, str]:
    """One request to the server's name; the answer and its body. Header names are given with underscores."""
    trusting = ssl.create_default_context(cafile=place.certificate)
    connection = HTTPSConnection(NAME)
    connection.sock = trusting.wrap_socket(
        socket.create_connection(("127.0.0.1", place.port), timeout=60), server_hostname=NAME
    )
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body or None, {"Origin": ORIGIN, **given})
    answer = connection.getresponse()
    said = answer.read().decode()
    connection.close()
    return answer, said


def log_in(place: Place, name: str, password: str) -> HTTPResponse:
    """准考证号, 密码, 登录; the answer."""
    page, html = ask(place, "GET", "/login")
    cookie = (page.getheader("Set-Cookie") or "").partition(";")[0]
    found = CSRF.search(html)
    assert found, html
    form = urlencode({"csrf": found[1], "name": name, "password": password}).encode()
    kind = "application/x-www-form-urlencoded"
    return ask(place, "POST", "/login", form, Cookie=cookie, Content_Type=kind)[0]


def send(place: Place, cookie: str, picture: bytes) -> tuple[HTTPResponse, str]:
    """What a phone's page does with a JPEG when the link is good."""
    digest = base64.b64encode(hashlib.sha256(picture).digest()).decode()
    return ask(
        place,
        "POST",
        "/m/captures",
        picture,
        Cookie=cookie,
        Content_Type="image/jpeg",
        X_Zhengzhao="phone",
        Upload_Complete="?1",
        Upload_Length=str(len(picture)),
        Repr_Digest=f"sha-256=:{digest}:",
    )
