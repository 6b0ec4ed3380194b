"""What a driver is, and the figures it brings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bench.faults.place import Place

MODES = ("eventlet", "threading")
WAYS = ("direct", "nginx")


@dataclass(frozen=True)
class Counts:
    """How much is done: everything that grows with the patience of whoever waits."""

    frames: int  # that one websocket sends
    handshakes: int
    names: int  # logins with a huge name
    pipelined: int  # requests on one connection
    dribblers: int
    dribble_seconds: float
    logins: int  # right ones, at once
    school: int  # people behind one address
    pairings: int  # that are timed, without and with the siege
    worker_kills: int
    documents: int  # that are purged
    locked_seconds: float
    guess_seconds: float
    kills: int  # of the server, in each mode
    mutations: int  # of pictures, in each mode


FULL = Counts(
    frames=5000,
    handshakes=250,
    names=40,
    pipelined=3000,
    dribblers=300,
    dribble_seconds=42,
    logins=200,
    school=2000,
    pairings=7,
    worker_kills=60,
    documents=6000,
    locked_seconds=10,
    guess_seconds=16,
    kills=100,
    mutations=5000,
)
QUICK = Counts(
    frames=50,
    handshakes=20,
    names=2,
    pipelined=30,
    dribblers=5,
    dribble_seconds=12,
    logins=5,
    school=10,
    pairings=1,
    worker_kills=2,
    documents=30,
    locked_seconds=1,
    guess_seconds=1,
    kills=2,
    mutations=12,
)


@dataclass(frozen=True)
class Finding:
    """One figure; `most` and `least` bound what is wanted."""

    key: str
    what: str
    unit: str = ""
    most: float | None = None
    least: float | None = None
    ways: tuple[str, ...] = WAYS  # in which it means something


@dataclass(frozen=True)
class Driver:
    """Does something to a server of its own and says what came of it: a figure for each of `findings`, by key."""

    name: str
    run: Callable[[Place, Counts], Mapping[str, float]]
    findings: tuple[Finding, ...]
    settings: Mapping[str, str] = field(default_factory=dict)
    ways: tuple[str, ...] = WAYS
    modes: tuple[str, ...] = MODES
