"""What this slice brings to the application."""

from __future__ import annotations

from app.base.errors import N_
from app.http.slices import LongWork, Slice
from app.statistics import office_views, views
from app.statistics.actions import KIND
from app.statistics.jobs import catch_up

SLICE = Slice(
    blueprints=(views.pages, office_views.pages),
    jobs={KIND: LongWork(N_("统计"), catch_up)},
)
