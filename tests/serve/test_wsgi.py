"""The launcher, with the real application behind it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.base.database import Database
from tests.base.test_sandbox import AS_SOMEBODY, SOMEBODY
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
    env = environment("threading", tmp_path, PORT=free_port())
    del env["PUBLIC_URL"]
    with served(env, tmp_path) as server:
        assert server.ask("http", "/login")[0] == 200
        server.tell_to_stop()
        assert "PUBLIC_URL" in server.process.communicate(timeout=20)[1]


def test_a_database_of_another_version_stops_the_start(tmp_path: Path) -> None:
    launched = begin(LAUNCHER, environment("threading", tmp_path), tmp_path)
    _, err = launched.communicate(timeout=60)
    assert launched.returncode == 1
    assert "flask upgrade" in err


def test_a_demo_leaves_the_terminal_to_addresses_and_qr_code(mode: str, tmp_path: Path) -> None:
    with served(environment(mode, tmp_path, PORT=free_port(), DEMO=1), tmp_path) as server:
        assert server.ask("http", "/login")[0] == 200
        server.tell_to_stop()
        _, err = server.process.communicate(timeout=20)
    assert (err, server.process.returncode) == ("", 0)
    assert '"path": "/login", "status": 200' in (tmp_path / "zhengzhao.log").read_text()


def test_nobody_can_read_its_secrets_off_the_process(mode: str, tmp_path: Path) -> None:
    env = environment(mode, tmp_path, PORT=free_port(), DATABASE_URL=f"sqlite:///{tmp_path}/of-its-own.db")
    with served(env, tmp_path) as server:
        seen = Path(f"/proc/{server.process.pid}/environ").read_bytes()
    assert f"ASYNC_MODE={mode}".encode() in seen
    hidden = [env[name].encode() for name in ("SECRET_KEY", "STORE_KEYS", "DATABASE_URL")]
    assert [value for value in hidden if value in seen] == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_who_runs_as_the_same_user_cannot_look_into_it(mode: str, tmp_path: Path) -> None:
    env = environment(mode, tmp_path, PORT=free_port())
    with served(env, tmp_path, AS_SOMEBODY) as server:
        process = Path(f"/proc/{server.process.pid}")
        assert f"Uid:\t{SOMEBODY}\t" in (process / "status").read_text()
        assert {(process / name).stat().st_uid for name in ("environ", "mem", "fd", "maps")} == {0}
        assert server.ask("http", "/login")[0] == 200


@contextmanager
def served(env: dict[str, str], cwd: Path, as_user: list[str] | None = None) -> Iterator[Running]:
    """The server, once it says that it is up; run by this user, the folder being theirs."""
    database = Database(env.get("DATABASE_URL", f"sqlite:///{env['DATA_DIR']}/zhengzhao.db"))
    database.upgrade()
    database.engine.dispose()
    for file in [cwd, *cwd.rglob("*")] if as_user else []:
        os.chown(file, SOMEBODY, SOMEBODY)
    become = "import os, sys; os.execvp(sys.argv[1], sys.argv[1:])"
    launched = begin(["-c", become, *as_user, sys.executable, *LAUNCHER] if as_user else LAUNCHER, env, cwd)
    try:
        server = Running(launched, int(env["PORT"]), 0, cwd)
        server.says("zhengzhao is up")
        yield server
    finally:
        launched.kill()
        launched.communicate()


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
