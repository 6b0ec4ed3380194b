"""What this slice brings to the application."""

from __future__ import annotations

from app.accounts import code_views, commands, reset_views, second_views, staff_views, views
from app.http.slices import Slice

SLICE = Slice(
    blueprints=(views.pages, second_views.pages, code_views.pages, reset_views.pages, staff_views.pages),
    opened=(code_views.code_page, code_views.give_code, reset_views.forgotten_page, reset_views.forgotten),
    commands=(commands.init, commands.staff),
)
