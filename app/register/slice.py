"""What this slice brings to the application."""

from __future__ import annotations

from app.http.slices import Slice
from app.register.need_queries import NEEDS

SLICE = Slice(needs=NEEDS)
