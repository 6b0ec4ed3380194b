"""What this slice brings to the application."""

from __future__ import annotations

from app.application.contributions import Contribution
from app.review import decision_views, picture_views, views
from app.review.opinion_queries import rejected_portrait, review_summary
from app.review.today_queries import FIGURES, NEEDS, PANELS

SLICE = Contribution(
    blueprints=(views.pages, decision_views.pages, picture_views.pages),
    review=review_summary,
    rejected_portrait=rejected_portrait,
    needs=NEEDS,
    figures=FIGURES,
    panels=PANELS,
)
