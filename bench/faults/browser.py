"""People as the server sees them: a browser that presses buttons, a desk, a phone that speaks docs/api.md."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import Protocol
from urllib.parse import urlencode, urlsplit

from bench.faults.asking import Answer, ask
from bench.faults.place import Place
from tests.e2e.conftest import newcomer
from tests.page import Page, filled_in

PASSWORD = "zikao-demo"
LAST4 = "000X"  # of the candidate whom newcomers are like
UNLOCKED = re.compile(rb'id="next"(?! disabled)')
CSRF = re.compile(r'name="csrf" (?:content|value)="([^"]+)"')


class Where(Protocol):
    """All that a browser asks of a place."""

    port: int
    origin: str


class Browser:
    """Cookies, the page that is shown, its buttons."""

    def __init__(self, place: Where, address: str = "127.0.0.1") -> None:
        self.place, self.address = place, address
        self.cookies: dict[str, str] = {}
        self.page = Page("")

    @property
    def cookie(self) -> str:
        """As a header carries it."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    @property
    def csrf(self) -> str:
        """Of the page that is shown."""
        found = CSRF.search(self.page.html)
        return found[1] if found else ""

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        """One request with our cookies and our origin."""
        usual = {"Origin": self.place.origin} | ({"Cookie": self.cookie} if self.cookies else {})
        answer = ask(self.place.port, method, path, body, self.address, **usual | headers)
        for each in answer.headers.get_all("Set-Cookie", []):
            name, _, value = each.partition(";")[0].partition("=")
            self.cookies[name] = value
            if "Max-Age=0" in each or not value:
                del self.cookies[name]
        return answer

    def open(self, path: str) -> Answer:
        """Go there, wherever it leads."""
        answer = self.ask("GET", path)
        for _ in range(5):
            if answer.status not in (301, 302, 303):
                break
            answer = self.ask("GET", _path(answer.headers["Location"]))
        self._show(answer)
        return answer

    def post(self, path: str, fields: dict[str, str], **headers: str) -> Answer:
        """A form; redirects are not followed."""
        return self.ask(
            "POST", path, urlencode(fields).encode(), **{"Content_Type": "application/x-www-form-urlencoded"} | headers
        )

    def press(self, button: str, **fields: str) -> Answer:
        """Press a button of the page that is shown; the answer, and if it leads on, that page."""
        form, pressed = self.page.button(button)
        name = pressed.get("name")
        given = filled_in(form) | fields | ({name: pressed.get("value", "")} if name else {})
        answer = self.post(form.get("action", ""), given)
        if answer.status in (302, 303):
            self.open(_path(answer.headers["Location"]))
        else:
            self._show(answer)
        return answer

    def _show(self, answer: Answer) -> None:
        if "text/html" in answer.headers.get("Content-Type", ""):
            self.page = Page(answer.text)


class Desk(Browser):
    """A candidate's PC."""

    number = ""

    def log_in(self, number: str, password: str = PASSWORD) -> Answer:
        """The answer to the form; one who is asked for more (the last four of the ID) gives it."""
        self.number = number
        answer = self.open("/login")
        if not self.page.has_button("登录"):
            return answer
        answer = self.press("登录", name=number, password=password)
        if answer.status in (302, 303) or not (asked := self._asked()):
            return answer
        return self.press("登录", name=number, password=password, **asked)

    def _asked(self) -> dict[str, str]:
        """What the form of the login asks besides name and password: it can only be the last four."""
        fields = self.page.button("登录")[0].iter("input") if self.page.has_button("登录") else ()
        typed = [each for each in fields if each.get("type", "text") in ("text", "tel")]
        return {each.get("name", ""): LAST4 for each in typed if each.get("name") != "name"}

    def to_code(self) -> str:
        """From the login to the code; the secret that it carries."""
        self.open("/apply")
        self.press("申请")
        self.press("确认无误", agree="yes")
        self.press("我知道了，去拍照")
        return self.token()

    def token(self) -> str:
        """The secret of a fresh code."""
        answer = self.ask("POST", "/pairings/code", X_CSRF=self.csrf, Accept="application/json")
        if answer.status != 200:
            raise RuntimeError(f"no code: {answer.status} {answer.text[:300]}")
        return str(answer.json["url"]).partition("#")[2]

    def is_unlocked(self) -> bool:
        """Whether the panel's button can be pressed."""
        return bool(UNLOCKED.search(self.ask("GET", "/apply/capture/panel", X_Poll="1").body))


class Phone(Browser):
    """A phone's page."""

    def call(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        """With the header that every change needs."""
        return self.ask(method, path, body, **{"X_Zhengzhao": "phone"} | headers)

    def say(self, path: str, **what: str) -> Answer:
        """A JSON object."""
        return self.call("POST", path, json.dumps(what).encode(), Content_Type="application/json")

    def take(self, token: str) -> None:
        """Claim and confirm. Raises RuntimeError when it may not."""
        claimed = self.say("/m/claim", token=token)
        if claimed.status != 200:
            raise RuntimeError(f"not claimed: {claimed.status} {claimed.text[:300]}")
        self.say("/m/progress", code="confirmed", consent=claimed.json["consent"]["version"])

    def send(self, picture: bytes, kind: str = "image/jpeg", **headers: str) -> Answer:
        """The whole picture at once, or (`Upload_Complete="?0"`, no body) its announcement."""
        digest = base64.b64encode(hashlib.sha256(picture).digest()).decode()
        said = {
            "Content_Type": kind,
            "Upload_Complete": "?1",
            "Upload_Length": str(len(picture)),
            "Repr_Digest": f"sha-256=:{digest}:",
        } | headers
        return self.call("POST", "/m/captures", picture if said["Upload_Complete"] == "?1" else b"", **said)

    def append(self, picture: bytes, start: int, stop: int) -> Answer:
        """A piece that is not the last."""
        name = hashlib.sha256(picture).hexdigest()
        return self.call(
            "PATCH",
            f"/m/captures/{name}",
            picture[start:stop],
            Upload_Offset=str(start),
            Upload_Complete="?0",
            Content_Type="application/partial-upload",
        )


def paired(place: Place, number: str = "") -> tuple[Desk, Phone]:
    """A candidate at the shutter: somebody new, or who is named."""
    desk, phone = Desk(place), Phone(place)
    desk.log_in(number or newcomer(place))
    phone.take(desk.to_code())
    return desk, phone


def _path(location: str) -> str:
    return urlsplit(location)._replace(scheme="", netloc="").geturl()
