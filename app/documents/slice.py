"""What this slice brings to the application."""

from __future__ import annotations

from app.application.contributions import Contribution
from app.application.status_row_rules import Subject
from app.application.views import page
from app.documents import views
from app.documents.actions import give_up
from app.http.bodies import PICTURE

SLICE = Contribution(
    blueprints=(views.pages,),
    pictures={views.upload: PICTURE},  # a form with a file
    page=page,
    dialogs={Subject.DOCUMENTS: views.dialog},
    give_up=give_up,
)
