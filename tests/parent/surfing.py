"""A browser without a screen that talks to a real server, and comes from another site."""

from __future__ import annotations

import urllib.error
import urllib.request
from http.cookiejar import CookieJar
from urllib.parse import urlencode, urljoin

from tests.page import Page, filled_in


class Surfer:
    """Follows links and presses buttons."""

    def __init__(self, origin: str) -> None:
        self.origin, self.address, self.page = origin, origin, Page("")
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar())
        )

    def go(self, path: str) -> Page:
        """Open a page."""
        return self._open(urllib.request.Request(urljoin(self.address, path)))

    def post(self, path: str, fields: dict[str, str], origin: str = "") -> Page:
        """Send a form, from a page of this origin."""
        sent = {"Origin": origin or self.origin}
        body = urlencode(fields).encode()
        return self._open(urllib.request.Request(urljoin(self.address, path), body, sent))

    def press(self, button: str, **fields: str) -> Page:
        """Press a button of the page that is shown."""
        form, _pressed = self.page.button(button)
        return self.post(form.attrib["action"], {**filled_in(form), **fields})

    def _open(self, request: urllib.request.Request) -> Page:
        try:
            answer = self._opener.open(request, timeout=30)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            self.address = answer.url
            self.page = Page(answer.read().decode())
        return self.page
