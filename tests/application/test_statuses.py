"""The table of statuses: a row for each, complete, in accord with the table of steps, and asked by everybody else."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from app.application.message_rules import tell
from app.application.status_row_rules import StatusRow, Subject
from app.application.status_rules import STATUSES
from app.application.workflow import REVIEW, STEPS, Branch, Status
from app.identity.actor_rules import Role
from tests.house.tree import parsed, python_files
from tests.procedure import REVIEWS

ROWS = list(STATUSES.items())
OUTSIDE = [path for path in python_files("app") if path.parent != Path("app/application")]


def named(node: ast.AST) -> set[str]:
    """The statuses that an expression names."""
    return {
        each.attr
        for each in ast.walk(node)
        if isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name) and each.value.id == "Status"
    }


def lists(tree: ast.AST) -> list[str]:
    """Where several statuses stand together: a table or a comparison that should be a column of the row."""
    kinds = (ast.Tuple, ast.List, ast.Set, ast.Dict, ast.BoolOp, ast.MatchOr)
    return [ast.unparse(node) for node in ast.walk(tree) if isinstance(node, kinds) and len(named(node)) > 1]


def test_every_status_has_its_row() -> None:
    assert list(STATUSES) == list(Status)


@pytest.mark.parametrize(("status", "row"), ROWS)
def test_a_row_says_what_everybody_needs(status: Status, row: StatusRow) -> None:
    assert row.label
    assert row.support_next
    assert row.step in (1, 2, 3)
    assert (row.message is None) == (status == Status.FORM), "before applying there is the form in its place"
    for message in (row.message, row.message_other, row.message_approved, row.message_rejected):
        assert message is None or (message.tone in ("inform", "warn", "good", "bad") and message.icon and message.words)


@pytest.mark.parametrize(("status", "row"), ROWS)
def test_an_office_decides_where_the_steps_say_so_and_about_something(status: Status, row: StatusRow) -> None:
    assert {step.role for step in REVIEW if step.source == status} == ({row.office} if row.office else set())
    assert bool(row.reviewed) == bool(row.office)
    assert row.office in (None, Role.CITY, Role.PROVINCE)
    assert (row.button is not None and not row.button.enabled) == bool(row.office), "during a review one waits"


@pytest.mark.parametrize(("status", "row"), ROWS)
def test_whom_an_office_sends_back_is_told_so(status: Status, row: StatusRow) -> None:
    sent_back = {step.action for step in REVIEW if step.target == status and step.needs_reason}
    assert bool(row.label_again) == bool(row.message_rejected) == bool(sent_back)
    assert bool(row.button_again) == bool(row.takes)


@pytest.mark.parametrize(("status", "row"), ROWS)
def test_who_can_go_on_alone_has_begun_and_where_nothing_follows_all_is_over(status: Status, row: StatusRow) -> None:
    onward = {step.role for step in STEPS if step.source == status and step.action not in ("apply", "withdraw")}
    assert row.is_begun == bool(onward & {Role.CANDIDATE, Role.REGISTER})
    assert not row.is_begun or row.button or onward == {Role.REGISTER}


def test_documents_are_over_where_no_office_looks_at_them_and_the_candidate_adds_none() -> None:
    kept = {status for status, row in ROWS if not row.documents_are_over}
    assert kept == {status for status, row in ROWS if Subject.DOCUMENTS in row.reviewed} | {
        Status.FORM,
        Status.REGISTER_CHECK,
        Status.DOCUMENTS,
    }


@pytest.mark.parametrize("branch", Branch)
def test_the_portrait_counts_from_the_hand_over_to_the_end(branch: Branch) -> None:
    shown = {status for status, row in ROWS if branch in row.shows_portrait}
    reviews = {status for status in REVIEWS if Subject.PORTRAIT in STATUSES[status].reviewed}
    saved = {Status.DOCUMENTS} if branch == Branch.OTHER else set()
    assert shown == reviews | saved | {Status.READY, Status.SUBMITTED}


def test_only_the_first_status_has_nothing_to_tell() -> None:
    with pytest.raises(AssertionError):
        tell(Status.FORM, Branch.ID_CARD, None, register_is_out=False)


@pytest.mark.parametrize("path", OUTSIDE, ids=str)
def test_no_other_slice_keeps_a_table_of_statuses(path: Path) -> None:
    assert lists(parsed(path)) == []


def test_a_table_of_statuses_would_be_seen() -> None:
    for source in (
        "{Status.READY: 1, Status.FORM: 2}",
        "a in (Status.READY, Status.FORM)",
        "a == Status.READY or a == Status.FORM",
    ):
        assert lists(ast.parse(source)), source
    assert lists(ast.parse("a == Status.READY and b == Branch.OTHER")) == []
