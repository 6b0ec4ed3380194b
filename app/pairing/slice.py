"""What this slice brings to the application."""

from __future__ import annotations

from app.application.views import page
from app.http.slices import Slice
from app.pairing import views

SLICE = Slice(blueprints=(views.pages,), page=page)
