"""What this slice brings to the application."""

from __future__ import annotations

from app.http.slices import Slice
from app.parent import request_views, views
from app.parent.jobs import JOBS
from app.parent.rules import MOST_BYTES

SLICE = Slice(
    blueprints=(views.pages, request_views.pages),
    opened=(views.page, views.enter, views.leave),
    signed=(views.launch, request_views.candidates, request_views.results, request_views.state),
    pictures={view: MOST_BYTES for view in (request_views.candidates, request_views.results)},
    jobs=JOBS,
)
