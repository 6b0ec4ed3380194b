"""Targets that worker processes run in tests."""

from __future__ import annotations

import builtins
import os
import signal
import time
from pathlib import Path
from typing import TypedDict

import numpy

from app.base.workers.frames import Header


class Asked(TypedDict, total=False):
    """What a test asks of a target."""

    do: str
    say: str
    pipe: str
    seconds: float
    bytes: int
    where: str
    server: int
    files: list[str]


Answer = tuple[Header, bytes]


def job(header: Asked, body: bytes) -> Answer:
    """Do what `do` says; the answer tells which process did it."""
    return DEEDS[header["do"]](header, body)


def echo(header: Asked, body: bytes) -> Answer:
    return {"pid": os.getpid(), "maker": os.getppid(), "said": header.get("say")}, body[::-1]


def hear(header: Asked, body: bytes) -> Answer:
    """What is said through a pipe that somebody else opens."""
    with open(header["pipe"], "rb") as pipe:
        return {}, pipe.read()


def spin(header: Asked, body: bytes) -> Answer:
    while True:
        pass


def nap(header: Asked, body: bytes) -> Answer:
    time.sleep(header["seconds"])
    return echo(header, body)


def grab(header: Asked, body: bytes) -> Answer:
    return {"size": len(bytearray(header["bytes"]))}, b""


def end(header: Asked, body: bytes) -> Answer:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("still alive")


def fail(header: Asked, body: bytes) -> Answer:
    raise ValueError("on purpose")


LEFT: list[bytes] = []


def leave(header: Asked, body: bytes) -> Answer:
    """Put the body where the next job might find it, after looking for what the last one put there."""
    found = find(header, body)
    {"module": LEFT, "builtins": builtins.__dict__.setdefault("left", []), "memory": []}[header["where"]].append(body)
    return found


def find(header: Asked, body: bytes) -> Answer:
    """Whether something of another job is there: in a module, in the interpreter, or in memory that was freed."""
    places = {"module": lambda: LEFT, "builtins": lambda: getattr(builtins, "left", []), "memory": _scraps}
    return {"found": bool(places[header["where"]]())}, b""


def _scraps() -> list[int]:
    """What uninitialised memory holds of the words that the other job was given."""
    return [1 for size in (64, 4096, 100_000) for _ in range(50) if b"face of" in memory(size)]


def memory(size: int) -> bytes:
    """Bytes as the allocator gives them."""
    return numpy.empty(size, numpy.uint8).tobytes()


def look(header: Asked, body: bytes) -> Answer:
    links = (os.readlink(f"/proc/self/fd/{fd}") for fd in os.listdir("/proc/self/fd") if _is_open(fd))
    return {
        "nice": os.nice(0),
        "environment": dict(os.environ),
        "files": [link for link in links if not link.startswith("/proc")],
    }, b""


def _is_open(fd: str) -> bool:
    return os.path.lexists(f"/proc/self/fd/{fd}")


DEEDS = {
    "echo": echo,
    "spin": spin,
    "nap": nap,
    "grab": grab,
    "end": end,
    "fail": fail,
    "look": look,
    "hear": hear,
    "leave": leave,
    "find": find,
}


def say(pipe: Path) -> None:
    """What a job hears that was told to `hear`."""
    pipe.write_bytes(b"meanwhile")
