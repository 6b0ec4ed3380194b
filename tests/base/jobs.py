"""Targets that worker processes run in tests."""

import builtins
import os
import signal
import time

import numpy


def job(header, body):
    """Do what `do` says; the answer tells which process did it."""
    return DEEDS[header["do"]](header, body)


def echo(header, body):
    return {"pid": os.getpid(), "maker": os.getppid(), "said": header.get("say")}, body[::-1]


def hear(header, body):
    """What is said through a pipe that somebody else opens."""
    with open(header["pipe"], "rb") as pipe:
        return {}, pipe.read()


def spin(header, body):
    while True:
        pass


def nap(header, body):
    time.sleep(header["seconds"])
    return echo(header, body)


def grab(header, body):
    return {"size": len(bytearray(header["bytes"]))}, b""


def end(header, body):
    os.kill(os.getpid(), signal.SIGKILL)


def fail(header, body):
    raise ValueError("on purpose")


LEFT = []


def leave(header, body):
    """Put the body where the next job might find it, after looking for what the last one put there."""
    found = find(header, body)
    {"module": LEFT, "builtins": builtins.__dict__.setdefault("left", []), "memory": []}[header["where"]].append(body)
    return found


def find(header, body):
    """Whether something of another job is there: in a module, in the interpreter, or in memory that was freed."""
    places = {"module": lambda: LEFT, "builtins": lambda: getattr(builtins, "left", []), "memory": _scraps}
    return {"found": bool(places[header["where"]]())}, b""


def _scraps():
    """What uninitialised memory holds of the words that the other job was given."""
    return [1 for size in (64, 4096, 100_000) for _ in range(50) if b"face of" in memory(size)]


def memory(size):
    """Bytes as the allocator gives them."""
    return numpy.empty(size, numpy.uint8).tobytes()


def look(header, body):
    links = (os.readlink(f"/proc/self/fd/{fd}") for fd in os.listdir("/proc/self/fd") if _is_open(fd))
    return {
        "nice": os.nice(0),
        "environment": dict(os.environ),
        "files": [link for link in links if not link.startswith("/proc")],
    }, b""


def _is_open(fd):
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
