"""Counting all that has come since the last counting, in the process of long work."""

from __future__ import annotations

from app.base.errors import N_
from app.base.json_values import JsonObject
from app.jobs.runner import Running
from app.statistics.actions import count_next

AT_ONCE = 500


def catch_up(running: Running) -> JsonObject:
    """Count until nothing is left; each step is a short transaction of its own, and stays when the next one fails."""
    counted = 0
    while more := count_next(running.db, running.clock.now(), AT_ONCE):
        counted += more
        running.progress(N_("统计照片和审核"), counted)
    return {"counted": counted}
