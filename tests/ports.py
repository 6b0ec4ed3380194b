"""Ports for servers that tests start."""

import os
import socket
from itertools import count

FIRST = 11_000
EACH = 100  # ports of one process of tests
PROCESSES = 200

_asked = count()


def free_port() -> int:
    """A port on which nobody listens now, and which only this process of tests will ask for.

    It lies below those that the kernel gives to connections, so that none takes it while a server is away.
    """
    start = FIRST + os.getpid() % PROCESSES * EACH
    while True:
        port = start + next(_asked) % EACH
        try:
            socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            continue
        return port
