"""The blueprints of this slice."""

from __future__ import annotations

from app.review import decision_views, picture_views, standing_views, views

ALL = (views.pages, decision_views.pages, picture_views.pages, standing_views.pages)
