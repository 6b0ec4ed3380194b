"""What this slice brings to the application."""

from __future__ import annotations

from app.application.views import page
from app.http.slices import Slice
from app.pairing import views
from app.pairing.actions import end_of_login

SLICE = Slice(blueprints=(views.pages,), page=page, login_ended=end_of_login)
