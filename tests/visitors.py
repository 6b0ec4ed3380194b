"""Browsers without a screen: a visitor who presses buttons, a desk of a candidate, a phone."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from typing import TypeAlias
from urllib.parse import urlencode

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.page import FIELDS, Page, filled_in, repeated
from tests.people import PASSWORD, Person, login_name

JSONValue: TypeAlias = "str | float | Sequence[JSONValue] | Mapping[str, JSONValue] | None"
FieldValue = str | int | bytes | list[str]
Fields = Mapping[str, FieldValue]
PHONE_AGENT = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile"


class Visitor:
    """One browser. Every page it is shown is held against the rules for pages."""

    def __init__(self, app: Flask, origin: str, client: FlaskClient | None = None) -> None:
        self.origin, self.client = origin, client or app.test_client()
        self.page, self.address = Page(""), ""

    def get(self, path: str, **headers: str | None) -> TestResponse:
        """Open an address; redirects are not followed."""
        return self._keep(path, self.client.get(path, base_url=self.origin, headers=_dashed(headers)))

    def go(self, path: str) -> Page:
        """Open an address, wherever it leads; the page."""
        answer = self.get(path)
        while answer.status_code in (301, 302, 303):
            answer = self.get(answer.location)
        return self.page

    def post(self, path: str, fields: Fields | None = None, **headers: str | None) -> TestResponse:
        """Post a form as our own pages would, with whatever csrf this session has; the bare answer."""
        form = {"csrf": self.csrf(), **(fields or {})}
        sent = {"Origin": self.origin} | _dashed(headers)
        return self._keep(path, self.client.post(path, base_url=self.origin, data=form, headers=sent))

    def press(self, button: str, **fields: FieldValue) -> Page:
        """Press a button of the page that is shown, with whatever its form holds; the page that follows."""
        form, pressed = self.page.button(button)
        assert "disabled" not in pressed.attrib, f"{button} cannot be pressed"
        unknown = set(fields) - {each.get("name") for each in form.iter() if each.tag in FIELDS}
        assert not unknown, f"no such fields: {unknown}"
        name = pressed.get("name")
        given = fields | ({name: pressed.get("value", "")} if name else {})
        if form.get("method") == "get":
            return self.go(f"{form.get('action')}?{urlencode(given)}")
        address = pressed.get("formaction") or form.attrib["action"]
        answer = self.post(address, {**filled_in(form), **repeated(form), **given})
        return self.go(answer.location) if answer.status_code in (302, 303) else self.page

    def log_in(self, person: Person, password: str = PASSWORD) -> Page:
        """准考证号, 密码, 登录; the page that follows."""
        self.go("/login")
        return self.press("登录", name=login_name(person), password=password)

    def csrf(self) -> str:
        """The token that this session's pages carry; an empty string before the first page."""
        with self.client.session_transaction(base_url=self.origin) as session:
            return str(session.get("csrf", ""))

    def cookie(self, name: str) -> str | None:
        """The value of a cookie this browser holds, None without."""
        host = self.origin.partition("://")[2].partition(":")[0]
        found = self.client.get_cookie(name, domain=host)
        return found.value if found else None

    def _keep(self, path: str, answer: TestResponse) -> TestResponse:
        if answer.mimetype == "text/html" and answer.data and not 300 <= answer.status_code < 400:
            self.page, self.address = Page(answer.text), path
            assert self.page.problems() == [], f"{path} is not well-formed"
        return answer


class Desk(Visitor):
    """A candidate's PC."""

    def open_dialog(self) -> Page:
        """申请."""
        self.go("/apply")
        return self.press("申请")

    def to_specification(self) -> Page:
        """申请, the tick, 确认无误."""
        self.open_dialog()
        return self.press("确认无误", agree="yes")

    def to_code(self) -> Page:
        """Up to the QR code."""
        self.to_specification()
        return self.press("我知道了，去拍照")

    def code(self) -> TestResponse:
        """What the page asks for when it shows a code: the bare answer."""
        headers = {"Origin": self.origin, "X-CSRF": self.csrf(), "Accept": "application/json"}
        return self.client.post("/pairings/code", base_url=self.origin, headers=headers)

    def token(self) -> str:
        """The secret of a fresh code."""
        answer = self.code()
        assert answer.status_code == 200, answer.text
        return link_token(answer)

    def typed(self) -> str:
        """The code to type that a fresh QR code comes with."""
        return str(self.code().get_json()["typed"])

    def look(self) -> Page:
        """The dialog as it is now."""
        return self.go("/apply/capture")


