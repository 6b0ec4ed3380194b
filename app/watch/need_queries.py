"""What the operator's front page says about backups and the disk."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.base.database import Database
from app.base.errors import N_
from app.http.console import Need, NeedReading, NeedState
from app.http.provided import provided
from app.watch.queries import last_backup
from app.watch.readiness import Readiness

YOUNG = timedelta(days=1, hours=2)  # a nightly one, and the time that it takes


def backup(session: Session, now: datetime) -> NeedReading:
    """A machine that is lost costs what was done since the newest one."""
    if provided(Database).file is None:
        words = N_("flask backup 只能备份 SQLite。请用数据库自己的工具备份它，并同时备份照片。")
        return NeedReading(NeedState.ATTENTION, words)
    made = last_backup(session)
    if made is None:
        return NeedReading(NeedState.ATTENTION, N_("还没有备份过。请运行 flask backup，并打开每晚的定时备份。"))
    hours = int((now - made.began_at) / timedelta(hours=1))
    if now - made.began_at > YOUNG:
        words = N_("最近一次备份是 %(n)s 小时前。请查看每晚的定时备份为什么没有做。")
        return NeedReading(NeedState.ATTENTION, words, facts={"n": hours})
    if not hours:
        return NeedReading(NeedState.READY, N_("最近一次备份是不到一小时前。"))
    return NeedReading(NeedState.READY, N_("最近一次备份是 %(n)s 小时前。"), facts={"n": hours})


def disk(session: Session, now: datetime) -> NeedReading:  # noqa: ARG001 — as all that look
    """Whether there is room; a full disk stops nothing for good, but nothing can be stored."""
    if provided(Readiness).look().get("disk", True):
        return NeedReading(NeedState.READY, N_("存放照片和数据库的磁盘有足够的空间。"))
    return NeedReading(NeedState.ATTENTION, N_("磁盘快满了：满了以后不能保存照片。请清理或扩容。"))


NEEDS = (Need(N_("一天之内的备份"), 90, backup), Need(N_("磁盘空间"), 95, disk))
