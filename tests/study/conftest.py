"""Tests of the study begin with somebody who may apply."""

from tests.application.conftest import desk, person, season

__all__ = ["desk", "person", "season"]
