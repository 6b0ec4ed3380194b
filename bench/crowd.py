"""Many other desktops, in a process of their own so that they do not disturb the clock of whoever measures.

`python -m bench.crowd PORT` reads one line, a JSON list of [cookie, query], says "connected" once all are, answers
pings until its input ends, and says how many are still connected.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from app.serve.limits import allow_many_files
from bench.people import Person
from bench.wire import Desk
from tests.e2e.world import ROOT

AT_ONCE = 20


class Crowd:
    """The process, as whoever measures sees it. `connected`: how many still were when they left."""

    connected: int

    def __init__(self, port: int, visitors: Iterable[tuple[str, str]]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.crowd", str(port)],
            cwd=ROOT,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._say(json.dumps(list(visitors)))
        if self._hear() != "connected":
            raise RuntimeError("the crowd did not get in; its reason is on stderr")

    def leave(self) -> None:
        """All hang up."""
        rest, _ = self._process.communicate(timeout=60)
        self.connected = int(rest)

    def _say(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def _hear(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


@contextmanager
def crowd(port: int, people: Iterable[Person]) -> Iterator[Crowd]:
    """The desktops of these people, until the end of the block."""
    there = Crowd(port, [(person.desk, person.query) for person in people])
    try:
        yield there
    finally:
        there.leave()


async def visit(port: int, visitors: list[tuple[str, str]]) -> None:
    """Connect all, stay until the input ends."""
    door = asyncio.Semaphore(AT_ONCE)

    async def come(cookie: str, query: str) -> asyncio.Task[None]:
        async with door:
            return asyncio.create_task((await Desk.open(port, cookie, query)).listen())

    staying = await asyncio.gather(*(come(*visitor) for visitor in visitors))
    print("connected", flush=True)
    await asyncio.to_thread(sys.stdin.read)
    print(sum(not task.done() for task in staying), flush=True)
    for task in staying:
        task.cancel()
    await asyncio.gather(*staying, return_exceptions=True)


if __name__ == "__main__":
    allow_many_files()
    asyncio.run(visit(int(sys.argv[1]), json.loads(sys.stdin.readline())))
