"""What this slice brings to the application."""

from __future__ import annotations

from app.http.slices import Slice
from app.watch import views
from app.watch.need_queries import NEEDS

SLICE = Slice(blueprints=(views.pages,), opened=(views.ready,), needs=NEEDS)
