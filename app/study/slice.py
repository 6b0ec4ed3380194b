"""What this slice brings to the application."""

from __future__ import annotations

from app.http.slices import Slice
from app.study import views
from app.study.need_queries import NEEDS

SLICE = Slice(blueprints=(views.pages,), needs=NEEDS)
