"""Who holds the event loop is named; who only waits, or a machine that sleeps, is not."""

from __future__ import annotations

import json
import re
import signal
import sys
from pathlib import Path

import pytest

from app.serve.watchdog import named
from tests.serve.running import Running, running

HOLDS = ("sleeping", "computing", "inside")


def lines(log: Path, about: str = "small_app") -> list[dict[str, str]]:
    """What was logged about a place; a start on a busy machine holds the loop by itself."""
    read = map(json.loads, log.read_text().splitlines())
    return [each for each in read if each["logger"] == "zhengzhao.watchdog" and about in each["message"]]


def hold(server: Running, how: str, times: int = 1) -> None:
    """Hold the loop until that was noticed so often: on a machine that has no time for anybody, nobody is blamed."""
    while len(server.ask("http", "/held")[1].split()) < times:
        assert server.ask("http", f"/hold/{how}")[0] == 200
        beats = int(server.ask("http", "/lag")[1].split()[0])
        while int(server.ask("http", "/lag")[1].split()[0]) < beats + 4:
            pass


@pytest.mark.parametrize("how", HOLDS)
def test_what_holds_the_loop_is_named_with_how_long_and_for_which_request(tmp_path: Path, how: str) -> None:
    with running("eventlet", tmp_path, LOG=str(tmp_path / "log")) as server:
        hold(server, how)
        [line] = lines(tmp_path / "log")
        asked = [read for read in map(json.loads, (tmp_path / "log").read_text().splitlines()) if "path" in read]
    assert re.fullmatch(r"the event loop was held for \d+\.\d\d s by tests/serve/small_app.py:hold", line["message"])
    assert "tests/serve/small_app.py:hold:" in line["stack_of_main"]
    assert line["id"] in {each["id"] for each in asked if each["path"].startswith("/hold")}


def test_it_is_logged_once_and_counted_each_time(tmp_path: Path) -> None:
    with running("eventlet", tmp_path, LOG=str(tmp_path / "log")) as server:
        hold(server, "sleeping", times=2)
        assert len(lines(tmp_path / "log")) == 1


def test_nothing_is_named_when_the_machine_slept_or_requests_only_wait(tmp_path: Path) -> None:
    with running("eventlet", tmp_path, LOG=str(tmp_path / "log")) as server:
        server.ask("http", "/slow/waiting")
        server.process.send_signal(signal.SIGSTOP)
        with server.connect("http") as asked:
            asked.settimeout(0.7)
            asked.sendall(b"GET /ping HTTP/1.0\r\n\r\n")
            with pytest.raises(TimeoutError):
                asked.recv(1)
            server.process.send_signal(signal.SIGCONT)
            asked.settimeout(20)
            assert asked.recv(5) == b"HTTP/"
        hold(server, "sleeping")
        named_places = {line["message"].rpartition("by ")[2] for line in lines(tmp_path / "log", "")}
    assert named_places - {"app/serve/announce.py:announce"} == {"tests/serve/small_app.py:hold"}


def test_the_lag_is_measured_in_both_modes(server: Running) -> None:
    while int(server.ask("http", "/lag")[1].split()[0]) < 2:
        pass
    assert float(server.ask("http", "/lag")[1].split()[1]) < 10


def test_threads_hold_nobody_up(tmp_path: Path) -> None:
    with running("threading", tmp_path, LOG=str(tmp_path / "log")) as server:
        server.ask("http", "/hold/sleeping")
        assert lines(tmp_path / "log") == []


def test_a_stack_is_told_from_the_inside() -> None:
    seen = named(sys._getframe())
    assert seen.where == "tests/serve/test_watchdog.py:test_a_stack_is_told_from_the_inside"
    assert seen.request == ""
