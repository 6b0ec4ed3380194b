"""Random people take random steps, legal and illegal: no rule of the procedure is broken, nothing is lost."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from werkzeug.test import TestResponse

from app.application.comparison_actions import RegisterComparison
from app.register.rules import Outcome
from tests.seams import provide
from tests.walk.people import ITEMS, PLACES, SLOTS, Walkers
from tests.walk.rules_hold import Watch
from tests.world import World

who = st.sampled_from(["card", "passport"])
officer = st.sampled_from(["guangzhou", "guangzhou", "shenzhen", "kin", "province", "province"])
meddlers = st.sampled_from(["shenzhen", "kin", "province"])
answer = st.sampled_from([Outcome.MATCH, Outcome.MISMATCH, None])
items = st.one_of(st.just(()), st.sets(st.sampled_from(ITEMS)))


class Walk(RuleBasedStateMachine):
    """One world; every step's answer is a success or a clear refusal, and afterwards the rules hold."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.world = World(Path(self._folder.name))
        self.all = Walkers(self.world)
        comparing = replace(self.world.dependencies, register=self.all.register).register_comparison
        provide(self.world, RegisterComparison, comparing)
        self.watch = Watch(self.all)

    def teardown(self) -> None:
        self.world.close()
        self._folder.cleanup()

    def clear(self, response: TestResponse) -> None:
        assert response.status_code < 500, response.text
        self.watch.look()

    @initialize(place=st.sampled_from(sorted(PLACES)), outcome=answer)
    def begin(self, place: str, outcome: Outcome | None) -> None:
        self.all.register.answers = [outcome]
        for name in self.all.desks:
            self.clear(self.all.apply(name, place))

    @rule(name=who, place=st.sampled_from(sorted(PLACES)), outcome=answer)
    def apply(self, name: str, place: str, outcome: Outcome | None) -> None:
        self.all.register.answers = [outcome]
        self.clear(self.all.apply(name, place))

    @rule(name=who)
    def withdraw(self, name: str) -> None:
        self.clear(self.all.withdraw(name))

    @rule(name=who)
    def photograph(self, name: str) -> None:
        self.clear(self.all.photograph(name))

    @rule(name=who)
    def hand_over(self, name: str) -> None:
        self.clear(self.all.hand_over(name))

    @rule(name=who, slot=st.sampled_from(SLOTS))
    def one_document(self, name: str, slot: str) -> None:
        self.clear(self.all.document(name, slot))

    @rule(name=who)
    def submit_documents(self, name: str) -> None:
        self.clear(self.all.submit_documents(name))

    @rule(reviewer=officer, name=who, rejected=items)
    def decide(self, reviewer: str, name: str, rejected: Collection[str]) -> None:
        self.clear(self.all.decide(reviewer, name, rejected))

    @rule(name=who)
    def refuse_outside(self, name: str) -> None:
        self.all.refuse_outside(name)
        self.watch.look()

    @rule(reviewer=officer)
    def undo(self, reviewer: str) -> None:
        self.clear(self.all.undo(reviewer))

    @rule(name=who, rejected=items, outcome=st.sampled_from([Outcome.MATCH, Outcome.MISMATCH]), meddler=meddlers)
    def whose_turn_it_is(self, name: str, rejected: Collection[str], outcome: Outcome, meddler: str) -> None:
        """The procedure goes on, so that the walk gets far."""
        for response in self.all.go_on(name, rejected, outcome, meddler):
            self.clear(response)

    @rule(name=who, outcome=st.sampled_from([Outcome.MATCH, Outcome.MISMATCH]), meddler=meddlers)
    def all_is_well(self, name: str, outcome: Outcome, meddler: str) -> None:
        self.whose_turn_it_is(name, (), outcome, meddler)

    @rule(seconds=st.sampled_from([5, 61, 1900]))
    def wait(self, seconds: int) -> None:
        self.world.clock.move(seconds=seconds)
        self.clear(self.all.desks["card"].get("/login"))

    @invariant()
    def nothing_is_lost(self) -> None:
        self.watch.check_kept()


@pytest.mark.faults
def test_no_walk_breaks_a_rule() -> None:
    """Always the same walks, or fresh ones at full counts. A broken rule is shown as it was met, not made smaller."""
    rounds = os.environ.get("FAULT_ROUNDS")
    Walk.TestCase.settings = settings(
        max_examples=int(rounds or 12),
        stateful_step_count=40,
        derandomize=rounds is None,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    Walk.TestCase().runTest()
