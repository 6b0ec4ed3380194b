"""The drivers of `make faults` still run, at small counts, and their tables say what was found."""

from __future__ import annotations

import json
import random
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from bench.faults import __main__ as faults
from bench.faults.findings import MODES, QUICK, WAYS, Driver, Finding
from bench.faults.front import adapted, config_of
from bench.faults.malformed import heads
from bench.faults.mutations import bodies, mutated, seeds
from bench.faults.place import Place
from bench.faults.raw import frame, is_open, pour, status_of
from tests.e2e.world import ROOT

EVERY = [driver for table in faults.TABLES for driver in faults.drivers(table)]
DRIVER = Driver("one", lambda _place, _counts: {}, (Finding("wait", "a wait", "ms", most=5), Finding("seen", "seen")))
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/sbin:/bin")


def test_every_figure_has_a_name_of_its_own() -> None:
    names = [f"{driver.name}.{finding.key}" for driver in EVERY for finding in driver.findings]
    assert len(set(names)) == len(names)


def test_every_figure_of_the_old_code_stands_beside_one_that_is_still_measured() -> None:
    old = json.loads(faults.OLD.read_text())
    known = {
        f"{driver.name}.{finding.key}.{mode}.{way}"
        for driver in EVERY
        for finding in driver.findings
        for mode in driver.modes
        for way in driver.ways
    }
    assert old["commit"]
    assert old["figures"]
    assert set(old["figures"]) - known == set()


def test_a_row_says_mode_and_way_and_whether_it_is_as_wanted() -> None:
    figures = {"one.wait.eventlet.direct": 4.0, "one.wait.threading.nginx": 6.5, "one.seen.eventlet.direct": 2.0}
    rows = faults.rows_of(DRIVER, figures, {"one.wait.eventlet.direct": 9000.0})
    assert [row.cells() for row in rows] == [
        ("a wait · eventlet", "4 ms", "9,000 ms", "0.00×", "≤ 5", "yes"),
        ("a wait · threading · nginx", "6.5 ms", "", "", "≤ 5", "NO"),
        ("seen · eventlet", "2", "", "", "", ""),
    ]


def test_a_driver_that_brings_no_figure_misses_what_is_wanted() -> None:
    rows = faults.rows_of(DRIVER, {"one.wait.eventlet.direct": float("nan")}, {})
    assert [row.met for row in rows] == [False]


def test_the_file_for_nginx_is_what_runs_in_front() -> None:
    text = adapted(config_of(ROOT), 8001, 8002)
    assert "listen 127.0.0.1:8001 default_server;" in text
    assert "server 127.0.0.1:8002;" in text
    assert "server_name localhost;" in text
    assert "ssl" not in text


def test_a_file_for_nginx_without_what_is_replaced_is_no_base_for_figures() -> None:
    with pytest.raises(ValueError, match="has no"):
        adapted("server { listen 80; }", 1, 2)


def test_the_documents_of_deployment_name_the_file() -> None:
    assert "deploy/nginx.conf" in (ROOT / "docs" / "deploy.md").read_text()


def test_malformed_heads_are_all_different_and_none_is_wanted_to_be_an_error() -> None:
    known = heads(8000)
    assert len({head for _name, head, _wanted in known}) == len(known) > 70
    assert not {status for _name, _head, wanted in known for status in wanted} & {500, 502, 504}


def test_mutations_are_the_same_for_a_seed_and_differ_from_the_pictures() -> None:
    first, again = list(bodies(3, 30)), list(bodies(3, 30))
    assert first == again
    good = {body for known in seeds().values() for body in known}
    assert sum(body not in good for body, _kind in first) >= 29
    assert {kind for _body, kind in first} == set(seeds())
    assert mutated(b"abc" * 100, random.Random(1)) != mutated(b"abc" * 100, random.Random(2))


def test_a_socket_that_was_hung_up_is_known() -> None:
    ours, theirs = socket.socketpair()
    with ours:
        assert is_open(ours, 0.05)
        theirs.sendall(b"HTTP/1.1 403 Forbidden\r\n\r\n")
        assert status_of(ours) == 403
        theirs.close()
        assert not is_open(ours, 0.05)
        assert not pour(ours, frame("4zz") * 10)


def test_a_junk_frame_has_nine_bytes() -> None:
    assert len(frame("4zz")) == 9


@pytest.mark.parametrize("way", [way for way in WAYS if way == "direct" or NGINX])
def test_a_server_is_tried_from_outside(tmp_path: Path, way: str) -> None:
    """One driver alone and one behind nginx, really run: whatever their figures are, they are all there."""
    place = Place(tmp_path, MODES[0], way)
    try:
        place.start()
        assert place.workers()
        assert place.megabytes() > 10
        driver = next(each for each in EVERY if each.name == {"direct": "gone", "nginx": "handshakes"}[way])
        assert set(driver.run(place, QUICK)) == {finding.key for finding in driver.findings}
    finally:
        place.stop()


def test_an_unknown_table_is_refused() -> None:
    done = subprocess.run(
        [place_python(), "-m", "bench.faults", "nothing"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "strangers" in done.stderr


def place_python() -> str:
    return str(ROOT / ".venv" / "bin" / "python")
