"""Figures of the service for `/metrics`, out of the database: asked for every fifteen seconds at most."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from datetime import datetime

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.orm import Session

from app.base.clock import Clock
from app.base.database import Database
from app.base.unavailable import Unavailable
from app.outbox.queries import counts, oldest_waiting
from app.outbox.rules import Channel
from app.watch.queries import jobs_by_state, last_backup, oldest_cases
from app.watch.readiness import Readiness

KEPT = 15.0  # seconds


class DatabaseFigures(Collector):
    """Without the database the others are left out and `zhengzhao_database_up` is 0."""

    def __init__(self, db: Database, clock: Clock, readiness: Readiness) -> None:
        self._db, self._clock, self._readiness = db, clock, readiness
        self._kept: list[Metric] = []
        self._until = 0.0

    def describe(self) -> Iterable[Metric]:
        """Nothing is asked for before somebody looks."""
        return ()

    def collect(self) -> Iterator[Metric]:
        """What there is now, or was a few seconds ago."""
        yield self._ready()
        if time.monotonic() >= self._until:
            self._until = time.monotonic() + KEPT
            self._kept = self._asked()
        yield from self._kept

    def _ready(self) -> Metric:
        found = GaugeMetricFamily("zhengzhao_ready", "Whether a check of /ready is well", labels=["check"])
        for name, well in self._readiness.look().items():
            found.add_metric([name], float(well))
        return found

    def _asked(self) -> list[Metric]:
        up = "Whether the database answered"
        try:
            with self._db.reading() as session:
                return [GaugeMetricFamily("zhengzhao_database_up", up, 1), *self._of(session)]
        except Unavailable:
            return [GaugeMetricFamily("zhengzhao_database_up", up, 0)]

    def _of(self, session: Session) -> Iterator[Metric]:
        now = self._clock.now()
        jobs = GaugeMetricFamily("zhengzhao_jobs", "Long work by its state", labels=["state"])
        for state, count in jobs_by_state(session).items():
            jobs.add_metric([state], count)
        oldest = GaugeMetricFamily(
            "zhengzhao_oldest_case_seconds", "How long an office's oldest case has waited", labels=["office"]
        )
        for office, since in oldest_cases(session).items():
            oldest.add_metric([office], (now - since).total_seconds())
        made = last_backup(session)
        yield from (jobs, oldest, *_notices(session, now))
        yield GaugeMetricFamily(
            "zhengzhao_last_backup_timestamp_seconds",
            "The moment that the newest backup holds; 0: there is none",
            made.began_at.timestamp() if made else 0,
        )


def _notices(session: Session, now: datetime) -> Iterator[Metric]:
    notices = GaugeMetricFamily("zhengzhao_notices", "Notices to others", labels=["channel", "state"])
    waits = GaugeMetricFamily(
        "zhengzhao_oldest_notice_seconds", "How long the oldest notice has waited; 0: none waits", labels=["channel"]
    )
    for channel in Channel:
        for what, count in counts(session, channel).items():
            notices.add_metric([channel, what], count)
        since = oldest_waiting(session, channel, now)
        waits.add_metric([channel], (now - since).total_seconds() if since else 0)
    yield from (notices, waits)
