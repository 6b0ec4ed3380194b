"""What this slice brings to the application."""

from __future__ import annotations

from app.application.contributions import Contribution
from app.application.status_row_rules import Subject
from app.application.views import page
from app.portrait import views
from app.portrait.queries import draft_summary
from app.portrait.withdrawal_actions import give_up

SLICE = Contribution(
    blueprints=(views.pages,),
    page=page,
    dialogs={Subject.PORTRAIT: views.dialog},
    draft=draft_summary,
    give_up=give_up,
    lost_along=views.is_lost,
)
