"""Debian's WebKitGTK, the nearest thing here to an iPhone, through its own driver: https://www.w3.org/TR/webdriver2/"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Literal

import urllib3

from tests.e2e.driven import Action, Driven
from tests.ports import free_port
from tests.visitors import JSONValue

BROWSER: JSONValue = {"args": ["--automation", "--enable-mock-capture-devices=true"]}
PHONE: JSONValue = {"width": 412, "height": 915}
# The driver's functions answer by their last argument.
ANSWER = """const [answer] = arguments;
({function})().then((value) => answer({{ value }}), (error) => answer({{ error: String(error) }}));"""
# It may still be starting.
PATIENCE = urllib3.Retry(100, read=0, backoff_factor=0.05, backoff_max=0.3)


class WebKit(Driven):
    """One window of it, as large as a phone's."""

    def __init__(self, driver: str) -> None:
        self._http = urllib3.PoolManager(retries=PATIENCE, timeout=60)
        self._session = f"{driver}/session"
        opened = self._ask("POST", "", {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": BROWSER}}})
        self._session += f"/{opened['sessionId']}"
        self.version = opened["capabilities"]["browserVersion"]
        self._ask("POST", "/window/rect", PHONE)

    def open(self, address: str) -> None:
        self._ask("POST", "/url", {"url": address})

    def act(self, actions: list[Action]) -> None:
        self._ask("POST", "/actions", {"actions": actions})

    def call(self, function: str) -> str:
        done = self._ask("POST", "/execute/async", {"script": ANSWER.format(function=function), "args": []})
        assert "value" in done, done
        return str(done["value"])

    def close(self) -> None:
        """The window and all that it kept."""
        self._ask("DELETE", "")
        self._http.clear()

    def _ask(self, method: Literal["POST", "DELETE"], path: str, body: JSONValue = None) -> Any:
        answer = self._http.request(method, self._session + path, json=body).json()["value"]
        assert not (isinstance(answer, dict) and "stacktrace" in answer), answer
        return answer


@contextmanager
def webkit(folder: Path) -> Iterator[WebKit]:
    """A WebKitGTK of its own on a screen of its own; what it keeps lives in `folder`."""
    with ExitStack() as stack:
        places = {name: str(folder) for name in ("HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
        environment = {**os.environ, **places, "DISPLAY": _screen(stack), "LANGUAGE": "zh_CN"}
        port = free_port()
        with (folder / "driver.log").open("w") as log:
            command = ["WebKitWebDriver", f"--port={port}"]
            driver = stack.enter_context(subprocess.Popen(command, env=environment, stdout=log, stderr=log))
            stack.callback(driver.terminate)
        window = WebKit(f"http://127.0.0.1:{port}")
        stack.callback(window.close)
        yield window


def _screen(stack: ExitStack) -> str:
    """A screen that nobody looks at; its name."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]
    screen = stack.enter_context(subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL))
    stack.callback(screen.terminate)
    os.close(writing)
    with os.fdopen(reading) as number:
        return f":{number.readline().strip()}"
