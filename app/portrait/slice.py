"""What this slice brings to the application."""

from __future__ import annotations

from app.application.contributions import Contribution
from app.application.views import page
from app.application.workflow import Status
from app.portrait import views
from app.portrait.queries import draft_summary
from app.portrait.withdrawal_actions import give_up

SLICE = Contribution(
    blueprints=(views.pages,),
    page=page,
    dialogs={Status.CAPTURE: views.dialog},
    draft=draft_summary,
    give_up=give_up,
    lost_along=views.is_lost,
)
