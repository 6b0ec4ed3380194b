"""What this slice brings to the application."""

from __future__ import annotations

from app.http.slices import Slice
from app.offices import batch_views, views
from app.offices.need_queries import NEEDS

SLICE = Slice(blueprints=(views.pages, batch_views.pages), needs=NEEDS)
