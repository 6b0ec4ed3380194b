"""How much a request may carry: little, but for the few views to which pictures are sent."""

from __future__ import annotations

from flask import Flask, request
from werkzeug.exceptions import RequestEntityTooLarge

from app.base.json_values import Json, read_json
from app.http.provided import provided
from app.http.slices import Slices, asked_view

FORM = 64 << 10
JSON = 8 << 10
BRACKETS = 32  # our calls say flat things; a parser that is called for each bracket has an end
PICTURE = 11 << 20  # what is too large for its place is told so there, in its own words; this ends what never ends


class FlatJSON:
    """Reads JSON that is not nested deeply; anything else is no JSON to us."""

    @staticmethod
    def loads(text: str | bytes) -> Json:
        """As json.loads. Raises ValueError for what is nested too deeply too."""
        written = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
        if written.count(b"[") + written.count(b"{") > BRACKETS:
            raise ValueError("nested too deeply")
        return read_json(text)


def install(app: Flask) -> None:
    """Bound every request before anything reads it."""

    @app.before_request
    def bound() -> None:
        request.json_module = FlatJSON
        usual = JSON if request.is_json else FORM
        request.max_content_length = provided(Slices).most_bytes(asked_view(), usual)
        if (request.content_length or 0) > request.max_content_length:
            raise RequestEntityTooLarge
