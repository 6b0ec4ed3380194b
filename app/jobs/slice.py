"""What this slice brings to the application."""

from __future__ import annotations

from app.http.slices import Slice
from app.jobs import views
from app.jobs.figure_queries import FIGURES

SLICE = Slice(blueprints=(views.pages,), figures=FIGURES)
