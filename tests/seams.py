"""Other parts for an application that is there, and slices that say something of their own about it."""

from __future__ import annotations

from app.application.contributions import Contribution, Contributions
from app.http.provided import Part, provided_by
from tests.world import World


def provide(world: World, kind: type[Part], value: Part) -> None:
    """From now on the application works with this part."""
    provided_by(world.app).add(kind, value)


def contribute(world: World, contribution: Contribution) -> None:
    """One more slice says what it knows about an application and does with its own; what it says counts."""
    ours = provided_by(world.app).get(Contributions)
    provide(world, Contributions, Contributions((*ours.every, contribution)))
