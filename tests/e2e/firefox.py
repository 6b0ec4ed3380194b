"""Debian's Firefox through WebDriver BiDi, which it speaks by itself: https://www.w3.org/TR/webdriver-bidi/"""

from __future__ import annotations

import json
import os
import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import websocket

from tests.e2e.driven import Action, Driven
from tests.visitors import JSONValue

# A camera that shows moving colours, given without asking; nothing is fetched from outside.
PREFERENCES: dict[str, bool | int | str] = {
    "media.navigator.streams.fake": True,
    "media.navigator.permission.disabled": True,
    "intl.accept_languages": "zh-CN",
    "app.normandy.enabled": False,
    "browser.safebrowsing.downloads.remote.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
}
PHONE: JSONValue = {"width": 412, "height": 815}
ADDRESS = re.compile(r"WebDriver BiDi listening on (ws://\S+)")


class Firefox(Driven):
    """One window of it, as large as a phone's."""

    def __init__(self, socket: websocket.WebSocket) -> None:
        self._socket = socket
        self._asked = 0
        self.version = self._ask("session.new", capabilities={})["capabilities"]["browserVersion"]
        self._window = self._ask("browsingContext.getTree")["contexts"][0]["context"]
        self._ask("browsingContext.setViewport", context=self._window, viewport=PHONE)

    def open(self, address: str) -> None:
        self._ask("browsingContext.navigate", context=self._window, url=address, wait="complete")

    def act(self, actions: list[Action]) -> None:
        self._ask("input.performActions", context=self._window, actions=actions)

    def call(self, function: str) -> str:
        target = {"context": self._window}
        done = self._ask("script.callFunction", functionDeclaration=function, awaitPromise=True, target=target)
        assert done["type"] == "success", done
        return str(done["result"]["value"])

    def _ask(self, method: str, **parameters: JSONValue) -> Any:
        self._asked += 1
        self._socket.send(json.dumps({"id": self._asked, "method": method, "params": parameters}))
        answer: dict[str, Any] = {}
        while answer.get("id") != self._asked:
            answer = json.loads(self._socket.recv())
        assert answer["type"] == "success", answer
        return answer["result"]


@contextmanager
def firefox(folder: Path) -> Iterator[Firefox]:
    """A Firefox of its own; its profile lives in `folder`."""
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in PREFERENCES.items()]
    (folder / "user.js").write_text("".join(lines))
    with ExitStack() as stack:
        socket = websocket.create_connection(f"{_started(folder, stack)}/session", timeout=60, suppress_origin=True)
        yield Firefox(stack.enter_context(closing(socket)))


def _started(profile: Path, stack: ExitStack) -> str:
    """Start it; the address at which it listens."""
    command = ["firefox-esr", "--headless", "--no-remote", "--remote-debugging-port=0", f"--profile={profile}"]
    environment = {**os.environ, "HOME": str(profile)}
    process = stack.enter_context(
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment)
    )
    stack.callback(process.terminate)
    assert process.stderr
    for line in process.stderr:
        if found := ADDRESS.search(line):
            # What else it says must not fill the pipe.
            threading.Thread(target=process.stderr.read, daemon=True).start()
            return found[1]
    raise AssertionError("Firefox did not start")
