"""People at work on a real server, from several threads: logins, pictures, hand-overs."""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from queue import Empty, SimpleQueue
from urllib.parse import urlencode

from bench.people import Person
from bench.shots import picture
from tests.e2e.world import World
from tests.people import PASSWORD

CSRF = re.compile(r'name="csrf" value="([^"]+)"')
FORM = "application/x-www-form-urlencoded"
THREADS = 3


class Browser:
    """One cookie jar."""

    def __init__(self, world: World, cookie: str = "") -> None:
        self._world = world
        self._jar = dict([cookie.split("=", 1)]) if cookie else {}

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, str]:
        """Status and body of one request. Header names are given with underscores."""
        connection = HTTPConnection("127.0.0.1", self._world.port, timeout=60)
        cookies = "; ".join(f"{name}={value}" for name, value in self._jar.items())
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        host = self._world.origin.removeprefix("http://")
        connection.request(method, path, body, {"Host": host, "Origin": self._world.origin, "Cookie": cookies, **given})
        answer = connection.getresponse()
        said = answer.read().decode(errors="replace")
        for each in answer.headers.get_all("Set-Cookie", []):
            name, _, value = each.partition(";")[0].partition("=")
            self._jar[name] = value
        connection.close()
        return answer.status, said

    def post(self, page: str, path: str, **fields: str) -> tuple[int, str]:
        """Send a form of a page; status and body of the answer."""
        found = CSRF.search(self.ask("GET", page)[1])
        assert found, page
        return self.ask("POST", path, urlencode({"csrf": found[1], **fields}).encode(), Content_Type=FORM)


@dataclass
class Load:
    """What was acknowledged so far: hashes of pictures, numbers of logins, hand-overs."""

    world: World
    waiting: SimpleQueue[Person] = field(default_factory=SimpleQueue)
    pictures: list[tuple[Person, str]] = field(default_factory=list)
    handed_over: list[Person] = field(default_factory=list)
    logins: list[int] = field(default_factory=list)
    _stopped: threading.Event = field(default_factory=threading.Event)
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def wait_for(self, hand_overs: int) -> None:
        """Return once so many were acknowledged."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.handed_over) >= hand_overs, 120), self.world.log()

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """Within the block people work."""
        threads = [threading.Thread(target=self._work, args=(number,)) for number in range(THREADS)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._stopped.set()
            for thread in threads:
                thread.join()

    def _work(self, number: int) -> None:
        for turn in itertools.count(number):
            if self._stopped.is_set():
                return
            try:
                self._log_in(f"01012600001{1 + turn % 9}")
                self._whole_way(self.waiting.get_nowait())
            except (Empty, OSError, HTTPException):
                continue

    def _log_in(self, name: str) -> None:
        if Browser(self.world).post("/login", "/login", name=name, password=PASSWORD)[0] == 302:
            self.logins.append(1)

    def _whole_way(self, person: Person) -> None:
        body, phone, desk = picture(), Browser(self.world, person.phone), Browser(self.world, person.desk)
        digest = hashlib.sha256(body)
        sent = phone.ask(
            "POST",
            "/m/captures",
            body,
            Content_Type="image/jpeg",
            X_Zhengzhao="phone",
            Upload_Complete="?1",
            Upload_Length=str(len(body)),
            Repr_Digest=f"sha-256=:{base64.b64encode(digest.digest()).decode()}:",
        )
        assert sent[0] == 201, sent
        self.pictures.append((person, digest.hexdigest()))
        answer = desk.post("/apply/capture", "/apply/capture/hand-over", sha256=digest.hexdigest())
        if answer[0] == 303 and 'href="/apply"' in answer[1]:
            with self._changed:
                self.handed_over.append(person)
                self._changed.notify_all()
