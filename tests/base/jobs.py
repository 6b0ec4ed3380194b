"""Targets that worker processes run in tests."""

import os
import signal
import time


def job(header, body):
    """Do what `do` says; the answer tells which process did it."""
    return DEEDS[header["do"]](header, body)


def echo(header, body):
    return {"pid": os.getpid(), "said": header.get("say")}, body[::-1]


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


def look(header, body):
    links = (os.readlink(f"/proc/self/fd/{fd}") for fd in os.listdir("/proc/self/fd") if _is_open(fd))
    return {
        "nice": os.nice(0),
        "environment": dict(os.environ),
        "files": [link for link in links if not link.startswith("/proc")],
    }, b""


def _is_open(fd):
    return os.path.lexists(f"/proc/self/fd/{fd}")


DEEDS = {"echo": echo, "spin": spin, "nap": nap, "grab": grab, "end": end, "fail": fail, "look": look, "hear": hear}
