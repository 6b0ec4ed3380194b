"""What `make run` prepares: secrets that are made once, and settings in their order."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from app.config import WrongSetting, load
from app.start import KEPT, environment, kept_secrets


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to start in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_new_folder_gets_secrets_of_its_own(here: Path) -> None:
    first, second = kept_secrets(here / "one"), kept_secrets(here / "two")
    assert set(first) == {"SECRET_KEY", "STORE_KEYS"}
    assert not set(first.values()) & set(second.values())


def test_they_are_made_once_and_kept(here: Path) -> None:
    assert kept_secrets(here / "var") == kept_secrets(here / "var")


def test_nobody_else_on_the_machine_can_read_them(here: Path) -> None:
    before = os.umask(0)
    try:
        kept_secrets(here / "var")
    finally:
        os.umask(before)
    assert stat.S_IMODE((here / "var" / KEPT).stat().st_mode) == 0o600
    assert stat.S_IMODE((here / "var").stat().st_mode) == 0o700


def test_a_start_with_nothing_given_is_a_complete_demo(here: Path) -> None:
    made = environment({})
    assert {name: made[name] for name in ("DEMO", "PORT", "TLS_PORT", "DATA_DIR")} == {
        "DEMO": "1",
        "PORT": "5000",
        "TLS_PORT": "5443",
        "DATA_DIR": "var",
    }
    assert load(**{name.lower(): value for name, value in made.items()}).demo


def test_the_environment_counts_before_the_file_and_the_file_before_what_was_kept(here: Path) -> None:
    kept_secrets(here / "var")
    (here / ".env").write_text("PORT=6001\nTLS_PORT=6002\nSECRET_KEY=from the file\n")
    made = environment({"PORT": "7001"})
    assert (made["PORT"], made["TLS_PORT"], made["SECRET_KEY"]) == ("7001", "6002", "from the file")
    assert made["STORE_KEYS"].startswith("demo:")


def test_the_folder_may_be_named_in_the_file(here: Path) -> None:
    (here / ".env").write_text("DATA_DIR=elsewhere\n")
    environment({})
    assert (here / "elsewhere" / KEPT).exists()
    assert not (here / "var").exists()


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"secret_key": ""}, "SECRET_KEY"),
        ({"secret_key": "short"}, "SECRET_KEY"),
        ({"store_keys": ""}, "STORE_KEYS"),
        ({"store_keys": "one:short"}, "STORE_KEYS"),
        ({"port": "many"}, "PORT"),
        ({"public_url": "no origin"}, "PUBLIC_URL"),
        ({"async_mode": "asyncio"}, "ASYNC_MODE"),
        ({"rotate_seconds": 200}, "ROTATE_SECONDS"),
    ],
)
def test_a_wrong_or_missing_setting_stops_the_start_and_is_named(
    here: Path, given: dict[str, int] | dict[str, str], named: str
) -> None:
    right = {name.lower(): value for name, value in kept_secrets(here / "var").items()}
    assert load(**right, _env_file=None)
    with pytest.raises(WrongSetting) as stopped:
        load(**right | given, _env_file=None)
    [line] = str(stopped.value).splitlines()[1:]
    assert line.startswith(f"  {named}: ")
    assert not [value for value in given.values() if value and str(value) in str(stopped.value)]
