"""`/metrics` on an address of its own: what alerts and the board ask for is there, and nothing of a person."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from app.config import load
from app.start import kept_secrets
from tests.backup.load import Browser
from tests.e2e.world import World
from tests.house.tree import ROOT
from tests.people import PASSWORD
from tests.ports import free_port

NAME = re.compile(r"\b(?:zhengzhao|process)_[a-z_]+\b")
EXPRESSION = re.compile(r"^\s+expr: (.+)$", re.MULTILINE)
SOMEBODY = "010126000011"


class Watched:
    """A server, and what it tells whoever watches it."""

    def __init__(self, world: World, port: int) -> None:
        self.world, self.port = world, port

    def ask(self, path: str, port: int | None = None) -> tuple[int, str]:
        connection = HTTPConnection("127.0.0.1", port or self.port, timeout=60)
        connection.request("GET", path, headers={"Host": "localhost"})
        answer = connection.getresponse()
        said = answer.read().decode()
        connection.close()
        return answer.status, said


@pytest.fixture(scope="module", params=["eventlet", "threading"])
def watched(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    port = free_port()
    folder = tmp_path_factory.mktemp(f"watched-{request.param}")
    world = World(folder, request.param, METRICS_ADDRESS=f"127.0.0.1:{port}").start()
    browser = Browser(world)
    assert browser.post("/login", "/login", name=SOMEBODY, password=PASSWORD)[0] == 302
    browser.ask("GET", "/apply")
    browser.ask("GET", f"/apply/picture/{'a' * 64}")
    browser.ask("GET", "/nowhere/at/all")
    yield Watched(world, port)
    world.stop()


def test_everything_that_alerts_and_board_ask_for_is_there(watched: Watched) -> None:
    status, said = watched.ask("/metrics")
    names = set(NAME.findall(said))
    alerts = EXPRESSION.findall((ROOT / "deploy" / "alerts.yml").read_text())
    board = json.loads((ROOT / "deploy" / "grafana.json").read_text())
    asked = [target["expr"] for panel in board["panels"] for target in panel["targets"]]
    assert (status, len(alerts) > 10, len(asked) > 15) == (200, True, True)
    wanted = {name for expression in alerts + asked for name in NAME.findall(expression)}
    assert wanted - names == set()


def test_requests_are_counted_by_their_route(watched: Watched) -> None:
    said = watched.ask("/metrics")[1]
    assert 'zhengzhao_requests_total{method="POST",route="/login",status="302"} 1.0' in said
    assert 'route="/apply/picture/<sha256>",status="404"' in said
    assert 'route="other",status="404"' in said
    assert 'zhengzhao_request_seconds_count{method="GET",route="/apply"}' in said


def test_nothing_of_a_person_is_in_it(watched: Watched) -> None:
    said = watched.ask("/metrics")[1]
    assert [word for word in (SOMEBODY, "a" * 64, "nowhere") if word in said] == []


def test_checks_of_ready_and_what_the_database_knows_are_in_it(watched: Watched) -> None:
    said = watched.ask("/metrics")[1]
    for check in ("database", "store", "inspector", "disk", "clock"):
        assert f'zhengzhao_ready{{check="{check}"}}' in said
    assert "zhengzhao_database_up 1.0" in said
    assert "zhengzhao_last_backup_timestamp_seconds 0.0" in said
    assert 'zhengzhao_jobs{state="waiting"} 0.0' in said
    assert 'zhengzhao_loop_lag_seconds_bucket{le="+Inf"}' in said


def test_it_is_never_on_the_public_port_and_nothing_else_is_on_its_own(watched: Watched) -> None:
    assert watched.ask("/metrics", watched.world.port)[0] in (302, 404)
    for path in ("/", "/login", "/health", "/static/css/base.css"):
        assert watched.ask(path)[0] == 404


def test_ready_says_so_on_the_public_port(watched: Watched) -> None:
    checks = {"inspector": False}
    while not checks["inspector"]:  # it loads its networks after the start
        checks = json.loads(watched.ask("/ready", watched.world.port)[1])["checks"]
    assert [name for name, well in checks.items() if not well] == []
    assert watched.ask("/ready", watched.world.port)[0] == 200


@pytest.mark.parametrize("wrong", ["9105", "127.0.0.1:", "127.0.0.1:many", ":9105", "127.0.0.1:70000"])
def test_an_address_without_its_port_stops_the_start(tmp_path: Path, wrong: str) -> None:
    secrets = {name.lower(): value for name, value in kept_secrets(tmp_path).items()}
    with pytest.raises(SystemExit, match="METRICS_ADDRESS"):
        load(**secrets, metrics_address=wrong, _env_file=None)
