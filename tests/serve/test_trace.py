"""In a real server every line of a request carries the number that its answer, and an error's page, shows."""

from __future__ import annotations

import http.client
import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from sqlalchemy import create_engine, text

from tests.ports import free_port
from tests.serve.running import Running, environment, running
from tests.serve.test_wsgi import served

ORIGIN = "https://zz.example.cn"


@pytest.fixture
def logging_server(mode: str, tmp_path: Path) -> Iterator[Running]:
    with running(mode, tmp_path, LOG=str(tmp_path / "log")) as server:
        yield server


def lines(written: str) -> list[dict[str, Any]]:
    return [json.loads(each) for each in written.splitlines() if each.startswith("{")]


def ids_of_three_requests(server: Running, name: str) -> dict[str, str]:
    """What was asked for, and the id of its answer: one after another on one connection."""
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)) as connection:
        answers = {}
        for word in (f"{name}1", f"{name}2", f"{name}3"):
            connection.request("GET", f"/slow/{word}")
            answer = connection.getresponse()
            answer.read()
            answers[word] = answer.headers["X-Request-Id"]
        return answers


def test_requests_that_run_at_once_keep_their_ids_apart(logging_server: Running) -> None:
    with ThreadPoolExecutor(6) as pool:
        asked = pool.map(lambda name: ids_of_three_requests(logging_server, name), "abcdef")
    ids = {word: number for answers in asked for word, number in answers.items()}
    written = lines((logging_server.data_dir / "log").read_text())
    assert len(set(ids.values())) == 18
    for word, number in ids.items():
        of_it = [each for each in written if each["id"] == number]
        said = [each.get("message", each.get("path")) for each in of_it]
        assert said == [f"begun {word}", f"halfway {word}", f"Exception on /slow/{word} [GET]", f"/slow/{word}"]
        assert f"ValueError: {word}" in of_it[2]["trace"]
    assert {each["id"] for each in written} == set(ids.values())


def test_the_number_on_an_error_page_finds_its_traceback(mode: str, tmp_path: Path) -> None:
    env = environment(mode, tmp_path, PORT=free_port())
    with served(env, tmp_path) as server:
        loses_a_table(tmp_path)
        status, number, page = failing_login(server)
        server.tell_to_stop()
        written = lines(server.process.communicate(timeout=20)[1])
    assert (status, number in page) == (500, True)
    failure, answered = [each for each in written if each.get("id") == number]
    assert "no such table: candidate" in failure["trace"]
    assert (failure["level"], answered["path"], answered["status"]) == ("ERROR", "/login", 500)
    assert [each for each in written if "trace" in each] == [failure]


def loses_a_table(folder: Path) -> None:
    engine = create_engine(f"sqlite:///{folder}/zhengzhao.db")
    with engine.begin() as db:
        db.execute(text("ALTER TABLE candidate RENAME TO lost"))
    engine.dispose()


def failing_login(server: Running) -> tuple[int, str, str]:
    """Status, id and page of the answer to a login."""
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)) as connection:
        connection.request("GET", "/login")
        opened = connection.getresponse()
        [csrf] = re.findall(r'<meta name="csrf" content="([^"]+)"', opened.read().decode())
        cookies = "; ".join(each.partition(";")[0] for each in opened.headers.get_all("Set-Cookie") or [])
        form = urlencode({"csrf": csrf, "name": "010126000001", "password": "zikao-demo"})
        told = {"Content-Type": "application/x-www-form-urlencoded", "Origin": ORIGIN, "Cookie": cookies}
        connection.request("POST", "/login", form, told)
        answer = connection.getresponse()
        return answer.status, str(answer.headers["X-Request-Id"]), answer.read().decode()
