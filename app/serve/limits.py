"""Limits for one connection and for all of them together."""

from __future__ import annotations

import resource
from dataclasses import dataclass

ENOUGH_FILES = 65_536


@dataclass(frozen=True)
class ConnectionLimits:
    """Bounds of the listeners. Times are in seconds."""

    connections: int = 20_000  # of one listener; the application's own limit on sockets stays well below
    backlog: int = 4_096
    handshake: float = 10  # for a TLS handshake, and for the head of a request from its first byte
    idle_timeout: float = 65  # an idle connection is closed after this (nginx keeps its own for 60)
    requests: int = 1_000  # on one connection; then it is closed
    body: int = 64 << 20  # bytes, as a list of the operator may have; the application has stricter bounds for all else
    body_grace: float = 60  # a body may take this long, and longer for each byte that has arrived, at
    body_rate: float = 512  # bytes a second
    drain: float = 20  # requests in flight may take this long after a stop signal


def allow_many_files() -> None:
    """Raise the soft limit on open files: every connection is one, and 1,024 is a common default."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = ENOUGH_FILES if hard == resource.RLIM_INFINITY else min(hard, ENOUGH_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
