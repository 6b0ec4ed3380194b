"""The parts that the application was made with, asked for by their type: `provided(Database)`.

A slice names the type that it needs, a port or a class of its own; only the wiring knows which value stands behind it.
"""

from __future__ import annotations

from typing import TypeVar, cast

from flask import Flask, current_app

from app.base.database import Database

Part = TypeVar("Part")
EXTENSION = "zhengzhao_provided"


class Provided:
    """One value for each type. Built by the wiring, then only read."""

    def __init__(self) -> None:
        self._values: dict[type[object], object] = {}

    def add(self, kind: type[Part], value: Part) -> None:
        """`value` is what everybody gets who asks for `kind`."""
        self._values[kind] = value

    def get(self, kind: type[Part]) -> Part:
        """The value; KeyError when the wiring has forgotten it."""
        return cast(Part, self._values[kind])

    def install(self, app: Flask) -> None:
        """Let the code that runs within this application ask."""
        app.extensions[EXTENSION] = self


def provided_by(app: Flask) -> Provided:
    """What this application was made with."""
    return cast(Provided, app.extensions[EXTENSION])


def provided(kind: type[Part]) -> Part:
    """The value of this type in the current application."""
    return provided_by(current_app).get(kind)


def database() -> Database:
    """The database of the current application."""
    return provided(Database)
