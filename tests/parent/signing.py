"""What a parent system signs, written down a second time: not with the code that checks it."""

from __future__ import annotations

import base64
import hmac
import itertools
import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.world import World

KEYS = {"p1": b"p" * 32, "p2": b"q" * 32}
KEYS_TEXT = ",".join(f"{name}:{base64.b64encode(key).decode()}" for name, key in KEYS.items())
_nonces = itertools.count(1)


def mac(key: bytes, *lines: str, body: bytes = b"") -> str:
    """HMAC-SHA256 over lines, and what follows them."""
    return hmac.new(key, "\n".join(lines).encode() + body, sha256).hexdigest()


def launch_fields(candidate: str, at: datetime, key: str = "p1", following: str = "") -> dict[str, str]:
    """The form that lets somebody in."""
    time, nonce = str(int(at.timestamp())), f"nonce-number-{next(_nonces):08d}"
    signed = mac(KEYS[key], "launch", key, candidate, time, nonce, following)
    return {"key": key, "candidate": candidate, "time": time, "nonce": nonce, "next": following, "mac": signed}


def launch(world: World, browser: FlaskClient, fields: dict[str, str]) -> TestResponse:
    """Post it as a page of the parent system makes a browser do: from there, without a cookie of ours."""
    sent = {"Origin": "https://parent.example", "Sec-Fetch-Site": "cross-site"}
    elsewhere = world.app.test_client()
    answer = elsewhere.post("/launch", base_url=world.origin, data=fields, headers=sent)
    for cookie in answer.headers.getlist("Set-Cookie"):
        name, _sign, rest = cookie.partition("=")
        browser.set_cookie(name, rest.partition(";")[0], domain="localhost")
    return answer


def call(
    world: World,
    path: str,
    said: Any,
    request_id: str = "request-1",
    method: str = "POST",
    at: datetime | None = None,
    key: str = "p1",
    changed: Mapping[str, str | None] | None = None,
) -> TestResponse:
    """A signed request; headers that are `changed` are so after signing."""
    body = b"" if method == "GET" else said if isinstance(said, bytes) else json.dumps(said).encode()
    time = str(int((at or world.clock.now()).timestamp()))
    signed = mac(KEYS[key], "request", method, path, time, request_id, "", body=body)
    usual: dict[str, str | None] = {
        "Content-Type": "application/json",
        "Zhengzhao-Request": request_id,
        "Zhengzhao-Signature": f"key={key},time={time},mac={signed}",
    }
    sent = {name: value for name, value in (usual | dict(changed or {})).items() if value is not None}
    return world.app.test_client().open(path, method=method, base_url=world.origin, data=body, headers=sent)
