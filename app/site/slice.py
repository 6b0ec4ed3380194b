"""What this slice brings to the application."""

from __future__ import annotations

from app.http.slices import Slice
from app.site import views

SLICE = Slice(
    blueprints=(views.pages,),
    opened=(
        views.home,
        views.health,
        views.set_language,
        views.terms,
        views.privacy,
        views.worker,
        views.manifest,
    ),
)
