"""What this slice brings to the application."""

from __future__ import annotations

from app.http.slices import Slice
from app.identity import views
from app.identity.need_queries import NEEDS

SLICE = Slice(
    blueprints=(views.pages,),
    opened=(views.login_page, views.log_in),
    login_page=views.login_page,
    needs=NEEDS,
)
