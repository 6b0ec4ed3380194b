"""The process that packs the ZIP of an export into its standard output: `python -m app.pack EXPORT START`."""

from __future__ import annotations

import logging
import os
import sys
from contextlib import suppress

from app.base.database import Database
from app.base.logs import set_up
from app.base.seal import Sealer
from app.base.store import store_from_url
from app.base.workers.hidden import hide
from app.base.workers.kernel import undumpable
from app.config import SECRETS, load
from app.exports.reading_actions import Lost, bytes_of

BUFFER = 256 << 10
log = logging.getLogger(__name__)


def main(export_id: int, start: int) -> None:
    """Write it all; end in silence when nobody reads any more."""
    settings = load(async_mode="threading")
    set_up(settings.log_file)
    undumpable()
    hide(SECRETS)
    db, store = Database(settings.database), store_from_url(settings.store, Sealer(settings.sealing_keys))
    os.set_blocking(1, True)  # the server made it, and under eventlet its sockets do not block
    try:
        with suppress(BrokenPipeError), os.fdopen(os.dup(1), "wb", BUFFER) as out:
            for piece in bytes_of(db, store, export_id, settings.secret_keys, start):
                out.write(piece)
    except Lost as loss:
        log.error("export %d cannot be packed: %s", export_id, loss)
        sys.exit(1)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
