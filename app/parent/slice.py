"""What this slice brings to the application."""

from __future__ import annotations

from app.base.errors import N_
from app.http.slices import LongWork, Slice
from app.parent import request_views, views
from app.parent.jobs import take_over
from app.parent.request_actions import KIND
from app.parent.rules import MOST_BYTES

SLICE = Slice(
    blueprints=(views.pages, request_views.pages),
    opened=(views.page, views.enter, views.leave),
    signed=(views.launch, request_views.candidates, request_views.results, request_views.state),
    pictures={view: MOST_BYTES for view in (request_views.candidates, request_views.results)},
    jobs={KIND: LongWork(N_("接收上级系统数据"), take_over)},
)
