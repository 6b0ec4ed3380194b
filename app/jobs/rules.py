"""What state long work can be in, without a database."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from app.base.errors import N_

LOST_AFTER = timedelta(seconds=90)  # without a beat; a beat comes every five seconds while the database can be written
MOST_TRIES = 2
INTERRUPTED = N_("这项工作两次被中断，没有完成，也没有留下任何改动。请再试一次；如果还是这样，请查看服务器日志。")
FAILED = N_("这项工作出了问题，没有留下任何改动。原因已写入服务器日志，编号 %(number)s。")


class JobState(StrEnum):
    """Where a job stands. The last three are ends."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


ENDED = frozenset({JobState.DONE, JobState.FAILED, JobState.STOPPED})
NAMES = {
    JobState.WAITING: N_("等待处理"),
    JobState.RUNNING: N_("正在处理"),
    JobState.DONE: N_("已完成"),
    JobState.FAILED: N_("没有完成"),
    JobState.STOPPED: N_("已停止"),
}
TONES = {
    JobState.WAITING: "inform",
    JobState.RUNNING: "inform",
    JobState.DONE: "good",
    JobState.FAILED: "bad",
    JobState.STOPPED: "warn",
}


def is_lost(beat_at: datetime | None, now: datetime) -> bool:
    """Whether the process that ran it is gone."""
    return beat_at is None or now - beat_at > LOST_AFTER


def percent(done: int, total: int) -> int | None:
    """How far it is, 0 to 100; None while nobody knows how much there is."""
    return min(100, done * 100 // total) if total else None
