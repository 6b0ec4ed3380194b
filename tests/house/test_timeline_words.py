"""Everything that is recorded of an application has a sentence that support can read aloud."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from app.application.audit_rules import Action
from app.application.status_rules import STATUSES
from app.application.workflow import STEPS, Status
from app.pairing.rules import ENDED, EventCode
from app.support import pairing_rules
from app.support.wording_rules import ACTIONS, UNKNOWN, is_told, words_of_action
from tests.house.tree import parsed, python_files

# name of the function that records → which of its arguments names the action
RECORDERS = {"note": 3, "record": 3, "take_step": 2}
# An expression in the place of a word → the words that it can be. The workflow's own are asked for anyway.
COMPUTED: dict[str, set[str]] = {
    "ENDED[reason]": set(ENDED.values()),
    "action": {Action.CAPTURE_REFUSED, Action.CAPTURE_RECEIVED},
}


def spoken(path: Path) -> set[str]:
    """Every action that a file records."""
    calls = [node for node in ast.walk(parsed(path)) if isinstance(node, ast.Call)]
    given = [call.args[RECORDERS[name(call)]] for call in calls if len(call.args) > RECORDERS.get(name(call), 99)]
    return {word for argument in given for word in words_of(argument)}


def name(call: ast.Call) -> str:
    """The function's last name."""
    match call.func:
        case ast.Name(id=word) | ast.Attribute(attr=word):
            return word
    return ""


def words_of(argument: ast.expr) -> set[str]:
    """What an argument can say; what is computed stands in COMPUTED or comes from the workflow."""
    match argument:
        case ast.Constant(value=str(word)):
            return {word}
        case ast.Attribute(value=ast.Name(id="Action"), attr=name):
            return {Action[name]}
        case ast.Attribute(value=ast.Name(id="Act")):  # of no application: nobody reads it aloud
            return set()
    return COMPUTED.get(ast.unparse(argument), set())


def recorded() -> set[str]:
    return {word for path in python_files("app") for word in spoken(path)} | {step.action for step in STEPS}


def test_every_action_has_words() -> None:
    assert {action for action in recorded() if is_told(action) and words_of_action(action) is UNKNOWN} == set()


def test_nothing_is_recorded_but_actions() -> None:
    assert recorded() - set(Action) == set()


@pytest.mark.parametrize("action", Action)
def test_every_action_is_told_or_left_out_for_a_reason(action: Action) -> None:
    assert not is_told(action) or words_of_action(action) is not UNKNOWN


@pytest.mark.parametrize("code", EventCode)
def test_every_event_of_a_pairing_has_words(code: EventCode) -> None:
    assert pairing_rules.words_for(code) != code


def test_the_scan_sees_what_is_recorded() -> None:
    assert {"consent", "form_printed", "pairing_revoked", "capture_received", "support_looked", "submit"} <= recorded()


def test_what_nobody_knows_yet_is_told_neutrally() -> None:
    assert words_of_action("something_new") is UNKNOWN
    assert is_told("something_new")


@pytest.mark.parametrize("status", Status)
def test_every_status_says_who_is_next(status: Status) -> None:
    assert STATUSES[status].support_next


def test_tones_are_those_that_have_an_icon() -> None:
    assert {telling.tone for telling in ACTIONS.values()} <= {"good", "warn", "bad", "inform"}
