"""What runs in a worker process: read a frame, call the target, write a frame, until the socket closes.

Started as `python -m app.base.worker_child FD TARGET MEMORY_BYTES CPU_SECONDS`. Any exception of the target ends the
process: the parent starts a fresh one, and nothing that a hostile picture left behind survives. When the target's
module has a function `warm`, it is called before the first job.
"""

from __future__ import annotations

import os
import resource
import socket
import sys
from collections.abc import Callable
from importlib import import_module

from app.base import frames
from app.base.frames import Header

YIELDING = 5  # of 19: who serves comes first when there are more processes than cores

Target = Callable[[Header, bytes], tuple[Header, bytes]]


def load(target: str) -> Target:
    """The function that `package.module:function` names, once its module is warm."""
    name, _, wanted = target.partition(":")
    module = import_module(name)
    function: Target = getattr(module, wanted)
    getattr(module, "warm", bool)()
    return function


def serve(sock: socket.socket, function: Target, cpu_seconds: int) -> None:
    """Say that we are ready, then answer frames until the parent is gone."""
    frames.send(sock, {"ready": True}, b"")
    while True:
        try:
            header, body = frames.receive(sock)
        except (frames.BadFrame, OSError):
            return
        _grant(cpu_seconds)
        frames.send(sock, *function(header, body))


def _grant(cpu_seconds: int) -> None:
    """The kernel ends us when this job has used its CPU time; the hard limit stays, or it could not be raised again."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (used + cpu_seconds, resource.RLIM_INFINITY))


def main(fd: str, target: str, memory_bytes: str, cpu_seconds: str) -> None:
    """Take the limits upon us, load the target, serve."""
    resource.setrlimit(resource.RLIMIT_AS, (int(memory_bytes), int(memory_bytes)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(YIELDING)
    sock = socket.socket(fileno=int(fd))  # closed by our end alone: only after a traceback has been written
    sock.setblocking(True)  # an eventlet parent has made it non-blocking
    serve(sock, load(target), int(cpu_seconds))


if __name__ == "__main__":
    main(*sys.argv[1:])
