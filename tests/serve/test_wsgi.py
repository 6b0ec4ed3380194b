"""The launcher, with the real application behind it."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.base.db import Database
from tests.ports import free_port
from tests.serve.running import ROOT, Running, begin, environment

LAUNCHER = [str(ROOT / "wsgi.py")]


@pytest.mark.parametrize("missing", ["SECRET_KEY", "STORE_KEYS"])
def test_a_missing_secret_stops_the_start_and_is_named(tmp_path: Path, missing: str) -> None:
    env = environment("threading", tmp_path)
    del env[missing]
    launched = begin(LAUNCHER, env, tmp_path)
    _, err = launched.communicate(timeout=60)
    assert launched.returncode == 1
    assert f"{missing}: is missing" in err


def test_an_unknown_mode_stops_the_start_and_is_named(tmp_path: Path) -> None:
    launched = begin(LAUNCHER, environment("twisted", tmp_path), tmp_path)
    _, err = launched.communicate(timeout=60)
    assert launched.returncode == 1
    assert "ASYNC_MODE" in err


def test_dotenv_is_asked_when_the_environment_says_nothing(tmp_path: Path) -> None:
    env = environment("eventlet", tmp_path, PORT=free_port())
    del env["ASYNC_MODE"]
    (tmp_path / ".env").write_text("# ASYNC_MODE=eventlet\nexport ASYNC_MODE='threading'\n")
    assert_it_serves(env, tmp_path, "ASYNC_MODE=threading")


def test_it_serves_the_application_and_stops_in_order(mode: str, tmp_path: Path) -> None:
    assert_it_serves(environment(mode, tmp_path, PORT=free_port()), tmp_path, f"ASYNC_MODE={mode}")


def test_a_start_that_no_browser_could_send_anything_to_says_what_to_set(tmp_path: Path) -> None:
    env = environment("threading", tmp_path)
    del env["PUBLIC_URL"]
    launched = begin(LAUNCHER, env, tmp_path)
    _, err = launched.communicate(timeout=60)
    assert launched.returncode == 1
    assert "PUBLIC_URL" in err


def test_a_database_of_another_version_stops_the_start(tmp_path: Path) -> None:
    launched = begin(LAUNCHER, environment("threading", tmp_path), tmp_path)
    _, err = launched.communicate(timeout=60)
    assert launched.returncode == 1
    assert "flask upgrade" in err


def assert_it_serves(env: dict[str, str], cwd: Path, expected: str) -> None:
    database = Database(f"sqlite:///{env['DATA_DIR']}/zhengzhao.db")
    database.upgrade()
    database.engine.dispose()
    launched = begin(LAUNCHER, env, cwd)
    try:
        server = Running(launched, int(env["PORT"]), 0, cwd)
        server.says(expected)
        assert server.ask("http", "/login")[0] == 200
        server.tell_to_stop()
        _, err = launched.communicate(timeout=20)
        assert (launched.returncode, "Traceback" in err) == (0, False)
    finally:
        launched.kill()
        launched.communicate()