class Phone:
    """A phone's browser, speaking docs/api.md."""

    def __init__(self, app: Flask, origin: str, client: FlaskClient | None = None, agent: str = PHONE_AGENT) -> None:
        self.origin, self.agent, self.client = origin, agent, client or app.test_client()

    def call(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        json: JSONValue = None,
        **headers: str | None,
    ) -> TestResponse:
        """One call with the headers that every change needs."""
        usual = {"X_Zhengzhao": "phone", "Origin": self.origin, "User_Agent": self.agent}
        return self.client.open(
            path, method=method, base_url=self.origin, data=body, json=json, headers=_dashed(usual | headers)
        )

    def claim(self, token: str, **more: JSONValue) -> TestResponse:
        return self.call("POST", "/m/claim", json={"token": token, **more})

    def type(self, code: JSONValue, **more: JSONValue) -> TestResponse:
        """What stands below the QR code, typed."""
        return self.call("POST", "/m/claim", json={"typed": code, **more})

    def state(self, **headers: str | None) -> TestResponse:
        return self.call("GET", "/m/state", None, None, **headers)

    def report(self, code: JSONValue, **more: JSONValue) -> TestResponse:
        return self.call("POST", "/m/progress", json={"code": code, **more})

    def confirm(self) -> TestResponse:
        """确认无误 on the phone, with the consent it was shown."""
        return self.report("confirmed", consent=self.state().get_json()["consent"]["version"])

    def transfer(self) -> str:
        """换浏览器打开: the token of the link."""
        return link_token(self.call("POST", "/m/transfer"))

    def send(self, picture: bytes, kind: str = "image/jpeg", **headers: str | None) -> TestResponse:
        """The whole picture at once."""
        return self.call("POST", "/m/captures", picture, None, **announcement(picture, kind) | headers)

    def announce(self, picture: bytes, kind: str = "image/jpeg", **headers: str | None) -> TestResponse:
        """Say that a picture will come in pieces."""
        said = announcement(picture, kind) | {"Upload_Complete": "?0"} | headers
        return self.call("POST", "/m/captures", None, None, **said)

    def offset(self, picture: bytes) -> TestResponse:
        return self.call("HEAD", address(picture))

    def append(self, picture: bytes, start: int, stop: int | None = None, **headers: str | None) -> TestResponse:
        """The piece from `start` to `stop`; without `stop` it is the last."""
        said = {
            "Content_Type": "application/partial-upload",
            "Upload_Offset": str(start),
            "Upload_Complete": "?1" if stop is None else "?0",
        }
        return self.call("PATCH", address(picture), picture[start:stop], None, **said | headers)

    def delete(self, picture: bytes) -> TestResponse:
        return self.call("DELETE", address(picture))


def announcement(picture: bytes, kind: str = "image/jpeg") -> dict[str, str]:
    """The headers that come with a whole picture."""
    digest = base64.b64encode(hashlib.sha256(picture).digest()).decode()
    return {
        "Content_Type": kind,
        "Upload_Complete": "?1",
        "Upload_Length": str(len(picture)),
        "Repr_Digest": f"sha-256=:{digest}:",
    }


def address(picture: bytes) -> str:
    """Where an upload in pieces lives."""
    return f"/m/captures/{hashlib.sha256(picture).hexdigest()}"


def link_token(answer: TestResponse) -> str:
    """The secret of the link in an answer."""
    return str(answer.get_json()["url"]).partition("#")[2]


def reason(answer: TestResponse) -> tuple[int, str]:
    """The status and the code of a refusal."""
    return answer.status_code, answer.get_json()["error"]["code"]


def _dashed(headers: Mapping[str, str | None]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items() if value is not None}


Pair = tuple[Desk, Phone]
