"""What systemd does with a unit, in short: its environment, its commands in order, its orderly stop."""

from __future__ import annotations

import os
import select
import signal
import subprocess
from collections import defaultdict
from pathlib import Path
from typing import TypedDict

from tests.deploy.place import Place

USUAL = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}
# Keeps the exit code of what it starts in a file, and its own number and that of what it started in another.
WATCH = 'run=$1; shift; "$@" & echo $$ $! >$run/main; wait $!; echo $? >$run/exit'
CLEAN = 0


class Around(TypedDict):
    """What a command of a unit finds: its folder, its environment, its umask."""

    cwd: str
    env: dict[str, str]
    umask: int


def unit(place: Place, name: str) -> dict[str, list[str]]:
    """The assignments of an installed unit's file, key by key."""
    found = defaultdict(list)
    for line in (place.root / "etc" / "systemd" / "system" / name).read_text().splitlines():
        key, equals, value = line.partition("=")
        if equals and not line.startswith(("#", ";")):
            found[key].append(value)
    return found


def settings_of(file: Path) -> dict[str, str]:
    """An EnvironmentFile as systemd reads it: a comment is a line of its own, what follows a value is part of it."""
    lines = [line.strip() for line in file.read_text().splitlines()]
    return dict(line.split("=", 1) for line in lines if line and not line.startswith(("#", ";")))


def start(place: Place, name: str) -> None:
    """Everything that the unit tells; returns once ExecStart has begun, of a `oneshot` once it has ended."""
    told = unit(place, name)
    for folder in told["StateDirectory"]:
        (place.root / "var" / "lib" / folder).mkdir(mode=int(told["StateDirectoryMode"][0], 8), exist_ok=True)
    for command in told["ExecStartPre"]:
        _run(place, told, command)
    if told["Type"] == ["oneshot"]:
        for command in told["ExecStart"]:
            _run(place, told, command)
        return
    [command] = told["ExecStart"]
    with (place.root / "run" / "journal").open("a") as journal:
        subprocess.Popen(
            ["sh", "-c", WATCH, "sh", str(place.root / "run"), *command.split()],
            **_around(told),
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=journal,
            stderr=journal,
        )


def stop(place: Place, name: str) -> int:
    """SIGTERM to the main process alone (KillMode=mixed), SIGKILL after TimeoutStopSec; its exit code."""
    run = place.root / "run"
    if not (run / "main").exists():
        return CLEAN
    watcher, main = map(int, (run / "main").read_text().split())
    (run / "main").unlink()
    end(main, watcher, float(unit(place, name)["TimeoutStopSec"][0]))
    return int((run / "exit").read_text())


def end(main: int, last: int | None = None, patience: float = 30) -> None:
    """SIGTERM to a process, after so many seconds SIGKILL; returns once it, or the last one there, is gone."""
    over = os.pidfd_open(last or main)
    os.kill(main, signal.SIGTERM)
    if not select.select([over], [], [], patience)[0]:
        os.kill(main, signal.SIGKILL)
        select.select([over], [], [])
    os.close(over)


def _run(place: Place, told: dict[str, list[str]], command: str) -> None:
    with (place.root / "run" / "journal").open("a") as journal:
        subprocess.run(command.split(), **_around(told), stdout=journal, stderr=journal, check=True)


def _around(told: dict[str, list[str]]) -> Around:
    given = dict(each.split("=", 1) for each in told["Environment"])
    read = [settings_of(Path(file)) for file in told["EnvironmentFile"]]
    environment = USUAL | given
    for settings in read:
        environment |= settings
    return {"cwd": told["WorkingDirectory"][0], "env": environment, "umask": int(told["UMask"][0], 8)}
