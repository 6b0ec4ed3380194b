"""The blueprints of this slice."""

from __future__ import annotations

from app.review import decision_views, picture_views, views
from app.review import summary_queries as standing_views

ALL = (views.pages, decision_views.pages, picture_views.pages, standing_views.pages)
