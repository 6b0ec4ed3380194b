"""Who may open a socket, how much may be said on it, and what a request may carry: a real server in each mode."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

import pytest
from socketio import SimpleClient

from bench.people import Person, arrive
from tests.e2e.world import World
from tests.serve.running import let_go

POLL = "/socket.io/?EIO=4&transport=polling"
UPGRADE = (
    "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\nOrigin: {origin}\r\nCookie: {cookie}\r\n"
    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
JUNK = [r'42["x",1]', r"4junk-junk", r"x", r"2", r"9", r"40/desk,[", r'42/desk,["x"]', r"451-[]", r"3"]
ALMOST_RELAYED = ['42/desk,["signal","watch"]', '42/desk,["signal","a",[]]', '42/desk,["prompt","live.well"]']
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module", params=["eventlet", "threading"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    running = World(tmp_path_factory.mktemp(request.param), request.param, MAX_SOCKETS="20").start()
    yield running
    running.stop()


@pytest.fixture
def person(server: World) -> Person:
    [somebody] = arrive(server, 1)
    return somebody


def ask(
    server: World, path: str, method: str = "GET", body: str | bytes | None = None, **headers: str
) -> tuple[int, str]:
    """The status and the body of one request."""
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)) as connection:
        connection.request(method, path, body, {"Origin": server.origin} | headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def websocket(server: World, cookie: str) -> tuple[socket.socket, bytes]:
    """A connection after its upgrade, or with what was said instead."""
    connection = socket.create_connection(("127.0.0.1", server.port), timeout=30)
    connection.sendall(UPGRADE.format(origin=server.origin, cookie=cookie).encode())
    return connection, connection.recv(4096)


@contextmanager
def knocking(server: World, cookie: str, words: str) -> Iterator[socket.socket]:
    """A websocket on which something was said."""
    connection, answer = websocket(server, cookie)
    with connection:
        assert answer.startswith(b"HTTP/1.1 101")
        connection.sendall(frame(words))
        yield connection


def frame(text: str) -> bytes:
    """A websocket's text frame, masked with nothing."""
    return bytes([0x81, 0x80 | len(text)]) + bytes(4) + text.encode()


def listens(server: World, cookie: str, namespace: str = "/desk") -> bool:
    """Somebody whose socket gets in, and hears."""
    with SimpleClient(reconnection=False) as client:
        client.connect(server.origin, headers={"Cookie": cookie}, namespace=namespace, transports=["websocket"])
        return client.sid is not None


@pytest.mark.parametrize("cookie", ["", "session=x", "phone=x", "session=eyJsb2dpbiI6ImEifQ.aaaaaa.bbbb"])
def test_a_stranger_opens_no_socket(server: World, cookie: str) -> None:
    assert ask(server, POLL, Cookie=cookie)[0] == 401
    connection, answer = websocket(server, cookie)
    with connection:
        assert answer.startswith(b"HTTP/1.1 401")


@pytest.mark.parametrize("query", ["&zsid=1", "&sid=", "&SID=1", "&sid=nobody", "&a=sid=1", "&sid=1&sid=2"])
def test_no_query_gets_past_the_door(server: World, person: Person, query: str) -> None:
    for _ in range(30):
        assert ask(server, POLL + query)[0] in (400, 401)
    assert listens(server, person.desk)


def test_two_hundred_strangers_take_no_room(server: World, person: Person) -> None:
    assert {ask(server, POLL)[0] for _ in range(200)} == {401}
    assert listens(server, person.desk)
    assert listens(server, person.phone, "/phone")


def test_one_person_takes_no_more_than_their_share_and_the_newest_count(server: World, person: Person) -> None:
    opened = [ask(server, POLL, Cookie=person.desk) for _ in range(12)]
    assert [status for status, _body in opened] == [200] * 12
    sids = [json.loads(body[1:])["sid"] for _status, body in opened]
    said = [ask(server, f"{POLL}&sid={sid}", "POST", "40/desk,", Cookie=person.desk)[0] for sid in sids]
    assert said == [400] * 4 + [200] * 8
    [somebody] = arrive(server, 1)
    assert listens(server, somebody.desk)
    assert listens(server, person.desk)


