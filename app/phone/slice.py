"""What this slice brings to the application; the guard lets everybody try what is below `/m`."""

from __future__ import annotations

from app.http.bodies import PICTURE
from app.http.slices import Slice
from app.phone import capture_views, document_views, pairing_views, probe_views, views

SLICE = Slice(
    blueprints=(views.pages, pairing_views.pages, capture_views.pages, probe_views.pages, document_views.pages),
    pictures={capture_views.send: PICTURE, capture_views.append: 128 << 10, document_views.send: PICTURE},
)
