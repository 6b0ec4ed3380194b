"""What this slice brings to the application."""

from __future__ import annotations

import threading

from app.http.provided import provided
from app.http.slices import Errand, Slice
from app.outbox import views
from app.outbox.commands import outbox
from app.outbox.need_queries import NEEDS
from app.outbox.runner import Deliverer


def _is_due() -> bool:
    return provided(Deliverer).is_due()


def _run(leave: threading.Event) -> None:
    provided(Deliverer).run(leave)


SLICE = Slice(blueprints=(views.pages,), commands=(outbox,), errands=(Errand(_is_due, _run),), needs=NEEDS)
