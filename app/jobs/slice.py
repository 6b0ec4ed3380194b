"""What this slice brings to the application."""

from __future__ import annotations

from app.http.slices import Slice
from app.jobs import views

SLICE = Slice(blueprints=(views.pages,))
