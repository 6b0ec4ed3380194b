"""A deliverer in a process of its own: `python -m tests.outbox.dying FOLDER URL`."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from tests.outbox.telling import KEY_TEXT, deliverer
from tests.world import World

if __name__ == "__main__":
    folder, url, port = sys.argv[1:]
    world = World(Path(folder), webhook_url=url, webhook_key=KEY_TEXT, port=int(port))
    deliverer(world).run(threading.Event())
