"""What this slice brings to the application."""

from __future__ import annotations

from app.application import views
from app.application.figure_queries import FIGURES
from app.http.slices import Slice

SLICE = Slice(blueprints=(views.pages,), page=views.page, figures=FIGURES)