@pytest.mark.parametrize(("namespace", "who"), [("/desk", "desk"), ("/phone", "phone")])
def test_a_page_that_is_loaded_again_while_its_sockets_are_swallowed_hears_its_bell(
    server: World, person: Person, namespace: str, who: str
) -> None:
    cookie = getattr(person, who)
    with ExitStack() as swallowed:
        for _load in range(10):
            swallowed.enter_context(knocking(server, cookie, f"40{namespace},"))
        with SimpleClient(reconnection=False) as page:
            page.connect(server.origin, headers={"Cookie": cookie}, namespace=namespace, transports=["websocket"])
            phone = {"Cookie": person.phone, "X-Zhengzhao": "phone", "Content-Type": "application/json"}
            assert ask(server, "/m/progress", "POST", '{"code": "camera_busy"}', **phone)[0] == 200
            assert page.receive(timeout=30)[0] == "bell"


@pytest.mark.parametrize("words", [*JUNK, *ALMOST_RELAYED])
def test_who_talks_and_talks_is_closed_and_fills_no_log(server: World, person: Person, words: str) -> None:
    before = server.log().count("\n")
    with knocking(server, person.desk, words) as connection:
        with suppress(ConnectionError):
            for _ in range(5000):
                connection.sendall(frame(words))
        let_go(connection)
    lines = [line for line in server.log().splitlines()[before:] if "zhengzhao.requests" not in line]
    assert len(lines) <= 1, lines
    assert not any("trace" in json.loads(line) for line in lines)
    assert listens(server, person.desk)


@pytest.mark.parametrize("words", ["40", "40/,", "40/other,", "40/desk?x=1,", "40/desk"])
def test_other_namespaces_are_closed(server: World, person: Person, words: str) -> None:
    with knocking(server, person.desk, words) as connection:
        let_go(connection)


def test_a_seat_is_given_back_whatever_fails(server: World, person: Person) -> None:
    server.change("ALTER TABLE phone_session RENAME TO gone")
    try:
        assert [ask(server, POLL, Cookie=person.phone)[0] for _ in range(10)] == [503] * 10
    finally:
        server.change("ALTER TABLE gone RENAME TO phone_session")
    server.change("ALTER TABLE pairing_event RENAME TO gone")
    server.change("UPDATE pairing SET online = 0")
    try:
        for _ in range(10):
            assert listens(server, person.phone, "/phone")
    finally:
        server.change("ALTER TABLE gone RENAME TO pairing_event")
    assert listens(server, person.phone, "/phone")


def forms() -> list[str]:
    """Every address that takes a change, and some that take none."""
    return [
        "/login",
        "/logout",
        "/language",
        "/apply",
        "/apply/withdraw",
        "/review/undo",
        "/support/issue",
        "/nowhere",
        "/m/claim",
        "/m/progress",
        "/m/nowhere",
        "/pairings/code",
        "/socket.io/",
    ]


@pytest.mark.parametrize("path", forms())
def test_a_form_of_eleven_megabytes_is_read_by_nobody(server: World, path: str) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)) as connection:
        connection.putrequest("POST", path)
        for name, value in (FORM | {"Origin": server.origin, "Content-Length": str(11 << 20)}).items():
            connection.putheader(name, value)
        connection.endheaders(b"a&")  # the answer comes before the rest is sent
        assert connection.getresponse().status in (401, 413)


@pytest.mark.parametrize("body", ["[" * 8000, '{"a":' * 1500, "{}" + " " * 9000, "9" * 8000, '{"token": ' + "[" * 100])
@pytest.mark.parametrize("path", ["/m/claim", "/m/progress", "/m/transfer"])
def test_json_that_nobody_of_ours_sends_is_refused(server: World, path: str, body: str) -> None:
    said = {"Content-Type": "application/json", "X-Zhengzhao": "phone"}
    assert ask(server, path, "POST", body, **said)[0] in (400, 401, 413)


def test_pictures_have_their_own_bound(server: World) -> None:
    for path in ("/apply/documents/front", "/m/captures", "/m/documents/front"):
        said = {"Content-Type": "multipart/form-data; boundary=x", "X-Zhengzhao": "phone"}
        assert ask(server, path, "POST", b"x" * (1 << 20), **said)[0] in (400, 401, 415)


def test_no_host_and_no_scheme_of_a_proxy_is_stumbled_over(tmp_path: Path) -> None:
    behind = World(tmp_path, TRUSTED_PROXIES="1").start()
    try:
        [somebody] = arrive(behind, 1)
        for host, status in ((f"{'a' * 64}.example", 400), ("[", 400), ("zz.example.cn", 200)):
            assert ask(behind, "/login", **{"X-Forwarded-Host": host})[0] == status
        secure = {"X-Forwarded-Proto": "https", "Cookie": somebody.desk.replace("session=", "__Host-session=")}
        assert ask(behind, POLL, **secure)[0] == 200
        assert ask(behind, POLL, Cookie=secure["Cookie"])[0] == 401
    finally:
        behind.stop()
